"""Items to fill in with a number, a day, a place on a road, now and wanted, or a file; and values that fit them."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

STEPS = [
    {"key": "niet", "nl": "Nog niet"},
    {"key": "soms", "nl": "Soms"},
    {"key": "vaak", "nl": "Vaak"},
    {"key": "altijd", "nl": "Altijd"},
]
PHASES = [
    {"key": "p1", "nl": "Ieder voor zich", "words": "Plaatsen worden geregeld."},
    {"key": "p2", "nl": "Een kleine kern trekt", "words": "Een plan en afspraken zijn er."},
    {"key": "p3", "nl": "Vanzelf samen", "words": "Wie het weet, gaat voor."},
]
EXAMPLES: list[dict[str, Any]] = [
    {
        "kind": "number",
        "key": "lesuren",
        "text": "Hoeveel lesuren gaf je?",
        "unit": "lesuren",
        "least": 0,
        "greatest": 40,
        "bins": [0, 5, 10, 20],
    },
    {"kind": "date", "key": "gesprek", "text": "Wanneer was jullie eerste gesprek?"},
    {
        "kind": "placement",
        "key": "waar",
        "text": "Waar herken je ons?",
        "phases": PHASES,
        "wish": "Waar wil je over een jaar staan?",
        "step": "Wat is een eerste stap?",
    },
    {
        "kind": "placement",
        "key": "alleen-nu",
        "text": "Waar herken je ons?",
        "phases": PHASES,
        "between": False,
    },
    {"kind": "wanted", "key": "nu-en-straks", "text": "Studenten krijgen begeleiding.", "options": STEPS},
    {"kind": "file", "key": "bestand", "text": "Voeg een voorbeeld toe."},
]

words = st.text("abc déï", min_size=1, max_size=12).filter(lambda text: text == text.strip())
_phases = [phase["key"] for phase in PHASES]
_places = st.sampled_from(["p1", "p1-p2", "p2", "p2-p3", "p3"])
_steps = st.sampled_from([step["key"] for step in STEPS])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "lesuren": st.integers(0, 40),
    "gesprek": st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)).map(str),
    "waar": st.fixed_dictionaries(
        {"at": _places},
        optional={"event": words, "wish": st.one_of(_places, st.just("open")), "step": words},
    ),
    "alleen-nu": st.fixed_dictionaries({"at": st.sampled_from(_phases)}, optional={"event": words}),
    "nu-en-straks": st.fixed_dictionaries({"now": _steps, "want": _steps}, optional={"evidence": words}),
    "bestand": st.fixed_dictionaries(
        {
            "id": st.text("abc019", min_size=8, max_size=40),
            "name": st.sampled_from(["plan.pdf", "een foto (2).jpg", "a|b.docx"]),
        }
    ),
}
SAMPLES: dict[str, Any] = {
    "lesuren": 12,
    "gesprek": "2026-09-03",
    "waar": {"at": "p1-p2", "event": "</textarea><script>", "wish": "open", "step": "Samen kijken."},
    "alleen-nu": {"at": "p2"},
    "nu-en-straks": {"now": "soms", "want": "vaak", "evidence": "Een plan per student."},
    "bestand": {"id": "abc0abc1", "name": "<script>.pdf"},
}
"""One value an item, with what a hostile hand might type."""
