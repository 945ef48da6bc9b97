"""Agreements: they come back by themselves, and close with a look or a reason."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from lemniscaat.agenda import actions, queries
from lemniscaat.agenda.models import Agreement, AgreementReturn, AgreementState
from lemniscaat.base import clock
from lemniscaat.people.models import TrailEntry
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db


def agreed(world: World, **more: object) -> Agreement:
    words = {
        "course": "adjust",
        "sentence": "De begeleider vraagt het als eerste.",
        "owner_text": "Joost",
        "notice": "in week 3 is iedereen bezocht",
        "returns_at": world.appointment,
        **more,
    }
    return actions.agree(
        access=world.access(world.samira), layer_id=world.team.pk, criterion=world.criterion, **words
    )


def test_it_comes_back_at_its_appointment(world: World) -> None:
    row = agreed(world)
    noor = world.access(world.noor)
    assert list(queries.due(noor, body=world.body)) == []
    assert list(queries.due(noor, appointment=world.appointment)) == [row]
    assert list(queries.due(noor, appointment=world.later)) == [row], "what was passed over is not forgotten"
    assert list(queries.coming_back(noor, layer_id=world.team.pk)) == [row]
    clock.move_to(5)
    assert list(queries.due(noor, body=world.body)) == [row]


def test_what_returns_later_is_not_due(world: World) -> None:
    agreed(world, returns_at=world.later)
    noor = world.access(world.noor)
    assert not queries.due(noor, appointment=world.appointment).exists()
    assert not queries.coming_back(noor, layer_id=world.team.pk).exists()


def test_without_a_return_it_asks_why(world: World) -> None:
    with pytest.raises(actions.ReasonNeededError):
        agreed(world, returns_at=None)
    row = agreed(world, returns_at=None, no_return_because="het is maandag al klaar")
    html = signed_in(world.joost).get(f"/afspraak/{row.pk}/").content.decode()
    assert "het is maandag al klaar" in html


def test_the_form_asks_in_words_and_keeps_what_was_typed(world: World) -> None:
    page = f"/afspraak/laag/{world.team.pk}/nieuw/"
    given = {"course": "sustain", "sentence": "We blijven kijken", "owner_text": "Noor", "notice": "n"}
    answer = signed_in(world.joost).post(page, given)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "We blijven kijken" in html
    assert "zeg eronder waarom niet" in html
    assert not Agreement.objects.exists()
    given["returns_at"] = str(world.later.pk)
    assert signed_in(world.joost).post(page, given).status_code == 302
    assert Agreement.objects.get().course == "sustain"


def test_submitting_twice_agrees_once(world: World) -> None:
    client = signed_in(world.joost)
    page = f"/afspraak/laag/{world.team.pk}/nieuw/"
    given = {
        "course": "sustain",
        "sentence": "s",
        "owner_text": "o",
        "notice": "n",
        "returns_at": world.later.pk,
    }
    for _ in range(2):
        assert client.post(page, given).status_code == 302
    assert Agreement.objects.count() == 1


def test_looking_back_and_going_on(world: World) -> None:
    row = agreed(world)
    page = f"/afspraak/{row.pk}/terug/"
    words = {"helped": "het rooster", "hindered": "ziekte", "ask": "elkaar vragen", "next_step": "go_on"}
    client = signed_in(world.joost)
    assert client.post(page, words).status_code == 422
    words["next_appointment"] = str(world.later.pk)
    assert client.post(page, words).status_code == 302
    row.refresh_from_db()
    assert row.state == AgreementState.RUNNING
    assert row.returns_at == world.later
    back = AgreementReturn.objects.get()
    assert (back.helped, back.appointment) == ("het rooster", world.appointment)
    html = client.get(f"/afspraak/{row.pk}/").content.decode()
    assert "ziekte" in html
    assert TrailEntry.objects.filter(noun="agreement", verb="looked_back").exists()


def test_closing_asks_for_a_look_or_a_reason(world: World) -> None:
    row = agreed(world)
    page = f"/afspraak/{row.pk}/terug/"
    client = signed_in(world.joost)
    assert client.post(page, {"next_step": "close", "helped": "blijft staan"}).status_code == 422
    assert not AgreementReturn.objects.exists(), "nothing half stored"
    assert client.post(page, {"next_step": "close", "because": "de school verhuisde"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.difference) == (AgreementState.CLOSED, "not_looked")
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=agreed(world, sentence="y").pk).update(state=AgreementState.CLOSED)


def test_holding_on_counts_as_much_as_changing(world: World) -> None:
    row = agreed(world)
    client = signed_in(world.samira)
    client.post(f"/afspraak/{row.pk}/terug/", {"next_step": "sustain", "difference": "yes"})
    row.refresh_from_db()
    assert (row.state, row.difference) == (AgreementState.SUSTAINED, "yes")
    assert "Dit houden we vast" in client.get(f"/afspraak/laag/{world.team.pk}/").content.decode()


def test_changing_course_leads_to_a_new_agreement_that_follows(world: World) -> None:
    row = agreed(world)
    client = signed_in(world.samira)
    answer = client.post(f"/afspraak/{row.pk}/terug/", {"next_step": "adjust", "difference": "no"})
    row.refresh_from_db()
    assert row.state == AgreementState.REPLACED
    given = {
        "course": "adjust",
        "sentence": "nieuw",
        "owner_text": "o",
        "notice": "n",
        "returns_at": world.later.pk,
    }
    client.post(answer["Location"], given)
    made = Agreement.objects.get(sentence="nieuw")
    assert made.follows == row
    assert made.criterion == world.criterion


def test_what_is_closed_does_not_come_back(world: World) -> None:
    row = agreed(world)
    noor = world.access(world.noor)
    actions.close(access=noor, agreement=row, difference="yes")
    actions.close(access=noor, agreement=row, difference="no")
    row.refresh_from_db()
    assert row.difference == "yes"
    assert row.where
    assert not row.comes_back
    assert "Komt terug" not in signed_in(world.noor).get(f"/afspraak/{row.pk}/").content.decode()
    assert not queries.due(noor, appointment=world.later).exists()
    clock.move_to(30)
    assert not queries.coming_back(noor, layer_id=world.team.pk).exists()
    assert row.closed_on is not None
    assert clock.today() - row.closed_on == timedelta(days=30)


def test_outsiders(world: World) -> None:
    row = agreed(world)
    pages = (
        f"/afspraak/{row.pk}/",
        f"/afspraak/{row.pk}/terug/",
        f"/afspraak/laag/{world.team.pk}/",
        f"/afspraak/laag/{world.team.pk}/nieuw/",
    )
    for outsider in (world.charlie, world.hans, world.bea):
        client = signed_in(outsider)
        for page in pages:
            assert client.get(page).status_code == 404, page
        assert client.post(f"/afspraak/{row.pk}/delen/", {"target": world.board.pk}).status_code == 404
    assert signed_in(world.charlie).get(f"/afspraak/lat/{world.criterion.pk}/").status_code == 404
    with pytest.raises(Http404):
        actions.close(access=world.access(world.bea), agreement=row, difference="yes")


def test_a_fragment_for_a_criterion(world: World) -> None:
    agreed(world)
    page = f"/afspraak/lat/{world.criterion.pk}/"
    fragment = signed_in(world.joost).get(page, headers={"HX-Request": "true"}).content.decode()
    assert "De begeleider vraagt het als eerste." in fragment
    assert "<html" not in fragment


def test_what_is_wrong_leads_to_the_choice(world: World) -> None:
    row = agreed(world)
    html = signed_in(world.noor).post(f"/afspraak/{row.pk}/terug/", {"helped": ""}).content.decode()
    assert 'href="#next_step"' in html
    assert 'id="next_step" aria-describedby="next_step_error"' in html
