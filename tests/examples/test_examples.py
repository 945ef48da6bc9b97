"""Examples: a draft is its layer's own, sharing is an act with a preview, and nothing is counted."""

import pytest
from django.http import Http404

from lemniscaat.agenda.actions import agree, close
from lemniscaat.examples import actions, queries
from lemniscaat.examples.models import Example, Question, Thank
from lemniscaat.home.attention import attention
from lemniscaat.people.models import Person, TrailEntry
from tests.cast import World, organisation, person, signed_in
from tests.examples.stories import STORY, shared, written

pytestmark = pytest.mark.django_db
PAGE = "/voorbeelden/"


def form(world: World, **more: object) -> dict[str, object]:
    return {**STORY, "layer": world.team.pk, "form_key": "k" * 22, **more}


def test_a_student_writes_and_only_the_table_reads_it(world: World) -> None:
    sent = form(world, about=f"lat-{world.criterion.pk}", element="learning", signed="on")
    client = signed_in(world.samira)
    for _ in range(2):
        answer = client.post(f"{PAGE}nieuw/", sent)
    row = Example.objects.get()
    assert answer["Location"] == f"{PAGE}{row.pk}/"
    assert (row.point, row.criterion, row.element) == (world.point, world.criterion, "learning")
    assert "Samira" in signed_in(world.joost).get(f"{PAGE}{row.pk}/").content.decode()
    for other in (world.hans, world.willem, world.stef, world.bea, world.charlie):
        client = signed_in(other)
        assert client.get(f"{PAGE}{row.pk}/").status_code == 404, other
        for deed in ("wijzigen", "delen", "terugnemen", "weg", "bedankt", "vraag"):
            assert client.post(f"{PAGE}{row.pk}/{deed}/").status_code == 404, (other, deed)
        assert STORY["title"] not in client.get(PAGE).content.decode()


def test_a_draft_of_a_higher_layer_is_not_read_below(world: World) -> None:
    """Seeing meanings reaches up; writing does not, and a draft is for who writes there."""
    row = written(world, who=world.petra, at=world.root)
    with pytest.raises(Http404):
        queries.example(world.access(world.samira), row.pk)


def test_sharing_shows_first_who_reads_what_and_can_be_undone(world: World) -> None:
    row = written(world, tried="Samira vroeg het in de week van Het Waterrad.")
    page = f"{PAGE}{row.pk}/delen/"
    assert signed_in(world.joost).get(page).status_code == 404, "who leads the talks shares"
    noor, hans = signed_in(world.noor), signed_in(world.hans)
    preview = noor.get(page).content.decode()
    assert "Iedereen in De Brug" in preview
    assert "We herkennen: Het Waterrad, Samira" in preview
    for _ in range(2):
        assert noor.post(page).status_code == 302
    assert TrailEntry.objects.filter(noun="example", verb="shared").count() == 1
    assert STORY["title"] in hans.get(PAGE).content.decode()
    assert hans.get(f"{PAGE}{row.pk}/").status_code == 200
    assert hans.get(f"{PAGE}{row.pk}/wijzigen/").status_code == 404
    assert signed_in(world.charlie).get(f"{PAGE}{row.pk}/").status_code == 404
    assert noor.post(f"{PAGE}{row.pk}/weg/").status_code == 404, "taken back first"
    assert noor.post(f"{PAGE}{row.pk}/terugnemen/").status_code == 302
    assert hans.get(f"{PAGE}{row.pk}/").status_code == 404
    assert "Teruggenomen" in noor.get(PAGE).content.decode()
    assert noor.post(f"{PAGE}{row.pk}/weg/").status_code == 302
    assert not Example.objects.exists()


