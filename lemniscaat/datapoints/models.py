"""One ledger for everything known about quality: hard and soft side by side."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lemniscaat.collection.models import PermittedUse, Round
from lemniscaat.people.models import Appointment, Body, Organisation, Partnership, Person
from lemniscaat.vision.models import Criterion, VisionPoint


class EvidenceKind(models.TextChoices):
    HARD = "hard", _("meetbaar")
    SOFT = "soft", _("merkbaar")


class SourceKind(models.TextChoices):
    ROUND = "round", _("ronde")
    NOTE = "note", _("geeltje")
    TICKET = "ticket", _("exitticket")
    REFLECTION = "reflection", _("reflectieverslag")
    OBSERVATION = "observation", _("observatie")
    REPORT = "report", _("gespreksverslag")
    PANEL = "panel", _("panelverslag")
    FIGURE = "figure", _("cijfer")
    TALK = "talk", _("gesprek")
    TEXT = "text", _("open antwoord")


class Circle(models.TextChoices):
    ME = "me", _("alleen ik")
    TEAM = "team", _("mijn team")
    SCHOOL = "school", _("mijn school")
    PARTNERSHIP = "partnership", _("het partnerschap")


class DataPoint(models.Model):
    """Something known about quality: whose perspective, from where, when, and what it may be used for."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    point = models.ForeignKey(VisionPoint, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    criterion = models.ForeignKey(
        Criterion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    evidence = models.CharField(max_length=10, choices=EvidenceKind.choices)
    source = models.CharField(max_length=20, choices=SourceKind.choices)
    source_text = models.CharField(max_length=200, blank=True)
    perspective = models.CharField(max_length=30, blank=True)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    n = models.PositiveIntegerField(null=True, blank=True)
    happened_on = models.DateField()
    permitted_use = models.CharField(max_length=20, choices=PermittedUse.choices, default=PermittedUse.LEARN)
    circle = models.CharField(max_length=20, choices=Circle.choices, default=Circle.TEAM)
    author = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    round = models.ForeignKey(Round, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    item = models.SlugField(max_length=60, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    form_key = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["-happened_on", "-id"]
        indexes: ClassVar = [models.Index(fields=["criterion", "evidence"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["form_key"], condition=~models.Q(form_key=""), name="data_point_once"
            )
        ]


class Indicator(models.Model):
    """A hard figure with a definition, a source and somebody who keeps it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=160)
    definition = models.TextField()
    unit = models.CharField(max_length=40)
    source = models.CharField(max_length=160)
    owner = models.CharField(max_length=160)


class Figure(models.Model):
    """The value of an indicator for an organisation and a year: a part of a whole, counted."""

    data_point = models.OneToOneField(DataPoint, on_delete=models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="+")
    part = models.PositiveIntegerField()
    whole = models.PositiveIntegerField(null=True, blank=True)
    before_part = models.PositiveIntegerField(null=True, blank=True)
    before_whole = models.PositiveIntegerField(null=True, blank=True)


class Way(models.TextChoices):
    ROUND = "round", _("ronde")
    TICKET = "ticket", _("exitticket")
    PANEL = "panel", _("panel")
    TALK = "talk", _("gesprek")
    FIGURES = "figures", _("cijfers inlezen")
    REPORT = "report", _("verslag")


class IntentState(models.TextChoices):
    PLANNED = "planned", _("gepland")
    DONE = "done", _("gedaan")
    DROPPED = "dropped", _("gaat niet door")


class Intent(models.Model):
    """What a layer means to collect in a school year: with what, from whom, discussed where, returned when.

    `year`: the year in which its school year starts. `origin`: the line that it was copied from, so that copying
    twice is once. `round`: the round that it became.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=20, choices=Way.choices)
    title = models.CharField(max_length=160)
    instrument = models.CharField(max_length=60, blank=True)
    roles = models.JSONField(default=list, blank=True)
    points = models.ManyToManyField(VisionPoint, blank=True, related_name="+")
    criteria = models.ManyToManyField(Criterion, blank=True, related_name="+")
    begins_on = models.DateField()
    ends_on = models.DateField()
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    appointment = models.ForeignKey(
        Appointment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    return_by = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    owner_role = models.CharField(max_length=30, blank=True)
    round = models.ForeignKey(Round, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    talk_url = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, choices=IntentState.choices, default=IntentState.PLANNED)
    dropped_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    copied_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    origin = models.CharField(max_length=60, blank=True)
    form_key = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["begins_on", "id"]
        indexes: ClassVar = [models.Index(fields=["organisation", "year"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["form_key"], condition=~models.Q(form_key=""), name="intent_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "year", "origin"],
                condition=~models.Q(origin=""),
                name="intent_copied_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("begins_on")), name="intent_forward"
            ),
        ]

    def __str__(self) -> str:
        return self.title
