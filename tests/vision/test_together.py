"""From own words to ours: unseen until shared, seen only by who wrote first, one text with its other voice."""

from typing import Any

import pytest
from django.urls import get_resolver, reverse

from lemniscaat.base import clock
from lemniscaat.people.models import Person, TrailEntry
from lemniscaat.vision import actions, own_words
from lemniscaat.vision.models import CollectiveView, Criterion, IndividualView
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db
SECRET = "Zevenblad achter de schuur"
OURS: dict[str, Any] = {
    "meaning": "Bij ons mag iets half af zijn.",
    "importance": "",
    "practice": "We kijken mee.",
    "satisfied": "De student vraagt zelf of iemand komt.",
    "dissent": "In mei telt alles mee.",
    "version": 0,
}


def address(name: str, *args: object) -> str:
    return reverse(f"vision:{name}", args=args)


def writes(world: World, who: Person, shared: list[str] | None = None, **answers: str) -> None:
    actions.write_own_view(
        access=world.access(who),
        point=world.point,
        answers=answers or {"meaning": SECRET},
        shared=shared or [],
    )


def pages(world: World) -> list[str]:
    """Every page of this room that could tell somebody's own words."""
    point, layers = world.point.pk, (world.team.pk, world.school.pk, world.root.pk)
    plain = [address(name, point) for name in ("point", "history", "alone", "share", "criterion_new")]
    tables = [address(name, point, layer) for name in ("side_by_side", "together") for layer in layers]
    return [*plain, *tables, *(address("page", layer) for layer in layers)]


def test_one_question_a_card_each_kept_at_once(world: World) -> None:
    client, url = signed_in(world.samira), address("alone", world.point.pk)
    for card in range(1, 5):
        assert f"Vraag {card} van 4" in client.get(f"{url}?vraag={card}").content.decode()
        for _double in range(2):
            answer = client.post(f"{url}?vraag={card}", {"text": f"antwoord {card}"})
        expected = f"{url}?vraag={card + 1}" if card < 4 else address("share", world.point.pk)
        assert answer["Location"] == expected
    (row,) = IndividualView.objects.all()
    assert [row.meaning, row.importance, row.practice, row.satisfied] == [
        f"antwoord {n}" for n in (1, 2, 3, 4)
    ]
    assert row.shared == []
    assert client.get(f"{url}?vraag=onzin").status_code == 200
    assert client.get(f"{url}?vraag=99").status_code == 200


def test_one_answer_is_enough_to_share(world: World) -> None:
    client, url = signed_in(world.samira), address("alone", world.point.pk)
    answer = client.post(f"{url}?vraag=1", {"text": "Durven", "then": "share"})
    assert answer["Location"] == address("share", world.point.pk)
    assert IndividualView.objects.get().meaning == "Durven"
    nothing = client.get(answer["Location"]).content.decode()
    assert nothing.count('name="shared"') == 1


@pytest.mark.once
def test_nobody_else_ever_gets_what_was_not_shared(world: World) -> None:
    writes(world, world.samira)
    everybody = (
        world.noor,
        world.joost,
        world.willem,
        world.petra,
        world.stef,
        world.bea,
        world.hans,
        world.ad,
    )
    for who in everybody:
        writes(world, who, ["meaning"], meaning="Mijn eigen zin")
        client = signed_in(who)
        for url in pages(world):
            assert SECRET not in client.get(url, follow=True).content.decode(), (who, url)
            assert SECRET not in client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert SECRET in signed_in(world.samira).get(address("alone", world.point.pk)).content.decode()


def test_that_somebody_wrote_stands_in_no_trail(world: World) -> None:
    client = signed_in(world.samira)
    client.post(address("alone", world.point.pk), {"text": SECRET})
    client.post(address("share", world.point.pk), {"shared": ["meaning"]})
    assert not TrailEntry.objects.exists()


def test_sharing_goes_per_answer_and_can_be_taken_back(world: World) -> None:
    writes(world, world.samira, meaning="Durven", practice=SECRET)
    writes(world, world.joost, meaning="Zelf")
    share, table = address("share", world.point.pk), address("side_by_side", world.point.pk, world.team.pk)
    client, other = signed_in(world.samira), signed_in(world.joost)
    assert "checked" not in client.get(share).content.decode()
    for _double in range(2):
        assert client.post(share, {"shared": ["meaning", "onzin"]})["Location"] == table
    html = other.get(table).content.decode()
    assert "Durven" in html
    assert "Samira" in html
    assert SECRET not in html
    client.post(share, {})
    assert "Durven" not in other.get(table).content.decode()


def test_first_own_words_then_those_of_the_others(world: World) -> None:
    writes(world, world.samira, ["meaning"])
    actions.write_collective_view(
        access=world.access(world.noor),
        point=world.point,
        layer_id=world.team.pk,
        answers=OURS,
        dissent=OURS["dissent"],
        version=0,
    )
    client = signed_in(world.joost)
    table, write = (address(name, world.point.pk, world.team.pk) for name in ("side_by_side", "together"))
    prefilled = f"{address('criterion_new', world.point.pk)}?samen={world.team.pk}"
    for url in (table, write, address("point", world.point.pk), prefilled):
        html = client.get(url, follow=True).content.decode()
        assert SECRET not in html
        for words in (OURS["meaning"], OURS["satisfied"], OURS["dissent"]):
            assert words not in html, url
    assert "Eerst jouw eigen woorden." in client.get(table).content.decode()
    assert client.post(write, OURS | {"meaning": "Toch", "version": 1})["Location"] == table
    assert CollectiveView.objects.count() == 1
    writes(world, world.joost)
    html = client.get(table).content.decode()
    for words in (SECRET, OURS["meaning"], OURS["satisfied"], OURS["dissent"]):
        assert words in html


