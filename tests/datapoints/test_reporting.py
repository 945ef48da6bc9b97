"""Reports under headings: who may write which, what it keeps, changing one's own, the panel, and paper."""

import pytest
from django.http import Http404
from django.urls import reverse

from lemniscaat.base import clock
from lemniscaat.collection.models import CriterionItem
from lemniscaat.datapoints import actions, reporting
from lemniscaat.datapoints.models import Circle, DataPoint, Passage, Report, SourceKind
from lemniscaat.datapoints.reporting import Hanging, Panel, Theme, Wording
from lemniscaat.datapoints.sorts import PANEL, sorts
from lemniscaat.datapoints.themes import QUESTIONNAIRE, SOURCES, topics_of
from lemniscaat.instruments.library import library
from lemniscaat.people.models import Person, Role, TrailEntry
from tests.cast import World, signed_in


def wording(title: str = "Een les", first: str = "Het werd stil.", key: str = "gebeurde") -> Wording:
    return Wording(
        title, [(key, first), ("verder", "Ik wacht langer.")], ["student"], clock.today(), "student"
    )


def reflection(world: World, layer: int | None, who: Person | None = None, form_key: str = "") -> DataPoint:
    return reporting.keep_report(
        access=world.access(who or world.samira),
        sort="reflection",
        wording=wording(),
        hanging=Hanging(layer, world.criterion),
        form_key=form_key,
    )


def address(name: str, *args: object) -> str:
    return reverse(f"datapoints:{name}", args=args)


def test_every_sort_is_a_source_with_three_headings_in_two_languages() -> None:
    assert {SourceKind(key) for key in sorts()} == {
        SourceKind.REFLECTION,
        SourceKind.OBSERVATION,
        SourceKind.REPORT,
        SourceKind.PANEL,
    }
    for sort in sorts().values():
        assert len(sort.headings) == len({one.key for one in sort.headings}) == 3
        for words in (sort.name, sort.about, *(w for h in sort.headings for w in (h.name, h.help))):
            assert words.say("nl").strip()
            assert words.say("en").strip()


@pytest.mark.django_db
def test_a_reflection_is_of_its_writer_and_may_stay_there(world: World) -> None:
    mine = reflection(world, None)
    assert (mine.circle, mine.text) == (Circle.ME, "Het werd stil.\n\nIk wacht langer.")
    assert not TrailEntry.objects.filter(noun_id=mine.pk).exists()  # what stays with oneself leaves no line
    shared = reflection(world, world.team.pk)
    assert shared.circle == Circle.TEAM
    assert [one.key for one in Passage.objects.filter(data_point=shared)] == ["gebeurde", "verder"]
    url = address("data_point", shared.pk)
    assert "Wat gebeurde er?" in signed_in(world.joost).get(url).content.decode()
    assert signed_in(world.joost).get(address("data_point", mine.pk)).status_code == 404
    for who in (world.charlie, world.dirk, world.petra):
        assert signed_in(who).get(url).status_code == 404


@pytest.mark.django_db
def test_who_may_write_which(world: World) -> None:
    with pytest.raises(Http404):
        reflection(world, world.institute.pk)
    for sort in ("report", "panel", "onzin"):
        with pytest.raises(Http404):
            reporting.keep_report(
                access=world.access(world.samira),
                sort=sort,
                wording=wording(),
                hanging=Hanging(world.team.pk),
            )
    with pytest.raises(Http404):
        reporting.keep_report(
            access=world.access(world.noor), sort="report", wording=wording(), hanging=Hanging(None)
        )
    assert not DataPoint.objects.exists()
    html = signed_in(world.samira).get(address("report_here", world.team.pk)).content.decode()
    assert "soort=observation" in html
    assert "soort=report" not in html
    assert address("panel", world.team.pk) not in html
    assert signed_in(world.samira).get(address("panel", world.team.pk)).status_code == 404


