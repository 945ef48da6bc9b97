"""A talk in a hall of strangers: without names, shown when a question closes, from six answers on, once each."""

from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lemniscaat.base.limits import limits
from lemniscaat.collection.hall import can_be_asked
from lemniscaat.collection.models import FreeText, Response, Round, RoundState
from lemniscaat.collection.queries import steps_of, waiting_for_return
from lemniscaat.collection.reading import release_text
from lemniscaat.instruments.library import library
from lemniscaat.interpretation.models import Evidence, Interpretation
from lemniscaat.meetings import halls, leading, recording
from lemniscaat.meetings.models import Chair, HallStep, Meeting, Table
from lemniscaat.meetings.record_docx import as_docx
from lemniscaat.meetings.record_text import as_text
from tests.cast import World, signed_in
from tests.chance import some, tries
from tests.meetings.talks import at, code_of, crowd, give, guest, in_hall, lay_open, leads, nu, shown
from tests.meetings.test_table import page, press

pytestmark = pytest.mark.django_db
QUESTION = "Hoe vaak keek je bij een ander?"


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    limits.forget("table", "127.0.0.1")


def answering(world: World, number: int, row: Meeting | None = None) -> tuple[Meeting, list[Client]]:
    """A hall in which so many answered the first part, each in turn something else."""
    made = row or in_hall(world)
    at(world, made, "think", 1)
    devices = crowd(made, number)
    for n, device in enumerate(devices):
        assert give(device, made, 1, vaak=f"o{n % 3 + 1}", woord=f"zin {n}").status_code == 302
    return made, devices


def screens(row: Meeting) -> list[tuple[str, str]]:
    """What stands on the wall, before who leads, on a phone, and on the page that is one for all."""
    device = guest(row)
    joost = guest(row)
    found = [(name, shown(leads_of(row), page(row, name))) for name in ("leiden", "beamer")]
    found.append(("nu", shown(device, nu(row))))
    found.append(("samen", shown(joost, halls.shared_path(row.table, ""))))
    return found


def leads_of(row: Meeting) -> Client:
    assert row.leader is not None
    return signed_in(row.leader)


# coming in


def test_whoever_comes_in_reads_that_it_is_a_hall(world: World) -> None:
    row = in_hall(world)
    html = shown(Client(), f"/tafel/code/{code_of(row)}/")
    assert "Dit is een zaal. Je naam vragen we niet." in html
    assert "vijf anderen" in html
    for name in ("who", "claim", "place", "me"):
        assert f'name="{name}"' not in html
    assert 'name="role"' in html
    assert "Dit is een open tafel" not in html
    joost = shown(signed_in(world.joost), f"/tafel/code/{code_of(row)}/")
    assert "Ik ben Joost" not in joost


def test_nobody_sits_there_before_he_comes(world: World) -> None:
    """The people of the body have no chairs that wait: only who leads is known."""
    row = in_hall(world)
    assert [one.person for one in Chair.objects.filter(table=row.table)] == [world.noor]
    assert "Meedoen kan op" in shown(leads(world), page(row, "leiden"))
    crowd(row, 2)
    assert "2</b> mensen zijn er" in shown(leads(world), page(row, "beamer"))


def test_a_phone_of_the_hall_says_what_it_is_without(world: World) -> None:
    row, (device,) = answering(world, 1)
    html = shown(device, nu(row))
    assert "Zonder naam." in html
    assert "Je doet mee zonder naam" in html
    assert "Je antwoord is binnen." in html
    assert "data-autosave" not in html, "nothing leaves the phone before it is sent"


# nothing before it closes, nothing of five, something of six


def test_before_it_closes_there_are_two_numbers_only(world: World) -> None:
    row, _devices = answering(world, 7)
    for name, html in screens(row):
        assert "zin 3" not in html, name
        assert "verschillen we" not in html, name
        assert "<table" not in html, name
    assert "7 van" in shown(leads(world), page(row, "beamer"))
    assert halls.told(row.table, 1) == ()


