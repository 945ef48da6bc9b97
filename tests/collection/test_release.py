"""The cut of an anonymous round: its properties, the schemes it replaces and their leaks, and plain cases."""

import itertools
import json
import os
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attack import naive
from attack.algebra import differences
from attack.bounds import certain
from attack.figures import Evidence, Figure, Question
from lemniscaat.collection.release import (
    DEFAULT,
    Block,
    ItemBlock,
    ItemRule,
    ItemTally,
    Params,
    Released,
    SegmentTally,
    Table,
    UnsafeError,
    check,
    join,
    participation,
    plan_path,
    pool,
    release,
    remainder,
    table,
    text_blocks,
)
from tests.chance import tries

EXAMPLES = int(os.environ.get("LEMNISCAAT_EXAMPLES") or tries(40, 100))
many = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))

SCALE = ItemRule("scale")
VISITED = ItemRule("visited", exempt=True)
VISIT = ItemRule("visit", opened_by="visited")
HELPED = ItemRule("helped", multi=True, parts=("time", "people", "place"))
ORDER = ItemRule("order", bound=True, parts=("a", "b", "c"))
RULES = (VISIT, SCALE, VISITED, HELPED, ORDER)
Answer = dict[str, str] | str


def tally(answers: list[Answer]) -> ItemTally:
    parts: dict[str, dict[str, int]] = {}
    skipped: dict[str, int] = {}
    for answer in answers:
        if isinstance(answer, str):
            skipped[answer] = skipped.get(answer, 0) + 1
            continue
        for part, option in answer.items():
            counts = parts.setdefault(part, {})
            counts[option] = counts.get(option, 0) + 1
    return ItemTally(sum(isinstance(a, dict) for a in answers), parts, skipped)


def sheet(rng: Random, mood: float) -> dict[str, Answer]:
    """What one person fills in; a mood of 1 makes everybody alike."""
    alike = rng.random() < mood
    visited = alike or rng.random() < 0.5
    order = ["1", "2", "3"] if alike else rng.sample(["1", "2", "3"], 3)
    filled: dict[str, Answer] = {
        "scale": {"": "often" if alike else rng.choice(("never", "often", "always"))},
        "visited": {"": "yes" if visited else "no"},
        "visit": {"": "good" if alike else rng.choice(("good", "poor"))} if visited else "na",
        "helped": dict.fromkeys(["time"] if alike else rng.sample(["time", "people", "place"], 2), "yes"),
        "order": dict(zip("abc", order, strict=True)),
    }
    for key in ("scale", "helped", "order"):
        if rng.random() < 0.15:
            filled[key] = rng.choice(("na", "rather_not", "blank"))
    return filled


@st.composite
def rounds(draw: st.DrawFn) -> dict[int, tuple[tuple[str, ...], list[dict[str, Answer]]]]:
    """A stopped round: per segment its path and what its people filled in."""
    standings = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["learners", "educators", "*"]),
                st.sampled_from(["r1", "r2", "*"]),
                st.sampled_from(["b1", "b2", "*"]),
                st.sampled_from(["s1", "s2", "s3", "*"]),
            ),
            max_size=14,
            unique=True,
        )
    )
    plan = draw(st.sampled_from(["role", "place", "board-role"]))
    rng = Random(draw(st.integers(0, 10**6)))
    made = {}
    for number, standing in enumerate(standings):
        size = draw(st.one_of(st.integers(0, 7), st.integers(0, 30)))
        mood = rng.choice((0, 0.5, 0.95, 1))
        made[number] = (plan_path(plan, *standing), [sheet(rng, mood) for _ in range(size)])
    return made


def tallies(found: dict[int, tuple[tuple[str, ...], list[dict[str, Answer]]]]) -> list[SegmentTally]:
    return [
        SegmentTally(number, path, len(sheets), {r.key: tally([s[r.key] for s in sheets]) for r in RULES})
        for number, (path, sheets) in found.items()
    ]


def as_bytes(released: Released) -> str:
    base = [block.to_json() for block in released.base]
    items = {key: [b.to_json() for b in blocks] for key, blocks in sorted(released.items.items())}
    return json.dumps([base, items])


def shape(released: Released) -> list[object]:
    return [released.base, {k: [(b.members, b.path, b.n) for b in v] for k, v in released.items.items()}]


