"""The development agenda: goals for years and for a year, steps, what we saw, and how goals of layers hang together."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from lemniscaat.collection.models import Round
from lemniscaat.datapoints.models import DataPoint
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.people.models import Appointment, Body, Organisation, Partnership, Person, Role, Share
from lemniscaat.vision.models import Criterion, Period, VisionPoint


class Course(models.TextChoices):
    ADJUST = "adjust", _("We verleggen")
    SUSTAIN = "sustain", _("We houden")


class Difference(models.TextChoices):
    YES = "yes", _("Ja, dat merken we")
    PARTLY = "partly", _("Een beetje")
    NO = "no", _("Nee, nog niet")
    NOT_LOOKED = "not_looked", _("We hebben niet gekeken")


class Span(models.TextChoices):
    YEARS = "years", _("meerjarendoel")
    YEAR = "year", _("jaardoel")


class Phase(models.TextChoices):
    """The rhythm of plan, do, check, act, in the words of a team."""

    PLAN = "plan", _("We bereiden het voor")
    DO = "do", _("We doen het")
    CHECK = "check", _("We kijken of het helpt")
    ACT = "act", _("We kiezen hoe we verdergaan")


class GoalState(models.TextChoices):
    RUNNING = "running", _("loopt")
    SUSTAINED = "sustained", _("houden we vast")
    STOPPED = "stopped", _("gestopt")


class Anchor(models.TextChoices):
    """Where a point has its place besides a talk about quality, so that it does not stay on paper."""

    TALK = "talk", _("de gesprekscyclus")
    ONBOARDING = "onboarding", _("het inwerken van nieuwe collega's")
    HOURS = "hours", _("de taakuren")
    PLAN = "plan", _("het schoolplan")


class Goal(models.Model):
    """A point on the agenda of a layer: kept or moved, with why, who, how we notice and where it comes back.

    `within`: the goal for years that a goal of a year belongs to. `body`: a point of this body alone, such as a student
    and a mentor; nobody else sees it. `raised_by`: the roles that brought it up and are asked whether they notice a
    difference. `anchors`: values of Anchor, with `anchor_text` in own words. `more_because`: why a layer takes up a
    fourth point of a year. `place` is its order on the agenda, chosen by people.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    span = models.CharField(max_length=10, choices=Span.choices, default=Span.YEAR)
    within = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    period = models.ForeignKey(Period, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    until = models.DateField(null=True, blank=True)
    course = models.CharField(max_length=10, choices=Course.choices)
    sentence = models.CharField(max_length=300)
    point = models.ForeignKey(VisionPoint, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    criterion = models.ForeignKey(
        Criterion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    interpretation = models.ForeignKey(
        Interpretation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    why = models.TextField(blank=True)
    now = models.TextField(blank=True)
    wanted = models.TextField(blank=True)
    weighed = models.TextField(blank=True)
    raised_by = models.JSONField(default=list)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    owner_role = models.CharField(max_length=30, choices=Role.choices, blank=True)
    owner_text = models.CharField(max_length=160, blank=True)
    measurable = models.CharField(max_length=300, blank=True)
    noticeable = models.CharField(max_length=300, blank=True)
    returns_at = models.ForeignKey(
        Appointment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    no_return_because = models.CharField(max_length=300, blank=True)
    anchors = models.JSONField(default=list)
    anchor_text = models.CharField(max_length=300, blank=True)
    more_because = models.CharField(max_length=300, blank=True)
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.PLAN)
    state = models.CharField(max_length=10, choices=GoalState.choices, default=GoalState.RUNNING)
    ended_because = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)
    taken_up_on = models.DateField()
    place = models.PositiveSmallIntegerField(default=0)
    form_key = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["place", "id"]
        indexes: ClassVar = [
            models.Index(fields=["partnership", "organisation", "state"], name="goal_of_layer"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["form_key"], condition=~models.Q(form_key=""), name="goal_form_once"
            ),
            models.CheckConstraint(
                condition=models.Q(span="year") | models.Q(within__isnull=True), name="goal_years_on_top"
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def where(self) -> str:
        """Where it comes back, in words: 'Teamoverleg, 2 december'; empty when nowhere."""
        moment = self.returns_at
        if moment is None:
            return ""
        words = f"{moment.body.name}, {date_format(timezone.localtime(moment.starts_at), 'j F')}"
        return str(_("%(moment)s (afgezegd)") % {"moment": words}) if moment.cancelled_on else words


class Step(models.Model):
    """A small thing that brings a goal nearer: who does it, by when, and whether it is done."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="+")
    sentence = models.CharField(max_length=300)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    owner_text = models.CharField(max_length=160, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    dropped_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(done_on__isnull=True) | models.Q(dropped_because=""),
                name="step_done_or_dropped",
            )
        ]

    def __str__(self) -> str:
        return self.sentence


class Act(models.TextChoices):
    """How a goal goes on after somebody looked."""

    GO_ON = "go_on", _("We gaan ermee door")
    ADJUST = "adjust", _("We verleggen")
    SUSTAIN = "sustain", _("We houden dit vast")
    STOP = "stop", _("We stoppen, want")


class Look(models.Model):
    """Somebody looked whether a goal helps: what was seen, what those who raised it say, and how it goes on.

    `asked`: what the perspective that raised it said; `before`: the words of the goal until this look, where it was
    adjusted. Looks are kept; they are the history of a goal.
    """

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="+")
    appointment = models.ForeignKey(
        Appointment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    looked_on = models.DateField()
    difference = models.CharField(max_length=20, choices=Difference.choices, default=Difference.NOT_LOOKED)
    seen = models.TextField(blank=True)
    asked = models.TextField(blank=True)
    act = models.CharField(max_length=10, choices=Act.choices, default=Act.GO_ON)
    because = models.TextField(blank=True)
    before = models.CharField(max_length=300, blank=True)
    next_appointment = models.ForeignKey(
        Appointment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-looked_on", "-id"]


class LookGround(models.Model):
    """What was on the table at a look: a data point or the outcome of a round, with the words as they were."""

    look = models.ForeignKey(Look, on_delete=models.CASCADE, related_name="+")
    data_point = models.ForeignKey(DataPoint, null=True, on_delete=models.SET_NULL, related_name="+")
    round = models.ForeignKey(Round, null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField(blank=True)


class FollowUp(models.Model):
    """A round asks those who raised a goal whether they notice a difference: which round, which item."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    item = models.SlugField(max_length=60)
    proposed_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["goal", "round"], name="follow_up_once_a_round")
        ]


class TaskKind(models.TextChoices):
    PREPARE = "prepare", _("bereidt voor")
    DECIDE = "decide", _("besluit")
    DO = "do", _("doet")
    HEARD = "heard", _("wordt gehoord")


class Task(models.Model):
    """Who prepares, decides, does or is heard for a goal: a body, a role, or somebody in words."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=TaskKind.choices)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=30, choices=Role.choices, blank=True)
    words = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering: ClassVar = ["kind", "id"]


class Contribution(models.Model):
    """'Draagt bij aan': made by people of the lower layer, which sees both. The upper layer reads it only where the
    lower goal was shared with it."""

    lower = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="+")
    upper = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lower", "upper"], name="goal_contribution_once"),
            models.CheckConstraint(
                condition=~models.Q(lower=models.F("upper")), name="contribution_to_another"
            ),
        ]


class TakenUp(models.Model):
    """'Komt van': the upper layer took up what was shared with it, in a goal of its own."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="+")
    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["goal", "share"], name="taken_up_once")]


class NoDigest(models.Model):
    """Somebody wants no monthly letter about what he owns."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "person"], name="no_digest_once")
        ]


class Digest(models.Model):
    """That somebody had the letter of a month (its first day), so that he has it once."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    month = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "person", "month"], name="digest_once_a_month")
        ]
