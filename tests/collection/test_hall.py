"""A step in a hall: asked at once, answered with a token of one's own, shown once when it closes."""

import threading
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lemniscaat.base import clock
from lemniscaat.base.keys import fingerprint
from lemniscaat.collection import hall, queries, scrub, stopping
from lemniscaat.collection.actions import Sent, stop_round, submit, tick
from lemniscaat.collection.chosen import Chosen
from lemniscaat.collection.hall import answer_step, can_be_asked, close_step, end_hall, open_step, sheet_key
from lemniscaat.collection.hall_screen import came_in, my_answer, read_texts, texts_waiting, told
from lemniscaat.collection.models import Block, CriterionItem, FreeText, Response, Round, RoundState, Segment
from lemniscaat.collection.outcome import hall_outcomes, outcomes_for_criterion
from lemniscaat.collection.queries import steps_of, waiting_for_return
from lemniscaat.collection.reading import release_text
from lemniscaat.collection.sheets import instrument_of
from lemniscaat.collection.through_time import before
from lemniscaat.instruments.library import NoInstrumentError
from lemniscaat.people.access import access_of
from lemniscaat.people.models import TrailEntry
from tests.cast import World, signed_in
from tests.collection.halls import (
    ALL,
    answered,
    chose,
    instrument,
    step,
    strangers,
    version_of,
)
from tests.collection.released import small_groups, stopped

pytestmark = pytest.mark.django_db


def close(world: World, round_: Round) -> Round:
    return close_step(access=world.access(world.noor), round_=round_)


def tally(round_: Round, item: str = "vaak") -> dict[str, int]:
    """What the stored block of an item counts, with what is kept back; nothing where there is no block."""
    rows = Block.objects.filter(release__round=round_, item=item)
    return {key: n for row in rows for part in row.tally["parts"].values() for key, n in part.items()}


# asking


def test_a_step_is_open_at_once_and_asks_one_section(world: World) -> None:
    made = step(world, 3, appointment=world.appointment)
    assert [item.key for item in instrument_of(made).items] == ["eerst", "hielp"]
    assert (made.state, made.by_mail, made.by_link, made.join_code, made.link_token, made.roles) == (
        RoundState.OPEN, False, False, "", "", []
    )  # fmt: skip
    assert made.return_code
    segment = Segment.objects.get(round=made)
    assert (segment.family, segment.role, segment.board, segment.school) == ("*", "*", "*", "*")
    entry = TrailEntry.objects.get(noun="round", noun_id=made.pk)
    assert (entry.verb, entry.detail) == ("opened", {})


def test_the_number_is_that_of_what_was_chosen(world: World) -> None:
    """Without the module the third section is the visit."""
    made = step(world, 3, chosen={"modules": [], "quick": False, "points": []})
    assert [item.key for item in instrument_of(made).items] == ["bezoek"]
    assert Chosen.read(made.chosen) == Chosen((), only=3)


def test_what_cannot_be_asked_by_itself(world: World) -> None:
    """A section without questions, or with questions that hang on another section, is no step."""
    assert can_be_asked(version_of(world), ALL) == (1, 3, 4)
    for number in (0, 2, 5, 6):
        with pytest.raises(hall.NothingToAskError):
            step(world, number)
    named = version_of(world, instrument(key="tafel", round=False))
    assert can_be_asked(named, ALL) == ()
    with pytest.raises(NoInstrumentError):
        step(world, 1, version=named)
    assert not Round.objects.exists()


def test_who_may_ask(world: World) -> None:
    """Whoever leads a talk asks his own hall; nobody elsewhere, and nobody with an instrument of elsewhere."""
    step(world, who=world.joost)
    stranger = access_of(world.charlie, world.elsewhere)
    assert stranger is not None
    fields: dict[str, Any] = {"chosen": ALL, "section": 1, "title": "Stap"}
    with pytest.raises(Http404):
        open_step(access=stranger, layer_id=world.team.pk, version=version_of(world), **fields)
    with pytest.raises(NoInstrumentError):
        open_step(access=stranger, layer_id=stranger.layers[0].id, version=version_of(world), **fields)
    made = step(world)
    for act in (close_step, end_hall):
        with pytest.raises(Http404):
            act(access=stranger, round_=made)
    made.refresh_from_db()
    assert made.state == RoundState.OPEN


