"""The account of the year: from real records, frozen, each sentence with what it rests on."""

import pytest
from django.http import Http404

from lemniscaat.accountability import actions, queries
from lemniscaat.accountability.models import Account
from lemniscaat.accountability.one_page import every
from lemniscaat.agenda.actions import look_back
from lemniscaat.agenda.models import Agreement
from lemniscaat.base import clock
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.people.actions import answer_share, revoke_share, share
from lemniscaat.vision.models import Period
from tests.accountability.stage import a_meaning, a_round, an_agreement, given_back
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db


def composed(world: World) -> Account:
    return actions.compose_account(
        access=world.access(world.petra), layer_id=world.root.pk, period=world.period
    )


def sentences(row: Account) -> list[dict[str, object]]:
    return [sentence for section in row.content["sections"] for sentence in section["sentences"]]


def a_year(world: World) -> None:
    given_back(world, a_round(world))
    meaning = a_meaning(world)
    row = an_agreement(world)
    look_back(
        access=world.access(world.petra),
        agreement=row,
        helped="Samen kijken.",
        hindered="De dinsdag.",
        ask="",
        next_step="close",
        difference="yes",
    )
    shared = share(
        access=world.access(world.petra),
        noun="interpretation",
        noun_id=meaning.pk,
        title="Wachten",
        text=meaning.text,
        dissent="",
        source_id=world.root.pk,
        target_id=world.board.pk,
    )
    answer_share(access=world.access(world.bea), share=shared, text="Dat herkennen we.")


def test_every_kind_of_record_speaks(world: World) -> None:
    a_year(world)
    row = composed(world)
    assert [section["title"] for section in row.content["sections"]] == [world.point.title]
    told = sentences(row)
    kinds = {str(sentence["kind"]) for sentence in told}
    assert kinds == {
        *("heard", "returned", "not", "meaning", "agreement", "weighed", "became", "shared", "answered")
    }
    text = " ".join(str(sentence["text"]) for sentence in told)
    for words in (
        "de zorg van studenten over beoordelen",
        "Wat hielp: Samen kijken.",
        "Wat hinderde: De dinsdag.",
        "Dat herkennen we.",
        "Vaste bezoekuren.",
    ):
        assert words in text
    assert next(s for s in told if s["kind"] == "meaning")["dissent"] == "Op dinsdag is er niemand vrij."


def test_every_sentence_opens_what_it_rests_on(world: World) -> None:
    a_year(world)
    row = actions.freeze_account(access=world.access(world.petra), row=composed(world))
    petra = signed_in(world.petra)
    html = petra.get(f"/verantwoording/{row.pk}/").content.decode()
    for line in every(row.content):
        behind = f"/verantwoording/{row.pk}/zin/{line.key}/"
        assert behind in html
        assert line.url in petra.get(behind).content.decode(), line
        assert petra.get(line.url).status_code == 200, line


def test_how_many_answered_passes_the_one_door(world: World) -> None:
    round_ = a_round(world)
    heard = next(s for s in sentences(composed(world)) if s["kind"] == "heard")
    from lemniscaat.collection.outcome import WHOLE, opened

    book = opened(round_, [])
    assert f"{book.took_part(book.group(WHOLE, '')).n} mensen" in str(heard["text"])
    from lemniscaat.collection.models import Block

    Block.objects.all().delete()
    heard = next(s for s in sentences(composed(world)) if s["kind"] == "heard")
    assert "mensen" not in str(heard["text"]), "too few to tell looks the same as none"


def test_frozen_it_stands_whatever_happens_to_its_sources(world: World) -> None:
    a_year(world)
    petra = world.access(world.petra)
    row = actions.freeze_account(access=petra, row=composed(world))
    before = row.content
    Agreement.objects.update(sentence="Iets anders.")
    Interpretation.objects.all().delete()
    again = composed(world)
    assert again.pk != row.pk, "composing again makes a new draft beside it"
    actions.write_account(access=petra, row=row, foreword="Anders", lessons="")
    row.refresh_from_db()
    assert (row.content, row.foreword) == (before, "")
    html = signed_in(world.petra).get(f"/verantwoording/{row.pk}/").content.decode()
    assert "Ze wachten tot iemand anders begint." in html
    assert "De bron is er niet meer" in html


