"""Reports under headings, the words a search looks through, and asking a giver for more."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lemniscaat.collection.models import PermittedUse
from lemniscaat.people.models import Organisation, Partnership, Person


class Words(models.Model):
    """The stems of a data point's own words, between spaces: what a search looks through (see `words.py`)."""

    data_point = models.OneToOneField("datapoints.DataPoint", on_delete=models.CASCADE, related_name="+")
    stems = models.TextField()


class Report(models.Model):
    """What one report says of itself: who was there, in roles. A panel hangs several data points on one report."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    template = models.SlugField(max_length=40)
    title = models.CharField(max_length=200)
    present = models.JSONField(default=list)
    """The roles of who was there."""
    people = models.PositiveSmallIntegerField(null=True, blank=True)
    schools = models.PositiveSmallIntegerField(null=True, blank=True)
    because = models.TextField(blank=True)
    """Why a panel was smaller, of fewer schools, or led by somebody who also assesses."""
    read_back = models.BooleanField(default=False)
    """Whether those who were there read it again and agreed."""
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    written_on = models.DateField()
    version = models.PositiveIntegerField(default=1)
    form_key = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form_key"], condition=~models.Q(form_key=""), name="report_once")
        ]


class Passage(models.Model):
    """What stands under one heading of a report."""

    data_point = models.ForeignKey("datapoints.DataPoint", on_delete=models.CASCADE, related_name="+")
    key = models.SlugField(max_length=40)
    text = models.TextField()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]


class UseAnswer(models.TextChoices):
    OPEN = "open", _("nog niet beantwoord")
    YES = "yes", _("ja")
    NO = "no", _("nee")


class UseRequest(models.Model):
    """Somebody asks the giver whether a data point may serve for more. The answer is known, not whose it was."""

    data_point = models.ForeignKey("datapoints.DataPoint", on_delete=models.CASCADE, related_name="+")
    wanted = models.CharField(max_length=20, choices=PermittedUse.choices)
    why = models.CharField(max_length=400)
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_on = models.DateField()
    answer = models.CharField(max_length=10, choices=UseAnswer.choices, default=UseAnswer.OPEN)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["data_point"], condition=models.Q(answer="open"), name="use_request_open_once"
            )
        ]


class AttachmentKind(models.TextChoices):
    PHOTO = "photo", _("foto")
    VOICE = "voice", _("opname")


class Attachment(models.Model):
    """A photo or a voice that goes with a data point; read by whom that reaches, and gone when it is taken back."""

    data_point = models.ForeignKey("datapoints.DataPoint", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=AttachmentKind.choices)
    slug = models.CharField(max_length=40, unique=True)
    content_type = models.CharField(max_length=60)
    data = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["id"]