def test_five_answers_show_nothing(world: World) -> None:
    row, _devices = answering(world, 5)
    lay_open(world, row, 1)
    at(world, row, "show", 1)
    for name, html in screens(row):
        assert "Te weinig antwoorden om te tonen" in html, name
        assert "dist-row" not in html, name
        assert "zin 3" not in html, name
    assert all(one.shown is None for one in halls.told(row.table, 1))
    assert halls.grounds(row.table) == []


def test_six_answers_show_how_they_lie_and_where_they_differ(world: World) -> None:
    row, _devices = answering(world, 6)
    lay_open(world, row, 1)
    at(world, row, "show", 1)
    (told,) = halls.told(row.table, 1)
    assert told.outcome.whole.table is not None
    assert told.outcome.whole.table.counts == {"o1": 2, "o2": 2, "o3": 2}
    for name, html in screens(row):
        assert QUESTION in html, name
        assert "Te weinig" not in html, name
        assert "zin 3" not in html, "open answers wait for a reader"


def test_open_answers_come_after_a_reader(world: World) -> None:
    row, _devices = answering(world, 11)
    lay_open(world, row, 1)
    at(world, row, "show", 1)
    assert "11 open antwoorden wachten op een lezer" in shown(leads(world), page(row, "leiden"))
    text = FreeText.objects.get(original="zin 3")
    release_text(access=world.access(world.petra), text=text, words="Wij keken mee", version=text.version)
    html = shown(leads(world), page(row, "leiden"))
    assert "Wij keken mee" in html
    assert "zin 3" not in html


def test_what_is_shut_is_cut_and_takes_nothing_more(world: World) -> None:
    row, devices = answering(world, 6)
    press(world, row, "shut:1")
    assert "Het schrijven is gesloten" in shown(devices[0], nu(row))
    give(devices[0], row, 1, vaak="o4")
    give(guest(row), row, 1, vaak="o4")
    press(world, row, "unshut:1")
    give(devices[0], row, 1, vaak="o4")
    lay_open(world, row, 1)
    (told,) = halls.told(row.table, 1)
    assert told.outcome.whole.table is not None
    assert "o4" not in told.outcome.whole.table.counts
    assert told.outcome.whole.table.n == 6


def test_a_changed_answer_takes_the_place_of_the_one_before(world: World) -> None:
    row, devices = answering(world, 6)
    for option in ("o2", "o3"):
        give(devices[0], row, 1, vaak=option)
    assert halls.came_in(row.table, 1) == 6
    assert Response.objects.count() == 6
    assert 'value="o3" checked' in shown(devices[0], nu(row)).replace("  ", " ")


def test_what_is_no_answer_is_not_sent(world: World) -> None:
    row = in_hall(world)
    at(world, row, "think", 1)
    device = guest(row)
    assert give(device, row, 1, vaak="bestaat-niet").status_code == 422
    for number in ("2", "3", "9", "x"):
        give(device, row, 1)
        device.post(nu(row, "geef"), {"section": number, "vaak": "o1"})
    assert Response.objects.count() == 1, "an empty sheet of the part that is asked took part"


def test_who_leads_answers_on_no_screen_of_his_own(world: World) -> None:
    """He sees the counts rise; with an account alone there is nothing to answer with."""
    row = in_hall(world)
    at(world, row, "think", 1)
    press(world, row, "keep", section=1, vaak="o1")
    give(leads(world), row, 1, vaak="o1")
    assert not Response.objects.exists()
    assert Chair.objects.get(person=world.noor).answers == {}


# again, and leaving


def test_asked_again_is_a_round_of_its_own_and_the_first_stays(world: World) -> None:
    row, devices = answering(world, 6)
    lay_open(world, row, 1)
    press(world, row, "again:1")
    fresh = Meeting.objects.get(pk=row.pk)
    assert fresh.step == "s1think"
    table = Table.objects.get(pk=row.table_id)
    assert table.laid_open == []
    assert halls.told(table, 1) == ()
    html = shown(devices[0], nu(row))
    assert "Je antwoord is binnen" not in html, "nobody finds what he said before"
    assert "checked" not in html
    for device in devices:
        give(device, row, 1, vaak="o4")
    lay_open(world, row, 1)
    first, second = (step.round for step in HallStep.objects.filter(table=table).order_by("pk"))
    assert second.comes_back_with == first
    assert [len(Response.objects.filter(round=one)) for one in (first, second)] == [6, 6]
    table.refresh_from_db()
    (told,) = halls.told(table, 1)
    assert told.outcome.whole.table is not None
    assert set(told.outcome.whole.table.counts) <= {"o4"}


