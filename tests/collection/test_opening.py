"""A round is prepared with reasons, and opened with places that at least ten people share."""

from collections import Counter
from datetime import timedelta

import pytest
from django.http import Http404
from django.urls import reverse

from lemniscaat.base import clock
from lemniscaat.collection.actions import BecauseError, NobodyError, open_round, start_round, stop_round, tick
from lemniscaat.collection.budget import asked_before, half_year
from lemniscaat.collection.codes import return_code
from lemniscaat.collection.models import CriterionItem, Invitation, Round, RoundState, Segment
from lemniscaat.collection.places import Places
from lemniscaat.collection.queries import open_for, participation_while_open, rounds
from lemniscaat.collection.whom import UnknownGuestsError, choose_list
from lemniscaat.instruments.models import InstrumentVersion
from lemniscaat.people.models import OutgoingMail, Role, TrailEntry
from tests import cast
from tests.cast import signed_in
from tests.collection.doors import INSTRUMENT, many_people, opened, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def draft(world: cast.World, **fields: object) -> Round:
    given = {
        "layer_id": world.team.pk,
        "instrument_key": INSTRUMENT,
        "title": "Halverwege",
        "roles": [Role.STUDENT],
        "appointment": world.appointment,
        **fields,
    }
    return start_round(access=world.access(world.noor), **given)  # type: ignore[arg-type]


def test_a_round_without_a_talk_asks_why(world: cast.World) -> None:
    with pytest.raises(BecauseError) as asked:
        draft(world, appointment=None)
    assert asked.value.field == "no_appointment_because"
    made = draft(world, appointment=None, no_appointment_because="Het rooster is nog niet rond.")
    assert made.state == RoundState.DRAFT
    assert made.no_appointment_because


def test_one_question_too_many_asks_why(world: cast.World) -> None:
    many_people(world)
    for _ in range(3):
        opened(world, over_budget_because="nodig")
    counted = {
        one.role: one.full
        for one in asked_before(
            world.access(world.noor), layer_id=world.team.pk, roles=["student", "starter"]
        )
    }
    assert counted == {"student": True, "starter": False}
    with pytest.raises(BecauseError) as asked:
        draft(world)
    assert asked.value.field == "over_budget_because"


def test_half_years_follow_the_school_year() -> None:
    day = clock.today()
    first, after = half_year(day)
    assert first <= day < after
    assert (first.month, after.month) in {(8, 2), (2, 8)}


def test_the_instrument_is_frozen_once(world: cast.World) -> None:
    one, two = draft(world), draft(world)
    assert one.instrument_id == two.instrument_id
    assert InstrumentVersion.objects.get().frozen_on == clock.today()
    assert one.key != two.key


def test_a_criterion_gets_the_items_that_tell_about_it(world: cast.World) -> None:
    draft(world, criterion=world.criterion)
    assert CriterionItem.objects.filter(criterion=world.criterion, instrument_key=INSTRUMENT).exists()


def test_opening_asks_each_person_once_in_no_order(world: cast.World) -> None:
    many_people(world)
    asked = opened(world)
    by_key = Invitation.objects.filter(round=asked.round).order_by("pk")
    people = list(by_key.values_list("person_id", flat=True))
    assert len(people) == len(set(people)) == OutgoingMail.objects.count() == 28
    assert people != sorted(people)
    sizes = Counter(Invitation.objects.values_list("segment_id", flat=True))
    assert min(sizes.values()) >= 10
    assert Segment.objects.filter(round=asked.round, role="student").exists()
    assert not any(
        token in mail.body
        for token in Invitation.objects.values_list("token", flat=True)
        for mail in OutgoingMail.objects.all()
    )
    assert all("127.0.0.1" in mail.body for mail in OutgoingMail.objects.all())
    assert TrailEntry.objects.filter(verb="opened").count() == 1


def test_too_small_a_role_joins_another(world: cast.World) -> None:
    many_people(world, students=15, mentors=2)
    asked = opened(world)
    sizes = Counter(Invitation.objects.filter(round=asked.round).values_list("segment_id", flat=True))
    assert min(sizes.values()) >= 10


def test_an_open_link_keeps_its_places(world: cast.World) -> None:
    many_people(world)
    asked = opened(world, by_mail=False)
    places = Places.from_json(asked.round.places)
    assert Places.from_json(places.to_json()) == places
    assert set(places.roles) == {"student", "mentor"}
    known = places.segment(role="student", place=places.choices[0].key, plan="role")
    assert Segment.objects.get(pk=known).role == "student"
    nowhere = places.segment(role="quality", place="", plan="role")
    assert Segment.objects.get(pk=nowhere).role == "*"
    assert not Invitation.objects.exists()


