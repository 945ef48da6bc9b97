"""Open answers in the list: only what was released, in the words that stand, and joined to nobody."""

from typing import Any

import pytest
from django.urls import reverse

from lemniscaat.base.soon import due
from lemniscaat.collection.models import FreeText, ReadingState, Release, Round, RoundState
from lemniscaat.collection.reading import release_text, withhold_text
from lemniscaat.collection.stopping import stop_round
from lemniscaat.datapoints import queries
from lemniscaat.datapoints.entering import enter_rounds, enter_texts
from lemniscaat.datapoints.indexing import index_missing
from lemniscaat.datapoints.listing import Sought, look_up
from lemniscaat.datapoints.models import DataPoint, SourceKind
from lemniscaat.interpretation.actions import Ground, write_meaning
from lemniscaat.interpretation.queries import resting_on
from lemniscaat.interpretation.resting import mark_discussed
from lemniscaat.people.models import Person, Role
from tests import cast
from tests.cast import World, signed_in
from tests.collection.released import Given, linked, stopped

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(world: World) -> Given:
    linked(world, "vertel")
    return stopped(world, {(Role.STUDENT, world.school): 14})


@pytest.fixture
def kim(world: World) -> Person:
    return cast.person("Kim", world.partnership, (world.root, Role.QUALITY))


def let_go(world: World, kim: Person, words: str, at: int = 0) -> FreeText:
    text = FreeText.objects.order_by("id")[at]
    return release_text(access=world.access(kim), text=text, words=words, version=text.version)


def enter() -> None:
    enter_rounds()
    enter_texts()
    index_missing()


def found(world: World, who: Person, words: str = "", layer: int = 0) -> list[str]:
    access = world.access(who)
    sought = Sought(layer or world.root.pk, words=words, source=SourceKind.TEXT)
    return [row.text for row in look_up(access, sought).rows]


def test_a_text_is_in_the_list_only_once_it_was_released(world: World, given: Given, kim: Person) -> None:
    enter()
    assert found(world, world.noor) == []
    let_go(world, kim, "Zij liet mij de les beginnen.")
    enter()
    enter()
    assert found(world, world.noor, "lessen") == ["Zij liet mij de les beginnen."]
    row = DataPoint.objects.get(source=SourceKind.TEXT)
    assert (row.criterion, row.organisation, row.permitted_use) == (
        world.criterion,
        given.round.organisation,
        given.round.permitted_use,
    )
    assert row.happened_on == DataPoint.objects.get(round=given.round).happened_on
    assert (row.author, row.perspective, row.n) == (None, "", None)
    assert found(world, world.ad) == []


def test_what_was_shut_or_changed_is_at_once_gone_in_its_old_words(
    world: World, given: Given, kim: Person
) -> None:
    text = let_go(world, kim, "Piet liet mij beginnen.")
    enter()
    text = release_text(
        access=world.access(kim), text=text, words="Iemand liet mij beginnen.", version=text.version
    )
    assert found(world, world.noor) == []
    assert found(world, world.noor, "Piet") == []
    enter()
    assert found(world, world.noor) == ["Iemand liet mij beginnen."]
    assert found(world, world.noor, "Piet") == []
    text = withhold_text(access=world.access(kim), text=text, version=text.version)
    assert found(world, world.noor) == []
    enter()
    assert not DataPoint.objects.filter(text__contains="liet mij").exists()
    release_text(access=world.access(kim), text=text, words="Toch wel.", version=text.version)
    enter()
    assert found(world, world.noor, "toch") == ["Toch wel."]


def test_the_rows_tell_no_order_and_no_joint_hand(world: World, given: Given, kim: Person) -> None:
    FreeText.objects.update(state=ReadingState.RELEASED, agreed=1)
    enter()
    rows = list(DataPoint.objects.filter(source=SourceKind.TEXT).order_by("pk"))
    assert [row.free_text_id for row in rows] == sorted(row.free_text_id or 0 for row in rows)
    assert len({(row.happened_on, row.form_key, row.source_text) for row in rows}) == 1


def test_under_the_threshold_there_is_nothing(world: World, kim: Person) -> None:
    linked(world, "vertel")
    stopped(world, {(Role.STUDENT, world.school): 8})
    enter()
    assert not DataPoint.objects.filter(source=SourceKind.TEXT).exists()


def test_its_page_says_where_it_comes_from_and_that_it_goes_no_further(
    world: World, given: Given, kim: Person
) -> None:
    let_go(world, kim, "Zij liet mij de les beginnen.")
    enter()
    row = DataPoint.objects.get(source=SourceKind.TEXT)
    address = reverse("datapoints:data_point", args=[row.pk])
    html = signed_in(world.noor).get(address).content.decode()
    assert "Zij liet mij de les beginnen." in html
    assert "Wat gaf je een zetje?" in html
    assert reverse("collection:outcome", args=[given.round.pk]) in html
    assert "Het kan dus niet wijder." in html
    assert reverse("datapoints:ask_use", args=[row.pk]) not in html
    assert signed_in(world.charlie).get(address).status_code == 404


def test_it_is_discussed_with_its_round(world: World, given: Given, kim: Person) -> None:
    let_go(world, kim, "Zij liet mij de les beginnen.")
    access = world.access(world.noor)
    meaning = write_meaning(
        access=access,
        layer_id=world.school.pk,
        criterion=world.criterion,
        text="Wie begint, leert.",
        evidence=[Ground(round=given.round, item="vragen")],
    )
    enter()
    mark_discussed()
    row = DataPoint.objects.get(source=SourceKind.TEXT)
    assert row.discussed_on == meaning.written_on
    assert DataPoint.objects.get(round=given.round).discussed_on == meaning.written_on
    assert list(resting_on(access, row)) == [meaning]


def test_on_the_page_of_a_criterion_it_stands_once(world: World, given: Given, kim: Person) -> None:
    let_go(world, kim, "Zij liet mij de les beginnen.")
    enter()
    assert queries.soft_for(world.access(world.noor), world.criterion) == []
    html = signed_in(world.noor).get(reverse("datapoints:criterion", args=[world.criterion.pk]))
    assert html.content.decode().count("Zij liet mij de les beginnen.") == 1


def test_what_a_reader_does_is_for_the_calendar_at_once(
    world: World, given: Given, kim: Person, django_capture_on_commit_callbacks: Any
) -> None:
    due.clear()
    with django_capture_on_commit_callbacks(execute=True):
        let_go(world, kim, "Zij liet mij de les beginnen.")
    assert due.is_set()
    due.clear()
    Round.objects.update(state=RoundState.OPEN)
    Release.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        stop_round(round_=given.round)
    assert due.is_set()
    due.clear()


def test_hundreds_of_answers_do_not_bury_the_rest(world: World, given: Given, kim: Person) -> None:
    FreeText.objects.update(state=ReadingState.RELEASED, agreed=1)
    enter()
    access = world.access(world.noor)
    texts = DataPoint.objects.filter(source=SourceKind.TEXT).count()
    page = look_up(access, Sought(world.root.pk))
    assert [row.source for row in page.rows] == [SourceKind.ROUND]
    assert (page.total, page.counts["source"][SourceKind.TEXT]) == (1, texts)
    assert look_up(access, Sought(world.root.pk, source=SourceKind.TEXT)).total == texts
    html = signed_in(world.noor).get(reverse("datapoints:ledger", args=[world.root.pk])).content.decode()
    assert f"{texts} open antwoorden" in html
    assert "1 datapunt" in html
