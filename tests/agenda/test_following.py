"""Asking in the next round whether a point is noticed: proposed, never forced, and told through the one door."""

from datetime import timedelta

import pytest
from django.http import Http404

from lemniscaat.agenda.models import FollowUp, Goal
from lemniscaat.agenda.points import following
from lemniscaat.base import clock
from lemniscaat.collection.actions import open_round, start_round
from lemniscaat.collection.models import Response, Round, RoundState
from lemniscaat.collection.parts import whole_instrument
from lemniscaat.collection.releasing import release_round
from lemniscaat.collection.sheets import instrument_of
from lemniscaat.instruments.library import library
from lemniscaat.instruments.models import InstrumentCopy
from tests.agenda.goals import taken_up
from tests.cast import World, signed_in
from tests.collection.released import stopped

pytestmark = pytest.mark.django_db
KEY = "halverwege"


def point(world: World, **more: object) -> Goal:
    """A point that was taken up forty days ago."""
    row = taken_up(world, **{"raised_by": ["student"], **more})  # type: ignore[arg-type]
    Goal.objects.filter(pk=row.pk).update(taken_up_on=clock.today() - timedelta(days=40))
    row.refresh_from_db()
    return row


def draft(world: World, **more: object) -> Round:
    words = {"roles": ["student"], "criterion": world.criterion, "no_appointment_because": "proef", **more}
    return start_round(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        instrument_key=KEY,
        title="Halverwege",
        by_link=True,
        by_mail=False,
        **words,  # type: ignore[arg-type]
    )


def asked(world: World, round_: Round, words: str = "Merk je verschil?") -> FollowUp:
    goal = Goal.objects.get()
    return following.ask_again(access=world.access(world.noor), goal=goal, round_=round_, words=words)


def test_it_is_proposed_to_those_who_raised_it_and_not_on_the_day_itself(world: World) -> None:
    row, noor = point(world), world.access(world.noor)
    assert [one.goal for one in following.proposed(noor, draft(world))] == [row]
    assert following.proposed(noor, draft(world, roles=["mentor"])) == []
    assert following.proposed(world.access(world.joost), draft(world)) == []
    Goal.objects.update(taken_up_on=clock.today())
    assert following.proposed(noor, draft(world)) == []


def test_saying_yes_adds_one_question_on_a_copy_and_leaves_the_core(world: World) -> None:
    row, round_ = point(world), draft(world)
    before = whole_instrument(round_)
    first = asked(world, round_)
    assert asked(world, round_) == first, "pressed twice"
    round_ = Round.objects.select_related("instrument").get(pk=round_.pk)
    after = whole_instrument(round_)
    assert after.root == before.root
    assert [one.key for one in after.items if one.core] == [one.key for one in before.items if one.core]
    added = after.item(f"punt-{row.pk}")
    assert (added.own, added.core, added.text.nl) == (True, False, "Merk je verschil?")
    assert added.key in instrument_of(round_).by_key
    assert library().get(KEY).by_key.get(added.key) is None
    following.not_ask(access=world.access(world.noor), follow=first)
    round_ = Round.objects.select_related("instrument").get(pk=round_.pk)
    assert added.key not in whole_instrument(round_).by_key
    assert not FollowUp.objects.exists()


def test_another_round_on_the_same_copy_asks_the_same(world: World) -> None:
    point(world)
    asked(world, draft(world))
    copy = InstrumentCopy.objects.get()
    second = start_round(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        instrument_key=copy.key,
        title="Nog eens",
        roles=["student"],
        no_appointment_because="proef",
        by_mail=False,
        by_link=True,
    )
    asked(world, second, "andere woorden")
    second = Round.objects.select_related("instrument").get(pk=second.pk)
    assert whole_instrument(second).item(following.item_of(Goal.objects.get())).text.nl == "Merk je verschil?"
    assert InstrumentCopy.objects.count() == 1


def test_a_round_that_is_open_is_not_changed(world: World) -> None:
    point(world)
    round_ = draft(world)
    open_round(access=world.access(world.noor), round_=round_)
    round_.refresh_from_db()
    assert round_.state == RoundState.OPEN
    with pytest.raises(Http404):
        asked(world, round_)


def test_on_the_page_of_the_round(world: World) -> None:
    row, round_ = point(world), draft(world)
    client = signed_in(world.noor)
    path = f"/agenda/ronde/{round_.pk}/vraag/"
    assert path in client.get(f"/ronde/{round_.pk}/").content.decode()
    fragment = client.get(path, headers={"HX-Request": "true"}).content.decode()
    assert "namen we ons voor" in fragment
    assert "<html" not in fragment
    client.post(path, {"goal": row.pk, "words": "Is er iemand geweest?"})
    assert "Deze vraag gaat mee." in client.get(path).content.decode()
    now = Round.objects.select_related("instrument").get(pk=round_.pk)
    assert whole_instrument(now).item(following.item_of(row)).text.nl == "Is er iemand geweest?"
    assert client.post(path, {"goal": row.pk, "words": "<b>"})["Location"] == f"/ronde/{round_.pk}/"
    client.post(path, {"not": FollowUp.objects.get().pk})
    assert not FollowUp.objects.exists()
    for stranger in (world.joost, world.willem, world.bea, world.charlie):
        assert signed_in(stranger).get(path).status_code == 404


def test_what_was_answered_stands_with_the_point_and_small_groups_stay_hidden(world: World) -> None:
    row = point(world)
    many = stopped(world, {("student", world.school): 12}, where=world.team, release=False, key="gevolgd")
    few = stopped(
        world, {("student", world.school): 4}, where=world.team, release=False, seed="weinig", key="gevolgd"
    )
    version = many.round.instrument
    plain = version.definition
    item = {
        **plain["sections"][0]["items"][0],
        "key": following.item_of(row),
        "text": {"nl": "Merk je verschil?"},
    }
    plain["sections"].append({"title": {"nl": "Onze eigen vragen"}, "items": [{**item, "own": True}]})
    version.definition = plain
    version.save()
    for given in (many, few):
        for response in Response.objects.filter(round=given.round):
            response.answers[item["key"]] = {"v": "o2"}
            response.save()
        release_round(round_=given.round)
        FollowUp.objects.create(goal=row, round=given.round, item=item["key"], proposed_on=clock.today())
    page = signed_in(world.noor).get(f"/agenda/punt/{row.pk}/").content.decode()
    assert "Merk je verschil?" in page
    assert "12 gaven antwoord" in page
    assert "4 gaven antwoord" not in page
    assert "Te weinig antwoorden om te tonen" in page
