"""Talks: planned, led from one screen, recorded. At an open table people are people."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lemniscaat.agenda.models import Agreement
from lemniscaat.interpretation.models import Assumption, Interpretation
from lemniscaat.people.models import Appointment, Body, Organisation, Partnership, Person, Role
from lemniscaat.vision.models import Criterion


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("gepland")
    RUNNING = "running", _("bezig")
    DONE = "done", _("klaar")


class Entry(models.TextChoices):
    INFORM = "inform", _("informeren")
    MEAN = "mean", _("betekenis geven")
    DIRECT = "direct", _("richting geven")
    ACCOUNT = "account", _("verantwoorden")


class Meeting(models.Model):
    """One talk of a body about one criterion. `step` is the key of the step on screen."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    appointment = models.ForeignKey(Appointment, null=True, on_delete=models.SET_NULL, related_name="+")
    criterion = models.ForeignKey(
        Criterion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(max_length=160)
    entry = models.CharField(max_length=10, choices=Entry.choices, default=Entry.INFORM)
    open_table = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    step = models.CharField(max_length=20, blank=True)
    revealed = models.JSONField(default=list)
    notes = models.JSONField(default=dict)
    leader = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    reflection = models.TextField(blank=True)
    finished_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-id"]


class Seat(models.Model):
    """Somebody at the table."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=30)

    class Meta:
        ordering: ClassVar = ["id"]

    @property
    def role_label(self) -> str:
        """The role in words."""
        return str(dict(Role.choices).get(self.role, self.role))


class Contribution(models.Model):
    """What somebody wrote alone in a step; unseen until the step is laid open."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    step = models.CharField(max_length=20)
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "step", "seat"], name="contribution_once")
        ]


class Outcome(models.Model):
    """What a talk left behind; each row points to one thing."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    interpretation = models.ForeignKey(Interpretation, null=True, on_delete=models.CASCADE, related_name="+")
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.CASCADE, related_name="+")
    assumption = models.ForeignKey(Assumption, null=True, on_delete=models.CASCADE, related_name="+")
