"""Invented people and figures for the style pages."""

from dataclasses import replace
from typing import Any

from django import forms

from lemniscaat.base.drawings.distribution import Figure, Option, Road, Row
from lemniscaat.base.drawings.dots import Image, Stack
from lemniscaat.base.drawings.lemniscate import Door, Home, Sun, Voice, split_point

PAGES = (
    "home.html",
    "lat.html",
    "vraag.html",
    "einde.html",
    "gesprek.html",
    "beamer.html",
    "schaal.html",
    "meedoen.html",
    "papier.html",
    "formulier.html",
    "fout.html",
)

HOME = Home(
    voices=(
        Voice("student", "Studenten", frozenset({"inform", "mean", "account"})),
        Voice("mentor", "WPB's", frozenset({"inform", "mean", "direct"})),
        Voice("school_educator", "Schoolopleiders", frozenset({"inform", "mean", "direct", "account"})),
        Voice("institute_educator", "Instituutsopleiders", frozenset({"inform"})),
        Voice("leader", "Schoolleiders", frozenset({"mean", "direct"})),
    ),
    doors={
        "inform": Door("Informeren", "2 rondes open", "#1"),
        "mean": Door("Betekenis geven", "1 uitkomst ligt klaar", "#2"),
        "direct": Door("Richting geven", "3 afspraken lopen", "#3"),
        "account": Door("Verantwoorden", "54 mensen wachten", "#4"),
    },
    sun=Sun("Onze visie", split_point("Veilig om te proberen"), "onze lat", "#5"),
    factors=("verbondenheid", "lerende organisatie", "professioneel leren", "gespreid leiderschap"),
    sentence="Instituutsopleiders dachten nog niet mee over de betekenis.",
    invite_label="Nodig ze uit",
    invite_url="#6",
)

OPTIONS = tuple(
    Option(str(i), label)
    for i, label in enumerate(("Nog niet", "Eén keer", "Een paar keer", "Elke week", "Vaker dan elke week"))
)


def counts(*values: int) -> dict[str, int]:
    return {str(i): value for i, value in enumerate(values)}


FIGURE = Figure(
    question="Vroeg je iemand in je les te komen kijken?",
    note="In de laatste drie weken. Eén vakje is één mens.",
    options=OPTIONS,
    rows=(
        Row("student", "Studenten", counts(6, 8, 5, 3, 1), n=23, skipped={"geen antwoord": 2}),
        Row("mentor", "WPB's", counts(2, 7, 11, 8, 3), n=31, skipped={"geen antwoord": 4}),
        Row("school_educator", "Schoolopleiders", counts(0, 1, 3, 2, 1), n=7, skipped={}),
        Row(
            "institute_educator",
            "Instituuts\xadopleiders",
            None,
            roads=(Road("Nodig ze uit aan tafel", "#"), Road("voeg jaren samen", "#")),
        ),
        Row("leader", "Schoolleiders", counts(0, 0, 0, 7, 0), n=8, kept_back=1, skipped={}),
        Row(
            "",
            "Het hele partnerschap",
            counts(41, 160, 77, 3, 1),
            n=282,
            skipped={"geen antwoord": 40, "past niet": 3},
            covers="Hier tellen mee: studenten, startende leraren en WPB's van 14 scholen.",
        ),
    ),
    sentence="14 van de 23 studenten zeggen ‘nog niet’ of ‘één keer’. Bij WPB's zijn dat er 9 van de 31.",
)
TALK = Figure(question="Op de beamer nu", options=OPTIONS, rows=FIGURE.rows[:2], sentence=FIGURE.sentence)
PLACES = tuple(
    Option(str(i), label, step)
    for i, (label, step) in enumerate(
        (("op plek 1", "5"), ("plek 2", "4"), ("plek 3", "3"), ("plek 4", "2"), ("op plek 5", "1"))
    )
)
RANKING = Figure(
    question="Wat helpt jou het meest om te durven?",
    options=PLACES,
    rows=(
        Row("", "Iemand vraagt jou als eerste", counts(7, 3, 2, 0, 6), first=True),
        Row("", "Tijd in het rooster", counts(4, 5, 4, 4, 1)),
        Row("", "Samen nabespreken", counts(4, 4, 6, 2, 2)),
        Row("", "Weten wat er van je verwacht wordt", counts(2, 4, 5, 5, 2)),
        Row("", "Een kijkvraag vooraf", counts(1, 2, 3, 5, 7)),
    ),
)
STACK = Stack(
    images=(
        Image("Ieder voor zich", "plekken worden geregeld"),
        Image("Een kleine kern trekt", "anderen volgen"),
        Image("De kring wordt groter", "collega's beginnen zelf"),
        Image("Vanzelfsprekend samen", "wie het weet gaat voor"),
    ),
    counts=(3, 5, 4, 3, 2, 1, 0),
    span="vijf stappen",
)
STEPS = [
    {"name": name, "minutes": minutes, "state": state, "url": ""}
    for name, minutes, state in (
        ("Aankomen", 2, "done"),
        ("Eerst zelf verwachten", 2, "done"),
        ("Wat zien we?", 4, "now"),
        ("Betekenis: eerst alleen", 3, "next"),
        ("Betekenis: samen", 4, "next"),
        ("Houden of verleggen", 3, "next"),
        ("Wie hoort dit?", 2, "next"),
    )
]
ATTENTION = [
    (
        "Donderdag 15.45: gesprek met je team",
        "20 minuten, over lesbezoek. Lees het vooraf door.",
        "mean",
        "Zet het gesprek klaar",
    ),
    (
        "Een afspraak komt terug",
        "‘Eerste lesbezoek in week 3.’ Hielp het? Overleg van 2 december.",
        "direct",
        "",
    ),
    (
        "54 mensen wachten op een antwoord",
        "Zij deden mee aan ‘Halverwege’. Vertel wat jullie ermee doen.",
        "account",
        "",
    ),
    ("Een vraag aan jou", "Acht kaarten over begeleiden, 2 minuten. Open tot 5 december.", "inform", ""),
]