def test_an_ordinary_round_is_no_step(world: World) -> None:
    """Who may lead a talk can neither answer, count, read nor stop a round that others organise."""
    given = stopped(world, small_groups(world), where=world.team)
    token = strangers(1)[0]
    assert answer_step(round_=given.round, secret=token, answers={}) == Sent.NOWHERE
    assert (came_in(given.round), my_answer(given.round, token), read_texts(given.round)) == (0, None, ())
    assert texts_waiting(given.round) == 0
    for look in (hall_outcomes, told):
        with pytest.raises(Http404):
            look(given.round)
    for act in (close_step, end_hall):
        with pytest.raises(ValueError, match="not a step"):
            act(access=world.access(world.joost), round_=given.round)
    with pytest.raises(ValueError, match="same layer"):
        step(world, companion=given.round)


def test_a_step_has_no_other_way_in(world: World) -> None:
    made = step(world)
    sent = submit(round_=made, answers=chose(1), receipt="los", token="x" * 22)
    assert sent == Sent.NOWHERE
    assert not Response.objects.exists()


# answering


def test_sent_twice_is_once_and_a_change_replaces(world: World) -> None:
    made, token = step(world), strangers(1)[0]
    for option in (1, 1, 3):
        assert answer_step(round_=made, secret=token, answers=chose(option, "Stil")) == Sent.IN
    assert came_in(made) == 1
    assert my_answer(made, token) == chose(3, "Stil")
    assert answer_step(round_=made, secret=token, answers=chose(2)) == Sent.IN
    assert my_answer(made, token) == chose(2)
    assert my_answer(made, strangers(1)[0]) is None


def test_an_empty_sheet_took_part(world: World) -> None:
    made, token = step(world), strangers(1)[0]
    answer_step(round_=made, secret=token, answers={})
    assert (came_in(made), my_answer(made, token)) == (1, {})


def test_what_does_not_belong_is_refused(world: World) -> None:
    made = step(world)
    with pytest.raises(ValueError, match="no answer"):
        answer_step(round_=made, secret=strangers(1)[0], answers={"vaak": {"v": "nergens"}})
    with pytest.raises(ValueError, match="random text"):
        answer_step(round_=made, secret="", answers=chose(1))
    answer_step(round_=made, secret=strangers(1)[0], answers={**chose(1), "eerst": {"v": ["tijd"]}})
    assert list(Response.objects.values_list("answers", flat=True)) == [chose(1)]


def test_nothing_comes_in_after_the_stop(world: World) -> None:
    made = step(world)
    tokens = answered(made, [1, 2, 3])
    close(world, made)
    late = strangers(1)[0]
    assert answer_step(round_=made, secret=tokens[0], answers=chose(4)) == Sent.STOPPED
    assert answer_step(round_=made, secret=late, answers=chose(4)) == Sent.STOPPED
    assert [my_answer(made, token) for token in (*tokens, late)] == [None] * 4
    assert came_in(made) == 3


def test_one_token_is_another_sheet_in_another_step(world: World) -> None:
    """And in a step that got the same number after a reset."""
    one, two, token = step(world), step(world), strangers(1)[0]
    assert sheet_key(one, token) != sheet_key(two, token)
    again = Round(pk=one.pk, key=one.key, return_code="BOOM 0000")
    assert sheet_key(one, token) != sheet_key(again, token)
    assert 0 < sheet_key(one, token) < 2**62


def test_an_answer_is_cheap(world: World) -> None:
    made, token = step(world), strangers(1)[0]
    instrument_of(made)
    for option in (1, 2):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            answer_step(round_=made, secret=token, answers=chose(option))
        asked = [
            q["sql"] for q in seen if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
        ]
        assert len(asked) <= (3 if connection.vendor == "postgresql" else 2), asked
    with CaptureQueriesContext(connection) as seen:
        my_answer(made, token)
    assert len(seen) == 1


# closing


def test_five_show_nothing_and_six_show(world: World) -> None:
    five, six = step(world), step(world)
    answered(five, [1, 1, 4, 4, 2])
    answered(six, [1, 1, 4, 4, 2, 2])
    assert told(five) == ()
    for made in (five, six):
        close(world, made)
    assert not Block.objects.filter(release__round=five).exists()
    (few,), (many,) = told(five), told(six)
    assert (few.outcome.whole.table, few.shown, few.apart) == (None, None, None)
    assert many.outcome.whole.table is not None
    assert many.outcome.whole.table.counts == {"o1": 2, "o2": 2, "o4": 2}
    assert many.outcome.rows == ()
    assert many.shown is not None
    assert many.shown.n == 6
    assert many.shown.figure is not None
    assert [row.counts for row in many.shown.figure.rows] == [{"o1": 2, "o2": 2, "o4": 2}]
    assert many.apart is not None
    assert many.apart.sentence == "Hier verschillen we: 2 kozen ‘nooit’, 2 ‘altijd’. Wie vertelt?"


