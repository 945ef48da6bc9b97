"""The kinds with rows, cards, notes and boards at the release: what their cut says is so, and what it has to hide."""

from __future__ import annotations

from typing import Any

import pytest

from lemniscaat.collection.models import FreeText, Round, Segment
from lemniscaat.collection.opening import start_round
from lemniscaat.collection.release import ItemTally, SegmentTally, release, table
from lemniscaat.collection.releasing import release_round, rules_of
from lemniscaat.instruments.folding import fold
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.items import BaseItem
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.library import NoInstrumentError, library
from tests import cast
from tests.collection.released import stopped

ROWS = [{"key": "een", "nl": "Een"}, {"key": "twee", "nl": "Twee"}]
ANSWERS = [{"key": "wel", "nl": "Wel"}, {"key": "deels", "nl": "Deels"}, {"key": "niet", "nl": "Niet"}]
PHASES = [{**row, "words": "Zo."} for row in ROWS]
POLES = [{**row, "left": "Links", "right": "Rechts"} for row in ROWS]
ITEMS: list[dict[str, Any]] = [
    {"kind": "checklist", "key": "punten", "points": ROWS, "options": ANSWERS, "note": "Wat zag je?", "own_rows": 1},
    {"kind": "polarity", "key": "polen", "rows": POLES},
    {"kind": "statements", "key": "stellingen", "statements": ROWS, "add": 1},
    {"kind": "roadmap", "key": "route", "stations": ROWS},
    {"kind": "cards", "key": "stapels", "cards": ROWS, "piles": ANSWERS},
    {"kind": "cards", "key": "trek", "cards": ROWS, "draw": 1},
    {"kind": "picture", "key": "plaat", "drawing": "lus", "alt": "Een lus.",
     "spots": [{**row, "x": 1, "y": 1} for row in ROWS]},
    {"kind": "notes", "key": "briefjes", "columns": ROWS},
    {"kind": "opportunities", "key": "kansen", "sides": ROWS, "groups": ROWS},
    {"kind": "placement", "key": "plek", "phases": PHASES, "wish": "Waarheen?"},
    {"kind": "wanted", "key": "groei", "options": ANSWERS},
    {"kind": "number", "key": "uren", "bins": [0, 5, 10]},
    {"kind": "date", "key": "dag"},
]  # fmt: skip
VALUES: dict[str, list[Any]] = {
    "punten": [{"rows": {"een": {"at": "wel"}}}, {"own": [{"label": "Iets", "at": "niet"}]}],
    "polen": [{"rows": {"een": {"at": "left"}, "twee": {"why": "Daarom."}}}],
    "stellingen": [{"rows": {"een": {"at": "agree"}}}, {"own": [{"label": "Iets"}]}],
    "route": [{"rows": {"twee": {"at": "arrived", "wie": "Wij"}}}],
    "stapels": [{"rows": {"een": {"at": "wel"}, "twee": {"at": "wel"}}}],
    "trek": [{"rows": {"een": {"at": "yes"}}}],
    "plaat": [{"rows": {"een": {"note": "Hier."}, "twee": {"note": "Daar."}}}],
    "briefjes": [[{"text": "Een", "at": "een"}, {"text": "Nog een", "at": "een"}]],
    "kansen": [{"found": [{"side": "een", "text": "Meekijken"}]}],
    "plek": [{"at": "een-twee"}, {"at": "een", "wish": "twee"}, {"at": "een", "wish": "open"}],
    "groei": [{"now": "niet", "want": "wel"}],
    "uren": [0, 7, 22],
    "dag": ["2026-11-22"],
}


def instrument(**head: Any) -> Instrument:
    both = {"nl": "Soorten", "en": "Kinds"}
    origin = dict.fromkeys(("maker", "origin", "known", "ours"), "Eigen uitwerking.")
    items = [{"text": "Vraag", **item} for item in ITEMS]
    plain = {"key": "soorten", "version": 1, "titles": both, "purpose": both, "ways": ["alone"], **origin}
    return Instrument.model_validate(
        {**plain, "sections": [{"title": both, "items": items}], "round": True, **head}
    )


def items() -> tuple[BaseItem, ...]:
    return instrument().items


