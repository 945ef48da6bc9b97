"""What a group says it means, with the voice that differs and what it is not sure of."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from lemniscaat.collection.models import Round
from lemniscaat.datapoints.models import DataPoint
from lemniscaat.people.models import Appointment, Organisation, Partnership, Person
from lemniscaat.vision.models import Criterion, Period, VisionPoint


class Certainty(models.TextChoices):
    SURE = "sure", _("Daar zijn we zeker van")
    FAIRLY = "fairly", _("Dat denken we wel")
    UNSURE = "unsure", _("Daar twijfelen we over")
    UNKNOWN = "unknown", _("We weten het nog niet")


class Interpretation(models.Model):
    """A meaning written down together."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    criterion = models.ForeignKey(Criterion, null=True, on_delete=models.SET_NULL, related_name="+")
    period = models.ForeignKey(Period, null=True, on_delete=models.SET_NULL, related_name="+")
    appointment = models.ForeignKey(
        Appointment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField()
    certainty = models.CharField(max_length=20, choices=Certainty.choices, default=Certainty.FAIRLY)
    missing = models.CharField(max_length=200, blank=True)
    people = models.PositiveSmallIntegerField(default=0)
    roles = models.JSONField(default=list)
    written_on = models.DateField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-written_on", "-id"]

    def __str__(self) -> str:
        return self.text


class DissentingVoice(models.Model):
    """Het andere geluid: kept beside the meaning, never averaged away."""

    interpretation = models.ForeignKey(Interpretation, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()


class Evidence(models.Model):
    """What a meaning rests on: a data point, or an item of a round."""

    interpretation = models.ForeignKey(Interpretation, on_delete=models.CASCADE, related_name="+")
    data_point = models.ForeignKey(DataPoint, null=True, on_delete=models.SET_NULL, related_name="+")
    round = models.ForeignKey(Round, null=True, on_delete=models.SET_NULL, related_name="+")
    item = models.SlugField(max_length=60, blank=True)
    words = models.TextField(blank=True)


class Verdict(models.TextChoices):
    OPEN = "open", _("nog niet getoetst")
    TRUE = "true", _("klopt")
    FALSE = "false", _("klopt niet")
    UNCLEAR = "unclear", _("blijft onduidelijk")


class Assumption(models.Model):
    """'We denken dat ..., hoe toetsen we dat?', and the moment at which we look.

    `verdict`, `verdict_text` and `tested_on` say what the newest test told (`AssumptionTest`).
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    criterion = models.ForeignKey(Criterion, null=True, on_delete=models.SET_NULL, related_name="+")
    point = models.ForeignKey(VisionPoint, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    test = models.TextField(blank=True)
    returns_at = models.ForeignKey(
        Appointment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    verdict = models.CharField(max_length=20, choices=Verdict.choices, default=Verdict.OPEN)
    verdict_text = models.TextField(blank=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateField()
    tested_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-made_on", "-id"]

    def __str__(self) -> str:
        return self.text

    @property
    def waits(self) -> bool:
        """Whether it still asks to be tested."""
        return self.verdict in {Verdict.OPEN, Verdict.UNCLEAR}

    @property
    def where(self) -> str:
        """When we look, in words: 'Teamoverleg, 2 december'; empty when that is not said, or it was called off."""
        moment = self.returns_at
        if moment is None or moment.cancelled_on:
            return ""
        return f"{moment.body.name}, {date_format(timezone.localtime(moment.starts_at), 'j F')}"


class AssumptionTest(models.Model):
    """One time that an assumption was tested: what was heard, and the data points that answered it. All are kept."""

    assumption = models.ForeignKey(Assumption, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    text = models.TextField(blank=True)
    rests_on = models.ManyToManyField(DataPoint, related_name="+", blank=True)
    judged_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    judged_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["-judged_on", "-id"]