def test_going_back_to_a_step_asks_nothing_anew(world: World) -> None:
    row, devices = answering(world, 3)
    for kind, section in (("show", 1), ("think", 3), ("think", 1)):
        at(world, row, kind, section)
    assert HallStep.objects.filter(section=1).count() == 1
    assert "Je antwoord is binnen" in shown(devices[0], nu(row))


def test_who_leaves_takes_his_chair_and_his_answer_stays(world: World) -> None:
    row, devices = answering(world, 6)
    assert "blijft meetellen" in shown(devices[0], nu(row))
    devices[0].post(f"/tafel/{row.table_id}/zeg/", {"do": "leave"})
    assert devices[0].get(nu(row)).status_code == 404
    assert Chair.objects.filter(table=row.table, person=None).count() == 5
    lay_open(world, row, 1)
    (told,) = halls.told(row.table, 1)
    assert told.outcome.whole.table is not None
    assert told.outcome.whole.table.n == 6


# the end


def test_ending_the_talk_closes_what_is_still_asked(world: World) -> None:
    row, devices = answering(world, 6)
    at(world, row, "think", 3)
    press(world, row, "finish")
    assert set(Round.objects.values_list("state", flat=True)) == {RoundState.STOPPED}
    give(devices[0], row, 1, vaak="o4")
    assert not Response.objects.filter(answers__vaak={"v": "o4"}).exists()
    assert Client().get(f"/tafel/code/{code_of(row) or '123456'}/").status_code == 404
    for client, path in ((devices[0], nu(row)), (Client(), halls.shared_path(row.table, ""))):
        html = shown(client, path)
        assert "Klaar. Dit nemen we mee." in html
        assert halls.return_code(row.table) in html, "who was there hears back without an account"


def test_all_steps_of_a_talk_come_back_with_one_return(world: World) -> None:
    row, _devices = answering(world, 6)
    lay_open(world, row, 1)
    press(world, row, "again:1")
    for section in (3, 4):
        at(world, row, "think", section)
    press(world, row, "finish")
    rounds = [step.round for step in HallStep.objects.order_by("pk")]
    assert len(rounds) == 4
    access = world.access(world.noor)
    assert list(waiting_for_return(access, world.team.pk)) == rounds[:1]
    assert list(steps_of(rounds[0])) == rounds[1:]
    assert halls.return_code(row.table) == rounds[0].return_code


def test_the_record_of_a_hall_tells_how_many_and_no_roles(world: World) -> None:
    row = in_hall(world)
    at(world, row, "think", 1)
    devices = [guest(row, role=role) for role in ("student", "mentor", "school_leader", "", "", "")]
    for n, device in enumerate(devices):
        give(device, row, 1, vaak=f"o{n % 3 + 1}", woord=f"zin {n}")
    lay_open(world, row, 1)
    press(world, row, "keep", meaning="Wij kijken zelden.", certainty="unsure")
    press(world, row, "finish")
    access = world.access(world.noor)
    done = Meeting.objects.select_related("table", "body", "criterion", "appointment").get(pk=row.pk)
    record = recording.record_of(access, done)
    assert record.roles == ()
    said = Interpretation.objects.get()
    assert (said.people, said.roles) == (7, [])
    assert [one.round is not None for one in Evidence.objects.all()] == [True]
    texts = [shown(leads(world), page(row, "")), as_text(record), as_docx(record).decode("latin-1")]
    for text in texts:
        assert "zin 3" not in text
        assert "schoolleider" not in text.lower()
    assert "Wij kijken zelden." in texts[0]


def test_of_a_small_hall_the_record_shows_no_count(world: World) -> None:
    row, _devices = answering(world, 5)
    lay_open(world, row, 1)
    press(world, row, "keep", meaning="Wij kijken zelden.")
    press(world, row, "finish")
    assert not Evidence.objects.exclude(words="").exists()
    assert "van de 5" not in shown(leads(world), page(row, ""))


