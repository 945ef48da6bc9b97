"""Sharing between layers: given, answered once, taken back at once, and unseen by everybody else."""

import pytest
from django.http import Http404

from lemniscaat.people import actions, queries
from lemniscaat.people.models import Organisation, Person, Role, Share, TrailEntry
from tests.cast import World, organisation, person, signed_in

pytestmark = pytest.mark.django_db


def shared(
    world: World, who: Person, source: Organisation, target: Organisation, title: str = "Wij durven"
) -> Share:
    return actions.share(
        access=world.access(who),
        noun="interpretation",
        noun_id=7,
        title=title,
        text="We denken dat kijken helpt.",
        dissent="Kijken maakt mij juist stil.",
        source_id=source.pk,
        target_id=target.pk,
    )


def page(who: Person, layer: Organisation) -> str:
    answer = signed_in(who).get(f"/mensen/laag/{layer.pk}/gedeeld/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_team_shares_and_the_steering_group_reads_the_other_voice_too(world: World) -> None:
    shared(world, world.noor, world.team, world.root)
    html = page(world.stef, world.root)
    for words in ("Team onderbouw", "We denken dat kijken helpt.", "Kijken maakt mij juist stil."):
        assert words in html


def test_sharing_twice_is_sharing_once(world: World) -> None:
    first, again = (shared(world, world.noor, world.team, world.root) for _ in range(2))
    assert first.pk == again.pk
    assert TrailEntry.objects.filter(verb="shared").count() == 1


@pytest.mark.parametrize("who", ["samira", "joost", "willem", "bea", "hans", "petra"])
def test_only_the_table_itself_shares(world: World, who: str) -> None:
    with pytest.raises(Http404):
        shared(world, getattr(world, who), world.team, world.root)


def test_it_goes_up_or_down_never_sideways(world: World) -> None:
    with pytest.raises(Http404):
        shared(world, world.noor, world.team, world.institute)
    with pytest.raises(Http404):
        shared(world, world.noor, world.team, world.elsewhere.root)


def test_what_was_shared_upward_is_for_that_table_alone(world: World) -> None:
    shared(world, world.noor, world.team, world.root)
    for who in (world.willem, world.bea, world.hans):
        assert "We denken dat kijken helpt." not in page(who, world.root)
    assert signed_in(world.charlie).get(f"/mensen/laag/{world.root.pk}/gedeeld/").status_code == 404
    assert signed_in(world.dirk).get(f"/mensen/laag/{world.root.pk}/gedeeld/").status_code == 404
    other = organisation("school", "De Lis", world.board)
    outsider = person("Olaf", world.partnership, (other, Role.SCHOOL_LEADER))
    assert list(queries.shared_with(world.access(outsider), world.root.pk)) == []


def test_answering_and_reading_the_answer(world: World) -> None:
    row = shared(world, world.noor, world.team, world.root)
    client = signed_in(world.stef)
    empty = client.post(f"/mensen/gedeeld/{row.pk}/antwoord/", {"text": "  "})
    assert empty.status_code == 422
    assert "Schrijf eerst wat jullie willen zeggen." in empty.content.decode()
    done = client.post(f"/mensen/gedeeld/{row.pk}/antwoord/", {"text": "We maken er tijd voor."})
    assert done.status_code == 302
    for reader in (world.samira, world.joost):
        assert "We maken er tijd voor." in page(reader, world.team)


def test_an_answer_is_given_once_and_a_clash_keeps_both(world: World) -> None:
    row = shared(world, world.noor, world.team, world.root)
    signed_in(world.stef).post(f"/mensen/gedeeld/{row.pk}/antwoord/", {"text": "Ja, graag."})
    signed_in(world.stef).post(f"/mensen/gedeeld/{row.pk}/antwoord/", {"text": "Ja, graag."})
    late = signed_in(world.petra).post(f"/mensen/gedeeld/{row.pk}/antwoord/", {"text": "Nee, want ..."})
    assert late.status_code == 409
    assert all(words in late.content.decode() for words in ("Ja, graag.", "Nee, want ...", "Zet dit erbij"))
    row.refresh_from_db()
    assert row.answer == "Ja, graag."
    assert TrailEntry.objects.filter(verb="answered").count() == 1


@pytest.mark.parametrize("who", ["samira", "noor", "willem", "bea", "hans", "ad", "charlie", "dirk"])
def test_nobody_else_answers(world: World, who: str) -> None:
    row = shared(world, world.noor, world.team, world.root)
    client = signed_in(getattr(world, who))
    assert client.post(f"/mensen/gedeeld/{row.pk}/antwoord/", {"text": "Wij"}).status_code == 404
    row.refresh_from_db()
    assert row.answer == ""


def test_taken_back_is_gone_at_once(world: World) -> None:
    row = shared(world, world.noor, world.team, world.root)
    assert row.title in page(world.stef, world.root)
    assert signed_in(world.noor).post(f"/mensen/gedeeld/{row.pk}/terugnemen/").status_code == 302
    assert row.title not in page(world.stef, world.root)
    assert signed_in(world.stef).post(f"/mensen/gedeeld/{row.pk}/antwoord/", {"text": "x"}).status_code == 404
    assert "Wat we terugnamen" in page(world.noor, world.team)
    with pytest.raises(Http404):
        actions.answer_share(access=world.access(world.stef), share=row, text="te laat")


@pytest.mark.parametrize("who", ["samira", "stef", "petra", "willem", "bea", "charlie"])
def test_only_the_giver_takes_back(world: World, who: str) -> None:
    row = shared(world, world.noor, world.team, world.root)
    assert signed_in(getattr(world, who)).post(f"/mensen/gedeeld/{row.pk}/terugnemen/").status_code == 404
    row.refresh_from_db()
    assert row.revoked_on is None


def test_the_higher_layer_comes_first_and_reaches_everybody_below(world: World) -> None:
    shared(world, world.noor, world.team, world.school, title="Van het team")
    shared(world, world.stef, world.root, world.board, title="Van de stuurgroep")
    html = page(world.noor, world.school)
    assert html.index("Van de stuurgroep") < html.index("Van het team")
    assert "Van de stuurgroep" in page(world.samira, world.team)
    assert "Van het team" not in page(world.hans, world.root)
    assert "Van de stuurgroep" not in page(world.hans, world.root)
    assert "Van de stuurgroep" in page(world.bea, world.board)


def test_who_asks_others_to_share_is_asked_to_begin(world: World) -> None:
    asked = "Laten jullie zelf al iets zien?"
    for who, layer in ((world.stef, world.root), (world.bea, world.board)):
        html = page(who, layer)
        assert html.index(asked) < html.index("Wij deelden") < html.index("Met ons gedeeld")
    assert asked not in page(world.samira, world.team)
    shared(world, world.stef, world.root, world.root)
    assert asked not in page(world.stef, world.root)


def test_what_does_not_fit_on_a_page_has_pages(world: World) -> None:
    rows = [
        actions.share(
            access=world.access(world.noor),
            noun="interpretation",
            noun_id=number,
            title=f"Nummer {number}.",
            text="Woorden.",
            dissent="",
            source_id=world.team.pk,
            target_id=world.root.pk,
        )
        for number in range(14)
    ]
    client, way = signed_in(world.stef), f"/mensen/laag/{world.root.pk}/gedeeld/"
    assert rows[0].title not in client.get(way).content.decode()
    assert rows[0].title in client.get(f"{way}?bladzijde=2").content.decode()
    # what was typed comes back on the page it was typed on
    late = client.post(f"/mensen/gedeeld/{rows[0].pk}/antwoord/", {"kind": "not_now"})
    assert late.status_code == 422
    assert rows[0].title in late.content.decode()


def test_who_only_keeps_the_register_sits_at_no_table(world: World) -> None:
    row = shared(world, world.stef, world.root, world.board, title="Van de stuurgroep")
    answer_words = "Dat is tussen ons."
    actions.answer_share(access=world.access(world.bea), share=row, text=answer_words)
    html = page(world.ad, world.root)
    assert row.title not in html
    assert answer_words not in html


def test_made_known_below_it_reaches_everybody_there_and_nobody_answers(world: World) -> None:
    row = shared(world, world.stef, world.root, world.root)
    for who, layer in ((world.samira, world.team), (world.bea, world.board), (world.hans, world.institute)):
        html = page(who, layer)
        assert html.index("De lagen boven ons deelden eerst") < html.index(row.title)
        assert f"/mensen/gedeeld/{row.pk}/antwoord/" not in html
    assert signed_in(world.stef).post(f"/mensen/gedeeld/{row.pk}/antwoord/", {"text": "x"}).status_code == 404
    with pytest.raises(Http404):
        shared(world, world.noor, world.team, world.team)


def test_an_answer_has_a_kind_and_not_now_a_reason(world: World) -> None:
    row = shared(world, world.noor, world.team, world.root)
    client, way = signed_in(world.stef), f"/mensen/gedeeld/{row.pk}/antwoord/"
    assert client.post(way, {"kind": "not_now"}).status_code == 422
    assert client.post(way, {"kind": "zomaar", "text": "x"}).status_code == 404
    client.post(way, {"kind": "not_now", "text": "de formatie is rond."})
    assert "Nu niet, want de formatie is rond." in page(world.samira, world.team)
    answer = client.post(way, {"kind": "take_up", "text": "Toch wel.", "erbij": "1"})
    assert answer["Location"] == f"/agenda/gedeeld/{row.pk}/oppakken/"
    html = page(world.joost, world.team)
    assert "We pakken dit op. Toch wel." in html
    assert "Eerder: Nu niet, want de formatie is rond." in html
    home = signed_in(world.joost).get(f"/laag/{world.team.pk}/").content.decode()
    assert "Er is antwoord op wat jullie deelden" in home


def test_new_words_are_shared_beside_the_old_ones_or_in_their_place(world: World) -> None:
    old = shared(world, world.noor, world.team, world.root)
    words = {"noun": "interpretation", "noun_id": 7, "title": "Wij durven", "dissent": ""}
    way = {"source_id": world.team.pk, "target_id": world.root.pk, "access": world.access(world.noor)}
    beside = actions.share(**words, **way, text="Nieuwe woorden.")
    assert beside.pk != old.pk
    instead = actions.share(**words, **way, text="De nieuwste woorden.", replace=True)
    assert instead.pk == beside.pk
    html = page(world.stef, world.root)
    assert "De nieuwste woorden." in html
    assert "Nieuwe woorden." not in html
    assert old.text not in html


def test_no_form_for_who_may_not_answer(world: World) -> None:
    row = shared(world, world.stef, world.root, world.team)
    assert f"/mensen/gedeeld/{row.pk}/antwoord/" in page(world.noor, world.team)
    assert f"/mensen/gedeeld/{row.pk}/antwoord/" not in page(world.samira, world.team)