def test_a_list_is_taken_whole_or_not_at_all(world: cast.World) -> None:
    access, made = world.access(world.noor), draft(world)
    made, _ = choose_list(access=access, round_=made, lines=["joost@example.org", "wie@elders.nl"])
    with pytest.raises(UnknownGuestsError) as wrong:
        open_round(access=access, round_=made)
    assert wrong.value.lines == ("wie@elders.nl",)
    assert Round.objects.get(pk=made.pk).state == RoundState.DRAFT
    choose_list(access=access, round_=made, lines=["Joost <joost@example.org>; x", "samira@example.org"])
    done = open_round(access=access, round_=made)
    assert (done.state, Invitation.objects.count()) == (RoundState.OPEN, 2)
    assert done.roles == [Role.STUDENT, Role.MENTOR]
    assert "joost" not in str(done.whom)


def test_nobody_to_ask_is_said(world: cast.World) -> None:
    with pytest.raises(NobodyError):
        open_round(access=world.access(world.noor), round_=draft(world, roles=[Role.BOARD_MEMBER]))


def test_participation_goes_by_fives(world: cast.World) -> None:
    many_people(world)
    asked = opened(world)
    assert "Minder dan vijf" in participation_while_open(world.access(world.noor), asked.round)


def test_only_i_see_what_asks_me(world: cast.World) -> None:
    asked = opened(world)
    mine = open_for(world.access(world.samira))
    assert [(one.round.pk, one.token) for one in mine] == [
        (asked.round.pk, asked.token_of(world.samira.email))
    ]
    assert not open_for(world.access(world.willem))
    assert not rounds(world.access(world.samira), world.team.pk).exists()


def test_the_calendar_stops_a_round_and_stopping_twice_is_once(world: cast.World) -> None:
    asked = opened(world, stops_on=clock.today())
    assert tick() == 0
    clock.move_to(1)
    assert tick() == 1
    assert stop_round(round_=asked.round).state == RoundState.STOPPED
    assert tick() == 0


def test_return_codes_start_with_a_word() -> None:
    word, digits = return_code().split(" ")
    assert word.isalpha()
    assert len(digits) == 4


def test_an_outsider_finds_no_round(world: cast.World) -> None:
    asked = opened(world)
    names = ("collection:round", "collection:stop", "collection:poster", "collection:qr")
    for who in (world.charlie, world.samira, world.dirk):
        client = signed_in(who)
        assert {client.get(reverse(name, args=[asked.round.pk])).status_code for name in names} == {404}
        assert client.get(reverse("collection:rounds", args=[world.team.pk])).status_code == 404
        assert client.get(reverse("collection:new", args=[world.team.pk])).status_code == 404
    with pytest.raises(Http404):
        stop_round(round_=asked.round, access=world.access(world.samira))


def test_noor_starts_opens_and_stops_a_round_on_screens(world: cast.World) -> None:
    many_people(world)
    noor = signed_in(world.noor)
    address = reverse("collection:new", args=[world.team.pk])
    form = {
        "instrument": INSTRUMENT,
        "title": "Hoe leer jij hier?",
        "asked_by": "Noor",
        "roles": ["student", "mentor"],
        "return_by": (clock.today() + timedelta(days=30)).isoformat(),
        "by_link": "on",
        "plan": "role",
        "permitted_use": "learn",
    }
    refused = noor.post(f"{address}?lat={world.criterion.pk}", form)
    assert refused.status_code == 422
    assert "Hoe leer jij hier?" in text_of(refused)
    assert "schrijf waarom het zo kan" in text_of(refused)
    made = noor.post(f"{address}?lat={world.criterion.pk}", form | {"appointment": str(world.appointment.pk)})
    assert made.status_code == 302
    page = noor.get(made["Location"])
    assert "Open de ronde" in text_of(page)
    noor.post(made["Location"], {"choose_items": "1", "items": ["lesbezoek"]})
    assert CriterionItem.objects.get().item_key == "lesbezoek"
    noor.post(made["Location"], {"open": "1"})
    found = Round.objects.get()
    page_text = text_of(noor.get(made["Location"]))
    assert f"{found.join_code[:3]} {found.join_code[3:]}" in page_text
    assert noor.get(reverse("collection:qr", args=[found.pk]))["Content-Type"] == "image/svg+xml"
    assert found.join_code[:3] in text_of(noor.get(reverse("collection:poster", args=[found.pk])))
    assert "Stop de ronde?" in text_of(noor.get(reverse("collection:stop", args=[found.pk])))
    noor.post(reverse("collection:stop", args=[found.pk]))
    assert Round.objects.get().state == RoundState.STOPPED
    assert "Nog niet rond" in text_of(noor.get(made["Location"]))
    assert "Wacht op de terugkoppeling" in text_of(
        noor.get(reverse("collection:rounds", args=[world.team.pk]))
    )


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    world: cast.World, many: int, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for _ in range(many):
        draft(world)
    noor = signed_in(world.noor)
    with django_assert_max_num_queries(9):
        noor.get(reverse("collection:rounds", args=[world.team.pk]))
