"""Every kind: from form to answer and back, the laws of its summary, its sentence, table and paper."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lemniscaat.instruments.answers import CleanAnswer, Problem, read_answer
from lemniscaat.instruments.kinds.registry import KINDS, kind_of
from lemniscaat.instruments.kinds.scale import mean
from lemniscaat.instruments.language import Language
from lemniscaat.instruments.summaries import SKIPPED, Row, Summary
from tests.chance import tries
from tests.instruments.examples import ITEMS, VALUES, columns, count

few = settings(max_examples=tries(20, 40), deadline=None)


def test_every_kind_has_an_example() -> None:
    assert {item.kind for item in ITEMS.values()} == set(KINDS)


@few
@given(columns())
def test_empty_is_neutral(pair: Any) -> None:
    item, _ = pair
    kind, counted = kind_of(item), count(*pair)
    assert kind.merge(kind.empty(item), counted) == counted == kind.merge(counted, kind.empty(item))


@few
@given(columns(), st.integers(0, 6), st.integers(0, 6))
def test_merging_knows_no_order_and_no_steps(pair: Any, cut: int, other: int) -> None:
    item, column = pair
    a, b = sorted((cut, other))
    one, two, three = (count(item, part) for part in (column[:a], column[a:b], column[b:]))
    merge = kind_of(item).merge
    assert merge(one, two) == merge(two, one)
    assert merge(merge(one, two), three) == merge(one, merge(two, three)) == count(item, column)


@few
@given(columns())
def test_adding_one_by_one_equals_the_batch(pair: Any) -> None:
    item, column = pair
    kind = kind_of(item)
    total = kind.empty(item)
    for stored in column:
        total = kind.add(total, item, read_answer(stored))
    assert total == count(item, column)


@few
@given(columns())
def test_a_summary_counts_every_answer_once(pair: Any) -> None:
    item, column = pair
    counted = count(item, column)
    assert counted.n + sum(counted.skipped.values()) == len(column)
    assert set(counted.skipped) == set(SKIPPED)
    for part in counted.parts.values():
        # a part of which not everybody said something would rest on fewer people than n says
        assert sum(part.values()) == counted.n or set(part) == {"yes"}


@pytest.mark.parametrize("key", sorted(ITEMS))
@few
@given(data=st.data())
def test_what_is_stored_fills_the_form_and_comes_back(key: str, data: Any) -> None:
    item = ITEMS[key]
    kind = kind_of(item)
    answer = CleanAnswer(value=data.draw(VALUES[key]))
    assert kind.readable(item, answer.value)
    assert kind.clean(item, kind.posted(item, answer)) == answer


@pytest.mark.parametrize("key", sorted(ITEMS))
@pytest.mark.parametrize("skip", ["na", "rather_not"])
def test_every_item_can_be_passed_by(key: str, skip: Any) -> None:
    item = ITEMS[key]
    kind = kind_of(item)
    answer = kind.clean(item, kind.posted(item, CleanAnswer(skip=skip)))
    assert isinstance(answer, CleanAnswer)
    assert answer.stored() == {"skip": skip}


@pytest.mark.parametrize("key", sorted(ITEMS))
def test_nothing_filled_in_is_blank(key: str) -> None:
    answer = kind_of(ITEMS[key]).clean(ITEMS[key], {})
    assert isinstance(answer, CleanAnswer)
    assert answer.blank
    assert answer.stored() is None


@pytest.mark.parametrize(
    ("key", "posted", "says"),
    [
        ("schaal", {"schaal": ["o9"]}, "hoort niet bij deze vraag"),
        ("schaal", {"schaal": ["o1", "o2"]}, "hoort niet bij deze vraag"),
        ("schaal", {"schaal": ["skip:zomaar"]}, "hoort niet bij deze vraag"),
        ("meer", {"meer": ["samen"], "meer.skip": ["skip:na"]}, "Past niet bij mij"),
        ("meer", {"meer": ["gif"]}, "hoort niet bij deze vraag"),
        ("woorden", {"woorden": ["x" * 2001]}, "2001 tekens"),
        ("volgorde", {"volgorde.samen": ["1"], "volgorde.vragen": ["1"]}, "Plek 1 staat er twee keer"),
        ("volgorde", {"volgorde.samen": ["1"]}, "ontbreekt nog: 2, 3"),
        ("volgorde", {"volgorde.samen": ["7"]}, "hoort niet bij deze vraag"),
        ("tabel", {"tabel.klas.vaak": ["o1"]}, "‘in het team’"),
        ("tabel", {"tabel.klas.hoe": ["x" * 301]}, "301 tekens"),
    ],
)
def test_what_is_no_answer_gets_a_sentence(key: str, posted: dict[str, list[str]], says: str) -> None:
    problem = kind_of(ITEMS[key]).clean(ITEMS[key], posted)
    assert isinstance(problem, Problem)
    assert says in problem.say()


def test_hidden_characters_do_not_reach_the_row() -> None:
    answer = kind_of(ITEMS["woorden"]).clean(ITEMS["woorden"], {"woorden": [" a\x00b\r\nc\ud800 "]})
    assert isinstance(answer, CleanAnswer)
    assert answer.value == "ab\nc"


@pytest.mark.parametrize("value", [["o1"], {"a": 1}, 3, "o9", ""])
def test_a_damaged_answer_counts_as_blank_and_is_told(value: Any) -> None:
    for item in ITEMS.values():
        counted, unread = kind_of(item).batch(item, [{"v": value}])
        if not kind_of(item).readable(item, value):
            assert (counted.n, counted.skipped["blank"], unread) == (0, 1, 1)


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def _damaged(value: Any, data: Any) -> Any:
    """A value with one piece of it, or all, replaced by junk."""
    if isinstance(value, dict) and value and data.draw(st.booleans()):
        key = data.draw(st.sampled_from(sorted(value)))
        return {**value, key: _damaged(value[key], data)}
    if isinstance(value, list) and value and data.draw(st.booleans()):
        place = data.draw(st.integers(0, len(value) - 1))
        return [*value[:place], _damaged(value[place], data), *value[place + 1 :]]
    return data.draw(junk)


@pytest.mark.parametrize("key", sorted(ITEMS))
@few
@given(data=st.data())
def test_whatever_was_damaged_is_refused_or_counts_as_any_answer(key: str, data: Any) -> None:
    item = ITEMS[key]
    kind = kind_of(item)
    value = _damaged(data.draw(VALUES[key]), data)
    readable = kind.readable(item, value)
    assert isinstance(readable, bool)
    counted, unread = kind.batch(item, [{"v": value}])
    assert (counted.n, unread) == ((1, 0) if readable else (0, int(value is not None)))
    if readable:
        assert kind.said(item, value)
        assert kind.printed(item, "en")
        assert isinstance(kind.clean(item, kind.posted(item, CleanAnswer(value=value))), CleanAnswer)


@pytest.mark.parametrize("key", sorted(ITEMS))
@few
@given(data=st.data())
def test_whatever_is_posted_gets_an_answer_or_a_sentence(key: str, data: Any) -> None:
    item = ITEMS[key]
    kind = kind_of(item)
    fields = [*kind.fill(item, data.draw(VALUES[key]), key), kind.skip_name(key), f"{key}.zomaar"]
    typed = st.lists(st.text(max_size=8) | st.sampled_from(["skip:na", "1", "open", "|"]), max_size=2)
    posted = data.draw(st.dictionaries(st.sampled_from(fields), typed))
    answer = kind.clean(item, posted)
    assert kind.lines(item, posted, key, "nl")
    if isinstance(answer, Problem):
        assert answer.say()
    else:
        assert answer.value is None or kind.readable(item, answer.value)


@pytest.mark.parametrize("key", sorted(ITEMS))
@few
@given(data=st.data())
def test_every_value_is_told_to_who_gave_it(key: str, data: Any) -> None:
    item = ITEMS[key]
    value = data.draw(VALUES[key])
    for code in ("nl", "en"):
        said = kind_of(item).said(item, value, Language(code))
        assert said
        assert all(saying.words for saying in said)


def _rows(key: str, *counts: dict[str, int]) -> list[Row]:
    labels = ("studenten", "WPB's")
    parts = [Summary(sum(c.values()), {"": c}) for c in counts]
    return [Row(label, part) for label, part in zip(labels, parts, strict=False)]


def test_a_scale_is_told_by_two_neighbours_student_first() -> None:
    rows = _rows(
        "schaal", {"o1": 6, "o2": 8, "o3": 5, "o4": 3, "o5": 1}, {"o1": 4, "o2": 5, "o3": 10, "o5": 12}
    )
    said = kind_of(ITEMS["schaal"]).sentence(ITEMS["schaal"], rows)
    assert said == (
        "14 van de 23 studenten zeggen ‘nog niet’ of ‘één keer’. Bij WPB's zijn dat er 9 van de 31."
    )


def test_one_and_none_read_well() -> None:
    rows = _rows("schaal", {"o1": 1}, {"o5": 7})
    said = kind_of(ITEMS["schaal"]).sentence(ITEMS["schaal"], rows)
    assert said.startswith("1 van de 1 studenten zegt")
    assert said.endswith("Bij WPB's is dat niemand van de 7.")


@pytest.mark.parametrize("key", sorted(ITEMS))
@few
@given(data=st.data())
def test_every_kind_has_a_sentence_a_table_and_paper(key: str, data: Any) -> None:
    item = ITEMS[key]
    kind = kind_of(item)
    counted = count(
        item, [{"v": value} for value in data.draw(st.lists(VALUES[key], min_size=1, max_size=4))]
    )
    rows = [Row("studenten", counted), Row("WPB's", counted)]
    assert str(counted.n) in kind.sentence(item, rows)
    assert kind.sentence(item, [Row("studenten", kind.empty(item))]) == ""
    table = kind.tabled(item, rows)
    assert table.rows
    assert {len(row) for row in table.rows} == {len(table.header)}
    assert kind.printed(item)
    assert kind.seconds(item) > 0


def test_the_mean_is_for_exports() -> None:
    item: Any = ITEMS["schaal"]
    assert mean(item, Summary(4, {"": {"o1": 1, "o2": 0, "o3": 2, "o5": 1}})) == 3.0
    assert mean(item, Summary()) is None
