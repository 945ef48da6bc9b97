"""Reminders go to who did not answer, twice at most, and leave nothing that tells who that was."""

from datetime import timedelta

import pytest
from django.http import Http404

from lemniscaat.base import clock
from lemniscaat.cli.ticking import tick
from lemniscaat.collection import reminding
from lemniscaat.collection.actions import NoReminderError, remind, submit
from lemniscaat.collection.letters import Cover
from lemniscaat.collection.models import Invitation, Round
from lemniscaat.collection.reminding import TOGETHER, due_on
from lemniscaat.collection.stop_links import invitation_of, no_mail, no_reminders, stop_token
from lemniscaat.people.models import Membership, OutgoingMail, Person, TrailEntry
from tests import cast
from tests.collection.doors import Asked, many_people, opened
from tests.collection.post import Crash, Office

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@pytest.fixture
def asked(world: cast.World, office: Office) -> Asked:
    """Twenty-eight people invited yesterday; their first mails are out."""
    many_people(world)
    made = opened(world, stops_on=clock.today() + timedelta(days=10))
    tick()
    assert len(office.delivered) == 28
    office.delivered.clear()
    office.offered = 0
    clock.move_to(1)
    return made


def begin(asked: Asked) -> Round:
    return remind(access=asked.world.access(asked.world.noor), round_=asked.round)


def answer(asked: Asked, email: str) -> None:
    submit(round_=asked.round, answers={}, receipt=f"blad {email}", token=asked.token_of(email))


def numbers() -> list[int]:
    return list(Invitation.objects.order_by("pk").values_list("reminders", flat=True))


def test_only_who_did_not_answer_gets_it_and_once(asked: Asked, office: Office) -> None:
    answer(asked, "samira@example.org")
    answer(asked, "student3@example.org")
    begin(asked)
    begin(asked)
    tick()
    tick()
    went = office.reminders()
    assert len(went) == len(set(went)) == 26
    assert not {"samira@example.org", "student3@example.org"} & set(went)
    assert numbers() == [1] * 28
    assert OutgoingMail.objects.count() == 28


def test_twice_at_most_and_with_some_time_between(asked: Asked, office: Office) -> None:
    clock.move_to(0)
    with pytest.raises(NoReminderError):
        begin(asked)
    for day in (1, 2):
        clock.move_to(day)
        begin(asked)
        tick()
    clock.move_to(3)
    with pytest.raises(NoReminderError):
        begin(asked)
    tick()
    assert len(office.delivered) == 56
    assert "hoogstens nog één keer" in office.delivered[0].body
    assert "laatste herinnering" in office.delivered[-1].body
    assert TrailEntry.objects.filter(verb="reminded").count() == 2


def test_a_reminder_has_a_way_out_and_no_reply_to_who_asks(asked: Asked, office: Office) -> None:
    Round.objects.update(letter=Cover(replies=True).to_json())
    begin(asked)
    tick()
    wire = office.delivered[0].message()
    assert wire["From"].startswith("Noor en Joost via De Brug <")
    assert wire["Reply-To"] is None
    assert wire["Auto-Submitted"] == "auto-generated"
    assert wire["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert wire["List-Unsubscribe"].strip("<>") in office.delivered[0].body


def test_while_the_post_is_closed_nothing_is_noted(asked: Asked, office: Office) -> None:
    begin(asked)
    office.closed = 1
    tick()
    assert numbers() == [0] * 28
    tick()
    assert (len(office.reminders()), numbers()) == (28, [1] * 28)


def test_after_a_crash_it_goes_on_and_nobody_gets_it_twice(asked: Asked, office: Office) -> None:
    begin(asked)
    office.faults = {3: "crash"}
    with pytest.raises(Crash):
        tick()
    # noted by the twenty: where it stopped tells of nobody
    assert numbers() == [1] * TOGETHER + [0] * (28 - TOGETHER)
    tick()
    went = office.reminders()
    assert len(went) == len(set(went)) == 3 + 28 - TOGETHER
    assert numbers() == [1] * 28


@pytest.mark.parametrize("fault", ["cut before", "cut after"])
def test_what_may_have_arrived_does_not_go_again(asked: Asked, office: Office, fault: str) -> None:
    begin(asked)
    office.faults = {5: fault}
    tick()
    tick()
    went = office.reminders()
    assert len(went) == len(set(went)) == (27 if fault == "cut before" else 28)


def test_a_line_that_stays_broken_stops_between_twenties(asked: Asked, office: Office) -> None:
    begin(asked)
    office.faults = {5: "cut before"}
    clock_open = reminding.open_line
    calls: list[int] = []

    def once() -> object:
        calls.append(1)
        return clock_open() if len(calls) == 1 else None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reminding, "open_line", once)
        reminding.tick()
    assert numbers() == [1] * TOGETHER + [0] * (28 - TOGETHER)
    tick()
    went = office.reminders()
    assert len(went) == len(set(went)) == 5 + 28 - TOGETHER


