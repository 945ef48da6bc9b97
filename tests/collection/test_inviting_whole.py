"""Whatever happens in whatever order: nobody counts twice, nobody who answered is reminded after, no mail goes twice,
there are at most two reminders, the question never comes after
one, who wants no mail gets none, and no table tells who answered."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lemniscaat.base import clock
from lemniscaat.cli.ticking import tick
from lemniscaat.collection import reminding
from lemniscaat.collection.actions import NoReminderError, Sent, put_aside, remind, submit, take_up
from lemniscaat.collection.carry import fresh
from lemniscaat.collection.codes import personal_token
from lemniscaat.collection.models import Invitation, Response, Round, Segment
from lemniscaat.collection.random_keys import RandomKeyField
from lemniscaat.collection.stop_links import mail_again, no_mail, no_reminders
from lemniscaat.people.bounces import note_bounce
from tests import cast
from tests.chance import tries
from tests.collection.doors import many_people, opened
from tests.collection.post import Crash, Office, is_reminder, standing

pytestmark = [pytest.mark.django_db, pytest.mark.db]
PEOPLE = 24
FAULTS = ["", "", "crash", "cut before", "cut after", "refused", "later", "sender", "closed"]

somebody = st.integers(0, PEOPLE - 1)
deeds = st.one_of(
    st.tuples(st.just("answer"), somebody),
    st.tuples(st.just("again"), somebody),
    st.tuples(st.just("resend"), somebody),
    st.tuples(st.just("draft"), somebody),
    st.tuples(st.just("by code"), somebody),
    st.tuples(st.just("bounce"), somebody),
    st.tuples(st.sampled_from(["quiet", "none", "welcome"]), somebody),
    st.tuples(st.just("remind"), st.just(0)),
    st.tuples(st.just("day"), st.just(0)),
    st.tuples(st.just("tick"), st.integers(0, 30)),
)


@dataclass
class Story:
    """One round while things happen to it, and what a witness would know."""

    round: Round
    world: cast.World
    office: Office
    people: list[Invitation]
    answered: dict[str, int] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    by_code: int = 0
    day: int = 0

    def mail(self, who: int) -> str:
        assert self.people[who].person
        return self.people[who].person.email  # type: ignore[union-attr]  # asserted above

    def do(self, deed: str, who: int, fault: str) -> None:
        getattr(self, "_" + deed.replace(" ", "_"))(who, fault)

    def _answer(self, who: int, fault: str, sheet: str = "een") -> None:
        mail = self.mail(who)
        sent = submit(
            round_=self.round,
            answers={},
            receipt=f"{mail} {sheet}",
            token=personal_token(self.people[who].pk),
        )
        assert (sent is Sent.IN) == (mail not in self.answered)
        self.answered.setdefault(mail, len(self.office.delivered))

    def _again(self, who: int, fault: str) -> None:
        self._answer(who, fault, "twee")

    def _resend(self, who: int, fault: str) -> None:
        self._answer(who, fault)
        self._answer(who, fault)

    def _draft(self, who: int, fault: str) -> None:
        token = personal_token(self.people[who].pk)
        blank = fresh(round_id=self.round.pk, role=self.people[who].role, segment=0, language="nl")
        first = put_aside(round_=self.round, token=token, carry=blank)
        code = put_aside(round_=self.round, token=token, carry=first.carry).code
        found = take_up(code=code)
        assert take_up(code=first.code) is None
        assert found
        sheet = found.carry
        sent = submit(round_=self.round, answers={}, receipt=sheet.receipt, token=token, draft=sheet.draft)
        assert (sent is Sent.IN) == (self.mail(who) not in self.answered)
        self.answered.setdefault(self.mail(who), len(self.office.delivered))

    def _by_code(self, who: int, fault: str) -> None:
        """By the open link nobody is known: it counts as one more sheet, and its sending twice as one."""
        place = self.people[who].segment_id
        for _ in range(2):
            submit(round_=self.round, answers={}, receipt=f"code {self.by_code}", segment_id=place)
        self.by_code += 1

    def _bounce(self, who: int, fault: str) -> None:
        note_bounce(self.mail(who))

    def _quiet(self, who: int, fault: str) -> None:
        no_reminders(self.people[who])

    def _none(self, who: int, fault: str) -> None:
        no_mail(self.people[who])
        self.silent.add(self.mail(who))

    def _welcome(self, who: int, fault: str) -> None:
        mail_again(self.people[who])
        self.silent.discard(self.mail(who))

    def _remind(self, who: int, fault: str) -> None:
        try:
            remind(access=self.world.access(self.world.noor), round_=self.round)
        except NoReminderError:
            assert self.day == 0 or Round.objects.get(pk=self.round.pk).reminders == 2

    def _day(self, who: int, fault: str) -> None:
        self.day += self.day < 9
        clock.move_to(self.day)

    def _tick(self, at: int, fault: str) -> None:
        self.office.faults = {} if fault == "closed" else {self.office.offered + at: fault}
        self.office.closed = int(fault == "closed")
        before = len(self.office.delivered)
        try:
            tick()
        except Crash:
            pass
        finally:
            self.office.faults, self.office.closed = {}, 0
        # also what lay ready before he said 'no more'
        assert not self.silent & {mail.to[0] for mail in self.office.delivered[before:]}

    def holds(self) -> None:
        """What must be true after every deed."""
        firsts, again = Counter(self.office.firsts()), Counter(self.office.reminders())
        assert max(firsts.values(), default=0) <= 1
        assert max(again.values(), default=0) <= 2
        reminded: set[str] = set()
        for place, mail in enumerate(self.office.delivered):
            if is_reminder(mail):
                reminded |= set(mail.to)
                assert place < self.answered.get(mail.to[0], len(self.office.delivered))
            else:
                assert not reminded & set(mail.to)
        assert Response.objects.count() == len(self.answered) + self.by_code
        reminders = list(Invitation.objects.order_by("pk").values_list("reminders", flat=True))
        assert reminders == sorted(reminders, reverse=True)
        assert max(reminders) <= Round.objects.get(pk=self.round.pk).reminders <= 2


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside did not happen."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    clock.move_to(0)


@contextmanager
def begun(world: cast.World) -> Iterator[Story]:
    with undone(), standing() as office:
        asked = opened(world, stops_on=clock.today() + timedelta(days=20))
        people = list(
            Invitation.objects.select_related("person", "round").order_by("segment__role", "person__email")
        )
        assert len(people) == PEOPLE
        yield Story(asked.round, world, office, people)


@pytest.fixture
def house(world: cast.World) -> cast.World:
    many_people(world, students=11, mentors=11)
    return world


@settings(max_examples=tries(8, 25), deadline=None, suppress_health_check=list(HealthCheck))
@given(script=st.lists(st.tuples(deeds, st.sampled_from(FAULTS)), max_size=14))
@example(script=[(("tick", 99), ""), (("day", 0), ""), (("remind", 0), ""), (("tick", 3), "crash"), (("answer", 1), ""), (("tick", 0), "")])  # fmt: skip
def test_whatever_the_order(house: cast.World, script: list[Any]) -> None:
    with begun(house) as story:
        for (deed, who), fault in script:
            story.do(deed, who, fault)
            story.holds()


SAME_PLACE = st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] != pair[1])


@settings(max_examples=tries(4, 12), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    script=st.lists(st.tuples(deeds, st.sampled_from(["", "", "refused", "closed"])), max_size=10),
    pair=SAME_PLACE,
)
@example(script=[(("tick", 99), ""), (("day", 0), ""), (("remind", 0), ""), (("tick", 99), "")], pair=(0, 1))
def test_no_table_tells_who_of_a_place_answered(
    house: cast.World, script: list[Any], pair: tuple[int, int]
) -> None:
    """Two worlds that differ only in which of two people of one segment answered."""
    left, right = (_told(house, script, who, pair) for who in pair)
    assert left == right


def test_a_table_that_tells_is_seen(house: cast.World) -> None:
    """The comparison above is worth something: a count of mails that went would show."""
    script = [(("tick", 99), ""), (("day", 0), ""), (("remind", 0), ""), (("tick", 99), "")]

    def telling(round_: Round, batch: list[Invitation], line: Any) -> Any:
        for one in batch:
            if reminding._waits(one):
                Invitation.objects.filter(pk=one.pk).update(role="gemaild")
        return line

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reminding, "_send_together", telling)
        left, right = (_told(house, script, who, (0, 1)) for who in (0, 1))
    assert left != right


def _told(house: cast.World, script: list[Any], who: int, pair: tuple[int, int]) -> dict[str, Any]:
    """Every table after somebody answered and a script that touches neither of the two."""
    with begun(house) as story:
        # which of the two sits first in the register may tell no more than that he is invited
        assert story.people[pair[0]].segment_id == story.people[pair[1]].segment_id
        story.do("answer", who, "")
        for (deed, whom), fault in script:
            if deed in {"answer", "again", "resend", "draft", "by code"} and whom in pair:
                continue
            # a fault hits whoever is the n-th, and that is drawn by lot: only those that change no number are here
            fault = fault if deed == "tick" and fault == "closed" else ""
            story.do(deed, whom, fault)
        return tables()


def tables() -> dict[str, Any]:
    """All rows of all tables, without what is drawn at random: keys, hashes, codes, and the order of rows."""
    places = {row.pk: f"{row.family}/{row.role}/{row.board}/{row.school}" for row in Segment.objects.all()}
    ranks: dict[type[models.Model], dict[Any, int]] = {}
    found = {}
    for model in apps.get_models():
        rows = Counter(_row(one, places, ranks) for one in model._default_manager.all())
        found[model._meta.label] = rows
    return found


def _row(one: models.Model, places: dict[int, str], ranks: dict[type[models.Model], dict[Any, int]]) -> str:
    told = []
    for column in one._meta.concrete_fields:
        if not column.primary_key:
            value = getattr(one, column.attname)
            told.append(f"{column.name}={_value(column, value, places, ranks)}")
    return " ".join(told)


def _value(column: Any, value: Any, places: dict[int, str], ranks: Any) -> str:
    other = column.related_model
    if value is None:
        return "-"
    if other is Segment:
        return places[value]
    if other is not None:
        if isinstance(other._meta.pk, RandomKeyField):
            return "*"
        if other not in ranks:
            keys = other._default_manager.order_by("pk").values_list("pk", flat=True)
            ranks[other] = {key: rank for rank, key in enumerate(keys)}
        return str(ranks[other][value])
    if isinstance(value, datetime):
        return str(value.date())
    if isinstance(value, date):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return "*"
    text = re.sub(r"/mee/\S+|\b[0-9a-f]{64}\b|\d{9,}|r-[\w-]{20,}|(?<=^round )\d+", "*", str(value))
    return "*" if column.name in {"join_code", "return_code", "noun_id"} else text