def test_foreword_and_lessons_are_written_before_it_is_frozen(world: World) -> None:
    row = composed(world)
    petra, page = signed_in(world.petra), f"/verantwoording/{row.pk}/"
    assert "In dit jaar is nog niets vastgelegd" in petra.get(page).content.decode()
    petra.post(page, {"foreword": "Voor iedereen.", "lessons": "Eerder beginnen.", "version": 1})
    clash = signed_in(world.stef).post(page, {"foreword": "Van Stef.", "lessons": "", "version": 1})
    assert clash.status_code == 409
    assert "Voor iedereen." in clash.content.decode()
    assert "Van Stef." in clash.content.decode()
    petra.post(
        page, {"foreword": "Voor iedereen.", "lessons": "Eerder beginnen.", "version": 2, "freeze": "1"}
    )
    row.refresh_from_db()
    assert row.frozen_on == clock.today()
    html = petra.get(f"{page}papier/").content.decode()
    assert "Voor iedereen." in html
    assert "Eerder beginnen." in html


def test_a_draft_is_for_its_writers_and_below_everybody_reads_what_is_frozen(world: World) -> None:
    row = composed(world)
    samira = signed_in(world.samira)
    for page in (f"/verantwoording/{row.pk}/", f"/verantwoording/{row.pk}/papier/"):
        assert samira.get(page).status_code == 404
    actions.freeze_account(access=world.access(world.petra), row=row)
    assert samira.get(f"/verantwoording/{row.pk}/").status_code == 200
    before = row.foreword
    samira.post(f"/verantwoording/{row.pk}/", {"foreword": "Van mij", "version": 1})
    row.refresh_from_db()
    assert row.foreword == before
    for outsider in (world.charlie, world.dirk):
        for page in (
            f"{row.pk}/",
            f"{row.pk}/papier/",
            f"laag/{world.root.pk}/",
            f"laag/{world.root.pk}/afsluiten/",
        ):
            assert signed_in(outsider).get(f"/verantwoording/{page}").status_code == 404


def test_the_account_of_a_team_is_not_for_its_board(world: World) -> None:
    row = actions.compose_account(
        access=world.access(world.noor), layer_id=world.team.pk, period=world.period
    )
    actions.freeze_account(access=world.access(world.noor), row=row)
    assert signed_in(world.joost).get(f"/verantwoording/{row.pk}/").status_code == 200
    for above in (world.bea, world.willem, world.petra, world.stef):
        assert signed_in(above).get(f"/verantwoording/{row.pk}/").status_code == 404
    with pytest.raises(Http404):
        actions.compose_account(access=world.access(world.joost), layer_id=world.team.pk, period=world.period)


