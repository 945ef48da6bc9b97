"""What we agreed: decisions and agreements that somebody owns and that come back."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from lemniscaat.agenda.goal_models import (
    Act,
    Anchor,
    Contribution,
    Course,
    Difference,
    Digest,
    FollowUp,
    Goal,
    GoalState,
    Look,
    LookGround,
    NoDigest,
    Phase,
    Span,
    Step,
    TakenUp,
    Task,
    TaskKind,
)
from lemniscaat.datapoints.models import DataPoint
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.people.models import Appointment, Body, Organisation, Partnership, Person
from lemniscaat.vision.models import Criterion

__all__ = [
    "Act",
    "Agreement",
    "AgreementReturn",
    "AgreementState",
    "Anchor",
    "Contribution",
    "Course",
    "Decision",
    "DecisionGround",
    "Difference",
    "Digest",
    "FollowUp",
    "Goal",
    "GoalState",
    "Look",
    "LookGround",
    "NoDigest",
    "Phase",
    "Span",
    "Step",
    "TakenUp",
    "Task",
    "TaskKind",
]


class Decision(models.Model):
    """Adjust or sustain, on the ground of a meaning; or on a criterion, at a moment of deciding.

    `rested_on` is what it rested on, frozen (`frozen.RestedOn`); `because`: why it was taken although something was
    missing; `weighed`: whose concern was weighed, and how.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    interpretation = models.ForeignKey(Interpretation, null=True, on_delete=models.SET_NULL, related_name="+")
    course = models.CharField(max_length=10, choices=Course.choices)
    criterion = models.ForeignKey(
        Criterion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(blank=True)
    because = models.TextField(blank=True)
    weighed = models.TextField(blank=True)
    rested_on = models.JSONField(default=dict)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    form_key = models.CharField(max_length=64, blank=True)
    decided_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["form_key"], condition=~models.Q(form_key=""), name="decision_form_once"
            )
        ]

    def __str__(self) -> str:
        return self.text


class DecisionGround(models.Model):
    """A data point that counted at a decision, with the words somebody gave as they read then.

    They stand here and not in what is frozen, so that they go with the data point, or when it is taken back. `line`:
    the ground in `rested_on` it belongs to; -1 for what only counted together with others, unnamed.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="+")
    data_point = models.ForeignKey(DataPoint, on_delete=models.CASCADE, related_name="+")
    line = models.SmallIntegerField(default=-1)
    words = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["line", "id"]


class AgreementState(models.TextChoices):
    RUNNING = "running", _("loopt")
    SUSTAINED = "sustained", _("houden we vast")
    CLOSED = "closed", _("afgerond")
    REPLACED = "replaced", _("opgevolgd")


class Agreement(models.Model):
    """Who does what, how we notice, whose concern was weighed, and where it comes back.

    `body`: an agreement of this body alone, such as a student and a mentor; nobody else sees it. `goal`: the point on
    the agenda that it brings nearer.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    criterion = models.ForeignKey(Criterion, null=True, on_delete=models.SET_NULL, related_name="+")
    decision = models.ForeignKey(Decision, null=True, on_delete=models.SET_NULL, related_name="+")
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    course = models.CharField(max_length=10, choices=Course.choices)
    sentence = models.TextField()
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    owner_text = models.CharField(max_length=160)
    notice = models.TextField()
    weighed = models.TextField(blank=True)
    because = models.TextField(blank=True)
    returns_at = models.ForeignKey(
        Appointment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    no_return_because = models.TextField(blank=True)
    agreed_on = models.DateField()
    state = models.CharField(max_length=20, choices=AgreementState.choices, default=AgreementState.RUNNING)
    difference = models.CharField(max_length=20, choices=Difference.choices, blank=True)
    closing_because = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-agreed_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="running")
                | ~models.Q(difference="")
                | ~models.Q(closing_because=""),
                name="agreement_closes_with_a_look_or_a_reason",
            )
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def where(self) -> str:
        """Where it comes back, in words: 'Teamoverleg, 2 december'; empty when nowhere. Says so when that is off."""
        moment = self.returns_at
        if moment is None:
            return ""
        words = f"{moment.body.name}, {date_format(timezone.localtime(moment.starts_at), 'j F')}"
        return str(_("%(moment)s (afgezegd)") % {"moment": words}) if moment.cancelled_on else words

    @property
    def comes_back(self) -> str:
        """Where it comes back, or why nowhere, while it runs; empty once it ended: that day is past or means nothing."""
        return (self.where or self.no_return_because) if self.state == AgreementState.RUNNING else ""


class AgreementReturn(models.Model):
    """The agreement came back in a talk: what helped, what hindered, what do we ask of each other."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")
    appointment = models.ForeignKey(Appointment, null=True, on_delete=models.SET_NULL, related_name="+")
    helped = models.TextField(blank=True)
    hindered = models.TextField(blank=True)
    ask = models.TextField(blank=True)
    next_appointment = models.ForeignKey(Appointment, null=True, on_delete=models.SET_NULL, related_name="+")
    looked_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["-looked_on", "-id"]
