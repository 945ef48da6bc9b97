"""Talks: planned, led from one screen, recorded. At an open table people are people."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lemniscaat.agenda.models import Agreement
from lemniscaat.base import clock
from lemniscaat.collection.models import Round
from lemniscaat.instruments.models import InstrumentVersion
from lemniscaat.interpretation.models import Assumption, Interpretation
from lemniscaat.people.models import Appointment, Body, Organisation, Partnership, Person, Share
from lemniscaat.vision.models import Criterion, VisionPoint


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("gepland")
    RUNNING = "running", _("bezig")
    DONE = "done", _("klaar")


class Entry(models.TextChoices):
    INFORM = "inform", _("informeren")
    MEAN = "mean", _("betekenis geven")
    DIRECT = "direct", _("richting geven")
    ACCOUNT = "account", _("verantwoorden")


class TableState(models.TextChoices):
    FILLING = "filling", _("ieder vult alleen in")
    OPEN = "open", _("ligt open")
    CLOSED = "closed", _("klaar")


class Table(models.Model):
    """An instrument on the table: everybody fills it in alone, then it is laid open and read together.

    `chosen` is what was chosen of the instrument: `modules` (list or null), `quick`, `points` ([[Dutch, English]]).
    `laid_open` holds the numbers of the sections that everybody at the table may read; whatever is not in it is in
    no response. In a `shut` section nobody writes for now. Of the sections in `by_choice` only that is laid open which
    its giver shares. `code` stands only while people may join. A `private` table is one person's own sheet. `clusters`
    are the groups in which notes that lie open were put, per item.

    In a `hall` of strangers nobody's answer lies here: every section that is asked is a round of its own (`HallStep`).
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    instrument = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="+")
    chosen = models.JSONField(default=dict)
    title = models.CharField(max_length=160)
    point = models.ForeignKey(VisionPoint, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    private = models.BooleanField(default=False)
    code = models.CharField(max_length=6, blank=True)
    state = models.CharField(max_length=10, choices=TableState.choices, default=TableState.FILLING)
    laid_open = models.JSONField(default=list)
    shut = models.JSONField(default=list)
    by_choice = models.JSONField(default=list)
    hall = models.BooleanField(default=False)
    clusters = models.JSONField(default=dict)
    led_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    together = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    meaning = models.ForeignKey(
        Interpretation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    form_key = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], condition=~models.Q(code=""), name="table_code_once"),
            models.UniqueConstraint(
                fields=["form_key"], condition=~models.Q(form_key=""), name="table_form_once"
            ),
            models.CheckConstraint(
                condition=models.Q(code="") | (~models.Q(state="closed") & models.Q(private=False)),
                name="table_code_while_joining",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Chair(models.Model):
    """Somebody at such a table, with an account or without: what he wrote is his, under his own name.

    `token` is a keyed hash of what his device holds, so that this row opens nothing. `votes` are on statements that
    people added, given after these were laid open: {item: {"<chair>.<place>": vote}}; `dots` on notes and groups of
    them: {item: {note or group: number}}. `here`: somebody came and sat down. `shares`: the items of which he lays his
    answer open, where that is his choice. `hand`: whether he can live with the text (`consenting.py`).
    """

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=30, blank=True)
    place = models.CharField(max_length=80, blank=True)
    here = models.BooleanField(default=False)
    group = models.ForeignKey(
        "meetings.Group", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    token = models.CharField(max_length=64, unique=True)
    answers = models.JSONField(default=dict)
    votes = models.JSONField(default=dict)
    dots = models.JSONField(default=dict)
    shares = models.JSONField(default=list)
    hand = models.JSONField(default=dict)
    schema_version = models.PositiveSmallIntegerField(default=1)
    done = models.BooleanField(default=False)
    from_paper = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["table", "person"], condition=models.Q(person__isnull=False), name="chair_person_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class TableFile(models.Model):
    """A document or photo that somebody laid on the table; it is as hidden as the answer it belongs to."""

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="+")
    chair = models.ForeignKey(Chair, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)
    slug = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=120)
    data = models.BinaryField()

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """A few people of one table who talk apart: their own code, their own text, and somebody who keeps notes.

    `shown` once they put it beside those of the other groups; until then only they read it.
    """

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=6, blank=True)
    keeper = models.ForeignKey(Chair, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    shown = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "number"], name="group_number_once"),
            models.UniqueConstraint(fields=["code"], condition=~models.Q(code=""), name="group_code_once"),
        ]


class Meeting(models.Model):
    """One talk of a body. Who sits there and what was written alone lies on its `table`.

    `script` is the plan in steps (`script.py`), `step` the key of the one on screen, begun at `step_since`: the timer
    only suggests, and forgets at the end. `covered`: the wall shows nothing of it for now; `focus`: the question
    that hangs there when several lie open. `asking`: whether everybody
    can live with a text, as it is asked now (`agreeing.py`).
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    appointment = models.ForeignKey(Appointment, null=True, on_delete=models.SET_NULL, related_name="+")
    criterion = models.ForeignKey(
        Criterion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(max_length=160)
    entry = models.CharField(max_length=10, choices=Entry.choices, default=Entry.INFORM)
    table = models.OneToOneField(Table, on_delete=models.RESTRICT, related_name="+")
    script = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    step = models.CharField(max_length=20, blank=True)
    step_since = models.DateTimeField(null=True, blank=True)
    covered = models.BooleanField(default=False)
    focus = models.CharField(max_length=60, blank=True)
    asking = models.JSONField(default=dict)
    notes = models.JSONField(default=dict)
    leader = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    reflection = models.TextField(blank=True)
    finished_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def on_later_day(self) -> bool:
        """Whether the moment it was planned for is on a day to come: who sits down then is early."""
        moment = self.appointment
        return moment is not None and timezone.localtime(moment.starts_at).date() > clock.today()


class TableEvent(models.Model):
    """That something moved at a table, for screens that were away for a moment. Gone when the talk ends."""

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=20)


class HallStep(models.Model):
    """A section that was asked in a hall, as the anonymous round that it is. Asked again is another one."""

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="+")
    section = models.PositiveSmallIntegerField()
    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]


class Outcome(models.Model):
    """What a talk left behind; each row points to one thing."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    interpretation = models.ForeignKey(Interpretation, null=True, on_delete=models.CASCADE, related_name="+")
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.CASCADE, related_name="+")
    assumption = models.ForeignKey(Assumption, null=True, on_delete=models.CASCADE, related_name="+")
    criterion = models.ForeignKey(Criterion, null=True, on_delete=models.CASCADE, related_name="+")


class RecordMail(models.Model):
    """The record of a talk was sent to somebody: once, whoever asked for it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "person"], name="record_mail_once")
        ]


class MeetingPack(models.Model):
    """What a body lays on the table of one meeting: at most three things that were shared with it, the question it
    answers there, and what it gave since last time in each of four ways (`packing.py`).

    A share is only named here: whoever reads it goes through the queries of sharing, so that what was taken back is gone.
    """

    appointment = models.OneToOneField(Appointment, on_delete=models.CASCADE, related_name="+")
    shares = models.ManyToManyField(Share, blank=True, related_name="+")
    question = models.CharField(max_length=300, blank=True)
    knowledge = models.CharField(max_length=300, blank=True)
    examples = models.CharField(max_length=300, blank=True)
    network = models.CharField(max_length=300, blank=True)
    modelling = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    @property
    def body(self) -> Body:
        """Whose meeting it is."""
        return self.appointment.body
