"""Being able and willing to explain: the return to those who gave, and the account of a year."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lemniscaat.agenda.models import Agreement
from lemniscaat.collection.models import Round
from lemniscaat.people.models import Organisation, Partnership, Person
from lemniscaat.vision.models import Period


class Return(models.Model):
    """'Dit deden we met jouw inbreng': frozen once published, reached by the code of the round."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="+")
    heard = models.TextField()
    meaning = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    changed = models.TextField(blank=True)
    spoke = models.CharField(max_length=200, blank=True)
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    published_on = models.DateField(null=True, blank=True)
    frozen = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)


class ReturnKind(models.TextChoices):
    DO = "do", _("Dit doen we")
    KEEP = "keep", _("Dit houden we")
    NOT = "not", _("Dit doen we niet, want")


class ReturnItem(models.Model):
    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=ReturnKind.choices)
    text = models.TextField()
    because = models.TextField(blank=True)
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.SET_NULL, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]


class Recognition(models.Model):
    """'Herken je je hierin?': a plain counter per answer. `told` is what the page says: it follows in steps of six or
    more, so that who looks again after each answer does not see whose it was."""

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=10)
    people = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["of", "answer"], name="recognition_once")]


class Account(models.Model):
    """The account of a year for a layer: sentences, each linked to what it rests on; frozen."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=120)
    foreword = models.TextField(blank=True)
    lessons = models.TextField(blank=True)
    content = models.JSONField(default=dict)
    page = models.JSONField(default=dict, blank=True)
    composed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    composed_on = models.DateField()
    frozen_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-composed_on", "-id"]