@pytest.mark.parametrize("item", items(), ids=lambda item: item.key)
def test_a_cut_says_the_truth(item: BaseItem) -> None:
    """Whole: every part counts everybody who gave something. Multi: a part counts at most everybody, under 'yes'."""
    values = VALUES[item.key]
    assert all(kind_of(item).readable(item, value) for value in values)
    counted = fold(instrument(), [{item.key: {"v": value}} for value in values])[item.key]
    assert counted.n == len(values)
    sizes = {sum(counts.values()) for counts in counted.parts.values()}
    if kind_of(item).cut(item) == "whole":
        assert sizes == {counted.n}
    else:
        assert max(sizes) <= counted.n
        assert {key for counts in counted.parts.values() for key in counts} == {"yes"}


def told(key: str, n: int, counts: dict[str, dict[str, int]]) -> Any:
    """What a round of one block shows of an item."""
    rule = next(rule for rule in rules_of(instrument()) if rule.key == key)
    whole = SegmentTally(1, ("learning",), n, {key: ItemTally(n, counts)})
    return table(release([whole], [rule]).items[key], frozenset({1}))


@pytest.mark.parametrize("answered", range(6))
def test_a_row_that_all_but_a_few_left_open_shows_nothing(answered: int) -> None:
    left = {"wel": answered, "open": 12 - answered}
    shown = told("punten", 12, {"een": {"wel": 6, "niet": 6}, "twee": {k: n for k, n in left.items() if n}})
    assert shown.parts == {"een": {"wel": 6, "niet": 6}}
    assert shown.kept_back == {"twee": 12}


def test_all_and_all_but_one_of_who_filled_a_row_in_look_the_same() -> None:
    six = told("punten", 12, {"een": {"wel": 6, "niet": 6}, "twee": {"wel": 7, "open": 5}})
    five = told("punten", 12, {"een": {"wel": 6, "niet": 6}, "twee": {"wel": 6, "niet": 1, "open": 5}})
    assert six == five
    assert six.parts["twee"] == {"wel": 6, "open": 5}


def test_a_wish_that_all_but_two_left_open_shows_nothing() -> None:
    shown = told("plek", 12, {"at": {"een": 6, "twee": 6}, "wish": {"twee": 2, "open": 10}})
    assert "wish" not in shown.parts


def gave(world: cast.World, given: list[Any], key: str, people: int) -> Round:
    """A stopped round in which some of these people gave this item these answers, and nobody another."""
    made = stopped(world, {("student", world.school): people}, release=False).round
    made.instrument.definition = instrument().definition()
    made.instrument.save(update_fields=["definition"])
    segment = Segment.objects.get(round=made).pk
    answers: list[dict[str, Any]] = [{key: {"v": value}} for value in given]
    answers += [{}] * (people - len(given))
    release_round(round_=made, rows=[(segment, one) for one in answers])
    return made


@pytest.mark.django_db
def test_five_notes_of_one_person_are_not_five_voices(world: cast.World) -> None:
    notes = [{"text": f"Briefje {n}", "at": "een"} for n in range(3)]
    gave(world, [notes, notes], "briefjes", 12)
    assert not FreeText.objects.exists()


@pytest.mark.django_db
def test_words_by_a_place_do_not_fill_in_what_its_table_keeps_back(world: cast.World) -> None:
    here = {"rows": {"een": {"note": "Hier."}}}
    gave(world, [here] * 7, "plaat", 12)
    assert not FreeText.objects.exists()


@pytest.mark.django_db
def test_an_instrument_for_a_table_is_asked_of_no_round(world: cast.World) -> None:
    key = next(one.key for one in library() if any(item.private for item in one.items))
    with pytest.raises(NoInstrumentError):
        start_round(
            access=world.access(world.noor),
            layer_id=world.team.pk,
            instrument_key=key,
            title="Toch",
            roles=["student"],
            no_appointment_because="Zo.",
            over_budget_because="Zo.",
        )
    assert not Round.objects.exists()


@pytest.mark.parametrize("extra", [{"kind": "file"}, {"kind": "text", "private": True}])
@pytest.mark.parametrize("module", [None, "erbij"])
def test_what_gives_its_giver_away_is_in_no_round_nor_in_a_part_of_one(
    extra: dict[str, Any], module: str | None
) -> None:
    both = {"nl": "Deel", "en": "Part"}
    item = {"key": "extra", "text": "Vraag", **extra}
    section = {"title": both, "items": [item], **({"module": module} if module else {})}
    first = {"title": both, "items": [{"kind": "text", "key": "vrij", "text": "Vraag"}]}
    with pytest.raises(ValueError, match=r"ronde|laat zien"):
        instrument(sections=[first, section])
