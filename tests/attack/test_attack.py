"""The attacker wins where it should, loses against the release, and reads what others collected."""

import json
from random import Random

import pytest

from attack.__main__ import attack_world, main
from attack.algebra import differences
from attack.figures import load
from attack.naive import self_check
from attack.search import attack


def test_every_scheme_that_does_not_hold_is_broken():
    for name, (broken, _) in self_check(Random(1)).items():
        assert broken, name


@pytest.mark.parametrize("number", range(12))
def test_no_findings_in_a_few_worlds(number):
    assert attack_world("tests", number) == []


def test_two_places_and_a_role_isolate_the_few_others():
    groups = [frozenset("ab"), frozenset("cd"), frozenset("ac")]
    assert differences(groups, {"a": 9, "b": 3, "c": 9, "d": 9}, 5) == []
    assert differences([*groups, frozenset("a")], {"a": 9, "b": 3, "c": 9, "d": 9}, 5) == [frozenset("b")]


def test_a_combination_over_several_small_segments_is_found():
    groups = [frozenset("abx"), frozenset("x")]  # a and b always together: one class of five people
    assert differences(groups, {"a": 2, "b": 3, "x": 40}, 5) == [frozenset("ab")]
    assert differences(groups, {"a": 2, "b": 3, "x": 40}, 4) == []


def _dump(path, **changes):
    data = {
        "people": {"a": 8, "b": 2},
        "questions": {"q": {"options": ["1", "2", "3"]}},
        "figures": [
            {"item": "q", "members": ["a", "b"], "n": 10, "counts": {"1": 5, "2": 5}},
            {"item": "q", "members": ["a"], "n": 8, "counts": {"1": 4, "2": 4}},
        ],
    }
    path.write_text(json.dumps({**data, **changes}))
    return path


def test_a_dump_of_published_figures_is_attacked(tmp_path, capsys):
    assert main(["--dump", str(_dump(tmp_path / "pages.json"))]) == 1
    said = capsys.readouterr().out
    assert "difference: q can be computed for b (2 people)" in said
    assert "bound: q '1' is certainly 1 among b (2 people)" in said


def test_a_dump_without_leaks_has_no_findings(tmp_path):
    path = _dump(tmp_path / "pages.json", people={"a": 8, "b": 7}, figures=[
        {"item": "q", "members": ["a", "b"], "n": 15, "counts": {"1": 7, "2": 8}},
        {"item": "q", "members": ["a"], "n": 8, "counts": {"1": 4, "2": 4}},
    ])  # fmt: skip
    assert attack(load(path)) == []
    assert main(["--dump", str(path)]) == 0


def test_a_dump_names_what_it_does_not_know(tmp_path):
    with pytest.raises(ValueError, match="unknown keys: figurs"):
        load(_dump(tmp_path / "a.json", figurs=[]))
    with pytest.raises(ValueError, match="without a number of people: b"):
        load(_dump(tmp_path / "b.json", people={"a": 8}))
