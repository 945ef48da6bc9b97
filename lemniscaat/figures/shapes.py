"""Ready-made tables: which columns, an example row, and what each figure means. In words of our own, to be corrected."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from lemniscaat.figures.columns import Choice
from lemniscaat.people.tables import plain


@dataclass(frozen=True)
class Meant:
    """A figure of a ready-made table: its column, its name, what counts, and of what."""

    head: str
    name: str
    definition: str
    unit: str
    about: str = "people"


@dataclass(frozen=True)
class Shape:
    """A table that a partnership often has."""

    key: str
    name: str
    text: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    meant: tuple[Meant, ...] = ()
    title: str = ""

    def csv(self) -> str:
        """The table with its example rows, as Excel in Dutch opens it."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        writer.writerows([self.heads, *self.rows])
        return "\ufeff" + out.getvalue()


SHAPES: tuple[Shape, ...] = (
    Shape(
        "uitstroom",
        "Uitstroom en voortgang",
        "Wie begon, wie stopte en wie een diploma haalde, per school, bestuur of opleiding.",
        ("organisatie", "schooljaar", "gestart", "gestopt", "diploma gehaald"),
        (("Naam of code", "2025-2026", "42", "3", "11"),),
        (
            Meant(
                "gestopt",
                "Gestopt met de opleiding",
                "Studenten die in dit schooljaar met de opleiding stopten, van alle studenten die dit schooljaar bij"
                " ons stage hadden. Wie alleen van school wisselde, telt niet mee.",
                "studenten",
            ),
            Meant(
                "diploma gehaald",
                "Diploma gehaald",
                "Studenten die in dit schooljaar hun diploma haalden, van alle studenten die dit schooljaar bij ons"
                " stage hadden.",
                "studenten",
            ),
        ),
    ),
    Shape(
        "plaatsingen",
        "Plaatsingen",
        "Hoeveel studenten een plek vroegen en kregen.",
        ("organisatie", "schooljaar", "aantal studenten", "waarvan geplaatst voor 1 september"),
        (("Naam of code", "2025-2026", "42", "39"),),
        (
            Meant(
                "waarvan geplaatst voor 1 september",
                "Geplaatst voor 1 september",
                "Studenten die voor 1 september hun stageplek wisten, van alle studenten die er een vroegen.",
                "studenten",
            ),
        ),
    ),
    Shape(
        "voorzieningen",
        "Voorzieningen",
        "Wat er is: een werkplek, uren voor begeleiding, geld.",
        ("organisatie", "schooljaar", "eigen werkplek", "uren per student", "budget"),
        (("Naam of code", "2025-2026", "ja", "40", "1.250,00"),),
        (
            Meant(
                "eigen werkplek",
                "Eigen werkplek voor studenten",
                "Studenten hebben op school een eigen plek om te werken.",
                "",
                "things",
            ),
            Meant(
                "uren per student",
                "Uren begeleiding per student",
                "Uren in de taakverdeling om één student een schooljaar lang te begeleiden.",
                "uren",
                "things",
            ),
            Meant(
                "budget",
                "Budget voor samen opleiden",
                "Geld voor samen opleiden in dit schooljaar.",
                "euro",
                "things",
            ),
        ),
    ),
    Shape(
        "enquete",
        "Landelijke enquête",
        "Uitkomsten die al bij elkaar zijn geteld: een vraag, hoeveel antwoorden, welk deel.",
        ("organisatie", "jaar", "vraag", "aantal antwoorden", "percentage"),
        (("Naam van het partnerschap", "2025", "De vraag zoals die gesteld is", "210", "64"),),
    ),
    Shape(
        "evaluatie",
        "Eigen evaluatie van de opleiding",
        "Per vraag hoe vaak elk antwoord is gegeven. Geen gemiddelden, geen regel per student.",
        ("organisatie", "schooljaar", "vraag", "n", "helemaal oneens", "oneens", "eens", "helemaal eens"),
        (("Naam of code", "2025-2026", "De vraag zoals die gesteld is", "48", "3", "9", "24", "12"),),
    ),
)


def shape(key: str) -> Shape | None:
    """The ready-made table with this key."""
    return next((one for one in SHAPES if one.key == key), None)


def meant_by(name: str) -> Meant | None:
    """What a figure of this name means in a ready-made table."""
    for one in SHAPES:
        for meant in one.meant:
            if plain(meant.head) == plain(name):
                return meant
    return None


def of_choice(choice: Choice) -> Shape | None:
    """The ready-made table with these headings."""
    heads = {plain(column.head) for column in choice.columns if column.head}
    return next((one for one in SHAPES if {plain(head) for head in one.heads} == heads), None)
