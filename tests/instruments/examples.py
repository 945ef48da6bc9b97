"""One item of each kind, and values that fit it; the tests of this room share them."""

from typing import Any

from hypothesis import Phase, find, settings
from hypothesis import strategies as st

from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.items import BaseItem
from lemniscaat.instruments.kinds.registry import kind_of
from tests.instruments import examples_forms, examples_rows

FIVE = [
    {"key": f"o{n}", "nl": label}
    for n, label in enumerate(
        ("Nog niet", "Eén keer", "Een paar keer", "Elke week", "Vaker dan elke week"), 1
    )
]
SEVERAL = [
    {"key": "voordoen", "nl": "Voordoen"},
    {"key": "samen", "nl": "Samen"},
    {"key": "vragen", "nl": "Vragen"},
]

RAW: dict[str, Any] = {
    "key": "proef",
    "version": 1,
    "titles": {"nl": "Proef", "en": "Trial"},
    "maker": "Wij",
    "origin": "Eigen uitwerking",
    "known": "Niets.",
    "ours": "Alles.",
    "purpose": {"nl": "Proberen.", "en": "Trying."},
    "ways": ["alone"],
    "scales": {"vaak": FIVE},
    "sections": [
        {
            "title": "Alles",
            "items": [
                {"kind": "scale", "key": "schaal", "text": "Ik vroeg hulp.", "scale": "vaak"},
                {
                    "kind": "choice",
                    "key": "keuze",
                    "text": "Wat deed je?",
                    "options": SEVERAL,
                    "factual": True,
                },
                {"kind": "choices", "key": "meer", "text": "Wat hielp?", "options": SEVERAL},
                {"kind": "text", "key": "woorden", "text": "Vertel."},
                {"kind": "ranking", "key": "volgorde", "text": "Wat eerst?", "options": SEVERAL},
                {"kind": "ranking", "key": "top", "text": "Wat eerst?", "options": SEVERAL, "top": 2},
                {
                    "kind": "table",
                    "key": "tabel",
                    "text": "Waar?",
                    "rows": [{"key": "klas", "nl": "In de klas"}, {"key": "team", "nl": "In het team"}],
                    "columns": [
                        {"key": "vaak", "nl": "Hoe vaak", "scale": "vaak"},
                        {"key": "hoe", "nl": "Hoe dan"},
                    ],
                },
                *examples_forms.EXAMPLES,
                *examples_rows.EXAMPLES,
            ],
        }
    ],
}
INSTRUMENT = Instrument.model_validate(RAW)
ITEMS = {item.key: item for item in INSTRUMENT.items}

_words = examples_forms.words
_five = st.sampled_from([option["key"] for option in FIVE])
_several = [option["key"] for option in SEVERAL]
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "schaal": _five,
    "keuze": st.sampled_from(_several),
    "meer": st.sets(st.sampled_from(_several), min_size=1).map(
        lambda keys: [k for k in _several if k in keys]
    ),
    "woorden": _words,
    "volgorde": st.permutations(_several),
    "top": st.permutations(_several).map(lambda keys: keys[:2]),
    "tabel": st.fixed_dictionaries(
        {row: st.fixed_dictionaries({"vaak": _five}, optional={"hoe": _words}) for row in ("klas", "team")}
    ),
    **examples_forms.VALUES,
    **examples_rows.VALUES,
}
SAMPLES: dict[str, Any] = {
    "schaal": "o2",
    "keuze": "samen",
    "meer": ["voordoen", "vragen"],
    "woorden": "</textarea><script>",
    "volgorde": ["vragen", "samen", "voordoen"],
    "top": ["vragen", "samen"],
    "tabel": {"klas": {"vaak": "o1", "hoe": "zo"}, "team": {"vaak": "o5"}},
    **examples_forms.SAMPLES,
    **getattr(examples_rows, "SAMPLES", {}),
}
# without looking for why it fits: that takes seconds of every program that reads this file
_PLAIN = settings(phases=[Phase.generate, Phase.shrink], derandomize=True)
SAMPLES |= {key: find(VALUES[key], bool, settings=_PLAIN) for key in VALUES if key not in SAMPLES}
"""One value an item, by hand or else the plainest that fits; for the tests of the cards."""
SKIPS = st.sampled_from([{"skip": "na"}, {"skip": "rather_not"}, None])


def stored(key: str) -> st.SearchStrategy[Any]:
    """A stored answer to this item: a value, a skip or nothing."""
    return st.one_of(VALUES[key].map(lambda value: {"v": value}), SKIPS)


def columns() -> st.SearchStrategy[tuple[BaseItem, list[Any]]]:
    """An item with a column of stored answers."""
    return st.sampled_from(sorted(ITEMS)).flatmap(
        lambda key: st.tuples(st.just(ITEMS[key]), st.lists(stored(key), max_size=6))
    )


def responses() -> st.SearchStrategy[list[dict[str, Any]]]:
    """Whole responses to the example instrument."""
    one = st.fixed_dictionaries({}, optional={key: stored(key).filter(bool) for key in ITEMS})
    return st.lists(one, max_size=6)


def count(item: BaseItem, column: list[Any]) -> Any:
    return kind_of(item).batch(item, column)[0]