# whatever happens


@pytest.mark.once
@settings(max_examples=tries(4, 12), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    presses=st.lists(
        st.sampled_from(
            ["open:1", "shut:1", "unshut:1", "again:1", "go:s1think", "go:s1show", "join", "give", "leave"]
        ),
        max_size=14,
    )
)
def test_no_order_of_presses_shows_fewer_than_six(world: World, presses: list[str]) -> None:
    """And what was shown is a count of everybody who answered that round, whoever came and went meanwhile."""
    row = in_hall(world, title=f"Zaal {len(Meeting.objects.all())}")
    access, devices = world.access(world.noor), crowd(row, 5)
    at(world, row, "think", 1)
    for n, press_ in enumerate(presses):
        do, _colon, _what = press_.partition(":")
        if do == "join":
            devices.append(guest(row))
        elif do == "give":
            for place, device in enumerate(devices):
                give(device, row, 1, vaak=f"o{(place + n) % 3 + 1}")
        elif do == "leave" and devices:
            devices.pop().post(f"/tafel/{row.table_id}/zeg/", {"do": "leave"})
        elif do != "leave":
            press(world, row, press_)
        for step in HallStep.objects.filter(table=row.table).select_related("round"):
            sheets = Response.objects.filter(round=step.round).count()
            tables = [one.outcome.whole.table for one in halls.hall_screen.told(step.round)]
            assert all(table is None or table.n == sheets >= 6 for table in tables)
    leading.go_to(access=access, meeting=row, step="tell")


# every instrument that may be asked in a hall


@pytest.mark.parametrize("key", some([one.key for one in library() if one.round and not one.frame]))
def test_every_instrument_for_a_hall_asks_all_its_parts(world: World, key: str) -> None:
    row = in_hall(world, instrument=library().get(key), title=key)
    steps = Meeting.objects.get(pk=row.pk).script["steps"]
    thinks = [one for one in steps if one["kind"] == "think"]
    assert thinks
    for one in thinks:
        press(world, row, f"go:{one['key']}")
    asked = set(HallStep.objects.filter(table=row.table).values_list("section", flat=True))
    assert (
        asked
        == {one["section"] for one in thinks}
        == set(can_be_asked(row.table.instrument, row.table.chosen))
    )
    device = guest(row)
    assert "<form" in shown(device, nu(row))


# who may not


def test_outsiders_ask_close_and_read_nothing(world: World) -> None:
    row, _devices = answering(world, 6)
    acts: list[tuple[Any, dict[str, Any]]] = [
        (leading.lay_open, {"number": 1}),
        (leading.ask_again, {"number": 1}),
        (leading.shut, {"number": 1, "shut": True}),
    ]
    for act, fields in acts:
        with pytest.raises(Http404):
            act(access=world.access(world.willem), meeting=row, **fields)
    for outsider in (world.willem, world.charlie, world.bea):
        for name in ("leiden", "beamer", "briefjes", ""):
            assert signed_in(outsider).get(page(row, name)).status_code == 404
    assert Client().get(nu(row)).status_code == 404
    assert Table.objects.get(pk=row.table_id).laid_open == []


def test_a_hall_costs_no_more_queries_when_it_is_full(world: World) -> None:
    counts: dict[int, list[int]] = {}
    for people in (8, 60):
        row = in_hall(world, title=f"Zaal met {people}")
        at(world, row, "think", 1)
        device = guest(row)
        give(device, row, 1, vaak="o1")
        Chair.objects.bulk_create(
            Chair(table=row.table, role="mentor", token=f"{people}-{n}", here=True) for n in range(people)
        )
        asked = []
        for client, path in (
            (device, nu(row)),
            (Client(), halls.shared_path(row.table, "")),
            (leads(world), page(row, "leiden")),
            (leads(world), page(row, "beamer")),
            (leads(world), page(row, "tafel")),
        ):
            client.get(path)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(path).status_code == 200
            asked.append(len(seen))
        counts[people] = asked
    assert counts[60] == counts[8]
    assert max(counts[60]) <= 40, counts
