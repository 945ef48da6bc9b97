"""Open answers that wait for their readers, who reads them, and what each reader let go."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lemniscaat.base.keys import random_key
from lemniscaat.collection.random_keys import RandomKeyField
from lemniscaat.people.models import Partnership, Person


class ReadingState(models.TextChoices):
    WAITING = "waiting", _("wacht op lezen")
    READ = "read", _("wacht op de tweede lezer")
    DIFFERS = "differs", _("twee lezingen")
    RELEASED = "released", _("vrijgegeven")
    WITHHELD = "withheld", _("blijft dicht")


class FreeText(models.Model):
    """One open answer from a block of at least ten, waiting for a human reader; in random order.

    `needed` readers must let it go in the very same words; `agreed` is how many did so for the words in `text`.
    """

    id = RandomKeyField(primary_key=True, default=random_key)
    block = models.ForeignKey("collection.Block", on_delete=models.CASCADE, related_name="+")
    item = models.SlugField(max_length=60)
    original = models.TextField()
    text = models.TextField()
    state = models.CharField(max_length=20, choices=ReadingState.choices, default=ReadingState.WAITING)
    read_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    needed = models.PositiveSmallIntegerField(default=1)
    agreed = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="text_released_by_its_readers",
                condition=Q(state=ReadingState.RELEASED, agreed__gte=F("needed"), needed__gte=1)
                | Q(state__in=[ReadingState.READ, ReadingState.DIFFERS], agreed__lt=F("needed"))
                | Q(state__in=[ReadingState.WAITING, ReadingState.WITHHELD], agreed=0),
            )
        ]


class TextReading(models.Model):
    """In which words one reader let one text go; gone as soon as somebody keeps it shut."""

    text = models.ForeignKey(FreeText, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["text", "person"], name="text_reading_once")]


class TextReader(models.Model):
    """Who reads the open answers of a round; with a reason, which the group sees, for who is not independent of it."""

    round = models.ForeignKey("collection.Round", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    because = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "person"], name="text_reader_once")]


class ReadingRule(models.Model):
    """How many people read an open answer in a partnership, before anybody else does; one where nothing was said."""

    partnership = models.OneToOneField(Partnership, on_delete=models.CASCADE, related_name="+")
    readers = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="one_or_two_readers", condition=Q(readers__in=[1, 2]))
        ]