def plain(*sizes: tuple[str, int], answers: dict[str, dict[str, int]] | None = None) -> list[SegmentTally]:
    """Segments 1, 2, ... at "a/b" paths, with one simple item; everybody said "often" and "never" in turns."""
    made = []
    for number, (path, n) in enumerate(sizes, 1):
        counts = (answers or {}).get(path) or {"often": n - n // 2, "never": n // 2}
        made.append(SegmentTally(number, tuple(path.split("/")), n, {"scale": ItemTally.single(counts)}))
    return made


def members(released: Released, *groups: set[int]) -> list[frozenset[str]]:
    """Which segments count in the tables that a viewer gets for these groups, as the attacker names them."""
    shown = [table(released.items["scale"], frozenset(group)) for group in groups]
    return [frozenset(map(str, t.members)) for t in shown if t]


# properties


@many
@given(rounds())
def test_everybody_is_in_one_block_or_nowhere(found):
    released = release(tallies(found), RULES)
    inside = [m for block in released.base for m in block.members]
    assert len(inside) == len(set(inside))
    assert sum(b.respondents for b in released.base) == sum(len(found[m][1]) for m in inside)
    assert all(b.respondents >= 6 for b in released.base)
    lost = sum(len(sheets) for number, (_, sheets) in found.items() if number not in inside)
    assert lost < 6
    assert all(found[number][1] for number in inside)


@many
@given(rounds())
def test_blocks_of_an_item_are_unions_of_those_it_starts_from(found):
    released = release(tallies(found), RULES)
    check(released, RULES)
    for rule in RULES:
        starts = released.items[rule.opened_by] if rule.opened_by else released.base
        for block in released.items[rule.key]:
            assert block.n >= 6
            assert block.n == sum(isinstance(s[rule.key], dict) for m in block.members for s in found[m][1])
            touched = [start.members for start in starts if start.members & block.members]
            assert frozenset().union(*touched) == block.members


@many
@given(rounds(), st.sets(st.integers(0, 13)))
def test_every_table_is_a_sum_of_whole_blocks(found, group):
    released = release(tallies(found), RULES)
    for blocks in released.items.values():
        shown = table(blocks, frozenset(group))
        inside = [b for b in blocks if b.members <= group]
        assert (shown is None) == (not inside)
        if shown:
            assert shown.n == sum(b.n for b in inside) >= 6
            assert shown.members == frozenset().union(*(b.members for b in inside))
            answered = {number for number in group if number in found and found[number][1]}
            assert shown.whole == (answered <= shown.members)
            assert shown.kept_back.keys() >= {k for b in inside for k in b.kept_back}


@many
@given(rounds(), st.randoms(use_true_random=False))
def test_the_same_bytes_in_any_order(found, rng):
    before = as_bytes(release(tallies(found), RULES))
    mixed = {number: (path, rng.sample(sheets, len(sheets))) for number, (path, sheets) in found.items()}
    segments = tallies(mixed)
    rng.shuffle(segments)
    rules = list(RULES)
    rng.shuffle(rules)
    assert as_bytes(release(segments, rules)) == before


@many
@given(rounds(), st.randoms(use_true_random=False))
def test_the_same_bytes_when_two_people_of_a_block_swap_answers(found, rng):
    released = release(tallies(found), RULES)
    for block in released.base:
        people = [(number, i) for number in block.members for i in range(len(found[number][1]))]
        (one, i), (two, j) = rng.sample(people, 2)
        found[one][1][i], found[two][1][j] = found[two][1][j], found[one][1][i]
    assert as_bytes(release(tallies(found), RULES)) == as_bytes(released)


@many
@given(rounds(), st.integers())
def test_the_same_blocks_whatever_was_chosen(found, seed):
    rng = Random(seed)
    other = {}
    for number, (path, sheets) in found.items():
        changed = []
        for old in sheets:
            new = sheet(rng, 0.3)
            keep = {k: v for k, v in old.items() if isinstance(v, str)} | {"visited": old["visited"]}
            fill = {k: v for k, v in new.items() if isinstance(v, dict)}
            full = {"scale": {"": "always"}, "visit": {"": "poor"}, "helped": {"place": "yes"}}
            changed.append({"order": {"a": "3", "b": "1", "c": "2"}, **full, **fill, **keep})
        other[number] = (path, changed)
    assert shape(release(tallies(found), RULES)) == shape(release(tallies(other), RULES))


@many
@given(rounds())
def test_a_node_that_is_large_enough_is_whole_unless_it_lent_a_block(found):
    released = release(tallies(found), RULES)
    size = {number: len(sheets) for number, (_, sheets) in found.items()}
    nodes = {path[:depth] for path, _ in found.values() for depth in range(len(path) + 1)}
    for node in nodes:
        group = {n for n, (path, _) in found.items() if path[: len(node)] == node and size[n]}
        if sum(size[n] for n in group) < 6:
            continue
        assert group <= {m for block in released.base for m in block.members}
        for block in released.base:
            if block.members & group and not block.members <= group:
                assert sum(size[n] for n in block.members & group) >= 6


@many
@given(rounds())
def test_under_ten_nobody_is_certainly_like_everybody(found):
    for rule in RULES:
        released = release(tallies(found), RULES)
        for block in released.items[rule.key]:
            for part, counts in block.parts.items():
                if rule.key != "visited" and block.n < 10 and max(counts.values()) >= block.n - 1:
                    assert max(counts.values()) == block.n - 1
                    assert block.kept_back[part] == 1
                    assert len(counts) == 1


@many
@given(rounds(), rounds(), st.sets(st.integers(0, 13)))
def test_late_and_pooled_blocks_change_nothing_that_stands(first, late, group):
    one, two = release(tallies(first), RULES), release(tallies(late), RULES)
    before = as_bytes(one)
    both = join(one, two)
    assert as_bytes(one) == before
    assert both.base[: len(one.base)] == one.base
    for key in one.items:
        old, new = table(one.items[key], frozenset(group)), table(both.items[key], frozenset(group))
        if old:
            assert new is not None
            assert new.n == old.n or new.n >= old.n + 6


@many
@given(rounds())
def test_blocks_are_stored_and_found_again(found):
    released = release(tallies(found), RULES)
    for block in released.base:
        assert Block.from_json(json.loads(json.dumps(block.to_json()))) == block
    for blocks in released.items.values():
        assert tuple(ItemBlock.from_json(json.loads(json.dumps(b.to_json()))) for b in blocks) == blocks


# the nine schemes that leak, and what the release does in the same case


def test_row_1_threshold_only():
    assert differences([frozenset("AB"), frozenset("A")], {"A": 8, "B": 2}, 4) == [frozenset("B")]
    released = release(plain(("board/A", 8), ("board/B", 2)), [SCALE])
    assert table(released.items["scale"], frozenset({1})) is None
    assert members(released, {1}, {2}, {1, 2}) == [frozenset("12")]


def test_row_2_siblings_only():
    people = {"1": 9, "2": 3, "3": 10}  # A students, A educators, B mentors
    groups = [{1, 2}, {3}, {1}, {2, 3}]
    assert frozenset("2") in differences([frozenset(map(str, g)) for g in groups], people, 4)
    for paths in (("A/st", "A/ed", "B/wpb"), ("st/A", "sup/ed", "sup/wpb")):
        released = release(plain(*zip(paths, (9, 3, 10), strict=True)), [SCALE])
        assert differences(members(released, *groups), people, 5) == []


def test_row_3_linear_audit_only():
    naively = naive.audited()
    assert certain(naively, "q", 4)
    sizes = [("A/st", 9), ("A/wpb", 1), ("B/st", 8), ("B/wpb", 6), ("C/st", 7), ("C/wpb", 8)]
    said = {"A/wpb": {"never": 1}, "B/wpb": {"never": 3, "often": 3}, "C/wpb": {"never": 2, "often": 6}}
    said |= {path: {"often": n} for path, n in sizes if path.endswith("st")}
    for plan in (lambda p: p, lambda p: "/".join(reversed(p.split("/")))):
        released = release(
            plain(
                *((plan(path), n) for path, n in sizes),
                answers={plan(path): counts for path, counts in said.items()},
            ),
            [SCALE],
        )
        groups = [{1, 2}, {3, 4}, {5, 6}, {1, 3, 5}, {2, 4, 6}, *(b.members for b in released.base)]
        tables = [t for g in groups if (t := table(released.items["scale"], frozenset(g)))]
        figures = [
            Figure("q", frozenset(map(str, t.members)), t.n, t.counts, "", t.kept_back.get("", 0))
            for t in tables
        ]
        people = {str(i): n for i, (_, n) in enumerate(sizes, 1)}
        question = Question(options=("never", "often"))
        assert certain(Evidence(people, {"q": question}, figures), "q", 4) == []


def test_row_4_years_side_by_side():
    assert certain(naive.years(), "q", 4)
    year1 = release(plain(("board/A", 3), ("board/B", 4)), [SCALE])
    year2 = release(plain(("board/A", 4), ("board/B", 3)), [SCALE])
    pooled = join(year1, year2).items["scale"]
    assert table(pooled, frozenset({1})) is None
    assert table(pooled, frozenset({2})) is None
    both = table(pooled, frozenset({1, 2}))
    assert both is not None
    assert both.n == 14


def test_row_5_rolling_windows():
    windows = [frozenset(("y1", "y2")), frozenset(("y2", "y3"))]
    assert differences(windows, {"y1": 2, "y2": 4, "y3": 2}, 4) == [frozenset(("y1", "y3"))]
    years = [release(plain(("A", n)), [SCALE]) for n in (2, 4, 2)]
    assert all(year.items["scale"] == () for year in years)


def test_row_6_late_paper():
    assert differences([frozenset(("A",)), frozenset(("A", "late"))], {"A": 9, "late": 1}, 4)
    first, late = release(plain(("A", 9)), [SCALE]), release(plain(("A", 1)), [SCALE])
    assert join(first, late) == first


def test_row_7_own_answer():
    assert differences([frozenset("A")], {"A": 5}, 5) == [frozenset("A")]
    assert release(plain(("A", 5)), [SCALE]).base == ()
    assert differences(members(release(plain(("A", 6)), [SCALE]), {1}), {"1": 6}, 5) == []


def test_row_8_merging_because_a_group_is_unanimous():
    def kinds(n):
        return [c for c in itertools.product(range(n + 1), repeat=4) if sum(c) == n]

    cases: dict[tuple[int, ...], list[set[tuple[str, int]]]] = {}
    for a, b in itertools.product(kinds(7), kinds(8)):
        if alike := {(name, c.index(sum(c))) for name, c in (("A", a), ("B", b)) if max(c) == sum(c)}:
            cases.setdefault(tuple(map(sum, zip(a, b, strict=True))), []).append(alike)
    certainly = [total for total, alike in cases.items() if set.intersection(*alike)]
    assert (len(cases), len(certainly)) == (636, 148)

    told: dict[str, set[bool]] = {}
    for counts in kinds(7):  # the release tells the same of a unanimous group as of one that is not
        answers = {"A": dict(zip("1234", counts, strict=True))}
        (block,) = release(plain(("A", 7), answers=answers), [SCALE]).items["scale"]
        told.setdefault(json.dumps(block.to_json()), set()).add(max(counts) == 7)
    assert {True} not in told.values()


def test_row_9_n_per_item():
    naively = [frozenset(("visited",))]
    assert differences(naively, {"visited": 2}, 4)
    six = SegmentTally(1, ("A",), 6, {"scale": ItemTally.single({"never": 2}, {"na": 4})})
    released = release([six], [SCALE])
    assert len(released.base) == 1
    assert released.items["scale"] == ()


# plain cases


@pytest.mark.parametrize(("n", "blocks"), [(5, 0), (6, 1), (9, 1), (10, 1)])
def test_one_school(n, blocks):
    released = release(plain(("A", n)), [SCALE])
    assert len(released.base) == blocks
    assert participation(released, frozenset({1})) == (n if blocks else None)


def told(counts, rule=SCALE):
    (block,) = release(plain(("A", sum(counts.values())), answers={"A": counts}), [rule]).items["scale"]
    return block


def test_all_and_all_but_one_are_the_same_bytes():
    assert told({"often": 6}) == told({"often": 5, "never": 1}) == told({"often": 5, "new": 1})
    assert told({"often": 6}).parts == {"": {"often": 5}}
    assert told({"often": 6}).kept_back == {"": 1}
    assert told({"often": 4, "never": 2}).parts == {"": {"often": 4, "never": 2}}
    assert told({"often": 9}) == told({"often": 8, "never": 1})


def test_what_ten_agree_on_and_facts_are_told():
    assert told({"often": 10}).parts == {"": {"often": 10}}
    assert told({"often": 9, "never": 1}).kept_back == {}
    assert told({"often": 6}, replace(SCALE, exempt=True)).parts == {"": {"often": 6}}


def test_an_option_counted_zero_is_not_told_from_one_that_is_absent():
    assert told({"often": 4, "never": 2, "always": 0}) == told({"never": 2, "often": 4})


def test_many_choice_keeps_back_the_other_options_as_well():
    def one(**yes):
        answers = {"helped": ItemTally.many(6, yes)}
        (block,) = release([SegmentTally(1, ("A",), 6, answers)], [HELPED]).items["helped"]
        return block

    assert one(time=6) == one(time=5, people=1) == one(time=6, place=4)
    assert one(time=6).parts == {"time": {"yes": 5}}
    assert one(time=6).kept_back == {"people": 6, "place": 6, "time": 1}
    assert one(time=4, people=2).parts == {"people": {"yes": 2}, "time": {"yes": 4}}
    assert one(time=4, people=2).kept_back == {}


def test_a_ranking_does_not_undo_what_it_keeps_back():
    def one(**cards):
        answers = {"order": ItemTally(6, cards)}
        (block,) = release([SegmentTally(1, ("A",), 6, answers)], [ORDER]).items["order"]
        return block

    shown = one(a={"1": 6}, b={"2": 4, "3": 2}, c={"2": 2, "3": 4})
    assert shown == one(a={"1": 5, "2": 1}, b={"1": 1, "2": 3, "3": 2}, c={"2": 2, "3": 4})
    assert shown.parts == {"a": {"1": 5}}
    assert shown.kept_back == {"a": 1, "b": 6, "c": 6}


def test_rows_of_a_table_keep_back_each_for_themselves():
    rule = ItemRule("grid", parts=("x", "y"))
    rows = {"x": {"good": 7}, "y": {"good": 4, "poor": 3}}
    (block,) = release([SegmentTally(1, ("A",), 7, {"grid": ItemTally(7, rows)})], [rule]).items["grid"]
    assert block.parts == {"x": {"good": 6}, "y": {"good": 4, "poor": 3}}
    assert block.kept_back == {"x": 1}


def test_a_row_that_two_people_answered_is_shown_of_nobody():
    rule = ItemRule("grid", parts=("x", "y"))
    rows = {"x": {"good": 4, "poor": 4}, "y": {"poor": 2}}
    assert release([SegmentTally(1, ("A",), 8, {"grid": ItemTally(8, rows)})], [rule]).items["grid"] == ()


def test_all_schools_under_six_are_one_block():
    released = release(plain(("b1/A", 3), ("b1/B", 2), ("b2/C", 4)), [SCALE])
    assert [(b.members, b.path, b.respondents) for b in released.base] == [(frozenset({1, 2, 3}), (), 9)]


def test_the_other_schools_of_a_board_are_a_block_of_their_own():
    released = release(plain(("b1/A", 9), ("b1/B", 3), ("b1/C", 4), ("b2/D", 8)), [SCALE])
    assert sorted(b.path for b in released.base) == [("b1",), ("b1", "A"), ("b2", "D")]
    board, other = table(released.items["scale"], frozenset({1, 2, 3})), frozenset({2, 3})
    assert board is not None
    assert (board.whole, board.n) == (True, 16)
    others = table(released.items["scale"], other)
    assert others is not None
    assert others.whole


def test_a_school_that_is_too_small_borrows_the_smallest_block():
    released = release(plain(("b1/A", 9), ("b1/B", 3), ("b1/C", 7)), [SCALE])
    assert {b.members for b in released.base} == {frozenset({1}), frozenset({2, 3})}


def test_a_role_in_one_school():
    released = release(plain(("st/b/A", 8), ("st/b/B", 7), ("ed/b/A", 2)), [SCALE])
    assert {b.members: b.path for b in released.base} == {
        frozenset({1}): ("st", "b", "A"),
        frozenset({2, 3}): (),
    }
    shown = table(released.items["scale"], frozenset({1, 2}))
    assert shown is not None
    assert (shown.whole, shown.members, shown.n) == (False, frozenset({1}), 8)


def test_a_segment_without_school_stands_beside_the_schools():
    released = release(plain(("b1/A", 8), ("b1", 7), ("b1/B", 2)), [SCALE])
    assert {b.members for b in released.base} == {frozenset({1}), frozenset({2, 3})}


def test_a_segment_nobody_answered_for_takes_nothing_from_its_siblings():
    released = release(plain(("b/A", 8), ("b/B", 0)), [SCALE])
    assert [b.members for b in released.base] == [frozenset({1})]
    assert participation(released, frozenset({2})) is None
    board = table(released.items["scale"], frozenset({1, 2}))
    assert board is not None
    assert (board.whole, board.members) == (True, frozenset({1}))


def test_all_not_applicable():
    none = SegmentTally(1, ("b", "A"), 8, {"scale": ItemTally(skipped={"na": 8})})
    some = SegmentTally(2, ("b", "B"), 7, {"scale": ItemTally.single({"often": 3, "never": 4})})
    assert release([none], [SCALE]).items["scale"] == ()
    (block,) = release([none, some], [SCALE]).items["scale"]  # who skipped all of it is not told either
    assert (block.members, block.n, block.skipped) == (frozenset({1, 2}), 7, {"na": 8})


def test_a_routed_item_is_cut_from_the_blocks_of_the_item_that_opens_it():
    def school(number, name, yes, no):
        visit = ItemTally.single({"good": yes // 2, "poor": yes - yes // 2}, {"na": no})
        visited = ItemTally.single({"yes": yes, "no": no})
        return SegmentTally(number, ("b", name), yes + no, {"visited": visited, "visit": visit})

    plainly = ItemRule("visited")  # not marked as factual: it opens another item, so it is
    released = release([school(1, "A", 7, 1), school(2, "B", 2, 6), school(3, "C", 9, 0)], [VISIT, plainly])
    assert [b.members for b in released.items["visited"]] == [{1}, {2}, {3}]
    assert released.items["visited"][2].parts == {"": {"yes": 9}}
    assert {b.members for b in released.items["visit"]} == {frozenset({1, 2}), frozenset({3})}
    assert check(released, [VISITED, VISIT]) is None


def test_a_school_that_changes_board_is_pooled_under_its_own_name():
    def year(board, segment):
        counts = {"often": 4, "never": 3}
        tallied = SegmentTally(segment, (board, "A"), 7, {"scale": ItemTally.single(counts)})
        return {f"id{segment}": release([tallied], [SCALE]).items["scale"][0]}

    pooled = pool(year("b1", 10), year("b2", 20))
    shown = table(pooled.values(), frozenset({10, 20}))
    assert shown is not None
    assert (shown.n, shown.counts) == (14, {"never": 6, "often": 8})
    assert table(pooled.values(), frozenset({10})).n == 7


def test_a_block_in_two_partnerships_counts_once():
    (block,) = release(plain(("A", 8)), [SCALE]).items["scale"]
    assert table(pool({"id": block}, {"id": block}).values(), frozenset({1})).n == 8


@pytest.mark.parametrize(("late", "n"), [(1, 9), (5, 9), (6, 15)])
def test_late_answers_come_by_six_or_not_at_all(late, n):
    first = release(plain(("A", 9)), [SCALE])
    both = join(first, release(plain(("A", late)), [SCALE]))
    assert table(both.items["scale"], frozenset({1})).n == n
    assert participation(both, frozenset({1})) == n


def test_late_answers_that_joined_another_school_make_the_figure_a_part():
    first = release(plain(("b/A", 9), ("b/B", 7)), [SCALE])
    both = join(first, release(plain(("b/A", 3), ("b/B", 3)), [SCALE]))
    school = table(both.items["scale"], frozenset({1}))
    assert (school.n, school.whole) == (9, False)
    assert table(both.items["scale"], frozenset({1, 2})).n == 22


def test_what_an_import_leaves_of_its_total_is_one_more_piece():
    total = SegmentTally(9, ("b",), 20, {"scale": ItemTally.single({"often": 12, "never": 8})})
    rows = plain(("b/A", 9), ("b/B", 8))
    rest = remainder(total, rows)
    assert (rest.respondents, rest.items["scale"].parts[""]) == (3, {"often": 3, "never": 0})
    released = release([*rows, rest], [SCALE])
    assert {b.members for b in released.base} == {frozenset({1}), frozenset({2, 9})}


def test_an_import_with_a_wrong_total_is_refused():
    total = SegmentTally(9, ("b",), 16, {"scale": ItemTally.single({"often": 9, "never": 7})})
    with pytest.raises(ValueError, match="fewer"):
        remainder(total, plain(("b/A", 9), ("b/B", 8)))
    with pytest.raises(ValueError, match="fewer"):
        remainder(SegmentTally(9, ("b",), 16), [SegmentTally(1, ("b", "A"), 17)])


def test_texts_are_read_from_ten_people_with_five_texts():
    released = release(plain(("b/A", 12), ("b/B", 7), ("b/C", 11)), [SCALE])
    shown = text_blocks(released, {1: 5, 2: 5, 3: 4})
    assert [(b.members, b.respondents) for b in shown] == [(frozenset({2, 3}), 18), (frozenset({1}), 12)]
    assert text_blocks(released, {1: 4}) == ()
    assert text_blocks(release(plain(("A", 9)), [SCALE]), {1: 9}) == ()


@pytest.mark.parametrize(
    "lower", [{"others": 4}, {"readers": 0}, {"alike_below": 9}, {"text_block": 9}, {"texts": 4}]
)
def test_parameters_only_go_up(lower):
    with pytest.raises(ValueError, match="least allowed"):
        Params(**lower)
    raised = Params(**{name: getattr(DEFAULT, name) + 3 for name in lower})
    assert raised.least >= DEFAULT.least


def test_a_plan_that_is_not_there():
    with pytest.raises(ValueError, match="unknown plan"):
        Params(plan="team")


def test_a_raised_threshold_holds():
    assert release(plain(("A", 8)), [SCALE], Params(others=8)).base == ()
    assert len(release(plain(("A", 9)), [SCALE], Params(others=8)).base) == 1


def test_paths():
    assert plan_path("role", "learners", "student", "b1", "s1") == ("learners", "student", "b1", "s1")
    assert plan_path("place", "learners", "student", "b1", "*") == ("b1", "*", "learners", "student")
    assert plan_path("board-role", "learners", "*", "b1", "*") == ("b1", "learners")
    assert plan_path("role", "*", "*", "*", "*") == ()


def test_a_table_has_one_door():
    with pytest.raises(UnsafeError):
        Table(True, frozenset({1}), 6, {"": {"often": 6}}, {}, {})


def test_the_check_refuses_what_breaks_the_promise():
    def item(n, *segments):
        return ItemBlock(frozenset(segments), (), n, {"": {"often": n}}, {}, {})

    base = (Block(frozenset({1, 2}), (), 8), Block(frozenset({3}), (), 9))
    for broken in (
        Released((Block(frozenset({1}), (), 5),), {"scale": ()}),
        Released((*base, Block(frozenset({3}), (), 7)), {"scale": ()}),
        Released(base, {"scale": (item(5, 3),)}),
        Released(base, {"scale": (item(6, 1),)}),
        Released(base, {"scale": (item(9, 3), item(9, 3))}),
        Released(base, {"scale": (item(9, 2, 3),)}),
    ):
        with pytest.raises(UnsafeError):
            check(broken, [SCALE])
    check(Released(base, {"scale": (item(17, 1, 2, 3),)}), [SCALE])


def test_input_that_cannot_be():
    good = plain(("A", 8))
    with pytest.raises(ValueError, match="never negative"):
        ItemTally.single({"often": -1, "never": 3})
    with pytest.raises(ValueError, match="more answers than there are"):
        ItemTally(3, {"": {"often": 4}})
    with pytest.raises(ValueError, match="more answers than respondents"):
        SegmentTally(1, ("A",), 3, {"scale": ItemTally.single({"often": 3}, {"na": 1})})
    with pytest.raises(ValueError, match="segment is given twice"):
        release([*good, *good], [SCALE])
    with pytest.raises(ValueError, match="item is given twice"):
        release(good, [SCALE, SCALE])
    with pytest.raises(ValueError, match="not there"):
        release(good, [VISIT])
    with pytest.raises(ValueError, match="does not know"):
        release(good, [ItemRule("scale", parts=("x",))])
    with pytest.raises(ValueError, match="does not know"):
        release([SegmentTally(1, (), 6, {"helped": ItemTally(6, {"time": {"no": 6}})})], [HELPED])
