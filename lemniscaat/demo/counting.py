"""Three years of outflow, placements and facilities, brought in from files as an institute or a board sends them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from lemniscaat.demo.dates import on
from lemniscaat.demo.stage import Stage
from lemniscaat.figures.intake import take_in
from lemniscaat.figures.shapes import Meant, shape
from lemniscaat.figures.waiting import Meaning, Told, file_of, keep_file, save

YEARS = 3
_STUDENTS = {3: 421, 2: 438, 1: 452}
"""So many in the whole partnership, by how many years ago the year began."""
_SOURCES = {
    "uitstroom": "Studentadministratie van beide opleidingen",
    "plaatsingen": "Bureau plaatsing",
    "voorzieningen": "Taakbeleid en begroting van de scholen",
    "evaluatie": "Eigen evaluatie van beide opleidingen",
}
_FOUND = (0.71, 0.8, 0.88)
_HOURS, _EUROS = (30, 36, 40), (900, 1100, 1250)
"""What a school gives for one student, and for all of it; the oldest year first."""


_ASKED = {
    2: (
        ("Ik wist bij wie ik met een vraag terecht kon", (11, 38, 121, 63)),
        ("Wat ik op de opleiding leerde kon ik op school gebruiken", (24, 71, 98, 36)),
    ),
    1: (
        ("Ik wist bij wie ik met een vraag terecht kon", (9, 30, 128, 79)),
        ("Wat ik op de opleiding leerde kon ik op school gebruiken", (19, 66, 112, 44)),
    ),
}
"""Per year and question how often each of the four answers was given."""


def bring_figures(stage: Stage) -> None:
    """Bring the files in, the oldest year first; the last year counts placements in another way."""
    for ago in range(YEARS, 0, -1):
        year = stage.days.start.year - ago
        sizes = _sizes(stage, ago)
        _outflow(stage, year, ago, sizes)
        _placements(stage, year, ago, sizes)
        _facilities(stage, year, ago)
        if ago < YEARS:
            _evaluation(stage, year, ago)


def _sizes(stage: Stage, ago: int) -> list[tuple[str, int]]:
    """How many students each school has in a year: about as many as there are, one school only a handful."""
    schools = stage.places.schools
    total = _STUDENTS[ago] if not stage.small else 14 * len(schools) + ago
    draw = Random(100 + ago)
    found = [total // len(schools) for _school in schools]
    for _ in schools:
        one, other = draw.sample(range(len(found)), 2)
        moved = min(3, found[one] - 6)
        if moved > 0:
            found[one], found[other] = found[one] - moved, found[other] + moved
    # the school of the story has as many as it says elsewhere, the last one a handful
    own = next(at for at, school in enumerate(schools) if school is stage.places.waterrad)
    found[own], found[-1] = 24 - ago, 4
    over = total - sum(found)
    others = [at for at in range(len(found) - 1) if at != own]
    for number, at in enumerate(others):
        found[at] += over // len(others) + (number < over % len(others))
    return [(school.place.code, size) for school, size in zip(schools, found, strict=True)]


def _rows(stage: Stage, sizes: list[tuple[str, int]], parts: list[list[int]]) -> list[list[str]]:
    """A row for each school and board, and one for the partnership; sums of what stands below."""
    root = stage.places.root.name
    boards: dict[str, list[int]] = {root: [0] * (1 + len(parts[0]))}
    rows = []
    for school, (code, size), found in zip(stage.places.schools, sizes, parts, strict=True):
        rows.append([code, *map(str, [size, *found])])
        for name in (school.board.code, root):
            above = boards.setdefault(name, [0] * (1 + len(found)))
            boards[name] = [old + new for old, new in zip(above, [size, *found], strict=True)]
    return [*([name, *map(str, sums)] for name, sums in boards.items()), *rows]


def _outflow(stage: Stage, year: int, ago: int, sizes: list[tuple[str, int]]) -> None:
    draw = Random(200 + ago)
    parts = [
        [sum(draw.random() < 0.05 + ago * 0.015 for _ in range(size)), size // 4] for _code, size in sizes
    ]
    _bring(stage, "uitstroom", year, ago, _rows(stage, sizes, parts), "")


def _placements(stage: Stage, year: int, ago: int, sizes: list[tuple[str, int]]) -> None:
    parts = [[round(size * _FOUND[YEARS - ago])] for _code, size in sizes]
    other = (
        "Studenten die voor 1 september hun stageplek en de naam van hun werkplekbegeleider wisten, van alle"
        " studenten die een plek vroegen."
    )
    _bring(stage, "plaatsingen", year, ago, _rows(stage, sizes, parts), other if ago == 1 else "")


def _facilities(stage: Stage, year: int, ago: int) -> None:
    """A place to work, hours and money of each school; a board is not told apart."""
    at = YEARS - ago
    rows = []
    for number, school in enumerate(stage.places.schools):
        place = "ja" if number % 3 < at + 1 else "nee"
        rows.append(
            [school.place.code, place, str(_HOURS[at] - number % 4 * 2), str(_EUROS[at] + number % 5 * 50)]
        )
    _bring(stage, "voorzieningen", year, ago, rows, "")


def _evaluation(stage: Stage, year: int, ago: int) -> None:
    """What the institutes asked at the end of the year, as counts of answers for the whole partnership."""
    root = stage.places.root.name
    rows = [[root, question, str(sum(counts)), *map(str, counts)] for question, counts in _ASKED[ago]]
    _bring(
        stage, "evaluatie", year, ago, rows, "Gevraagd aan alle studenten aan het eind van het schooljaar."
    )


def _bring(stage: Stage, key: str, year: int, ago: int, rows: list[list[str]], otherwise: str) -> None:
    """What Petra does in the wizard: choose the file, say what it means, say yes."""
    found = shape(key)
    assert found is not None
    told = [";".join(found.heads)]
    told += [";".join([name, f"{year}-{year + 1}", *cells]) for name, *cells in rows]
    day = min(date(year + 1, 10, 12), stage.days.today - timedelta(days=1))
    access = stage.access("petra", max(day, stage.days.start_before))
    with on(day):
        upload = keep_file(access=access, name=f"{key}-{year}-{year + 1}.csv", raw="\n".join(told).encode())
        file = file_of(upload)
        save(upload=upload, file=replace(file, told=_told(stage, key, found.meant, otherwise)))
        take_in(access=access, upload=upload, form_key=f"demo-{key}-{year}")


def _told(stage: Stage, key: str, meant: tuple[Meant, ...], otherwise: str) -> Told:
    return Told(
        source=_SOURCES[key],
        owner="Kwaliteitsmedewerker De Brug",
        criterion=stage.criteria["namen"].pk if key == "plaatsingen" else 0,
        names={one.head: one.name for one in meant},
        meanings={one.name: Meaning(otherwise or one.definition, one.unit, one.about) for one in meant}
        or {question: Meaning(otherwise, "antwoorden", "answers") for question, _counts in _ASKED[1]},
    )
