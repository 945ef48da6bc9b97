"""What is stored of a stopped round is what the release says, and nothing else."""

import random
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from lemniscaat.collection.models import Block, FreeText, Release, Response
from lemniscaat.collection.release import ItemTally, SegmentTally, release
from lemniscaat.collection.releasing import params_of, release_round, rules_of, sheets, tallies
from lemniscaat.collection.segments import Segment as Standing
from lemniscaat.collection.sheets import instrument_of
from lemniscaat.instruments.folding import fold, fold_by
from tests.cast import World
from tests.collection.released import Given, second_school, small_groups, stopped

pytestmark = pytest.mark.django_db


def stored(given: Given) -> list[Any]:
    """The blocks without what is drawn at random: keys, and the numbers of the segments."""
    names = {pk: f"{s.role}/{s.board}/{s.school}" for pk, s in given.segments.items()}
    return sorted(
        [row.item, sorted(names[m] for m in row.members), row.path, row.people, row.tally]
        for row in Block.objects.filter(release__round=given.round)
    )


def by_hand(given: Given) -> list[Any]:
    """The same, cut from the true answers without the database."""
    instrument, params = instrument_of(given.round), params_of(given.round)
    rules = rules_of(instrument)
    keys = {rule.key for rule in rules}
    rows = []
    for pk, some in given.sheets.items():
        segment = given.segments[pk]
        path = Standing(segment.family, segment.role, segment.board, segment.school).path(params.plan)
        items = {
            k: ItemTally(s.n, s.parts, s.skipped) for k, s in fold(instrument, some).items() if k in keys
        }
        rows.append(SegmentTally(pk, path, len(some), items))
    names = {pk: f"{s.role}/{s.board}/{s.school}" for pk, s in given.segments.items()}
    cut = release(rows, rules, params)
    base = [["", sorted(names[m] for m in b.members), list(b.path), b.respondents, {}] for b in cut.base]
    for key, blocks in cut.items.items():
        for b in blocks:
            told = {"n": b.n, "parts": b.parts, "skipped": b.skipped, "kept_back": b.kept_back}
            base.append([key, sorted(names[m] for m in b.members), list(b.path), b.n, told])
    return sorted(base)


@pytest.mark.parametrize("plan", ["role", "place", "board-role"])
def test_what_is_stored_is_the_release(world: World, plan: str) -> None:
    given = stopped(world, small_groups(world), plan=plan)
    found = [row for row in stored(given) if not row[0].endswith("_text")]
    assert found == by_hand(given)
    assert min(row[3] for row in found) >= 6


def test_the_same_bytes_under_any_order_of_sheets(world: World) -> None:
    given = stopped(world, small_groups(world))
    first = stored(given)
    Release.objects.all().delete()
    rows = list(sheets(given.round))
    random.Random(4).shuffle(rows)
    release_round(round_=given.round, rows=rows)
    assert stored(given) == first


def test_the_same_bytes_when_two_people_in_a_block_change_places(world: World) -> None:
    given = stopped(world, small_groups(world))
    first = stored(given)
    base = next(b for b in Block.objects.filter(item="") if len(b.members) > 1)
    one, other = (Response.objects.filter(segment_id=m).first() for m in base.members[:2])
    assert one is not None
    assert other is not None
    Release.objects.all().delete()
    one.segment_id, other.segment_id = other.segment_id, one.segment_id
    Response.objects.bulk_update([one, other], ["segment"])
    release_round(round_=given.round)
    assert stored(given) == first


def test_the_same_blocks_whatever_was_chosen(world: World) -> None:
    groups = small_groups(world)
    cuts = []
    for lean in (0.0, 1.0):
        given = stopped(world, groups, seed=f"w{lean}", lean=lean, key=f"kijken{int(lean)}")
        cuts.append([row[:2] for row in stored(given) if row[0] in {"", "eerst"}])
    assert cuts[0] == cuts[1]


def test_a_second_release_is_the_first(world: World) -> None:
    given = stopped(world, small_groups(world))
    first, blocks = Release.objects.get(), stored(given)
    assert release_round(round_=given.round) == first
    assert stored(given) == blocks


def test_a_round_without_answers_has_an_empty_outcome(world: World) -> None:
    stopped(world, {("student", world.school): 0})
    assert Release.objects.count() == 1
    assert not Block.objects.exists()


@pytest.mark.parametrize(("people", "shown"), [(5, 0), (6, 1), (9, 1), (10, 1)])
def test_six_is_the_least(world: World, people: int, shown: int) -> None:
    stopped(world, {("student", world.school): people})
    assert Block.objects.filter(item="").count() == shown


def test_texts_wait_only_from_ten_people_and_five_texts(world: World) -> None:
    for people, waiting in ((9, 0), (10, 10)):
        given = stopped(world, {("student", world.school): people}, seed=str(people))
        assert FreeText.objects.filter(block__release__round=given.round).count() == waiting
    few = stopped(world, {("student", world.school): 12}, seed="stil", release=False)
    for row in Response.objects.filter(round=few.round).order_by("id")[4:]:
        row.answers.pop("vertel")
        row.save()
    release_round(round_=few.round)
    assert not FreeText.objects.filter(block__release__round=few.round).exists()


def test_texts_lie_in_another_order_than_their_sheets(world: World) -> None:
    given = stopped(world, {("student", world.school): 40})
    order = {s["vertel"]["v"]: n for n, s in enumerate(next(iter(given.sheets.values())))}
    read = [order[text.original] for text in FreeText.objects.order_by("id")]
    stored_order = [order[row.answers["vertel"]["v"]] for row in Response.objects.order_by("id")]
    assert sorted(read) == sorted(stored_order)
    assert read != stored_order
    assert read != sorted(read)


def test_small_groups_are_nowhere_in_what_is_stored(world: World) -> None:
    """The four institute educators lean on others: no block is theirs alone, and none of two schools' few students."""
    groups = small_groups(world)
    given = stopped(world, groups)
    alone = [set(b.members) for b in Block.objects.all() if given.respondents(b.members) < 6]
    assert alone == []
    assert Block.objects.filter(item="").exists()


def test_folding_in_batches_counts_the_same(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    given = stopped(world, {("student", second_school(world)): 23})
    instrument = instrument_of(given.round)
    monkeypatch.setattr("lemniscaat.instruments.folding.BATCH", 7)
    in_batches = fold_by(instrument, sheets(given.round))
    assert in_batches == {pk: fold(instrument, some) for pk, some in given.sheets.items()}
    assert tallies(given.round, in_batches, ["vragen"])[0].respondents == 23


def test_the_models_and_their_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    assert connection.introspection.table_names()
