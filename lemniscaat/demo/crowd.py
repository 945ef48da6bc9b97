"""The invented people of De Brug: the cast by name, and everybody else drawn from a list of names."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from unicodedata import normalize

from lemniscaat.demo.dates import Days
from lemniscaat.demo.places import Places, School
from lemniscaat.demo.words import words
from lemniscaat.people.models import Membership, Organisation, Person, Role

_FULL = {
    "students": 450,
    "mentors": 380,
    "starters": 110,
    "educators": 40,
    "changers": 38,
    "left": 150,
    "at": 18,
}
_SMALL = {"students": 84, "mentors": 66, "starters": 18, "educators": 8, "changers": 7, "left": 20, "at": 4}
ADVISER = "Lotte Brandsma"


@dataclass(frozen=True)
class Standing:
    """Somebody in one role at one place; `until` where that has ended."""

    person: Person
    place: Organisation
    role: str
    since: date
    until: date | None = None


@dataclass
class Crowd:
    """All people with what they are and where; `cast` by first name in small letters."""

    cast: dict[str, Person] = field(default_factory=dict)
    standings: list[Standing] = field(default_factory=list)
    adviser: Person | None = None
    _by_place: dict[tuple[int, str], list[Person]] = field(default_factory=dict)

    def at(self, place: Organisation, *roles: str) -> list[Person]:
        """Who is in one of these roles at a place now, in the order of the roles."""
        if not self._by_place:
            for s in self.standings:
                if s.until is None:
                    self._by_place.setdefault((s.place.pk, s.role), []).append(s.person)
        return [person for role in roles for person in self._by_place.get((place.pk, role), [])]

    def role_of(self, person: Person) -> str:
        """The first role that somebody has or had."""
        return next(s.role for s in self.standings if s.person is person)

    def then(self, role: str, day: date, places: Container[Organisation] | None = None) -> list[Person]:
        """Who was in a role on a day, in one of these places (default anywhere)."""
        return [
            s.person
            for s in self.standings
            if s.role == role
            and (places is None or s.place in places)
            and s.since <= day
            and (s.until is None or s.until > day)
        ]


CAST: tuple[tuple[str, str], ...] = (
    ("samira", "Samira Haddou"),
    ("mariam", "Mariam Yildirim"),
    ("tijmen", "Tijmen Wierda"),
    ("joost", "Joost Berkhout"),
    ("noor", "Noor Hofland"),
    ("hans", "Hans Overbeek"),
    ("willem", "Willem Sandbergen"),
    ("petra", "Petra Vonk"),
    ("stef", "Stef Rademaker"),
    ("bea", "Bea Lansink"),
    ("quirine", "Quirine Bakhuis"),
    ("ad", "Ad Rozendaal"),
)


class Names:
    """Hands out names that nobody has yet."""

    def __init__(self, draw: Random) -> None:
        self._draw = draw
        self._taken = {full for _, full in CAST} | {ADVISER}
        self._first, self._last = words("names")["first"], words("names")["last"]

    def person(self) -> Person:
        while (name := f"{self._draw.choice(self._first)} {self._draw.choice(self._last)}") in self._taken:
            pass
        self._taken.add(name)
        return new_person(name)


def new_person(name: str) -> Person:
    """Somebody who signs in by mail; not yet in the database."""
    plain = (
        normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace(" ", ".").replace("'", "")
    )
    # no password: the mark that Django reads as unusable, without the cost of making one for each
    return Person(email=f"{plain}@debrug.example", name=name, password="!demo")


def make_crowd(*, places: Places, days: Days, draw: Random, small: bool) -> Crowd:
    """Make everybody: the cast around Het Waterrad, and others until the partnership is full."""
    crowd, names, sizes = Crowd(), Names(draw), _SMALL if small else _FULL
    _seat_cast(crowd, places, days)
    crowd.adviser = new_person(ADVISER)
    _students(crowd, places, days, draw, names, sizes)
    _staff(crowd, places, days, draw, names, sizes)
    people = list({id(s.person): s.person for s in crowd.standings}.values())
    Person.objects.bulk_create([*people, crowd.adviser])
    Membership.objects.bulk_create(
        Membership(
            partnership=places.partnership,
            person=s.person,
            organisation=s.place,
            role=s.role,
            valid_from=s.since,
            valid_until=s.until,
        )
        for s in crowd.standings
    )
    return crowd


def _seat_cast(crowd: Crowd, places: Places, days: Days) -> None:
    school, root = places.waterrad, places.root
    team = school.teams[0]
    long_ago = date(days.start.year - 4, 8, 1)
    seats: dict[str, list[tuple[Organisation, str]]] = {
        "samira": [(team, Role.STUDENT)],
        "mariam": [(school.teams[2], Role.CAREER_CHANGER)],
        "tijmen": [(team, Role.STARTER)],
        "joost": [(team, Role.MENTOR)],
        "noor": [(school.place, Role.SCHOOL_EDUCATOR), (team, Role.SCHOOL_EDUCATOR)],
        "hans": [(places.institutes[0], Role.INSTITUTE_EDUCATOR)],
        "willem": [(school.place, Role.SCHOOL_LEADER)],
        "petra": [(root, Role.PROGRAMME_LEAD)],
        "stef": [(root, Role.STEERING)],
        "bea": [(school.board, Role.BOARD_MEMBER), (root, Role.STEERING)],
        "quirine": [(root, Role.QUALITY)],
        "ad": [(root, Role.ADMIN)],
    }
    new = {"samira": days.start, "mariam": days.start, "tijmen": days.start_before}
    for key, name in CAST:
        crowd.cast[key] = new_person(name)
        for place, role in seats[key]:
            crowd.standings.append(Standing(crowd.cast[key], place, role, new.get(key, long_ago)))


def _students(
    crowd: Crowd, places: Places, days: Days, draw: Random, names: Names, sizes: dict[str, int]
) -> None:
    here = _shares(places.schools, sizes["students"] - 2, draw, waterrad=22)
    for number, school in enumerate(here):
        role = (
            Role.CAREER_CHANGER if number % 12 == 7 and number // 12 < sizes["changers"] - 1 else Role.STUDENT
        )
        since = days.start if draw.random() < 0.45 else days.start_before
        crowd.standings.append(Standing(names.person(), draw.choice(school.teams), role, since))
    for school in _shares(places.schools, sizes["left"], draw, waterrad=10):
        gone = Standing(
            names.person(), draw.choice(school.teams), Role.STUDENT, days.start_before, days.start
        )
        crowd.standings.append(gone)


def _staff(
    crowd: Crowd, places: Places, days: Days, draw: Random, names: Names, sizes: dict[str, int]
) -> None:
    def add(place: Organisation, role: str) -> None:
        since = date(days.start.year - draw.randint(1, 6), 8, 1)
        crowd.standings.append(Standing(names.person(), place, role, since))

    for school in _shares(places.schools, sizes["mentors"] - 1, draw, waterrad=24):
        add(draw.choice(school.teams), Role.MENTOR)
    for school in _shares(places.schools, sizes["starters"] - 1, draw, waterrad=6):
        add(draw.choice(school.teams), Role.STARTER)
    others = [school for school in places.schools if school is not places.waterrad]
    extra = max(0, sizes["educators"] - 1 - len(others))
    for school in [*others, *others[:extra]]:
        add(school.place, Role.SCHOOL_EDUCATOR)
    for school in others:
        add(school.place, Role.SCHOOL_LEADER)
    for number in range(sizes["at"] - 1):
        add(places.institutes[number % 2], Role.INSTITUTE_EDUCATOR)
    for board in places.boards[1:]:
        add(board, Role.BOARD_MEMBER)
    for _ in range(5):
        add(places.root, Role.STEERING)


def _shares(schools: tuple[School, ...], number: int, draw: Random, waterrad: int) -> Iterator[School]:
    """A school for each of so many people: the first school so many, then at least two each, the rest unevenly."""
    yield from [schools[0]] * waterrad
    weights = [draw.uniform(0.5, 1.6) for _ in schools[1:]]
    rest = number - waterrad
    fixed = [school for school in schools[1:] for _ in range(2)][:rest]
    yield from fixed
    yield from draw.choices(schools[1:], weights, k=rest - len(fixed))
