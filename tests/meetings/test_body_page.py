"""A body's own page: for who sits there or sees its talks; upward only what is shared."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lemniscaat.base import clock
from lemniscaat.collection.chosen import Chosen
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.meetings import mapping, rhythm
from lemniscaat.meetings.models import Meeting, MeetingState, Table
from lemniscaat.meetings.own_talk import own_talk
from lemniscaat.meetings.seating import set_down
from lemniscaat.people import actions as people
from lemniscaat.people.models import Body, Share
from lemniscaat.vision.lenses import load_shipped
from lemniscaat.vision.models import Criterion, FrameworkNode, Mapping, VisionPoint
from tests.cast import World, signed_in
from tests.meetings.test_table import planned, press, written_out

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def url(body: Body) -> str:
    return reverse("meetings:body", args=[body.pk])


def html_of(world: World, who: str = "joost", query: str = "") -> str:
    answer = signed_in(getattr(world, who)).get(url(world.body) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def finished(world: World, day: date, criterion: Criterion | None = None, **more: object) -> Meeting:
    table = set_down(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        instrument=own_talk(),
        title="Een gesprek",
        chosen=Chosen(modules=None),
    )
    Table.objects.filter(pk=table.pk).update(state="closed", code="")
    given: dict[str, object] = {
        "table": table,
        "partnership": world.partnership,
        "organisation": world.team,
        "body": world.body,
        "criterion": criterion,
        "title": "Een gesprek",
        "state": MeetingState.DONE,
        "finished_on": day,
    }
    return Meeting.objects.create(**{**given, **more})


def year_of(world: World) -> int:
    return mapping.school_year(clock.today())


def test_only_who_sits_there_or_sees_its_talks_opens_the_page(world: World) -> None:
    for insider in (world.noor, world.joost, world.samira):
        assert signed_in(insider).get(url(world.body)).status_code == 200
    for outsider in (world.willem, world.bea, world.stef, world.petra, world.hans, world.ad, world.charlie):
        assert signed_in(outsider).get(url(world.body)).status_code == 404, outsider.name


def test_a_lower_layer_does_not_open_the_page_of_the_steering_group(world: World) -> None:
    assert signed_in(world.stef).get(url(world.steering)).status_code == 200
    for outsider in (world.joost, world.noor, world.willem, world.bea):
        assert signed_in(outsider).get(url(world.steering)).status_code == 404, outsider.name


def test_who_sits_in_a_body_of_another_layer_sees_its_page_and_only_his_own_talks(world: World) -> None:
    world.body.people.add(world.hans)
    hidden = finished(world, clock.today(), world.criterion, title="Zonder Hans")
    answer = signed_in(world.hans).get(url(world.body))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert reverse("meetings:record", args=[hidden.pk]) not in html
    assert "Zonder Hans" not in html
    assert world.point.title in html, "the map is of the whole body"
    for link in set(re.findall(r'href="(/(?:gesprek|visie|ik|afspraak|verantwoording)/[^"#?]*)', html)):
        assert signed_in(world.hans).get(link).status_code == 200, link


def test_a_moment_has_its_talk_or_asks_for_one(world: World) -> None:
    asks = reverse("meetings:plan", args=[world.team.pk]) + f"?moment={world.appointment.pk}"
    assert asks in html_of(world)
    row = planned(world)
    html = html_of(world)
    assert asks not in html
    assert reverse("meetings:prepare", args=[row.pk]) in html
    assert reverse("meetings:plan", args=[world.team.pk]) + f"?moment={world.later.pk}" in html


def test_a_talk_without_a_moment_is_not_forgotten(world: World) -> None:
    row = planned(world, appointment=None, title="Zomaar")
    assert reverse("meetings:prepare", args=[row.pk]) in html_of(world)


def test_talks_stand_newest_first_with_their_record(world: World) -> None:
    rows = [
        finished(world, clock.today() - timedelta(days=days), title=f"Gesprek {days}") for days in (2, 1, 3)
    ]
    html = html_of(world)
    places = [html.index(reverse("meetings:record", args=[row.pk])) for row in (rows[1], rows[0], rows[2])]
    assert places == sorted(places)
    for more in range(10, 20):
        finished(world, clock.today() - timedelta(days=more), title=f"Gesprek {more}")
    last = Meeting.objects.order_by("finished_on")[0]
    assert reverse("meetings:record", args=[last.pk]) not in html_of(world)
    assert reverse("meetings:record", args=[last.pk]) in html_of(world, query="?alles=1")


def shared_up(world: World) -> None:
    """What the talk said it means goes to the school."""
    said = Interpretation.objects.get()
    people.share(
        access=world.access(world.noor),
        noun="interpretation",
        noun_id=said.pk,
        title="Durven vragen",
        text=said.text,
        dissent="",
        source_id=world.team.pk,
        target_id=world.school.pk,
    )


def test_what_runs_what_was_shared_and_the_answer_stand_there(world: World) -> None:
    row = planned(world)
    written_out(world, row)
    press(world, row, "finish")
    shared_up(world)
    html = html_of(world, "noor")
    assert "Joost vraagt als eerste." in html
    assert "Nog geen antwoord." in html
    people.answer_share(
        access=world.access(world.willem), share=Share.objects.get(), text="Dank, we kijken mee."
    )
    assert "Dank, we kijken mee." in html_of(world, "noor")
    people.revoke_share(access=world.access(world.noor), share=Share.objects.get())
    assert "Dank, we kijken mee." not in html_of(world, "noor")
    assert reverse("accountability:account", args=[world.team.pk]) in html


def test_what_another_body_of_the_layer_did_is_not_ours(world: World) -> None:
    other = Body.objects.create(partnership=world.partnership, organisation=world.team, name="Werkgroep")
    row = planned(world, body=other, appointment=None, title="Van de werkgroep")
    written_out(world, row)
    press(world, row, "go:tell", returns_at="", no_return_because="eenmalig")
    press(world, row, "finish")
    shared_up(world)
    html = html_of(world, "noor")
    assert "Van de werkgroep" not in html
    assert "Joost vraagt als eerste." not in html
    assert "Joost vraagt als eerste." in signed_in(world.noor).get(url(other)).content.decode()


def test_the_map_says_when_and_says_not_yet(world: World) -> None:
    other = VisionPoint.objects.create(
        partnership=world.partnership,
        organisation=world.root,
        title="Er staat iemand naast je",
        what="w",
        how="h",
        order=2,
    )
    year = year_of(world)
    for day in (date(year, 9, 3), date(year, 11, 12), date(year, 11, 26)):
        finished(world, day, world.criterion)
    finished(world, date(year, 10, 1), None)
    finished(world, date(year - 1, 12, 1), world.criterion)
    found = rhythm.talk_map(world.access(world.joost), world.body)
    assert [line.row.name for line in found.points] == [world.point.title, other.title]
    assert found.points[0].told == (
        "Over ‘Veilig om te proberen’ spraken jullie 3 keer, het laatst in november."
    )
    assert (
        found.points[1].told == "Over ‘Er staat iemand naast je’ spraken jullie in dit schooljaar nog niet."
    )
    assert (found.talks, found.loose, found.years) == (4, 1, (year, year - 1))
    html = html_of(world)
    table = html[html.index("<table") : html.index("</table>")]
    assert "<caption>" in table
    assert table.count('scope="col"') == 14
    assert table.count('scope="row"') == 2
    assert table.count('talk-square"') == 3
    assert "nog niet" in table
    earlier = html_of(world, query=f"?jaar={year - 1}")
    assert "één keer, in december" in earlier
    assert "Over ‘Er staat iemand naast je’ spraken jullie in dit schooljaar niet." in earlier


def test_a_year_nobody_asked_for_gives_this_year(world: World) -> None:
    for asked in ("1066", "x", "99999999999999999999"):
        assert rhythm.talk_map(world.access(world.joost), world.body).year == year_of(world)
        assert signed_in(world.joost).get(url(world.body), {"jaar": asked}).status_code == 200


def test_the_waarborgen_stand_beside_it_each_once_for_a_talk(world: World) -> None:
    load_shipped()
    # a part of a waarborg and the waarborg itself: one talk, one square
    for key in ("kwaliteitscultuur", "open-gesprek", "op-een-lijn"):
        Mapping.objects.create(
            criterion=world.criterion, node=FrameworkNode.objects.get(framework__key="waarborgen", key=key)
        )
    finished(world, clock.today(), world.criterion)
    found = rhythm.talk_map(world.access(world.joost), world.body)
    assert [(line.row.name, len(line.row.days)) for line in found.waarborgen] == [
        ("De lerende leraar", 0),
        ("De leeromgeving", 1),
        ("De organisatie", 0),
        ("De kwaliteitscultuur", 1),
    ]
    assert "De waarborgen door het schooljaar" in html_of(world)


def test_a_vision_point_that_was_retired_stays_where_it_was_talked_about(world: World) -> None:
    VisionPoint.objects.filter(pk=world.point.pk).update(retired_on=clock.today())
    assert rhythm.talk_map(world.access(world.joost), world.body).points == ()
    finished(world, clock.today(), world.criterion)
    found = rhythm.talk_map(world.access(world.joost), world.body)
    assert [line.row.name for line in found.points] == [world.point.title]


def test_each_body_has_its_own_map(world: World) -> None:
    finished(world, clock.today(), world.criterion)
    other = Body.objects.create(partnership=world.partnership, organisation=world.team, name="Werkgroep")
    assert rhythm.talk_map(world.access(world.joost), other).talks == 0
    with pytest.raises(Http404):
        rhythm.body(world.access(world.willem), world.body.pk)


def test_the_page_of_the_agenda_leads_here_for_who_may(world: World) -> None:
    there = reverse("people:body", args=[world.body.pk])
    assert url(world.body) in signed_in(world.joost).get(there).content.decode()
    steering = reverse("people:body", args=[world.steering.pk])
    answer = signed_in(world.joost).get(steering)
    assert answer.status_code == 200
    assert url(world.steering) not in answer.content.decode()


def test_one_talk_or_many_cost_the_same(world: World) -> None:
    client = signed_in(world.joost)
    finished(world, clock.today(), world.criterion)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(url(world.body))
        return len(asked)

    one = cost()
    for days in range(1, 6):
        finished(world, clock.today() - timedelta(days=days), world.criterion)
    assert cost() == one