@pytest.mark.django_db
def test_the_same_form_twice_is_one_report(world: World) -> None:
    assert reflection(world, None, form_key="k") == reflection(world, None, form_key="k")
    assert (DataPoint.objects.count(), Report.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_report_by_form_without_a_criterion(world: World) -> None:
    client, url = signed_in(world.samira), address("report_here", world.team.pk)
    form = {
        "title": "Nagesprek",
        "gebeurde": "Het werd stil.",
        "happened_on": clock.today().isoformat(),
        "permitted_use": "learn",
        "circle": "ik",
        "form_key": "k",
    }
    assert client.post(url + "?soort=reflection", form).status_code == 302
    made = DataPoint.objects.get()
    assert (made.source, made.perspective, made.criterion, made.circle) == (
        "reflection",
        "student",
        None,
        "me",
    )
    empty = client.post(url + "?soort=reflection", {**form, "gebeurde": " ", "form_key": "k2"})
    assert empty.status_code == 422
    assert "minstens één kopje" in empty.content.decode()
    strange = client.post(
        url + "?soort=reflection", {**form, "circle": str(world.institute.pk), "form_key": "k3"}
    )
    assert strange.status_code == 422
    assert DataPoint.objects.count() == 1


@pytest.mark.django_db
def test_a_clash_keeps_both(world: World) -> None:
    made = reflection(world, world.team.pk)
    client, url = signed_in(world.samira), address("report_change", made.pk)
    form = {"title": "Eén", "gebeurde": "Eerste.", "happened_on": clock.today().isoformat(), "version": "1"}
    assert client.post(url, form).status_code == 302
    clash = client.post(url, {**form, "title": "Twee", "gebeurde": "Tweede."})
    html = clash.content.decode()
    assert clash.status_code == 409
    assert "Eerste." in html
    assert "Tweede." in html
    made.refresh_from_db()
    assert (made.title, made.text) == ("Eén", "Eerste.")
    assert 'name="version" value="2"' in html
    assert client.post(url, {**form, "gebeurde": "Tweede.", "version": "2"}).status_code == 302
    for who in (world.joost, world.charlie):
        assert signed_in(who).get(url).status_code == 404
        assert signed_in(who).post(url, form).status_code == 404


@pytest.mark.django_db
def test_what_is_taken_back_is_gone_with_its_headings(world: World) -> None:
    made = reflection(world, world.team.pk)
    signed_in(world.samira).post(address("withdraw", made.pk))
    made.refresh_from_db()
    assert (made.title, made.text, made.report) == ("", "", None)
    assert not Passage.objects.exists()
    assert not Report.objects.exists()
    assert signed_in(world.samira).get(address("data_point", made.pk)).status_code == 404


@pytest.mark.django_db
def test_what_somebody_kept_to_himself_goes_when_he_is_erased(world: World) -> None:
    reflection(world, None)
    shared = reflection(world, world.team.pk)
    Person.objects.filter(pk=world.samira.pk).update(erased_on=clock.today())
    assert actions.forget_erased() > 0
    assert list(DataPoint.objects.all()) == [shared]
    assert list(Report.objects.all()) == [shared.report]


def panel(world: World, **changes: object) -> list[DataPoint]:
    sat: dict[str, object] = {"people": 7, "schools": 3, "led_by_outsider": True, **changes}
    themes = [
        Theme("Leren", [("hoorden", "Ze leerden."), ("verschilden", ""), ("voorbeeld", "")], world.criterion),
        Theme("Leeg", [("hoorden", " ")]),
        Theme("Plek", [("hoorden", "Ze durfden."), ("verschilden", "Eén niet.")], None, world.point),
    ]
    return reporting.keep_panel(
        access=world.access(world.noor),
        wording=Wording("Panel", (), [Role.STUDENT], clock.today(), Role.STUDENT),
        hanging=Hanging(world.school.pk),
        panel=Panel(present=[Role.STUDENT], read_back=False, themes=themes, **sat),  # type: ignore[arg-type]
        form_key="p",
    )


@pytest.mark.django_db
def test_a_panel_is_one_data_point_a_theme_that_hang_together(world: World) -> None:
    made = panel(world)
    assert [(one.title, one.n, one.source) for one in made] == [("Leren", 7, "panel"), ("Plek", 7, "panel")]
    assert [one.point for one in made] == [world.point, world.point]
    assert panel(world) == made
    assert Report.objects.count() == 1
    html = signed_in(world.joost).get(address("data_point", made[0].pk)).content.decode()
    for told in ("Ze leerden.", "7 mensen van 3 scholen", "Nog niet", address("data_point", made[1].pk)):
        assert told in html
    assert "Noor" not in html.split("<main", 1)[1].split("</main", 1)[0]
    assert signed_in(world.joost).post(address("read_back", made[0].pk)).status_code == 404
    signed_in(world.noor).post(address("read_back", made[0].pk))
    assert (
        "Ja, door het panel" in signed_in(world.joost).get(address("data_point", made[1].pk)).content.decode()
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes", [{"people": 5}, {"people": 9}, {"schools": 2}, {"led_by_outsider": False}]
)
def test_a_panel_that_went_otherwise_says_why(world: World, changes: dict[str, object]) -> None:
    with pytest.raises(reporting.PanelNeedsReasonError):
        panel(world, **changes)
    assert not DataPoint.objects.exists()
    made = panel(world, **changes, because="twee waren ziek")
    assert "twee waren ziek" in signed_in(world.joost).get(address("data_point", made[0].pk)).content.decode()


@pytest.mark.django_db
def test_the_themes_are_those_of_the_questionnaire_with_their_criterion(world: World) -> None:
    part = library().get(QUESTIONNAIRE).sections[1]
    CriterionItem.objects.create(
        criterion=world.criterion, instrument_key=QUESTIONNAIRE, item_key=part.items[0].key
    )
    topics = topics_of(QUESTIONNAIRE, [world.criterion], "nl")
    assert [one.title for one in topics] == [
        "De lerende leraar",
        "De leeromgeving",
        "De organisatie",
        "De kwaliteitscultuur",
    ]
    assert [one.criterion_id for one in topics] == [None, world.criterion.pk, None, None]
    assert topics_of(QUESTIONNAIRE, [], "en")[0].title == "The learning teacher"


@pytest.mark.django_db
def test_a_panel_by_form(world: World) -> None:
    client, url = signed_in(world.noor), address("panel", world.school.pk)
    for source in SOURCES:
        assert client.get(url, {"met": source}).status_code == 200
    form = {
        "title": "Panel november",
        "happened_on": clock.today().isoformat(),
        "people": "6",
        "schools": "3",
        "present": ["student"],
        "perspective": "student",
        "led_by_outsider": "on",
        "permitted_use": "learn",
        "circle": str(world.school.pk),
        "form_key": "k",
        "thema2_hoorden": "Ze durfden.",
        "thema2_lat": str(world.criterion.pk),
    }
    few = client.post(url, {**form, "people": "4"})
    assert few.status_code == 422
    assert "waarom het anders ging" in few.content.decode()
    assert "Ze durfden." in few.content.decode()
    assert client.post(url, {**form, "thema2_hoorden": ""}).status_code == 422
    assert client.post(url, form).status_code == 302
    made = DataPoint.objects.get()
    assert (made.title, made.criterion, made.n) == ("Panel november: De leeromgeving", world.criterion, 6)


@pytest.mark.django_db
def test_an_empty_sheet_for_paper(world: World) -> None:
    for sort in sorts():
        html = signed_in(world.samira).get(address("report_paper", sort)).content.decode()
        for heading in sorts()[sort].headings:
            assert heading.name.nl in html
    assert "De leeromgeving" in signed_in(world.samira).get(address("report_paper", PANEL)).content.decode()
    assert signed_in(world.samira).get(address("report_paper", "onzin")).status_code == 404
    assert signed_in(world.dirk).get(address("report_paper", PANEL)).status_code == 404


@pytest.mark.django_db
def test_a_note_is_no_report(world: World) -> None:
    note = actions.write_note(access=world.access(world.samira), text="Zomaar.", layer_id=world.team.pk)
    assert signed_in(world.samira).get(address("report_change", note.pk)).status_code == 404
    assert signed_in(world.samira).post(address("read_back", note.pk)).status_code == 404
