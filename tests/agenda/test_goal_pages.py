"""The pages of one point: taking it up from whatever it begins with, reading it, working on it."""

import re

import pytest
from django.test import Client

from lemniscaat.agenda.actions import agree
from lemniscaat.agenda.models import Agreement, Goal, Step, Task
from lemniscaat.agenda.points.stepping import add_step
from lemniscaat.agenda.points.tasking import give_task
from lemniscaat.interpretation.actions import assume, write_meaning
from lemniscaat.people.models import Body
from tests.agenda.goals import taken_up
from tests.agenda.test_deciding import decided
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db


def new(world: World, query: str = "") -> str:
    return f"/agenda/laag/{world.team.pk}/nieuw/{query}"


def given(world: World, **more: object) -> dict[str, object]:
    words = {
        "course": "sustain",
        "sentence": "Elke student wordt in week 3 bezocht.",
        "owner_text": "Joost",
        "noticeable": "een student vertelt het zelf",
        "returns_at": world.later.pk,
        "span": "year",
        "form_key": "sleutel",
    }
    return {**words, **more}


def html(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_the_essentials_are_enough_and_twice_is_once(world: World) -> None:
    client = signed_in(world.samira)
    for _press in range(2):
        there = client.post(new(world), given(world))["Location"]
    row = Goal.objects.get()
    assert there == f"/agenda/punt/{row.pk}/"
    assert (row.course, row.owner_text, row.period) == ("sustain", "Joost", world.period)


def test_without_somebody_or_a_return_it_says_what_is_missing(world: World) -> None:
    answer = signed_in(world.noor).post(new(world), given(world, owner_text="", returns_at=""))
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "Zonder iemand blijft het papier." in told
    assert "zeg eronder waarom niet" in told
    assert "week 3 bezocht" in told


def test_a_fourth_asks_why_and_loses_nothing(world: World) -> None:
    for number in range(3):
        taken_up(world, f"punt {number}")
    client = signed_in(world.noor)
    assert "Er staan al drie punten" in html(client, new(world))
    answer = client.post(new(world), given(world, why="Zij vroegen erom."))
    assert answer.status_code == 422
    assert "Een vierde mag." in answer.content.decode()
    assert "Zij vroegen erom." in answer.content.decode()
    client.post(new(world), given(world, more_because="Het kan niet wachten."))
    assert Goal.objects.count() == 4


def test_it_begins_from_a_meaning(world: World) -> None:
    meant = write_meaning(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        criterion=world.criterion,
        text="Studenten wachten tot wij komen.",
        dissent="Het ligt aan het rooster.",
        roles=["student", "mentor"],
    )
    client = signed_in(world.noor)
    told = html(client, new(world, f"?betekenis={meant.pk}"))
    assert "Studenten wachten tot wij komen." in told
    assert "Het ligt aan het rooster." in told
    assert re.search(r'value="student"[^>]*checked', told)
    client.post(new(world, f"?betekenis={meant.pk}"), given(world, criterion=world.criterion.pk))
    row = Goal.objects.get()
    assert (row.interpretation, row.point) == (meant, world.point)
    page = html(client, f"/agenda/punt/{row.pk}/")
    assert "Studenten wachten tot wij komen." in page
    assert "Het ligt aan het rooster." in page


def test_it_begins_from_an_agreement_that_then_hangs_under_it(world: World) -> None:
    row = agree(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        criterion=world.criterion,
        course="adjust",
        sentence="We vragen het als eerste.",
        owner_text="Joost",
        notice="iedereen is bezocht",
        returns_at=world.later,
    )
    client = signed_in(world.noor)
    assert "We vragen het als eerste." in html(client, new(world, f"?afspraak={row.pk}"))
    client.post(new(world, f"?afspraak={row.pk}"), given(world))
    row.refresh_from_db()
    assert row.goal == Goal.objects.get()


def test_it_begins_from_an_assumption_a_criterion_or_words_from_a_table(world: World) -> None:
    thought = assume(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        criterion=None,
        text="het aan tijd ligt",
        test="we tellen de uren",
    )
    client = signed_in(world.noor)
    assert "We denken dat het aan tijd ligt" in html(client, new(world, f"?aanname={thought.pk}"))
    assert "over en weer" in html(client, new(world, f"?lat={world.criterion.pk}"))
    told = html(client, new(world, "?zin=Samen+kijken&nu=Hier+en+daar&straks=Overal&koers=houden"))
    for words in ("Samen kijken", "Hier en daar", "Overal"):
        assert words in told


def test_what_i_may_not_see_begins_nothing(world: World) -> None:
    pair = Body.objects.create(partnership=world.partnership, organisation=world.team, name="Samira en Joost")
    pair.people.set([world.samira, world.joost])
    assert signed_in(world.noor).get(new(world, f"?overleg={pair.pk}")).status_code == 404
    signed_in(world.samira).post(new(world, f"?overleg={pair.pk}"), given(world))
    assert Goal.objects.get().body == pair
    for stranger in (world.charlie, world.bea, world.willem):
        assert signed_in(stranger).get(new(world)).status_code == 404


def test_what_a_team_said_goes_up_by_sharing_and_not_by_a_point_of_the_school(world: World) -> None:
    meant = write_meaning(
        access=world.access(world.noor), layer_id=world.team.pk, criterion=None, text="Wij wachten."
    )
    path = f"/agenda/laag/{world.school.pk}/nieuw/"
    client = signed_in(world.noor)
    assert client.get(path).status_code == 200
    assert client.get(f"{path}?betekenis={meant.pk}").status_code == 404


def test_who_is_just_too_late_sees_both(world: World) -> None:
    row = taken_up(world)
    path = f"/agenda/punt/{row.pk}/wijzig/"
    first = given(world, version=1, sentence="Van Joost")
    assert signed_in(world.joost).post(path, first).status_code == 302
    answer = signed_in(world.samira).post(path, given(world, version=1, sentence="Van Samira"))
    told = answer.content.decode()
    assert answer.status_code == 409
    assert "Van Joost" in told
    assert "Van Samira" in told
    assert 'name="version" value="2"' in told
    assert signed_in(world.samira).post(path, given(world, version=2, sentence="Samen")).status_code == 302
    row.refresh_from_db()
    assert row.sentence == "Samen"


def test_one_press_moves_it_and_the_mark_says_where_it_is(world: World) -> None:
    row = taken_up(world)
    client = signed_in(world.joost)
    client.post(f"/agenda/punt/{row.pk}/fase/", {"phase": "check"})
    page = html(client, f"/agenda/punt/{row.pk}/")
    assert re.search(r'aria-current="step"><span>We kijken of het helpt', page)


def test_steps_without_scripts(world: World) -> None:
    row = taken_up(world)
    client = signed_in(world.samira)
    page = f"/agenda/punt/{row.pk}/"
    assert client.post(f"{page}stap/", {"stap-sentence": ""}).status_code == 422
    client.post(f"{page}stap/", {"stap-sentence": "Rooster maken", "stap-owner": world.joost.pk})
    step = Step.objects.get()
    assert step.owner_text == "Joost"
    client.post(f"/agenda/stap/{step.pk}/", {"do": "done"})
    assert "Gedaan op" in html(client, page)
    client.post(f"/agenda/stap/{step.pk}/", {"do": "undone"})
    client.post(f"/agenda/stap/{step.pk}/", {"do": "drop", "because": ""})
    assert "Er is niets veranderd." in html(client, page)
    client.post(f"/agenda/stap/{step.pk}/", {"do": "drop", "because": "het hoeft niet"})
    assert "Toch niet, want: het hoeft niet" in html(client, page)


def test_tasks_are_of_bodies_roles_or_words(world: World) -> None:
    row = taken_up(world)
    client = signed_in(world.noor)
    path = f"/agenda/punt/{row.pk}/taak/"
    client.post(path, {"who": f"b{world.steering.pk}", "kind": "decide"})
    client.post(path, {"who": "student", "kind": "heard"})
    client.post(path, {"who": "", "kind": "do"})
    assert client.post(path, {"who": "b9999", "kind": "do"}).status_code == 404
    assert Task.objects.count() == 2
    page = html(client, f"/agenda/punt/{row.pk}/")
    assert "Stuurgroep" in page
    client.post(path, {"gone": Task.objects.get(kind="decide").pk})
    assert [task.kind for task in Task.objects.all()] == ["heard"]


def test_an_agreement_is_made_or_hung_under_it(world: World) -> None:
    row = taken_up(world)
    client = signed_in(world.noor)
    words = {"course": "adjust", "sentence": "Vrijdag bellen", "owner_text": "Noor", "notice": "we belden"}
    client.post(
        f"/afspraak/laag/{world.team.pk}/nieuw/?punt={row.pk}", {**words, "returns_at": world.later.pk}
    )
    made = Agreement.objects.get()
    assert (made.goal, made.criterion) == (row, world.criterion)
    assert "Vrijdag bellen" in html(client, f"/agenda/punt/{row.pk}/")
    Agreement.objects.update(goal=None)
    client.post(f"/agenda/punt/{row.pk}/afspraak/", {"agreement": made.pk})
    made.refresh_from_db()
    assert made.goal == row


def test_the_page_costs_the_same_however_much_hangs_on_it(
    world: World, django_assert_max_num_queries: object
) -> None:
    row = taken_up(world, raised_by=["student"])
    access = world.access(world.noor)
    for number in range(6):
        add_step(access=access, goal=row, sentence=f"stap {number}")
        give_task(access=access, goal=row, kind="do", words=f"iemand {number}")
    client = signed_in(world.noor)
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        assert client.get(f"/agenda/punt/{row.pk}/").status_code == 200


def test_it_begins_from_a_decision(world: World) -> None:
    row = decided(world)
    path = f"/agenda/laag/{row.organisation_id}/nieuw/?besluit={row.pk}"
    told = html(signed_in(world.noor), path)
    assert "Dit volgt uit het besluit" in told
    assert re.search(rf'value="{row.course}"[^>]*checked', told)
    assert signed_in(world.charlie).get(path).status_code == 404