def test_what_was_shared_and_taken_back(world: World) -> None:
    """A draft follows; what is frozen stands and says so, in the account of the giver and of the receiver."""
    noor, petra = world.access(world.noor), world.access(world.petra)
    words = {"title": "Durven", "text": "Wij durven het.", "dissent": "Ik niet.", "noun": "interpretation"}
    way = {"source_id": world.team.pk, "target_id": world.root.pk, "noun_id": 7, "access": noor}
    row = share(**words, **way)
    answer_share(access=petra, share=row, text="Mooi begin.")
    given, got = (
        actions.freeze_account(
            access=who,
            row=actions.compose_account(access=who, layer_id=layer.pk, period=world.period),
        )
        for who, layer in ((noor, world.team), (petra, world.root))
    )
    draft = composed(world)
    page = signed_in(world.petra).get(f"/verantwoording/{got.pk}/").content.decode()
    for said in (
        "Team onderbouw deelde met ons: Wij durven het.",
        "Wij antwoordden: Mooi begin.",
        "Ik niet.",
    ):
        assert said in page
    paper = signed_in(world.petra).get(f"/verantwoording/{got.pk}/papier/").content.decode()
    assert "Wij durven het." not in paper, "paper goes from hand to hand"
    for paper in ("", "papier/"):
        below = signed_in(world.willem).get(f"/verantwoording/{got.pk}/{paper}").content.decode()
        assert "Wij durven het." not in below, "it was shared with that table alone"
    revoke_share(access=noor, share=row)
    for reader, account in ((world.samira, given), (world.stef, got)):
        html = signed_in(reader).get(f"/verantwoording/{account.pk}/").content.decode()
        assert "Later teruggenomen." in html
        assert "Durven" in html or "Wij durven het." in html
    for paper in ("", "papier/"):
        later = signed_in(world.petra).get(f"/verantwoording/{draft.pk}/{paper}").content.decode()
        assert "Wij durven het." not in later
    actions.freeze_account(access=petra, row=draft)
    draft.refresh_from_db()
    assert "Wij durven het." not in str(draft.content)


def test_composing_from_the_page(world: World) -> None:
    page = f"/verantwoording/laag/{world.root.pk}/"
    assert signed_in(world.petra).post(page, {"period": "0"}).status_code == 404
    for _again in range(2):
        answer = signed_in(world.petra).post(page, {"period": world.period.pk})
    assert answer["Location"] == f"/verantwoording/{Account.objects.get().pk}/"
    assert "Nog in de maak" not in signed_in(world.samira).get(page).content.decode()


def test_a_year_does_not_close_while_people_wait(world: World) -> None:
    round_ = a_round(world)
    Round.objects.filter(pk=round_.pk).update(period=None)
    petra, page = signed_in(world.petra), f"/verantwoording/laag/{world.root.pk}/afsluiten/"
    assert round_.title in petra.get(page).content.decode()
    answer = petra.post(page, {"lessons": "Eerder beginnen."})
    assert answer.status_code == 422
    assert "Eerder beginnen." in answer.content.decode()
    assert Period.objects.get(pk=world.period.pk).closed_on is None
    with pytest.raises(actions.NotReturnedError):
        actions.close_period(access=world.access(world.petra), period=world.period, lessons="x")


def test_closing_opens_the_next_year_with_its_lessons(world: World) -> None:
    given_back(world, a_round(world))
    page = f"/verantwoording/laag/{world.root.pk}/afsluiten/"
    assert signed_in(world.petra).post(page, {"lessons": "Eerder beginnen."}).status_code == 302
    closed = Period.objects.get(pk=world.period.pk)
    assert (closed.closed_on, closed.lessons) == (clock.today(), "Eerder beginnen.")
    assert Period.objects.filter(partnership=world.partnership).count() == 2
    assert queries.period_to_close(world.access(world.petra)) is None


def test_a_round_elsewhere_is_counted_not_named(world: World) -> None:
    """Stef closes the year at the partnership; what a school asks its own people is not his to read."""
    round_ = a_round(world)
    Round.objects.filter(pk=round_.pk).update(
        organisation=world.school, title="Van de school", state=RoundState.OPEN
    )
    html = signed_in(world.stef).get(f"/verantwoording/laag/{world.root.pk}/afsluiten/").content.decode()
    assert "Van de school" not in html
    assert "Nog 1 ronde bij een andere laag" in html


@pytest.mark.parametrize("who", ["samira", "joost", "noor", "bea", "ad"])
def test_only_who_speaks_for_the_whole_closes_the_year(world: World, who: str) -> None:
    for layer in (world.root, world.team):
        answer = signed_in(getattr(world, who)).post(
            f"/verantwoording/laag/{layer.pk}/afsluiten/", {"lessons": "x"}
        )
        assert answer.status_code == 404
