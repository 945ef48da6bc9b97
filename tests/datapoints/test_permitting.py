"""What something may serve for: no verb but those of `permitting.py` changes it, and only its giver widens it."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lemniscaat.agenda.actions import agree
from lemniscaat.base import clock
from lemniscaat.datapoints import actions, permitting, reporting
from lemniscaat.datapoints.models import DataPoint, UseRequest
from lemniscaat.datapoints.reporting import Hanging, Wording
from lemniscaat.interpretation.actions import Ground, write_meaning
from lemniscaat.people.models import OutgoingMail, Person, Role, TrailEntry
from tests.cast import World, signed_in
from tests.chance import tries

pytestmark = pytest.mark.django_db
HOUSE = Path(__file__).resolve().parents[2] / "lemniscaat"


def note(world: World) -> DataPoint:
    return actions.write_note(access=world.access(world.samira), text="Zij keek mee.", layer_id=world.team.pk)


def report(world: World) -> DataPoint:
    return reporting.keep_report(
        access=world.access(world.noor),
        sort="report",
        wording=Wording("Kring", [("vertelden", "Zij keken.")], ["student"], clock.today(), Role.STUDENT),
        hanging=Hanging(world.team.pk, world.criterion),
    )


def use(row: DataPoint) -> str:
    row.refresh_from_db()
    return row.permitted_use


def test_the_giver_alone_widens_step_by_step(world: World) -> None:
    made = note(world)
    with pytest.raises(Http404):
        permitting.widen(access=world.access(world.noor), data_point=made, to="pool")
    permitting.widen(access=world.access(world.samira), data_point=made, to="pool")
    assert use(made) == "pool"
    with pytest.raises(Http404):
        permitting.widen(access=world.access(world.samira), data_point=made, to="learn")
    permitting.widen(access=world.access(world.samira), data_point=made, to="decide")
    assert use(made) == "decide"
    assert TrailEntry.objects.filter(verb="widened", noun_id=made.pk).count() == 2


def test_what_others_told_is_widened_only_after_asking_them(world: World) -> None:
    made, access = report(world), world.access(world.noor)
    with pytest.raises(permitting.AskFirstError):
        permitting.widen(access=access, data_point=made, to="pool")
    assert use(made) == "learn"
    permitting.widen(access=access, data_point=made, to="pool", asked="In de kring van dinsdag.")
    assert use(made) == "pool"
    html = signed_in(world.joost).get(reverse("datapoints:data_point", args=[made.pk])).content.decode()
    assert "In de kring van dinsdag." in html


def test_less_is_always_possible_until_a_decision_rests_on_it(world: World) -> None:
    made, access = note(world), world.access(world.samira)
    permitting.widen(access=access, data_point=made, to="decide")
    permitting.narrow(access=access, data_point=made, to="pool")
    assert use(made) == "pool"
    meant = write_meaning(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        criterion=world.criterion,
        text="We wachten op elkaar.",
        evidence=[Ground(data_point=made)],
    )
    made.refresh_from_db()
    assert (made.discussed_on, made.decided_on) == (clock.today(), None)
    permitting.narrow(access=access, data_point=made, to="learn")
    permitting.widen(access=access, data_point=made, to="decide")
    agree(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        criterion=world.criterion,
        interpretation=meant,
        course="adjust",
        sentence="De begeleider vraagt het eerst.",
        owner_text="Joost",
        notice="als er bezoek komt",
        returns_at=world.later,
    )
    made.refresh_from_db()
    assert made.decided_on == clock.today()
    with pytest.raises(permitting.DecisionRestsError):
        permitting.narrow(access=access, data_point=made, to="learn")
    assert use(made) == "decide"
    answer = signed_in(world.samira).post(reverse("datapoints:change_use", args=[made.pk]), {"to": "learn"})
    assert answer.status_code == 409
    assert "Er rust een besluit op." in answer.content.decode()


def test_who_wants_to_use_it_asks_and_the_giver_decides(world: World) -> None:
    made = note(world)
    asked = permitting.ask_use(
        access=world.access(world.noor), data_point=made, wanted="decide", why="voor het besluit over bezoek"
    )
    assert (
        permitting.ask_use(access=world.access(world.joost), data_point=made, wanted="pool", why="x") == asked
    )  # one open question at a time
    mail = OutgoingMail.objects.get(to=world.samira.email)
    assert "voor het besluit over bezoek" in mail.body
    assert use(made) == "learn"
    for who in (world.noor, world.joost, world.charlie):
        client = signed_in(who)
        answer = client.post(reverse("datapoints:answer_use", args=[asked.pk]), {"answer": "yes"})
        assert answer.status_code == 404
    assert use(made) == "learn"
    client = signed_in(world.samira)
    assert (
        "Een vraag aan jou." in client.get(reverse("datapoints:data_point", args=[made.pk])).content.decode()
    )
    client.post(reverse("datapoints:answer_use", args=[asked.pk]), {"answer": "yes"})
    assert use(made) == "decide"


def test_no_is_told_to_who_asked_and_to_nobody_else(world: World) -> None:
    made = note(world)
    asked = permitting.ask_use(
        access=world.access(world.noor), data_point=made, wanted="pool", why="om te tellen"
    )
    before = TrailEntry.objects.count()
    permitting.answer_use(access=world.access(world.samira), request=asked, yes=False)
    assert use(made) == "learn"
    assert TrailEntry.objects.count() == before
    url = reverse("datapoints:data_point", args=[made.pk])
    assert "Het blijft zoals het is" in signed_in(world.noor).get(url).content.decode()
    others = signed_in(world.joost).get(url).content.decode()
    assert "Het blijft zoals het is" not in others
    assert "om te tellen" not in others
    with pytest.raises(permitting.AskedBeforeError):
        permitting.ask_use(access=world.access(world.noor), data_point=made, wanted="pool", why="toch")
    # answered is answered
    asked.refresh_from_db()
    assert permitting.answer_use(access=world.access(world.samira), request=asked, yes=True).answer == "no"
    assert use(made) == "learn"


def test_who_may_not_read_it_cannot_ask(world: World) -> None:
    made = note(world)
    for who in (world.petra, world.hans):
        with pytest.raises(Http404):
            permitting.ask_use(access=world.access(who), data_point=made, wanted="pool", why="x")
        url = reverse("datapoints:ask_use", args=[made.pk])
        assert signed_in(who).post(url, {"wanted": "pool", "why": "x"}).status_code == 404
    assert not UseRequest.objects.exists()


def test_an_erased_giver_is_asked_nothing(world: World) -> None:
    made = note(world)
    Person.objects.filter(pk=world.samira.pk).update(erased_on=clock.today())
    made.refresh_from_db()
    with pytest.raises(Http404):
        permitting.ask_use(access=world.access(world.noor), data_point=made, wanted="pool", why="x")
    assert not UseRequest.objects.exists()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["attach", "change", "read_back", "ask", "no", "tick", "meaning", "post"]),
        st.sampled_from(["noor", "joost", "samira", "willem"]),
    ),
    max_size=6,
)


@settings(max_examples=tries(5, 12), deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_no_other_verb_changes_what_something_may_serve_for(
    world: World, steps: list[tuple[str, str]]
) -> None:
    rows = [note(world), report(world)]
    given_use = [use(row) for row in rows]
    for step, name in steps:
        who = getattr(world, name)
        for row in rows:
            _try(world, step, who, row)
    assert [use(row) for row in rows] == given_use


def _try(world: World, step: str, who: Person, row: DataPoint) -> None:
    from lemniscaat.cli.ticking import keep_the_ledger

    access, words = world.access(who), Wording("t", [("vertelden", "w")], [], clock.today())
    row.refresh_from_db()
    verbs = {
        "attach": lambda: actions.attach(access=access, data_point=row, criterion=world.criterion),
        "change": lambda: reporting.change_report(
            access=access, data_point=row, version=row.report.version if row.report else 1, wording=words
        ),
        "read_back": lambda: row.report and reporting.read_back(access=access, report=row.report),
        "ask": lambda: permitting.ask_use(access=access, data_point=row, wanted="decide", why="w"),
        "no": lambda: permitting.answer_use(
            access=access, request=UseRequest.objects.get(data_point=row, answer="open"), yes=False
        ),
        "tick": keep_the_ledger,
        "meaning": lambda: write_meaning(
            access=access,
            layer_id=world.team.pk,
            criterion=world.criterion,
            text="m",
            evidence=[Ground(data_point=row)],
        ),
        "post": lambda: signed_in(who).post(
            reverse("datapoints:report_change", args=[row.pk]), {"permitted_use": "decide", "version": "1"}
        ),
    }
    with suppress(Http404, ObjectDoesNotExist, permitting.AskedBeforeError, permitting.AskFirstError):
        verbs[step]()


def test_the_house_sets_a_permitted_use_in_one_place_only() -> None:
    """Where something is made it is given along; an assignment or an update stands in `permitting.py` alone."""
    sets = re.compile(
        r"\.permitted_use\s*=[^=]|update\([^)]*permitted_use|update_fields=\[[^\]]*permitted_use"
    )
    found = {
        str(path.relative_to(HOUSE))
        for path in HOUSE.rglob("*.py")
        if "migrations" not in path.parts and sets.search(path.read_text())
    }
    assert found == {"datapoints/permitting.py"}
