"""The one door: what a page or an export tells is a sum of whole blocks, or nothing."""

import csv
import io
import json
import re
from dataclasses import replace
from html import unescape

import pytest
from django.db import connection
from django.http import Http404
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lemniscaat.collection import exports, figures
from lemniscaat.collection.models import Block, Round, RoundState
from lemniscaat.collection.outcome import (
    outcomes,
    outcomes_for_criterion,
    participation,
    quality_of,
    released_rounds,
    seen_by,
)
from lemniscaat.people.models import Membership, Role
from tests.cast import LONG_AGO, World, signed_in
from tests.collection.released import WORDS, Given, linked, second_school, small_groups, stopped

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(world: World) -> Given:
    linked(world, "vragen", "hielp", "eerst")
    return stopped(world, small_groups(world))


def page(world: World, who: object, given: Given, query: str = "") -> str:
    response = signed_in(who).get(reverse("collection:outcome", args=[given.round.pk]) + query)  # type: ignore[arg-type]
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def numbers(cells: list[str]) -> list[int]:
    return [int(cell) for cell in cells if cell.strip().isdigit()]


def test_every_table_is_true_and_rests_on_six(world: World, given: Given) -> None:
    seen = 0
    for told in outcomes(world.access(world.noor), given.round):
        for row in (*told.rows, told.whole):
            if row.table is None:
                continue
            seen += 1
            assert row.table.n >= 6
            assert given.respondents(row.table.members) >= 6
            for part, counts in row.table.parts.items():
                for option, count in counts.items():
                    value = part if told.item.kind == "choices" else option
                    if told.item.kind in {"scale", "choice", "choices"}:
                        true = given.count(row.table.members, told.item.key, value)
                        assert count <= true <= count + row.table.kept_back.get(part, 0)
    assert seen > 10


def test_too_few_and_nobody_look_the_same(world: World, given: Given) -> None:
    """Four institute educators and no school leader at all: the same row, without a number."""
    rows = {row.group.key: row for row in outcomes(world.access(world.noor), given.round)[0].rows}
    assert rows["institute_educator"].table is None
    assert rows["school_leader"].table is None
    drawn = {r.voice: r for r in _figure(world, given).rows}
    few, none = drawn["institute_educator"], drawn["school_leader"]
    assert (few.counts, few.n, few.skipped, few.hidden_reason) == (
        none.counts,
        none.n,
        none.skipped,
        none.hidden_reason,
    )


def _figure(world: World, given: Given) -> figures.Figure:
    found = figures.shown(outcomes(world.access(world.noor), given.round)[0]).figure
    assert found is not None
    return found


def test_a_part_says_which_people_it_rests_on(world: World) -> None:
    """Three students of the other school count with someone: who asks for students hears of whom it tells."""
    given = stopped(world, {(Role.STUDENT, world.school): 9, (Role.MENTOR, world.school): 3}, seed="deel")
    told = outcomes(world.access(world.noor), given.round)[0]
    assert [row.table for row in told.rows] == [None, None]
    assert told.whole.table is not None
    assert told.whole.table.n <= 12


def test_participation_after_the_stop(world: World, given: Given) -> None:
    everybody, voices = participation(world.access(world.noor), given.round)
    people = {one.group.key: one for one in voices}
    assert people["institute_educator"].n is None
    assert people["school_leader"].n is None
    assert everybody.n == 75
    assert people["student"].n == 26
    html = page(world, world.noor, given)
    # seven school educators stand for the four as well: saying more of them would tell there were any
    assert people["school_educator"].n is None
    assert html.count("minder dan vijf") == 3
    for voice in voices:
        assert voice.n is None or voice.n >= 6
        if voice.n and not voice.whole:
            assert f"{voice.n} of meer" in html


def test_who_may_see_it(world: World, given: Given) -> None:
    address = reverse("collection:outcome", args=[given.round.pk])
    table = reverse("collection:export", args=[given.round.pk])
    for who in (world.samira, world.joost, world.noor, world.willem, world.petra, world.stef, world.bea):
        assert signed_in(who).get(address).status_code == 200
        assert signed_in(who).get(table).status_code == 200
    for who in (world.charlie, world.dirk, world.ad):
        assert signed_in(who).get(address).status_code == 404
        assert signed_in(who).get(table).status_code == 404
    with pytest.raises(Http404):
        outcomes(world.access(world.ad), given.round)
    with pytest.raises(Http404):
        participation(world.access(world.ad), given.round)
    assert released_rounds(world.access(world.ad)) == []


