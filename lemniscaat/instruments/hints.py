"""What somebody probably meant: Dutch words for the names of the grammar, and each name shown in use."""

from __future__ import annotations

import re
import unicodedata

_WORDS = {
    "text": "tekst vraag zin open stelling",
    "title": "titel kop deel",
    "titles": "titel title naam",
    "purpose": "doel bedoeling",
    "known": "bekend",
    "ours": "eigen",
    "origin": "herkomst bron oorsprong",
    "version": "versie",
    "yields": "opbrengst uitkomst",
    "ways": "manieren wijze vorm",
    "sections": "delen onderdelen",
    "items": "vragen kaarten",
    "roles": "rollen",
    "layers": "lagen",
    "elements": "elementen",
    "scales": "schalen",
    "script": "draaiboek",
    "say": "zeg",
    "do": "doe",
    "slow": "langzaam",
    "groups": "groepen groepjes",
    "activity": "kernactiviteit activiteit",
    "talk": "praten bespreken",
    "think": "denken alleen stil invullen",
    "share": "delen",
    "show": "tonen openleggen",
    "look": "kijken",
    "write": "schrijven",
    "decide": "afspreken besluiten",
    "kind": "soort type",
    "key": "sleutel",
    "for": "voor rol role rollen",
    "help": "hulp uitleg toelichting",
    "core": "kern",
    "factual": "feit feitelijk",
    "quick": "snel",
    "private": "prive privé",
    "options": "opties antwoorden keuzes",
    "any_of": "antwoord antwoorden een-van",
    "item": "vraag",
    "scale": "schaal likert",
    "choice": "keuze meerkeuze",
    "choices": "keuzes meerkeuze",
    "number": "getal",
    "date": "datum",
    "ranking": "rangorde volgorde",
    "table": "tabel tafel",
    "cards": "kaarten kaart",
    "notes": "briefjes notities",
    "statements": "stellingen stelling",
    "checklist": "lijst vinklijst",
    "opportunities": "kansen",
    "picture": "plaat foto beeld",
    "file": "bestand document",
    "placement": "fasen plaatsing rubric",
    "wanted": "gewenst",
    "polarity": "polariteit polen",
    "roadmap": "route",
    "rows": "rijen regels",
    "columns": "kolommen",
    "left": "links",
    "right": "rechts",
    "ask": "vraag vragen",
    "minutes": "minuten tijd",
    "alone": "alleen",
    "paper": "papier",
    "interview": "gesprek",
    "student": "studenten leerling",
    "career_changer": "zij-instromer zijinstromer",
    "mentor": "begeleider werkplekbegeleider wpb",
    "school_educator": "schoolopleider",
    "institute_educator": "instituutsopleider docent",
    "school_leader": "schoolleider directeur leidinggevende",
    "programme_lead": "programmaleider",
    "steering": "stuurgroep",
    "board_member": "bestuurder bestuur",
    "quality": "kwaliteit kwaliteitsmedewerker",
    "true": "ja yes waar aan",
    "false": "nee no uit",
    "yes": "ja true",
    "maybe": "misschien",
}
_OPTIONS = "[{key: ja, nl: Ja}, {key: nee, nl: Nee}]"
EXAMPLES = {
    "key": "key: eerste-vraag",
    "version": "version: 1",
    "titles": "titles: {nl: De start, en: The start}",
    "maker": "maker: Team onderbouw",
    "origin": "origin: Eigen uitwerking",
    "known": "known: Er is geen origineel.",
    "ours": "ours: De vragen zijn van ons.",
    "purpose": "purpose: {nl: Horen wat er speelt., en: To hear what goes on.}",
    "ways": "ways: [alone, paper]",
    "sections": "sections:, en daaronder een deel: - title: De start",
    "kind": "kind: text",
    "text": "text: Wat hielp je?",
    "title": "title: De start",
    "minutes": "minutes: 5",
    "nl": "{nl: De start, en: The start}",
    "en": "{nl: De start, en: The start}",
    "group_size": "group_size: {min: 3, max: 8}",
    "show_if": "show_if: {item: eerste-vraag, any_of: [ja]}",
    "any_of": "any_of: [ja]",
    "elements": "elements: {vision: yes, data: maybe}",
    "options": f"options: {_OPTIONS}",
    "rows": "rows: [{key: klas, nl: In de klas}, {key: team, nl: In het team}]",
    "columns": "columns: [{key: wat, nl: Wat dan}, {key: wie, nl: Met wie}]",
    "statements": "statements: [{key: leert, nl: Wie begeleidt leert zelf ook.}]",
    "points": "points: [{key: probeert, nl: De student probeert iets uit.}]",
    "stations": "stations: [{key: horen, nl: We weten wat er speelt}]",
    "sides": "sides: [{key: school, nl: In de school}, {key: opleiding, nl: In de opleiding}]",
    "groups": "groups: [{key: jaar1, nl: Eerstejaars}]",
    "piles": "piles: [{key: nu, nl: Past bij ons}, {key: later, nl: Nog niet}]",
    "cards": 'cards: [{key: samen, nl: Samen, ask: ["Wanneer hielp iemand je?"]}]',
    "ask": 'ask: ["Wanneer hielp iemand je?"]',
    "asks": "asks: [{key: wie, nl: Wie is nodig}]",
    "phases": "phases: [{key: los, nl: Ieder apart, words: Ieder doet het zelf.}, ...]",
    "left": "left: We doen het zelf., right: We doen het samen.",
    "right": "left: We doen het zelf., right: We doen het samen.",
}
NEWS = {"kind", "key", "title", "minutes"}
"""Names with which something new begins: twice means that a dash was forgotten."""


def meant(word: object, known: list[str]) -> str:
    """The one of `known` that a Dutch or differently written word stands for; empty where none does."""
    said = str(word).strip().lower()
    for name in known:
        if said == name or said in _WORDS.get(name, "").split():
            return name
    return ""


def shown(name: str) -> str:
    """'Schrijf het zo: ...' for a name of the grammar; empty where there is no example."""
    return f"Schrijf het zo: {EXAMPLES[name]}" if name in EXAMPLES else ""


def as_key(words: str) -> str:
    """A key made from words: 'Samen kijken!' becomes 'samen-kijken'; empty where nothing is left."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-").lstrip("0123456789-")[:60].strip("-")
