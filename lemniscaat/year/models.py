"""What a layer means to collect in a school year."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lemniscaat.collection.models import Round
from lemniscaat.people.models import Appointment, Body, Organisation, Partnership, Person
from lemniscaat.vision.models import Criterion, VisionPoint


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