def test_a_round_of_a_school_is_not_for_another(world: World) -> None:
    other = second_school(world)
    given = stopped(world, {(Role.STUDENT, world.school): 12}, where=world.school)
    stranger = world.hans
    Membership.objects.create(
        partnership=world.partnership,
        person=stranger,
        organisation=other,
        role=Role.MENTOR,
        valid_from=LONG_AGO,
    )
    address = reverse("collection:outcome", args=[given.round.pk])
    assert signed_in(stranger).get(address).status_code == 404
    assert signed_in(world.samira).get(address).status_code == 200


@pytest.mark.parametrize("state", [RoundState.DRAFT, RoundState.OPEN])
def test_nothing_before_the_stop(world: World, given: Given, state: str) -> None:
    Round.objects.update(state=state)
    for name in ("outcome", "export"):
        assert (
            signed_in(world.noor).get(reverse(f"collection:{name}", args=[given.round.pk])).status_code == 404
        )
    assert outcomes_for_criterion(world.access(world.noor), world.criterion) == ()


def test_another_place_than_mine_cannot_be_asked(world: World, given: Given) -> None:
    access = world.access(world.noor)
    assert len(outcomes(access, given.round, place_id=world.school.pk)) == 5
    with pytest.raises(Http404):
        outcomes(access, given.round, place_id=world.institute.pk)
    with pytest.raises(Http404):
        outcomes_for_criterion(access, world.criterion, place_id=world.institute.pk)
    asked = (
        page(world, world.noor, given, f"?plek={world.institute.pk}")
        .split("<main", 1)[1]
        .split("</main", 1)[0]
    )
    assert asked == page(world, world.noor, given).split("<main", 1)[1].split("</main", 1)[0]


def test_my_place_tells_only_my_place(world: World, given: Given) -> None:
    told = outcomes(world.access(world.noor), given.round, place_id=world.school.pk)[0]
    inside = {pk for pk, s in given.segments.items() if s.school == str(world.school.pk)}
    for row in (*told.rows, told.whole):
        assert row.table is None or row.table.members <= inside


def test_no_number_of_a_hidden_group_on_any_page(world: World, given: Given) -> None:
    """Rows of the drawings and of the tables, with and without a place: at least six, or no figure at all."""
    found = 0
    for who in (world.noor, world.samira, world.petra, world.bea, world.hans):
        for query in (
            "",
            f"?plek={world.school.pk}",
            f"?plek={world.board.pk}",
            f"?plek={world.institute.pk}",
        ):
            html = page(world, who, given, query)
            for row in re.findall(r'<li class="dist-row.*?</li>', html, re.DOTALL):
                if "Te weinig antwoorden" in row:
                    assert "<svg" not in row.split("notice", 1)[0].split("</b>", 1)[1]
                    assert not re.search(r"\d", unescape(re.sub(r"<[^>]*>", "", row))), row
                    found += 1
                elif n := re.search(r"(\d+) (gaf|gaven) antwoord", row):
                    assert int(n.group(1)) >= 6
            for line in re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL):
                cells = [re.sub(r"<[^>]*>", "", c) for c in re.findall(r"<t[hd].*?</t[hd]>", line, re.DOTALL)]
                hidden = any("nstituutsopleider" in cell or "choolleider" in cell for cell in cells)
                assert not (hidden and numbers(cells)), cells
                assert not numbers(cells) or sum(numbers(cells)) >= 6
            assert "nstituutsopleiders zijn" not in html
    assert found >= 8


@pytest.mark.parametrize("query", ["soort=csv", "soort=csv&per=plek", "soort=json", "soort=json&per=plek"])
def test_exports_go_through_the_same_door(world: World, given: Given, query: str) -> None:
    response = signed_in(world.noor).get(reverse("collection:export", args=[given.round.pk]) + f"?{query}")
    text = response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    rows = json.loads(text) if "json" in query else list(csv.DictReader(io.StringIO(text)))
    assert rows
    assert all(int(row["n"]) >= 6 for row in rows)
    assert "institute_educator" not in text
    assert "school_leader" not in text
    if "plek" in query:
        # my own places only: nobody gets a list of schools
        assert {row["segment"] for row in rows} <= {"", "Rivierland", "Het Waterrad"}


def test_the_command_may_tell_all_places(world: World, given: Given) -> None:
    names = {row.segment for row in exports.rows(given.round, "organisation")}
    assert {"Het Waterrad", "De Kreek"} & names
    for row in exports.rows(given.round, "organisation"):
        assert row.n >= 6
        if row.part == "" and row.item != "_quality":
            assert sum(row.counts.values()) + row.kept_back == row.n