class Sample(forms.Form):
    title = forms.CharField(label="Waar gaat het over?", help_text="Geen namen van leerlingen of collega's.")
    day = forms.DateField(label="Wanneer?", widget=forms.DateInput(attrs={"type": "date"}))
    body = forms.CharField(label="Jouw zin", widget=forms.Textarea(attrs={"rows": 4}))
    layer = forms.ChoiceField(
        label="Waar komt dit terug?", choices=[("1", "Teamoverleg 2 december"), ("2", "Stuurgroep")]
    )
    course = forms.ChoiceField(
        label="Houden of verleggen?",
        choices=[("s", "We houden"), ("a", "We verleggen")],
        widget=forms.RadioSelect,
    )
    who = forms.MultipleChoiceField(
        label="Wie doen er mee?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("st", "Studenten"), ("wpb", "WPB's"), ("x", "Weet ik nog niet")],
    )
    agree = forms.BooleanField(
        label="We spreken aan een open tafel", help_text="Wat je schrijft is van jou.", required=False
    )


def context(page: str) -> dict[str, Any]:
    """Everything the style pages show."""
    return {
        "layers": [
            {"name": name, "url": "#", "current": name.startswith("Team")}
            for name in ("Team onderbouw", "School", "Bestuur", "Partnerschap")
        ],
        "worry_url": "#",
        "privacy_url": "#",
        "home_url": "#",
        "me": {"name": "Noor", "url": "#"},
        "partnership_name": "Partnerschap De Brug",
        "home": HOME,
        "figure": FIGURE,
        "paper_figure": replace(FIGURE, rows=FIGURE.rows[:4], sentence=""),
        "talk": TALK,
        "ranking": RANKING,
        "stack": STACK,
        "steps": STEPS,
        "attention": ATTENTION,
        "trail": [("Onze visie", "#"), ("Veilig om te proberen", "")],
        "talk_title": "Lesbezoek",
        "point": {"name": "Veilig om te proberen", "url": "#"},
        "at_table": "Team onderbouw, 5 aan tafel",
        "join_code": "482913",
        "pause_url": "#",
        "answered": "18 van de 18 gaven antwoord",
        "dates": (
            ("nu", "jouw inbreng"),
            ("2 december", "samen lezen"),
            ("2 december", "afspreken"),
            ("12 december", "jij hoort het"),
        ),
        "options": [
            ("1", "Nog niet"),
            ("2", "Eén keer"),
            ("3", "Een paar keer"),
            ("4", "Elke week"),
            ("5", "Vaker dan elke week"),
        ],
        "apart_options": [("nvt", "Past niet bij mij"), ("refuse", "Zeg ik liever niet")],
        "form": Sample({"title": "", "body": "We denken dat", "course": "s", "who": ["st"], "layer": "1"}),
        "paper_left": "Lemniscaat, gesprek op papier",
        "paper_middle": "Team onderbouw, Het Waterrad",
        "paper_right": "27 november 2026, 15.45, 20 minuten",
        "paper_foot": "Om van te leren. Neem dit vel niet mee uit het gesprek als er namen op staan.",
    }
