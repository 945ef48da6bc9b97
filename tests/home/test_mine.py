"""My own page, and what two people agree: seen by these two, and by nobody else in any way."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404
from django.test import Client

from lemniscaat.agenda.links.linking import take_up_share
from lemniscaat.agenda.models import Agreement, AgreementState
from lemniscaat.agenda.points.goal_page import whose
from lemniscaat.agenda.queries import agreement as agreement_of
from lemniscaat.base import clock
from lemniscaat.concerns.models import Contact
from lemniscaat.home.coming_back import returning
from lemniscaat.home.mine import mine
from lemniscaat.people import queries as people
from lemniscaat.people.actions import add_body, plan_appointment, share
from lemniscaat.people.erasure import NOBODY, erase_person
from lemniscaat.people.models import Appointment, Body, Membership, Person, Role, TrailEntry
from lemniscaat.people.offering import readers
from lemniscaat.people.pairing import pair_with, pairs
from tests.accountability.stage import a_round, given_back
from tests.agenda.goals import taken_up
from tests.cast import World, organisation, person, signed_in
from tests.home.test_attention import asked

pytestmark = pytest.mark.django_db
SECRET = "Joost komt dinsdag kijken, zonder formulier."


def paired(world: World) -> Body:
    return pair_with(access=world.access(world.samira), person_id=world.joost.pk)


def given(**more: object) -> dict[str, object]:
    return {
        "sentence": SECRET,
        "course": "adjust",
        "notice": "Ik vraag het zelf de week erna.",
        "day": (clock.today() + timedelta(days=5)).isoformat(),
        "time": "15:30",
        **more,
    }


def agreed(world: World) -> tuple[Body, Agreement]:
    body = paired(world)
    assert signed_in(world.samira).post(f"/mijn/met/{body.pk}/", given()).status_code == 302
    return body, Agreement.objects.get(body=body)


def test_two_taps_to_the_page_of_two_and_both_come_to_the_same(world: World) -> None:
    samira = signed_in(world.samira)
    assert "/mijn/met/" in samira.get("/mijn/").content.decode()
    html = samira.get("/mijn/met/").content.decode()
    assert "Joost" in html
    assert "Noor" in html
    assert "Hans" not in html
    answer = samira.post("/mijn/met/", {"wie": world.joost.pk})
    again = signed_in(world.joost).post("/mijn/met/", {"wie": world.samira.pk})
    assert answer["Location"] == again["Location"]
    assert Body.objects.filter(pair=True).count() == 1
    for stranger in (world.hans, world.willem, world.samira, world.charlie):
        assert samira.post("/mijn/met/", {"wie": stranger.pk}).status_code == 404


def test_what_two_agree_comes_back_and_goes_on_or_stays(world: World) -> None:
    body, row = agreed(world)
    page, look = f"/mijn/met/{body.pk}/", f"/mijn/met/{body.pk}/{row.pk}/"
    joost = signed_in(world.joost)
    assert SECRET in joost.get(page).content.decode()
    first = mine(world.access(world.joost)).first
    assert first is not None
    assert SECRET in first.text
    assert first.url.startswith(page)
    pre = f"a{row.pk}-"
    again = {f"{pre}difference": "partly", f"{pre}helped": "De vaste dag.", f"{pre}next_step": "go_on"}
    assert joost.post(look, again).status_code == 422, "going on needs a day"
    day = clock.today() + timedelta(days=30)
    assert joost.post(look, {**again, f"{pre}day": day.isoformat(), f"{pre}time": "10:00"}).status_code == 302
    row.refresh_from_db()
    assert row.returns_at is not None
    assert row.returns_at.starts_at.date() == day
    assert joost.post(look, {**again, f"{pre}next_step": "sustain"}).status_code == 302
    row.refresh_from_db()
    assert row.state == AgreementState.SUSTAINED
    assert "houden jullie vast" in joost.get(page).content.decode()


def test_sending_twice_agrees_once(world: World) -> None:
    body, _row = agreed(world)
    signed_in(world.samira).post(f"/mijn/met/{body.pk}/", given())
    assert Agreement.objects.filter(body=body).count() == 1
    assert Appointment.objects.filter(body=body).count() == 1


def pages(world: World, body: Body, row: Agreement) -> Iterator[str]:
    team = world.team.pk
    yield from (f"/laag/{team}/", f"/laag/{team}/direct/", f"/afspraak/laag/{team}/", f"/agenda/laag/{team}/")
    yield from (f"/afspraak/laag/{team}/nieuw/", f"/mensen/laag/{team}/overleg/", f"/jaar/laag/{team}/")
    yield from (f"/gesprek/laag/{team}/", f"/gesprek/laag/{team}/klaarzetten/", "/mensen/", "/mensen/spoor/")
    yield from ("/mijn/", "/mijn/met/", f"/mijn/met/{body.pk}/", f"/afspraak/{row.pk}/", "/voorbeelden/")
    yield from (f"/mensen/overleg/{body.pk}/", f"/gesprek/overleg/{body.pk}/")
    yield from (f"/mensen/moment/{row.returns_at_id}/", f"/afspraak/{row.pk}/terug/")


def test_nobody_else_sees_that_it_is_there(world: World) -> None:
    """The same team, its leader, the school, the programme, an outsider: no page tells of it, its moment or its words."""
    body, row = agreed(world)
    for who in (world.noor, world.willem, world.petra, world.ad, world.charlie):
        client = signed_in(who)
        for page in pages(world, body, row):
            html = client.get(page).content.decode()
            assert SECRET not in html, (who, page)
            assert body.name.replace("&", "&amp;") not in html, (who, page)
        for page in (
            f"/mijn/met/{body.pk}/",
            f"/mijn/met/{body.pk}/{row.pk}/",
            f"/mensen/moment/{row.returns_at_id}/",
        ):
            assert client.post(page, given()).status_code == 404, (who, page)
    assert not TrailEntry.objects.filter(noun__in=["body", "agreement", "appointment"]).exists()
    moments = people.future_appointments(world.access(world.samira), world.team.pk)
    assert not moments.filter(body=body).exists(), "the team's things do not return there"
    point = taken_up(world)
    assert not any(body.name in name for _value, name in whose(world.access(world.noor), point)), "tasks"
    read = readers(world.access(world.noor), world.school.pk, world.team.pk)
    assert body.name not in read.bodies, "who reads what is shared"
    with pytest.raises(Http404):
        agreement_of(world.access(world.noor), row.pk)


def test_who_is_erased_leaves_no_name(world: World) -> None:
    body, _row = agreed(world)
    erase_person(access=world.access(world.petra), person=world.joost)
    body.refresh_from_db()
    assert body.name == NOBODY
    assert "Joost" not in Agreement.objects.get(body=body).owner_text
    samira = world.access(world.samira)
    assert pairs(samira)[0].other is None
    assert signed_in(world.samira).get(f"/mijn/met/{body.pk}/").status_code == 200


def test_what_was_done_with_my_voice_is_told_to_who_was_asked(world: World) -> None:
    row = a_round(world)
    given_back(world, row)
    client = signed_in(world.samira)
    first = mine(world.access(world.samira))
    assert [one.title for one in first.came] == [row.title], "told at her own places"
    assert not first.asked
    asked(world, row, "samira")
    html = client.get("/mijn/").content.decode()
    assert row.title in html
    assert "Of je meedeed, weet niemand." in html
    assert not mine(world.access(world.joost)).asked


def test_the_page_asks_as_much_whatever_lies_there(world: World, django_assert_max_num_queries: Any) -> None:
    agreed(world)
    for number in range(3):
        other = person(f"Mentor {number}", world.partnership, (world.team, "mentor"))
        pair_with(access=world.access(world.samira), person_id=other.pk)
    client = signed_in(world.samira)
    client.get("/mijn/")
    with django_assert_max_num_queries(26):
        assert client.get("/mijn/").status_code == 200


@pytest.mark.parametrize(
    ("who", "page"),
    [("samira", "/mijn/"), ("joost", "/mijn/"), ("hans", "/mijn/plekken/"), ("willem", "/mensen/")],
)
def test_one_tap_from_the_name_in_the_header(world: World, who: str, page: str) -> None:
    one: Person = getattr(world, who)
    home = signed_in(one).get("/", follow=True).content.decode()
    assert f'<a class="me" href="{page}">{one.first_name}</a>' in home


def test_who_is_alone_in_a_team_reads_what_to_do(world: World) -> None:
    far = organisation("team", "Team alleen", world.school)
    lone = person("Lien", world.partnership, (far, "student"))
    html = signed_in(lone).get("/mijn/").content.decode()
    assert "Je schoolopleider kan dat regelen" in html
    assert Client().get("/mijn/").status_code == 302
    assert signed_in(world.dirk).get("/mijn/").status_code == 404


def test_what_two_agreed_stands_on_no_sheet_for_others(world: World) -> None:
    """In a small school the leader guides a student himself: that stays out of what goes to the management team."""
    for role, who in ((Role.SCHOOL_EDUCATOR, world.willem), (Role.STUDENT, world.samira)):
        Membership.objects.create(
            partnership=world.partnership,
            person=who,
            organisation=world.school,
            role=role,
            valid_from=clock.today(),
        )
    body = pair_with(access=world.access(world.willem), person_id=world.samira.pk)
    assert body.organisation_id == world.school.pk
    willem = signed_in(world.willem)
    assert willem.post(f"/mijn/met/{body.pk}/", given()).status_code == 302
    assert SECRET in willem.get(f"/mijn/met/{body.pk}/").content.decode()
    assert SECRET not in willem.get(f"/voor/school/{world.school.pk}/papier/").content.decode()
    few = Body.objects.create(partnership=world.partnership, organisation=world.school, name="Kerngroep")
    few.people.set([world.willem])
    point = taken_up(world, who=world.willem, at=world.school, body=few, owner=world.willem)
    willems = world.access(world.willem)
    assert not returning(willems, [world.school.pk], bodies=[body]).backs
    assert [one.what for one in returning(willems, [], bodies=[few]).backs] == [point.sentence]


def test_the_name_of_a_pair_gets_into_no_list_of_their_layer(world: World) -> None:
    """No ticket is called after them, no group of the same name tells that they are there, and nothing of theirs speaks
    for the layer."""
    noor = world.access(world.noor)
    body = pair_with(access=noor, person_id=world.samira.pk)
    moment = plan_appointment(access=noor, body=body, starts_at=world.later.starts_at, minutes=15)
    named = body.name.replace("&", "&amp;")
    ticket = f"/ronde/laag/{world.team.pk}/exitticket/?moment={moment.pk}"
    ours = signed_in(world.noor).get(f"/gesprek/overleg/{body.pk}/").content.decode()
    assert named in ours
    assert "moment=" not in ours
    answer = signed_in(world.noor).get(ticket)
    assert answer.status_code == 200
    assert named not in answer.content.decode()
    made = add_body(access=world.access(world.joost), layer_id=world.team.pk, name=body.name)
    assert made.pk != body.pk
    assert not made.pair
    shared = share(
        access=world.access(world.petra),
        noun="goal",
        noun_id=1,
        title="t",
        text="t",
        dissent="",
        source_id=world.root.pk,
        target_id=world.team.pk,
    )
    take_up_share(access=noor, share=shared, goal=taken_up(world, body=body))
    shared.refresh_from_db()
    assert shared.answered_on is None


def test_nobody_is_sent_to_themself(world: World) -> None:
    for at, one in enumerate((world.noor, world.joost)):
        Contact.objects.create(
            partnership=world.partnership,
            organisation=world.team,
            person=one,
            name=one.name,
            task="schoolopleider",
            assesses=True,
            order=at,
        )
    assert [one.person for one in mine(world.access(world.noor)).contacts] == [world.joost]
