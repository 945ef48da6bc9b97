"""One list: what is found, within what one may see, by which words and filters, at which address."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.datapoints import actions, indexing
from lemniscaat.datapoints.addressing import query_of, sought_in
from lemniscaat.datapoints.entering import enter_rounds
from lemniscaat.datapoints.indexing import index_all, index_missing
from lemniscaat.datapoints.listing import ABOVE, BELOW, HERE, PAGE, Sought, look_up
from lemniscaat.datapoints.models import DataPoint, Words
from lemniscaat.figures import by_hand
from lemniscaat.people.models import Person
from lemniscaat.vision.models import Framework, FrameworkNode, Mapping
from tests.cast import World, signed_in
from tests.collection.released import linked, small_groups, stopped

db = pytest.mark.django_db


def note(
    world: World, text: str, *, who: Person | None = None, where: int | None = 0, lat: bool = False
) -> DataPoint:
    return actions.write_note(
        access=world.access(who or world.samira),
        text=text,
        layer_id=world.team.pk if where == 0 else where,
        criterion=world.criterion if lat else None,
    )


def texts(world: World, who: Person, **sought: object) -> list[str]:
    found = look_up(world.access(who), Sought(**{"layer_id": world.team.pk, **sought}))  # type: ignore[arg-type]
    assert found.total == len(found.rows)
    return [row.text for row in found.rows]


@db
def test_whole_words_come_before_parts_and_then_the_newest(world: World) -> None:
    for text in ("Na het lesbezoek.", "Een bezoek.", "Bezoeken helpen.", "Zonder."):
        note(world, text)
    assert texts(world, world.joost, words="bezoek") == [
        "Bezoeken helpen.",
        "Een bezoek.",
        "Na het lesbezoek.",
    ]
    assert texts(world, world.joost, words="begeleiding") == []


@db
def test_words_of_what_it_hangs_on_count_and_are_never_old(world: World) -> None:
    note(world, "Zij keek mee.", lat=True)
    assert texts(world, world.joost, words="veiligheid") == ["Zij keek mee."]  # the vision point
    assert texts(world, world.joost, words="studenten kijken") == ["Zij keek mee."]  # role and criterion
    assert texts(world, world.joost, words="geeltje onderbouw") == ["Zij keek mee."]  # source and layer
    world.point.title = "Moed"
    world.point.save()
    assert texts(world, world.joost, words="veiligheid") == []
    assert texts(world, world.joost, words="moed") == ["Zij keek mee."]


@db
def test_what_i_may_not_see_is_not_found_and_not_counted(world: World) -> None:
    note(world, "Geheim bezoek.", where=None)
    note(world, "Bezoek aan de school.", where=world.school.pk)
    note(world, "Bezoek aan het team.")
    assert texts(world, world.joost, words="bezoek") == ["Bezoek aan het team."]
    assert len(texts(world, world.samira, words="bezoek")) == 2  # her own, kept to herself, too
    found = look_up(world.access(world.joost), Sought(world.team.pk, words="geheim", reach=ABOVE))
    assert (found.total, sum(found.counts["evidence"].values())) == (0, 0)
    # who leads the programme is not in the circle of the team
    assert look_up(world.access(world.petra), Sought(world.root.pk, reach=BELOW)).total == 0


@db
def test_the_layers_below_and_above(world: World) -> None:
    note(world, "Team.")
    note(world, "School.", where=world.school.pk)
    assert texts(world, world.noor, layer_id=world.school.pk, reach=HERE) == ["School."]
    assert set(texts(world, world.noor, layer_id=world.school.pk, reach=BELOW)) == {"School.", "Team."}
    assert set(texts(world, world.joost, reach=ABOVE)) == {"School.", "Team."}


@db
def test_filters_and_what_each_would_give(world: World) -> None:
    note(world, "Los.")
    note(world, "Aan de lat.", lat=True)
    kept = by_hand.indicator(
        partnership=world.partnership, name="n", definition="d", source="Planning", owner="Noor"
    )
    by_hand.record_figure(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        criterion=world.criterion,
        indicator=kept,
        title="14 van de 23",
        part=14,
        whole=23,
        happened_on=clock.today() - timedelta(days=900),
    )
    access = world.access(world.joost)
    found = look_up(access, Sought(world.team.pk, evidence="soft"))
    assert found.total == 2
    assert found.counts["evidence"] == {"soft": 2, "hard": 1}  # as if that one was not chosen
    assert found.counts["source"] == {"note": 2}
    assert look_up(access, Sought(world.team.pk, criterion_id=world.criterion.pk)).total == 2
    assert look_up(access, Sought(world.team.pk, year=world.period.pk)).total == 2
    assert look_up(access, Sought(world.team.pk, permitted_use="pool")).total == 1
    DataPoint.objects.filter(text="Los.").update(discussed_on=clock.today())
    assert look_up(access, Sought(world.team.pk, fresh=True)).total == 2


@db
def test_through_a_lens(world: World) -> None:
    lens = Framework.objects.create(key="waarborgen", name="De vier waarborgen")
    whole = FrameworkNode.objects.create(framework=lens, key="a", name="De leeromgeving")
    part = FrameworkNode.objects.create(framework=lens, key="b", name="Veilig", parent=whole)
    Mapping.objects.create(criterion=world.criterion, node=part)
    note(world, "Los.")
    note(world, "Aan de lat.", lat=True)
    assert texts(world, world.joost, node=whole.pk) == ["Aan de lat."]
    assert texts(world, world.joost, node=part.pk) == ["Aan de lat."]


@db
def test_paging_shows_everything_once(world: World) -> None:
    for n in range(PAGE + 3):
        note(world, f"Stem {n}.")
    access = world.access(world.joost)
    first, second = (look_up(access, Sought(world.team.pk, page=n)) for n in (1, 2))
    assert (first.total, first.pages, len(first.rows), len(second.rows)) == (PAGE + 3, 2, PAGE, 3)
    assert {row.pk for row in first.rows}.isdisjoint(row.pk for row in second.rows)
    assert look_up(access, Sought(world.team.pk, page=99)).page == 2


@db
def test_it_costs_the_same_however_much_is_known(world: World) -> None:
    def asked() -> int:
        access = world.access(world.joost)
        with CaptureQueriesContext(connection) as queries:
            look_up(access, Sought(world.team.pk, words="stem"))
        return len(queries)

    note(world, "Stem.")
    before = asked()
    for n in range(15):
        note(world, f"Stem {n}.")
    assert asked() == before


@db
def test_the_page_costs_the_same_whatever_its_rows_hang_on(world: World) -> None:
    client = signed_in(world.joost)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("datapoints:ledger", args=[world.team.pk])).status_code == 200
        return len(queries)

    note(world, "Stem.", lat=True)
    asked()
    before = asked()
    for n in range(5):
        note(world, f"Stem {n}.", lat=True)
    assert asked() == before


@db
def test_two_words_may_stand_in_different_places_and_each_row_is_found_once(world: World) -> None:
    note(world, "Een bezoek.", lat=True)
    note(world, "Een bezoek en veiligheid.")
    note(world, "Een lesbezoek, in veiligheid.", lat=True)
    note(world, "Een bezoek.")
    # words of their own come before the word of the vision point and the part of a compound
    assert texts(world, world.joost, words="bezoek veiligheid") == [
        "Een bezoek en veiligheid.",
        "Een lesbezoek, in veiligheid.",
        "Een bezoek.",
    ]
    Words.objects.all().delete()
    assert len(texts(world, world.joost, words="veiligheid")) == 2


@db
def test_the_index_follows_what_is_written_and_taken_back(world: World) -> None:
    made = note(world, "Een bezoek.")
    assert Words.objects.get(data_point=made).stems == " bezoek "
    actions.withdraw(access=world.access(world.samira), data_point=made)
    assert not Words.objects.exists()
    other = note(world, "Een gesprek.")
    Words.objects.all().delete()
    assert index_missing() == 1
    assert index_missing() == 0
    Words.objects.update(stems=" oud ")
    assert index_all() == 1
    assert Words.objects.get().stems == " gesprek "
    assert texts(world, world.joost, words="gesprekken") == [other.text]


@db
def test_what_was_undone_while_the_index_waited_for_its_turn_is_passed_over(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(world, "Een bezoek.")
    Words.objects.all().delete()

    @contextmanager
    def after_an_undoing() -> Iterator[None]:
        DataPoint.objects.all().delete()
        with writing():
            yield

    monkeypatch.setattr(indexing, "writing", after_an_undoing)
    assert index_missing() == 0
    assert not Words.objects.exists()


@db
def test_a_released_round_stands_in_the_list_once_and_says_no_number(world: World) -> None:
    linked(world, "vragen")
    round_ = stopped(world, small_groups(world)).round
    assert enter_rounds() == 1
    assert enter_rounds() == 0
    row = DataPoint.objects.get(round=round_)
    assert (row.n, row.perspective, row.permitted_use) == (None, "", round_.permitted_use)
    html = signed_in(world.noor).get(reverse("datapoints:data_point", args=[row.pk])).content.decode()
    assert reverse("collection:outcome", args=[round_.pk]) in html
    assert reverse("datapoints:change_use", args=[row.pk]) not in html
    assert f"instrument={round_.instrument.key}" in html
    assert signed_in(world.charlie).get(reverse("datapoints:data_point", args=[row.pk])).status_code == 404


@db
def test_a_round_that_runs_is_not_there(world: World) -> None:
    stopped(world, small_groups(world))
    Round.objects.update(state=RoundState.OPEN)
    assert enter_rounds() == 0


@db
def test_the_page_marks_what_was_found_and_lets_no_markup_in(world: World) -> None:
    note(world, "Een <b>lesbezoek</b> & meer.")
    url = reverse("datapoints:ledger", args=[world.team.pk])
    html = signed_in(world.joost).get(url, {"zoek": "bezoek <script>"}).content.decode()
    assert "Hier vinden we niets." in html
    assert "<script>" not in html.split("<main", 1)[1].split("</main", 1)[0]
    html = signed_in(world.joost).get(url, {"zoek": "bezoek"}).content.decode()
    assert "&lt;b&gt;<mark>lesbezoek</mark>&lt;/b&gt; &amp; meer." in html
    assert "1 datapunt met ‘bezoek’" in html
    assert "Een van de studenten" in html
    assert "Samira" not in html.split("<main", 1)[1].split("</main", 1)[0]


@db
def test_nothing_found_says_what_to_try(world: World) -> None:
    note(world, "Een bezoek.", where=world.school.pk)
    url = reverse("datapoints:ledger", args=[world.team.pk])
    html = signed_in(world.joost).get(url, {"zoek": "bezoek", "soort": "soft"}).content.decode()
    assert "Hier vinden we niets." in html
    assert "Met alles daarboven: 1" in html


@db
def test_a_strange_address_is_a_page_all_the_same(world: World) -> None:
    url = reverse("datapoints:ledger", args=[world.team.pk])
    strange = {
        "zoek": "%_\\'\"",
        "blad": "-3",
        "jaar": "99999999999",
        "soort": "x",
        "ook": "overal",
        "lens": "²",
    }
    assert signed_in(world.joost).get(url, strange).status_code == 200
    assert signed_in(world.joost).get(url, {"zoek": "a" * 5000, "lat": "8" * 40}).status_code == 200
    assert signed_in(world.hans).get(url).status_code == 404


@given(
    st.builds(
        Sought,
        layer_id=st.just(7),
        words=st.text(max_size=40).map(str.strip),
        reach=st.sampled_from([HERE, BELOW, ABOVE]),
        evidence=st.sampled_from(["", "hard", "soft"]),
        point_id=st.integers(0, 10**6),
        node=st.integers(0, 10**6),
        fresh=st.booleans(),
        page=st.integers(1, 50),
    )
)
def test_an_address_says_what_was_sought(sought: Sought) -> None:
    address = query_of(sought, page=sought.page)
    assert sought_in(QueryDict(address.removeprefix("?")), 7) == sought
    assert query_of(sought_in(QueryDict(address[1:]), 7), page=sought.page) == address