def test_only_the_people_of_the_table_read_what_is_shared(world: World) -> None:
    writes(world, world.samira, ["meaning"])
    for who in (world.willem, world.petra, world.bea):
        writes(world, who, ["meaning"], meaning="Zelf")
        assert signed_in(who).get(address("side_by_side", world.point.pk, world.team.pk)).status_code == 404
        for layer in (world.school, world.root, world.board):
            url = address("side_by_side", world.point.pk, layer.pk)
            assert SECRET not in signed_in(who).get(url).content.decode()
    assert (
        signed_in(world.samira).get(address("side_by_side", world.point.pk, world.root.pk)).status_code == 404
    )


def test_students_are_read_first(world: World) -> None:
    for who, words in ((world.noor, "van Noor"), (world.joost, "van Joost"), (world.samira, "van Samira")):
        writes(world, who, ["meaning"], meaning=words)
    found = own_words.cells(world.access(world.joost), world.point, world.team.pk)["meaning"]
    assert [cell.text for cell in found] == ["van Samira", "van Joost", "van Noor"]
    assert [cell.mine for cell in found] == [False, True, False]


def test_our_words_are_written_once_with_the_other_voice(world: World) -> None:
    writes(world, world.samira)
    client, url = signed_in(world.samira), address("together", world.point.pk, world.team.pk)
    for _double in range(2):
        assert client.post(url, OURS).status_code == 302
    (row,) = CollectiveView.objects.all()
    assert (row.version, row.dissent) == (1, "In mei telt alles mee.")
    assert TrailEntry.objects.filter(noun="collectiveview").count() == 1
    empty = client.post(url, OURS | {"meaning": "", "practice": "Dit bleef staan", "version": 1})
    assert empty.status_code == 422
    assert "Dit bleef staan" in empty.content.decode()


def test_what_i_keep_to_myself_is_not_on_the_page_that_hangs_on_the_wall(world: World) -> None:
    writes(world, world.samira)
    client = signed_in(world.samira)
    assert SECRET in client.get(address("side_by_side", world.point.pk, world.team.pk)).content.decode()
    assert SECRET not in client.get(address("together", world.point.pk, world.team.pk)).content.decode()


def test_a_clash_shows_both_and_versions_stay(world: World) -> None:
    for who in (world.samira, world.joost):
        writes(world, who)
    url = address("together", world.point.pk, world.team.pk)
    signed_in(world.samira).post(url, OURS)
    answer = signed_in(world.joost).post(
        url, OURS | {"meaning": "Bij ons mag je oefenen.", "dissent": "Anders"}
    )
    html = answer.content.decode()
    assert answer.status_code == 409
    for words in (
        OURS["meaning"],
        "Bij ons mag je oefenen.",
        OURS["dissent"],
        "Anders",
        'name="version" value="1"',
    ):
        assert words in html
    assert CollectiveView.objects.get().meaning == OURS["meaning"]
    merged = OURS | {"meaning": "Oefenen, ook half af.", "version": 1}
    assert signed_in(world.joost).post(url, merged).status_code == 302
    table = (
        signed_in(world.samira).get(address("side_by_side", world.point.pk, world.team.pk)).content.decode()
    )
    assert "Oefenen, ook half af." in table
    assert OURS["meaning"] in table


def test_what_satisfies_us_becomes_the_criterion(world: World) -> None:
    writes(world, world.samira)
    client = signed_in(world.samira)
    client.post(address("together", world.point.pk, world.team.pk), OURS)
    link = f"{address('criterion_new', world.point.pk)}?laag={world.team.pk}&amp;samen={world.team.pk}"
    assert link in client.get(address("side_by_side", world.point.pk, world.team.pk)).content.decode()
    html = client.get(link.replace("&amp;", "&")).content.decode()
    assert f"{OURS['satisfied']}</textarea>" in html
    data = {"sentence": OURS["satisfied"], "good": "a", "good_enough": "b", "not_yet": "c", "version": 0}
    client.post(link.replace("&amp;", "&"), data | {"layer": world.team.pk})
    assert Criterion.objects.get(organisation=world.team).sentence == OURS["satisfied"]


def test_a_newcomer_is_asked_what_the_others_no_longer_see(world: World) -> None:
    writes(world, world.samira)
    client, table = signed_in(world.samira), address("side_by_side", world.point.pk, world.team.pk)
    client.post(address("together", world.point.pk, world.team.pk), OURS)
    question = "Wat zie jij dat wij niet meer zien?"
    assert question not in client.get(table).content.decode()
    clock.move_to(30)
    writes(world, world.joost)
    assert question in signed_in(world.joost).get(table).content.decode()


def test_every_address_of_the_room_is_in_these_tests() -> None:
    room = next(one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "vision")
    named = {pattern.name for pattern in room.url_patterns}  # type: ignore[union-attr]
    assert named == {
        *("page", "profile", "profile_edit", "point_new", "point", "point_edit", "history"),
        *("criterion_new", "criterion_edit", "alone", "share", "side_by_side", "together"),
    }