def test_all_alike_in_a_small_hall_keeps_one_back(world: World) -> None:
    """'All' and 'all but one' are the same bytes, also on the screen of a hall."""
    bytes_ = []
    for options in ([2] * 7, [2] * 6 + [4]):
        made = step(world)
        answered(made, options)
        close(world, made)
        bytes_.append(list(Block.objects.filter(release__round=made, item="vaak").values_list("tally")))
        assert told(made)[0].apart is None
    assert bytes_[0] == bytes_[1]


def test_closing_twice_is_once(world: World) -> None:
    made = step(world)
    tokens = answered(made, [1, 2, 3, 4, 1, 2])
    first = close(world, made)
    assert first.state == RoundState.STOPPED
    rows = list(Block.objects.values_list("pk", flat=True))
    assert close(world, made).stopped_on == first.stopped_on
    assert list(Block.objects.values_list("pk", flat=True)) == rows
    entries = TrailEntry.objects.filter(noun="round", noun_id=made.pk, verb="stopped")
    assert [entry.detail for entry in entries] == [{}]
    # no key is any device's any more
    keys = {sheet_key(made, token) for token in tokens}
    assert keys.isdisjoint(Response.objects.values_list("pk", flat=True))
    assert Response.objects.count() == 6


def test_the_files_are_rewritten_at_the_end_of_the_hall(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    for module in (hall, stopping):
        monkeypatch.setattr(module, "scrub_after_commit", lambda: done.append("scrub"))
    first = step(world)
    second = step(world, 3, companion=first)
    close(world, first)
    assert done == []
    end_hall(access=world.access(world.noor), round_=second)
    assert done == ["scrub"]
    assert set(Round.objects.values_list("state", flat=True)) == {RoundState.STOPPED}
    stop_round(round_=step(world), access=world.access(world.noor))
    assert done == ["scrub", "scrub"]
    assert scrub.scrub_after_commit is not hall.scrub_after_commit


def test_a_forgotten_step_is_stopped_by_the_calendar(world: World) -> None:
    made = step(world)
    assert tick() == 0
    clock.move_to(1)
    assert tick() == 1
    made.refresh_from_db()
    assert made.state == RoundState.STOPPED


def test_how_many_came_in_is_exact_for_the_day_only(world: World) -> None:
    few, many = step(world), step(world)
    answered(few, [1, 2, 3])
    answered(many, [1, 2, 3, 1, 2, 3, 4])
    for made in (few, many):
        close(world, made)
    assert (came_in(few), came_in(many)) == (3, 7)
    clock.move_to(1)
    assert (came_in(few), came_in(many)) == (0, 7)


@pytest.mark.parametrize("seed", range(25))
def test_each_counts_once_with_the_last_before_the_stop(world: World, seed: int) -> None:
    """Any order of answering, changing, sending again and closing."""
    rng = Random(seed)
    made = step(world)
    devices = strangers(rng.randint(1, 16))
    last: dict[str, dict[str, Any]] = {}
    closed = False
    for _ in range(rng.randint(1, 60)):
        device = rng.choice(devices)
        sheet = last.get(device, {}) if rng.random() < 0.2 else rng.choice([{}, *map(chose, range(1, 5))])
        sent = answer_step(round_=made, secret=device, answers=sheet)
        assert sent == (Sent.STOPPED if closed else Sent.IN)
        if not closed:
            last[device] = sheet
            assert my_answer(made, device) == sheet
        assert came_in(made) == len(last)
        if rng.random() < 0.03:
            close(world, made)
            closed = True
    close(world, made)
    given = [sheet["vaak"]["v"] for sheet in last.values() if sheet]
    stored = [row.get("vaak", {}).get("v") for row in Response.objects.values_list("answers", flat=True)]
    assert sorted(str(one) for one in stored) == sorted([*given, *["None"] * (len(last) - len(given))])
    table = told(made)[0].outcome.whole.table
    assert (table is not None) == (len(given) >= 6)
    if table is not None:
        assert table.n == len(given)
        for key, n in table.counts.items():
            assert n <= given.count(key) <= n + table.kept_back.get("", 0)


# open answers


def test_open_answers_wait_for_a_reader(world: World) -> None:
    made = step(world)
    for n, token in enumerate(strangers(11)):
        answer_step(round_=made, secret=token, answers=chose(n % 4 + 1, f"Verhaal {n}"))
    assert (texts_waiting(made), read_texts(made)) == (0, ())
    close(world, made)
    assert (texts_waiting(made), read_texts(made)) == (11, ())
    some = FreeText.objects.filter(original__in=["Verhaal 3", "Verhaal 7", "Verhaal 9"])
    for text in some:
        words = text.text.replace("Verhaal", "Gelezen")
        release_text(access=world.access(world.petra), text=text, words=words, version=text.version)
    (found,) = read_texts(made)
    assert found.item.key == "woord"
    assert sorted(found.words) == ["Gelezen 3", "Gelezen 7", "Gelezen 9"]
    assert texts_waiting(made) == 8


def test_open_answers_of_a_small_hall_stay_shut(world: World) -> None:
    made = step(world)
    for n, token in enumerate(strangers(9)):
        answer_step(round_=made, secret=token, answers=chose(n % 4 + 1, f"Verhaal {n}"))
    close(world, made)
    assert (texts_waiting(made), read_texts(made)) == (0, ())


# together with other rounds


def test_the_steps_of_one_talk_wait_once(world: World) -> None:
    access = world.access(world.noor)
    first = step(world)
    second = step(world, companion=first)
    third = step(world, 3, companion=second)
    assert [one.comes_back_with for one in (first, second, third)] == [None, first, first]
    assert list(steps_of(first)) == [second, third]
    for one in (first, second, third):
        close(world, one)
    assert list(waiting_for_return(access, world.team.pk)) == [first]
    assert list(queries.rounds(access, world.team.pk)) == [first]


def test_who_was_promised_a_day_waits_before_a_hall(world: World) -> None:
    """A hall was promised no day; on every database it comes after those who were."""
    hall_ = close(world, step(world))
    promised = close(world, step(world))
    Round.objects.filter(pk=promised.pk).update(return_by=clock.today())
    assert list(waiting_for_return(world.access(world.noor), world.team.pk)) == [promised, hall_]


def test_a_step_does_not_hide_a_round_from_the_criterion(world: World) -> None:
    """A round tells of the criterion, not the hall that asked the same later; a step tells of what no round asked, the
    newest of each section, and hides nothing that another step asked."""
    access, version = world.access(world.noor), version_of(world)
    whole = Round.objects.create(
        partnership=world.partnership,
        organisation=world.team,
        instrument=version,
        key="heel",
        title="Heel",
        return_code="BRUG 0001",
        parameters=step(world).parameters,
        state=RoundState.OPEN,
    )
    stop_round(round_=whole, access=access)
    made = [step(world, section, criterion=world.criterion) for section in (1, 3, 3, 4)]
    for one in made:
        close(world, one)
    # without its module the whole round asked no ranking
    found = {one.item.key: one.round for one in outcomes_for_criterion(access, world.criterion)}
    asked_in_halls = {key: row for key, row in found.items() if row != whole}
    assert {key for key, row in found.items() if row == whole} == {"vaak", "bezoek", "daarna"} & set(found)
    assert "vaak" in found
    assert set(asked_in_halls) == {"eerst", "hielp"}
    assert set(asked_in_halls.values()) == {made[2]}


def test_the_first_step_says_which_questions_tell_of_the_criterion(world: World) -> None:
    """All of the instrument, as an ordinary round does, unless somebody chose before."""
    step(world, criterion=world.criterion)
    asking = ["vaak", "woord", "eerst", "hielp", "daarna"]
    links = CriterionItem.objects.filter(criterion=world.criterion, instrument_key="zaal").order_by("id")
    assert list(links.values_list("item_key", flat=True)) == asking
    links.exclude(item_key="vaak").delete()
    step(world, 3, criterion=world.criterion)
    assert list(links.values_list("item_key", flat=True)) == ["vaak"]


def test_through_the_years_goes_by_what_is_asked(world: World) -> None:
    one, other, again = step(world), step(world, 3), step(world)
    for made in (one, other, again):
        answered(made, [])
        close(world, made)
        made.refresh_from_db()
    assert before(world.access(world.noor), again) == [again, one]
    assert before(world.access(world.noor), other) == [other]


def test_the_pages_of_a_step(world: World) -> None:
    first = step(world)
    second = step(world, 3, companion=first, appointment=world.appointment)
    answered(first, [1, 1, 1, 4, 4, 4])
    noor = signed_in(world.noor)
    page = noor.get(reverse("collection:round", args=[first.pk])).content.decode()
    assert "Wie erbij was in de zaal" in page
    assert reverse("collection:round", args=[second.pk]) in page
    for made in (first, second):
        close(world, made)
    listed = noor.get(reverse("collection:rounds", args=[world.team.pk])).content.decode()
    assert "stap 1" in listed
    assert "stap 3" not in listed
    back = reverse("accountability:write_return", args=[first.pk])
    for made in (first, second):
        for name in ("collection:round", "collection:outcome"):
            response = noor.get(reverse(name, args=[made.pk]))
            assert response.status_code == 200
            assert back in response.content.decode()
            assert signed_in(world.charlie).get(reverse(name, args=[made.pk])).status_code == 404
    assert noor.get(back).status_code == 200


@pytest.mark.deep
@pytest.mark.django_db(transaction=True)
def test_the_migration_goes_back_and_forth(world: World) -> None:
    call_command("migrate", "collection", "0002", verbosity=0)
    # everything that stands on it went back with it
    call_command("migrate", verbosity=0)
    assert step(world).comes_back_with is None


def test_a_chair_and_a_sheet_have_nothing_in_common(world: World, settings: Any) -> None:
    """With the server's key and every row, but without the secret, no seat leads to a sheet."""
    made, tokens = step(world), strangers(8)
    for n, token in enumerate(tokens):
        answer_step(round_=made, secret=token, answers=chose(n % 4 + 1))
    seats = [fingerprint(secret=settings.SECRET_KEY, text=f"chair {token}") for token in tokens]
    keys = set(Response.objects.values_list("pk", flat=True))
    assert keys == {sheet_key(made, token) for token in tokens}
    assert keys.isdisjoint(sheet_key(made, seat) for seat in seats)


@pytest.mark.django_db(transaction=True)
def test_no_answer_slips_in_while_a_step_stops(world: World) -> None:
    """Of many who send at the moment of closing, whoever heard 'it is in' is in, and nobody else."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    made = step(world)
    answered(made, [1, 2, 3, 4, 1, 2])
    sent: list[Sent] = []

    def send(token: str) -> None:
        sent.append(answer_step(round_=made, secret=token, answers=chose(1)))
        connection.close()

    senders = [threading.Thread(target=send, args=(token,)) for token in strangers(24)]
    for place, sender in enumerate(senders):
        sender.start()
        if place == len(senders) // 2:
            close(world, made)
    for sender in senders:
        sender.join()
    assert len(sent) == len(senders)
    came = 6 + sent.count(Sent.IN)
    assert Response.objects.count() == came
    assert Block.objects.get(release__round=made, item="").people == came
    assert sent.count(Sent.IN) + sent.count(Sent.STOPPED) == len(senders)


def test_vision_points_are_rows_of_a_step(world: World) -> None:
    """As at a table: what was chosen of the instrument holds for each of its steps."""
    rated = {"kind": "table", "key": "punten", "text": "Hoe staan we ervoor?", "rows_from": "vision"}
    column = {"key": "nu", "nl": "Nu", "options": [{"key": "ja", "nl": "Ja"}, {"key": "nee", "nl": "Nee"}]}
    sections = [
        {"title": "Anders", "items": [{"kind": "text", "key": "vooraf", "text": "Wat vooraf?"}]},
        {"title": "Punten", "items": [{**rated, "columns": [column]}]},
    ]
    version = version_of(world, instrument(key="punten", sections=sections))
    points = {**ALL, "points": [["Samen kijken", ""], ["Durven", "Daring"]]}
    made = step(world, 2, version=version, chosen=points)
    (item,) = instrument_of(made).items
    assert [row.nl for row in item.rows] == ["Samen kijken", "Durven"]  # type: ignore[attr-defined]
    given = {"punten": {"v": {"punt-1": {"nu": "ja"}, "punt-2": {"nu": "nee"}}}}
    for token in strangers(7):
        answer_step(round_=made, secret=token, answers=given)
    close(world, made)
    assert told(made)[0].outcome.whole.table is not None
