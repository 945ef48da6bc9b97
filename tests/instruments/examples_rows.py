"""Items whose answers stand in rows, on cards or on notes; and values that fit them."""

from typing import Any

from hypothesis import strategies as st

PILES: list[dict[str, str]] = [{"key": "nu", "nl": "Past nu bij ons"}, {"key": "later", "nl": "Later"}]
CARDS: list[dict[str, Any]] = [
    {
        "key": "samen",
        "nl": "Samen opleiden",
        "ask": ["Van wie leerde jij hier iets?"],
        "side": "De leeromgeving",
    },
    {"key": "lef", "nl": "Lef", "ask": ["Wat durfde je?", "Wie hielp je?"]},
    {"key": "rust", "nl": "Rust", "ask": ["Waar vond je die?"]},
]
SPOTS: list[dict[str, Any]] = [
    {"key": "brug", "nl": "De brug", "x": 42, "y": 60},
    {"key": "haven", "nl": "De haven", "x": 86, "y": 74},
]
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
EXAMPLES: list[dict[str, Any]] = [
    {
        "kind": "statements",
        "key": "stellingen",
        "text": "Wat vind jij?",
        "statements": [
            {"key": "s1", "nl": "Wie begeleidt, leert zelf ook."},
            {"key": "s2", "nl": "Fouten mogen."},
        ],
        "add": 2,
    },
    {
        "kind": "checklist",
        "key": "kijkpunten",
        "text": "Wat zag je in de les?",
        "points": [{"key": "p1", "nl": "De student probeert iets uit."}, {"key": "p2", "nl": "Er is rust."}],
        "note": "Wat zag of hoorde je precies?",
        "own_rows": 1,
    },
    {
        "kind": "polarity",
        "key": "polen",
        "text": "Waar staan we?",
        "rows": [
            {"key": "start", "nl": "De start", "left": "De student kiest.", "right": "Wij kiezen samen."},
            {"key": "einde", "nl": "Het einde", "left": "Een cijfer.", "right": "Een gesprek."},
        ],
        "own_rows": 1,
    },
    {"kind": "cards", "key": "kaarten", "text": "Trek een kaart en vertel.", "cards": CARDS, "draw": 2},
    {
        "kind": "cards",
        "key": "stapels",
        "text": "Leg elke kaart op een stapel.",
        "cards": CARDS,
        "piles": PILES,
    },
    {
        "kind": "roadmap",
        "key": "route",
        "text": "Waar zijn we?",
        "stations": [
            {"key": "horen", "nl": "We horen de zorgen"},
            {"key": "doen", "nl": "We doen er iets mee"},
        ],
        "own_rows": 1,
    },
    {"kind": "notes", "key": "briefjes", "text": "Wat zag je?", "most": 2},
    {
        "kind": "notes",
        "key": "plekken",
        "text": "Wat zag je, en waar hangt het?",
        "columns": [{"key": "merkbaar", "nl": "Merkbaar"}, {"key": "meetbaar", "nl": "Meetbaar"}],
    },
    {
        "kind": "opportunities",
        "key": "kansen",
        "text": "Welke leerkansen zijn er?",
        "sides": [{"key": "school", "nl": "In onze school"}, {"key": "opleiding", "nl": "In de opleiding"}],
        "groups": [{"key": "jaar1", "nl": "Eerstejaars"}, {"key": "jaar2", "nl": "Tweedejaars"}],
        "most": 3,
    },
    {
        "kind": "picture",
        "key": "plaat",
        "text": "Waar staan wij?",
        "drawing": "landschap",
        "alt": "Een landschap met een weg en een brug.",
        "spots": SPOTS,
    },
    {
        "kind": "picture",
        "key": "eigen-plaat",
        "text": "Waar zie je dat?",
        "data": PIXEL,
        "alt": "Een foto van onze hal.",
        "spots": SPOTS,
    },
]

_words = st.text("abc déï", min_size=1, max_size=12).filter(lambda text: text == text.strip())


def _row(options: list[str], asks: list[str]) -> st.SearchStrategy[Any]:
    fields: dict[str, st.SearchStrategy[Any]] = {"at": st.sampled_from(options)} if options else {}
    return st.fixed_dictionaries({}, optional=fields | dict.fromkeys(asks, _words)).filter(bool)


def _rows(
    keys: list[str], options: list[str], asks: list[str], own: int = 0, naming: tuple[str, ...] = ("label",)
) -> st.SearchStrategy[Any]:
    """Rows somebody filled in, and rows of their own."""
    row = _row(options, asks)
    named = st.fixed_dictionaries(dict.fromkeys(naming, _words))
    owned = st.builds(lambda name, rest: name | rest, named, st.one_of(row, st.just({})))
    rows = st.dictionaries(st.sampled_from(keys), row, min_size=1)
    if not own:
        return st.fixed_dictionaries({"rows": rows})
    more = st.lists(owned, min_size=1, max_size=own)
    return st.fixed_dictionaries({}, optional={"rows": rows, "own": more}).filter(bool)


_faces = [card["key"] for card in CARDS]
_taken = st.fixed_dictionaries({"at": st.just("yes")}, optional={"note": _words})
_piled = st.fixed_dictionaries({"at": st.sampled_from(["nu", "later"])})
_found = st.fixed_dictionaries(
    {"side": st.sampled_from(["school", "opleiding"]), "text": _words},
    optional={"groups": st.sampled_from([["jaar1"], ["jaar2"], ["jaar1", "jaar2"]]), "why": _words},
)
_spotted = _rows([spot["key"] for spot in SPOTS], [], ["note"])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "stellingen": _rows(["s1", "s2"], ["agree", "disagree", "pass"], [], own=2),
    "kijkpunten": _rows(["p1", "p2"], ["yes", "partly", "not-yet"], ["note"], own=1),
    "polen": _rows(
        ["start", "einde"],
        ["left", "more-left", "between", "more-right", "right"],
        ["why"],
        own=1,
        naming=("label", "left", "right"),
    ),
    "kaarten": st.dictionaries(st.sampled_from(_faces), _taken, min_size=1, max_size=2).map(
        lambda rows: {"rows": rows}
    ),
    "stapels": st.dictionaries(st.sampled_from(_faces), _piled, min_size=1).map(lambda rows: {"rows": rows}),
    "route": _rows(
        ["horen", "doen"], ["not-begun", "on-the-way", "arrived"], ["wie", "nodig", "afspraak"], own=1
    ),
    "briefjes": st.lists(st.fixed_dictionaries({"text": _words}), min_size=1, max_size=2),
    "plekken": st.lists(
        st.fixed_dictionaries({"text": _words, "at": st.sampled_from(["merkbaar", "meetbaar"])}),
        min_size=1,
        max_size=3,
    ),
    "kansen": st.lists(_found, min_size=1, max_size=3).map(lambda found: {"found": found}),
    "plaat": _spotted,
    "eigen-plaat": _spotted,
}
