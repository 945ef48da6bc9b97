"""Looking at a point: with what is known since, in a talk or by itself; and coming back in a talk."""

from datetime import timedelta

import pytest

from lemniscaat.agenda.models import Goal, GoalState, Look, LookGround
from lemniscaat.agenda.points.checking import OnTable, Seen, look
from lemniscaat.agenda.queries import due_goals
from lemniscaat.base import clock
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.datapoints.models import Circle, DataPoint, EvidenceKind, SourceKind
from lemniscaat.people.models import Appointment, Body
from tests.agenda.goals import taken_up
from tests.cast import World, signed_in
from tests.collection.released import linked, small_groups, stopped

pytestmark = pytest.mark.django_db


def note(world: World, text: str, **more: object) -> DataPoint:
    words = {
        "criterion": world.criterion,
        "evidence": EvidenceKind.SOFT,
        "source": SourceKind.NOTE,
        "perspective": "student",
        "happened_on": clock.today(),
        "author": world.samira,
        **more,
    }
    return DataPoint.objects.create(
        partnership=world.partnership, organisation=world.team, text=text, **words
    )


def seen(world: World, **more: object) -> dict[str, object]:
    return {"difference": "partly", "act": "go_on", "next_appointment": world.later.pk, **more}


def test_only_what_is_known_since_and_all_may_hear_lies_there_to_choose(world: World) -> None:
    row = taken_up(world, raised_by=["student"])
    note(world, "Noor kwam kijken.")
    note(world, "lang geleden", happened_on=clock.today() - timedelta(days=40))
    note(world, "alleen van mij", circle=Circle.ME)
    told = signed_in(world.samira).get(f"/agenda/punt/{row.pk}/kijk/").content.decode()
    assert "Noor kwam kijken." in told
    assert "lang geleden" not in told
    assert "alleen van mij" not in told
    assert "Merken zij die het inbrachten verschil?" in told


def test_a_look_keeps_what_lay_there_and_taking_it_back_takes_it_back(world: World) -> None:
    row = taken_up(world)
    kept = note(world, "Noor kwam kijken.")
    client = signed_in(world.joost)
    answer = client.post(
        f"/agenda/punt/{row.pk}/kijk/",
        seen(world, seen="Twee van de vier.", asked="Beter.", grounds=[f"d{kept.pk}"]),
    )
    assert answer["Location"] == f"/agenda/punt/{row.pk}/"
    assert LookGround.objects.get().words == "", "what somebody told is not copied"
    page = client.get(f"/agenda/punt/{row.pk}/").content.decode()
    assert "Twee van de vier." in page
    assert "Noor kwam kijken." in page
    DataPoint.objects.update(withdrawn_on=clock.today())
    assert "Noor kwam kijken." not in client.get(f"/agenda/punt/{row.pk}/").content.decode()


def test_the_words_of_an_outcome_go_when_its_release_is_no_longer_shown(world: World) -> None:
    linked(world, "vragen")
    round_ = stopped(world, small_groups(world)).round
    row = taken_up(world)
    kept = OnTable(round=round_, words="achttien van de drieëntwintig")
    look(
        access=world.access(world.noor), goal=row, seen=Seen("yes", "Gezien.", act="sustain"), grounds=[kept]
    )
    page = f"/agenda/punt/{row.pk}/"
    assert kept.words in signed_in(world.joost).get(page).content.decode()
    Round.objects.filter(pk=round_.pk).update(state=RoundState.OPEN)
    assert kept.words not in signed_in(world.joost).get(page).content.decode()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"difference": "not_looked"}, "Er is nog niet gekeken. Zeg hier waarom niet."),
        ({"act": "stop"}, "Zeg waarom jullie stoppen."),
        ({"act": "adjust"}, "Schrijf hoe het voortaan luidt."),
        ({"next_appointment": ""}, "Kies wanneer dit weer terugkomt."),
    ],
)
def test_it_says_what_is_missing(world: World, given: dict[str, object], sentence: str) -> None:
    row = taken_up(world)
    answer = signed_in(world.joost).post(f"/agenda/punt/{row.pk}/kijk/", seen(world, **given))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Look.objects.exists()


def test_each_way_on(world: World) -> None:
    client = signed_in(world.noor)
    row = taken_up(world)
    path = f"/agenda/punt/{row.pk}/kijk/"
    client.post(path, seen(world, act="adjust", sentence="In week 4."))
    client.post(path, seen(world, act="sustain", because="Het gaat vanzelf."))
    row.refresh_from_db()
    assert (row.sentence, row.state) == ("In week 4.", GoalState.SUSTAINED)
    assert client.get(path).status_code == 302, "what does not run is not looked at again"
    for stranger in (world.charlie, world.bea, world.willem):
        assert signed_in(stranger).get(path).status_code == 404


def test_it_comes_back_in_the_talk_of_its_body(world: World) -> None:
    row = taken_up(world, returns_at=world.appointment)
    noor = world.access(world.noor)
    assert list(due_goals(noor, body=world.body)) == []
    assert list(due_goals(noor, body=world.body, appointment=world.appointment)) == [row]
    client = signed_in(world.noor)
    there = f"/agenda/punt/{row.pk}/kijk/?verder=/gesprek/1/leiden/&bij={world.appointment.pk}"
    assert client.post(there, seen(world))["Location"] == "/gesprek/1/leiden/"
    assert Look.objects.get().appointment == world.appointment
    row.refresh_from_db()
    assert row.returns_at == world.later


def test_what_is_of_two_does_not_come_up_in_the_talk_of_the_team(world: World) -> None:
    pair = Body.objects.create(partnership=world.partnership, organisation=world.team, name="Samira en Joost")
    pair.people.set([world.samira, world.joost])
    taken_up(world, who=world.samira, body=pair, returns_at=world.appointment)
    joost = world.access(world.joost)
    assert not due_goals(joost, body=world.body, appointment=world.appointment).exists()
    own = Appointment.objects.create(body=pair, starts_at=world.appointment.starts_at)
    Goal.objects.update(returns_at=own)
    assert due_goals(joost, body=pair, appointment=own).exists()