def test_a_mean_is_in_exports_and_on_no_page(world: World, given: Given) -> None:
    assert any(row.mean for row in exports.rows(given.round, "role"))
    html = page(world, world.noor, given)
    assert "gemiddeld" not in html.lower()
    assert not re.search(r">\s*\d[,.]\d+\s*<", re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL))


def test_a_cell_is_never_a_formula() -> None:
    assert [exports.safe(text) for text in ("=1+1", "+31", "-a", "@b", "Rivierland")] == [
        "'=1+1",
        "'+31",
        "'-a",
        "'@b",
        "Rivierland",
    ]


def test_a_withdrawn_item_is_gone_for_good(world: World, given: Given) -> None:
    Block.objects.filter(item="vragen").update(withdrawn_on=world.period.starts_on)
    told = outcomes(world.access(world.noor), given.round)[0]
    assert told.whole.table is None
    assert all(row.table is None for row in told.rows)


def test_nearly_unanimous_keeps_one_answer_back(world: World) -> None:
    given = stopped(world, {(Role.STUDENT, world.school): 8}, lean=1.0)
    row = outcomes(world.access(world.noor), given.round)[0].rows[0]
    assert row.table is not None
    assert sum(row.table.counts.values()) == row.table.n - 1
    assert "Eén antwoord houden we achter" in page(world, world.noor, given)


def test_the_newest_round_speaks_for_a_criterion(world: World, given: Given) -> None:
    later = stopped(world, {(Role.STUDENT, world.school): 12}, seed="later")
    told = outcomes_for_criterion(world.access(world.noor), world.criterion)
    assert [one.item.key for one in told] == ["vragen", "hielp", "eerst"]
    assert {one.round for one in told} == {later.round}
    assert told[0].quality == quality_of(world.access(world.noor), later.round)


def test_the_sentence_on_the_sheets_themselves(world: World) -> None:
    given = stopped(world, {(Role.STUDENT, world.school): 30}, lean=1.0)
    told = quality_of(world.access(world.noor), given.round)
    assert told.table is not None
    assert figures.quality_sentence("Kijken", figures.GroupTable(told.group, None)) == ""
    html = page(world, world.noor, given)
    alike = told.table.parts["alike"].get("yes", 0)
    assert (f"{alike} van de 30 overal hetzelfde" in html) == bool(alike)


def test_reading_costs_the_same_for_one_item_and_for_many(world: World, given: Given) -> None:
    access = world.access(world.noor)
    with CaptureQueriesContext(connection) as three:
        assert len(outcomes_for_criterion(access, world.criterion)) == 3
    stopped(world, {(Role.STUDENT, world.school): 12}, key="praten")
    linked(world, "vragen", "bezoek", key="praten")
    outcomes_for_criterion(access, world.criterion)  # the instrument is read once per process
    with CaptureQueriesContext(connection) as five:
        assert len(outcomes_for_criterion(access, world.criterion)) == 5
    assert len(five) <= len(three) == 4
    with CaptureQueriesContext(connection) as book:
        seen_by(access, given.round)
    assert len(book) == 3


def test_the_page_costs_the_same_for_few_and_many_answers(world: World, given: Given) -> None:
    client = signed_in(world.noor)
    address = reverse("collection:outcome", args=[given.round.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        html = client.get(address).content.decode()
    assert len(found) <= 16
    assert all(word in html for word in WORDS)


def test_the_way_on_is_the_return(world: World, given: Given) -> None:
    html = page(world, world.petra, given)
    assert reverse("accountability:write_return", args=[given.round.pk]) in html
    assert reverse("meetings:plan", args=[world.root.pk]) + f"?lat={world.criterion.pk}" in html
    student = page(world, world.samira, given)
    assert reverse("accountability:write_return", args=[given.round.pk]) not in student


def test_a_question_of_the_school_itself_carries_a_mark(world: World, given: Given) -> None:
    """No other school asked it, so whoever compares should see that."""
    told = outcomes(world.access(world.noor), given.round)[0]
    own = replace(told, item=told.item.model_copy(update={"own": True}))
    for outcome, folded, marks in ((told, True, 0), (own, True, 1), (own, False, 1)):
        context = {"item": figures.shown(outcome), "folded": folded, "level": 3}
        assert render_to_string("collection/_shown.html", context).count("eigen vraag") == marks
