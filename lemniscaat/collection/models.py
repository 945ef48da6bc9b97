"""Rounds and what people gave. Rows that hold content know no person, moment or order."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lemniscaat.base.keys import random_key
from lemniscaat.collection.codes import drowned_token
from lemniscaat.collection.random_keys import RandomKeyField
from lemniscaat.collection.reading_models import (
    FreeText,
    ReadingRule,
    ReadingState,
    TextReader,
    TextReading,
)
from lemniscaat.instruments.models import InstrumentVersion
from lemniscaat.people.models import Appointment, Organisation, Partnership, Person
from lemniscaat.vision.models import Criterion, Period

# the models of the readers stand in a file of their own; Django and other rooms find them here
__all__ = [
    "Block",
    "CriterionItem",
    "Draft",
    "FreeText",
    "Invitation",
    "PermittedUse",
    "Plan",
    "ReadingRule",
    "ReadingState",
    "Receipt",
    "Release",
    "Response",
    "Round",
    "RoundState",
    "Segment",
    "TextReader",
    "TextReading",
]


class RoundState(models.TextChoices):
    DRAFT = "draft", _("in voorbereiding")
    OPEN = "open", _("open")
    STOPPED = "stopped", _("gestopt")
    RETURNED = "returned", _("teruggegeven")
    IMPORTED = "imported", _("ingelezen")


class PermittedUse(models.TextChoices):
    LEARN = "learn", _("om van te leren")
    POOL = "pool", _("om van te leren en om jaren samen te nemen")
    DECIDE = "decide", _("om op te beslissen")


class Plan(models.TextChoices):
    ROLE = "role", _("eerst per rol")
    PLACE = "place", _("eerst per plek")
    BOARD_ROLE = "board-role", _("per bestuur, dan per rol")


class Round(models.Model):
    """An instrument in use with a group, from its question to its return."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    period = models.ForeignKey(Period, null=True, on_delete=models.SET_NULL, related_name="+")
    instrument = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=80)
    title = models.CharField(max_length=160)
    why = models.TextField(blank=True)
    asked_by = models.CharField(max_length=160, blank=True)
    roles = models.JSONField(default=list)
    appointment = models.ForeignKey(
        Appointment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    no_appointment_because = models.TextField(blank=True)
    over_budget_because = models.TextField(blank=True)
    return_by = models.DateField(null=True, blank=True)
    permitted_use = models.CharField(max_length=20, choices=PermittedUse.choices, default=PermittedUse.LEARN)
    plan = models.CharField(max_length=20, choices=Plan.choices, default=Plan.ROLE)
    parameters = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=20, choices=RoundState.choices, default=RoundState.DRAFT)
    join_code = models.CharField(max_length=6, blank=True)
    link_token = models.CharField(max_length=40, blank=True)
    return_code = models.CharField(max_length=20, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    stops_on = models.DateField(null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    criterion = models.ForeignKey(
        Criterion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_mail = models.BooleanField(default=True)
    by_link = models.BooleanField(default=False)
    by_paper = models.BooleanField(default=False)
    places = models.JSONField(default=dict, blank=True)
    started_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    source = models.CharField(max_length=200, blank=True)
    chosen = models.JSONField(default=dict, blank=True)
    """Which parts of the instrument are asked; read through `chosen.Chosen`."""
    comes_back_with = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    """The first step of the same talk in a hall: all its steps come back in one return, that of the first."""
    whom = models.JSONField(default=dict, blank=True)
    """Whom it asks, until it opens: a list and a sample; read through `guest_lists.Whom`, wiped at opening."""
    letter = models.JSONField(default=dict, blank=True)
    """What its mail says and when it comes again; read through `letters.Letter`."""
    reminders = models.PositiveSmallIntegerField(default=0)
    """How many reminders were begun: `reminding.py` brings every invitation up to this number, answered or not."""
    reminded_on = models.DateField(null=True, blank=True)
    planned_as = models.PositiveBigIntegerField(null=True, blank=True)
    """The number of the plan that it was begun from: the year stands upstairs and reads it there."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "key"], name="round_key_once"),
            models.UniqueConstraint(
                fields=["join_code"], condition=~models.Q(join_code=""), name="round_join_code_once"
            ),
            models.UniqueConstraint(
                fields=["return_code"], condition=~models.Q(return_code=""), name="round_return_code_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["partnership", "state"]),
            models.Index(fields=["link_token"]),
        ]

    def __str__(self) -> str:
        return self.title


class CriterionItem(models.Model):
    """Which item of which instrument tells something about which criterion."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="+")
    instrument_key = models.SlugField(max_length=60)
    item_key = models.SlugField(max_length=60)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["criterion", "instrument_key", "item_key"], name="criterion_item_once"
            )
        ]


class Segment(models.Model):
    """The generalised place and role that at least ten invited people share; '*' where generalised away.

    `board` and `school` hold organisation ids as text; `path` of a plan is made in `segments.py`.
    """

    id = RandomKeyField(primary_key=True, default=random_key)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    family = models.CharField(max_length=30, default="*")
    role = models.CharField(max_length=30, default="*")
    board = models.CharField(max_length=30, default="*")
    school = models.CharField(max_length=30, default="*")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "family", "role", "board", "school"], name="segment_once"
            )
        ]


class Invitation(models.Model):
    """That somebody was asked. Never what came in, never when; whether, only the link itself can tell.

    `token` holds a keyed hash: with the table alone nobody can open a link. When a sheet comes in it becomes another
    keyed hash, that looks the same: with a segment in which one of ten answered, a plain yes would give his sheet
    away. When the round stops the hash is drowned: only the released blocks still know how many took part.
    """

    id = RandomKeyField(primary_key=True, default=random_key)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=30, blank=True)
    token = models.CharField(max_length=64, unique=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    """Rises for everybody alike, so that it tells nothing of who got a mail and who had answered."""
    wish = models.CharField(max_length=64, default=drowned_token)
    """A random text, or the keyed hash that says 'no more reminders': only the server's key tells the two apart."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "person"], name="invitation_once")]


class NoMail(models.Model):
    """Somebody who wants no mail about rounds of a partnership. Shown to nobody but himself; others see a number."""

    id = RandomKeyField(primary_key=True, default=random_key)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "person"], name="no_mail_once")
        ]


class Response(models.Model):
    """What one participant gave: an anonymous sheet in a random place of the pile."""

    id = RandomKeyField(primary_key=True, default=random_key)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="+", db_index=False)
    schema_version = models.PositiveSmallIntegerField(default=1)
    answers = models.JSONField()


class Draft(models.Model):
    """An unfinished sheet, locked with a key that only the resume code holds; gone at submit."""

    id = RandomKeyField(primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()


class Receipt(models.Model):
    """A sheet's own random number, so that sending twice counts once. Wiped when the round stops."""

    id = RandomKeyField(primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")


class Release(models.Model):
    """The immutable outcome of an anonymous round."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="+")
    parameters = models.JSONField()
    released_on = models.DateField()
    readers = models.PositiveSmallIntegerField(default=1)
    """How many people must let an open answer go in the same words; fixed when the round stops."""


class Block(models.Model):
    """At least six people, shown together or not at all. `item` is empty for the base cut."""

    id = RandomKeyField(primary_key=True, default=random_key)
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="+")
    item = models.SlugField(max_length=60, blank=True)
    members = models.JSONField()
    path = models.JSONField()
    people = models.PositiveIntegerField()
    tally = models.JSONField(default=dict)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["release", "item"])]
