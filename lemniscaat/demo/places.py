"""The invented partnership De Brug: its boards, schools, teams and institutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from lemniscaat.demo.dates import Days
from lemniscaat.demo.words import words
from lemniscaat.people.models import Organisation, OrganisationKind, OrganisationLink, Partnership

NAME = "De Brug"
SLUG = "de-brug"
WATERRAD = "Het Waterrad"


@dataclass(frozen=True)
class School:
    """A school with its board and its teams."""

    place: Organisation
    board: Organisation
    teams: tuple[Organisation, ...]

    @property
    def code(self) -> str:
        """The part of the code that names the school."""
        return self.place.code


@dataclass(frozen=True)
class Places:
    """Everything that has a table to talk at."""

    partnership: Partnership
    boards: tuple[Organisation, ...]
    schools: tuple[School, ...]
    institutes: tuple[Organisation, ...]

    @property
    def root(self) -> Organisation:
        return self.partnership.root

    @property
    def waterrad(self) -> School:
        """The school of the story."""
        return next(school for school in self.schools if school.place.name == WATERRAD)


def make_places(*, days: Days, draw: Random, small: bool) -> Places:
    """Make all organisations and their links. `small`: two boards of three schools, for tests."""
    since = date(days.start.year - 7, 8, 1)
    names = words("names")
    board_names = names["boards"][:2] if small else names["boards"]
    root = Organisation.objects.create(kind=OrganisationKind.PARTNERSHIP, name=NAME, valid_from=since)
    partnership = Partnership.objects.create(name=NAME, slug=SLUG, root=root)
    boards = _rows(OrganisationKind.BOARD, board_names, since)
    institutes = _rows(OrganisationKind.INSTITUTE, names["institutes"], since)
    Organisation.objects.bulk_create([*boards, *institutes])
    links = [(one, root) for one in [*boards, *institutes]]
    schools: list[School] = []
    for board, called in zip(boards, names["schools"], strict=False):
        for name in called[:3] if small else called:
            schools.append(_school(board, name, f"S{len(schools) + 1:02}", since, draw))
    Organisation.objects.bulk_create([school.place for school in schools])
    Organisation.objects.bulk_create([team for school in schools for team in school.teams])
    links += [(school.place, school.board) for school in schools]
    links += [(team, school.place) for school in schools for team in school.teams]
    rows = [OrganisationLink(child=child, parent=parent, valid_from=since) for child, parent in links]
    _move_one(rows, schools, boards, days)
    OrganisationLink.objects.bulk_create(rows)
    return Places(partnership, tuple(boards), tuple(schools), tuple(institutes))


def _rows(kind: str, named: list[dict[str, str]], since: date) -> list[Organisation]:
    return [Organisation(kind=kind, name=one["name"], code=one["code"], valid_from=since) for one in named]


def _school(board: Organisation, name: str, code: str, since: date, draw: Random) -> School:
    called = words("names")["teams"]
    number = 3 if name == WATERRAD else draw.choices([1, 2, 3], [2, 5, 2])[0]
    place = Organisation(kind=OrganisationKind.SCHOOL, name=name, code=code, valid_from=since)
    wanted = ["Team " + name] if number == 1 else [called[0], called[2]] if number == 2 else called
    teams = tuple(
        Organisation(kind=OrganisationKind.TEAM, name=team, code=f"{code}-{at}", valid_from=since)
        for at, team in enumerate(wanted, 1)
    )
    return School(place, board, teams)


def _move_one(
    rows: list[OrganisationLink], schools: list[School], boards: list[Organisation], days: Days
) -> None:
    """The last school went over to its board at the start of this year: before, it was the first board's."""
    last = schools[-1].place
    link = next(row for row in rows if row.child is last)
    rows.append(
        OrganisationLink(child=last, parent=boards[0], valid_from=link.valid_from, valid_until=days.start)
    )
    link.valid_from = days.start