def test_a_refusal_is_kept_nowhere(asked: Asked, office: Office) -> None:
    begin(asked)
    office.faults = {0: "refused", 7: "later"}
    tick()
    assert len(office.reminders()) == 26
    assert not Person.objects.exclude(bounced="").exists()
    assert numbers() == [1] * 28


def test_who_wants_none_cannot_be_reached_or_left_gets_none(asked: Asked, office: Office) -> None:
    mine = {one.person.email: one for one in Invitation.objects.select_related("person", "round")}
    no_reminders(mine["student1@example.org"])
    no_mail(mine["student2@example.org"])
    Person.objects.filter(email="student3@example.org").update(bounced="student3@example.org")
    Membership.objects.filter(person__email="student4@example.org").update(valid_until=clock.today())
    Person.objects.filter(email="student5@example.org").update(bounced="old@example.org")
    begin(asked)
    tick()
    gone = {mail for mail in mine if mail not in office.reminders()}
    assert gone == {f"student{n}@example.org" for n in (1, 2, 3, 4)}


def test_who_answers_while_it_goes_out_is_left_in_peace(asked: Asked, office: Office) -> None:
    begin(asked)
    late = Invitation.objects.order_by("pk")[15].person.email  # type: ignore[union-attr]  # there is one
    offered = reminding.letters.reminder

    def first_somebody_answers(*args: object, **kwargs: object) -> object:
        if not Invitation.objects.filter(pk=mine.pk).exclude(token=mine.token).exists():
            answer(asked, late)
        return offered(*args, **kwargs)  # type: ignore[arg-type]  # as it was called

    mine = Invitation.objects.get(person__email=late)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reminding.letters, "reminder", first_somebody_answers)
        reminding.tick()
    assert late not in office.reminders()
    assert len(office.reminders()) == 27


def test_first_mails_go_first(world: cast.World, office: Office) -> None:
    many_people(world)
    made = opened(world, stops_on=clock.today() + timedelta(days=10))
    clock.move_to(1)
    begin(made)
    reminding.tick()
    assert not office.delivered
    tick()
    assert (len(office.firsts()), len(office.reminders())) == (28, 28)


def test_nothing_goes_after_the_last_day(asked: Asked, office: Office) -> None:
    begin(asked)
    clock.move_to(11)
    tick()
    assert not office.delivered


def test_the_calendar_reminds_on_the_chosen_days(asked: Asked, office: Office) -> None:
    Round.objects.update(letter=Cover(days=(3, 7)).to_json())
    asked.round.refresh_from_db()
    counts = []
    for day in range(12):
        clock.move_to(day)
        tick()
        tick()
        counts.append(len(office.reminders()))
    assert counts == [0, 0, 0, 28, 28, 28, 28, 56, 56, 56, 56, 56]


def test_a_day_that_was_missed_is_made_up_for_once(asked: Asked) -> None:
    round_ = asked.round
    round_.letter = Cover(days=(7, 3)).to_json()
    day = clock.today
    clock.move_to(8)
    assert due_on(round_, day())
    round_.reminders, round_.reminded_on = 1, day()
    assert not due_on(round_, day())
    clock.move_to(9)
    assert not due_on(round_, day())


def test_who_reminds_must_be_allowed(asked: Asked) -> None:
    with pytest.raises(Http404):
        remind(access=asked.world.access(asked.world.samira), round_=asked.round)


def test_a_stop_link_is_signed(asked: Asked) -> None:
    mine = Invitation.objects.first()
    assert mine is not None
    token = stop_token(mine.pk)
    assert invitation_of(token) == mine
    for wrong in (
        "",
        "-",
        "x-y",
        f"{token}x",
        token[:-1],
        f"{mine.pk:x}-",
        "é-é",
        f"{'f' * 40}-{token[-22:]}",
    ):
        assert invitation_of(wrong) is None