def test_a_clash_keeps_both(world: World) -> None:
    row = written(world)
    page, sent = f"{PAGE}{row.pk}/wijzigen/", form(world, version=1)
    assert signed_in(world.noor).post(page, {**sent, "title": "Van Noor"}).status_code == 302
    answer = signed_in(world.joost).post(page, {**sent, "title": "Van Joost"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Van Noor" in html
    assert "Van Joost" in html
    assert signed_in(world.joost).post(page, {**sent, "title": "Van ons", "version": 2}).status_code == 302
    row.refresh_from_db()
    assert row.title == "Van ons"


def test_what_it_hangs_on_stays_when_the_words_change(world: World) -> None:
    row = written(world, criterion=world.criterion)
    world.criterion.retired_on = world.period.starts_on
    world.criterion.save()
    client = signed_in(world.noor)
    assert (
        f'value="lat-{world.criterion.pk}" selected'
        in client.get(f"{PAGE}{row.pk}/wijzigen/").content.decode()
    )


def test_nobody_signs_for_another_and_who_is_erased_goes(world: World) -> None:
    row = written(world, signed=True)
    actions.revise_example(
        access=world.access(world.joost), example=row, told_=actions.Told(**STORY, signed=True), version=1
    )
    assert set(row.signed_by.values_list("name", flat=True)) == {"Noor", "Joost"}
    Person.objects.filter(pk=world.joost.pk).update(name="iemand van toen")
    html = signed_in(world.noor).get(f"{PAGE}{row.pk}/").content.decode()
    assert "Joost" not in html


def test_a_thank_is_a_sentence_and_no_number(world: World) -> None:
    row = shared(world)
    page, hans = f"{PAGE}{row.pk}/bedankt/", signed_in(world.hans)
    unfinished = hans.post(page, {"text": "Bedankt, wij ", "as_whom": "ik"})
    assert unfinished.status_code == 422
    sent = {"text": "Bedankt, wij doen het nu ook.", "as_whom": str(world.institute.pk)}
    for _ in range(2):
        assert hans.post(page, sent).status_code == 302
    assert hans.post(page, {**sent, "as_whom": str(world.team.pk)}).status_code == 422, "not his table"
    thank = Thank.objects.get()
    html = signed_in(world.samira).get(f"{PAGE}{row.pk}/").content.decode()
    assert "Bedankt, wij doen het nu ook." in html
    assert "Pabo De Oever" in html
    assert "Hans" not in html, "it is the layer that thanks"
    away = f"{PAGE}bedankt/{thank.pk}/weg/"
    assert signed_in(world.bea).post(away).status_code == 404
    assert signed_in(world.charlie).post(away).status_code == 404
    assert signed_in(world.joost).post(away).status_code == 302, "the writers may"
    assert not Thank.objects.exists()


def test_a_question_reaches_the_writers_and_its_answer_the_one_who_asked(world: World) -> None:
    row = shared(world)
    bea, noor = signed_in(world.bea), signed_in(world.noor)
    for _ in range(2):
        bea.post(f"{PAGE}{row.pk}/vraag/", {"text": "Wie let op de groep?", "to": "writers"})
    asked = Question.objects.get()
    told = attention(world.access(world.samira), world.team.pk)
    assert any("Wie let op de groep?" in item.text for item in told)
    assert "Wie let op de groep?" not in signed_in(world.hans).get(f"{PAGE}{row.pk}/").content.decode()
    answer = f"{PAGE}vraag/{asked.pk}/antwoord/"
    for other in (world.hans, world.bea, world.charlie):
        assert signed_in(other).post(answer, {"text": "x"}).status_code == 404
    assert noor.post(answer, {"text": " "}).status_code == 422
    assert noor.post(answer, {"text": "De onderwijsassistent."}).status_code == 302
    signed_in(world.joost).post(answer, {"text": "Iets anders."})
    asked.refresh_from_db()
    assert asked.answer == "De onderwijsassistent.", "the first stays"
    assert "De onderwijsassistent." in bea.get(f"{PAGE}{row.pk}/").content.decode()
    assert any(
        "Wie let op de groep?" in item.text for item in attention(world.access(world.bea), world.board.pk)
    )
    assert not attention(world.access(world.noor), world.team.pk) or not queries.waiting(
        world.access(world.noor), world.team.pk
    )


def test_an_open_question_is_everybodys(world: World) -> None:
    row = shared(world)
    actions.ask(access=world.access(world.bea), example=row, text="En bij ziekte?")
    assert "En bij ziekte?" in signed_in(world.hans).get(f"{PAGE}{row.pk}/").content.decode()


def test_from_what_was_held_on_to(world: World) -> None:
    noor = world.access(world.noor)
    words = {"owner_text": "Joost", "notice": "x", "course": "sustain", "no_return_because": "het loopt"}
    sentence = "De deur staat op woensdag open."
    kept = agree(access=noor, layer_id=world.team.pk, criterion=world.criterion, sentence=sentence, **words)
    close(access=noor, agreement=kept, difference="yes", sustain=True)
    client = signed_in(world.joost)
    link = f"{PAGE}nieuw/?afspraak={kept.pk}"
    assert link in client.get(PAGE).content.decode()
    assert "De deur staat op woensdag open." in client.get(link).content.decode()
    client.post(link, form(world, agreement=kept.pk))
    row = Example.objects.get()
    assert row.agreement == kept
    assert link not in client.get(PAGE).content.decode()
    actions.share_example(access=world.access(world.noor), example=row)
    assert f"/afspraak/{kept.pk}/" in client.get(f"{PAGE}{row.pk}/").content.decode()
    assert f"/afspraak/{kept.pk}/" not in signed_in(world.hans).get(f"{PAGE}{row.pk}/").content.decode()
    # a number of another's agreement brings nothing along
    signed_in(world.hans).post(
        f"{PAGE}nieuw/", form(world, layer=world.institute.pk, form_key="h", agreement=kept.pk)
    )
    assert Example.objects.get(organisation=world.institute).agreement is None


def test_who_writes_nowhere_reads_all_the_same(world: World) -> None:
    row = shared(world)
    client = signed_in(world.ad)
    assert client.get(f"{PAGE}nieuw/").status_code == 404
    assert STORY["title"] in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}{row.pk}/").status_code == 200


def test_another_team_of_the_same_school_reads_what_is_shared(world: World) -> None:
    row = written(world)
    other = organisation("team", "Team bovenbouw", world.school)
    mieke = person("Mieke", world.partnership, (other, "mentor"))
    assert signed_in(mieke).get(f"{PAGE}{row.pk}/").status_code == 404
    actions.share_example(access=world.access(world.noor), example=row)
    assert signed_in(mieke).get(f"{PAGE}{row.pk}/").status_code == 200
