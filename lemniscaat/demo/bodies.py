"""Who talks with whom, and when: the bodies of De Brug and their calendar."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from random import Random

from lemniscaat.demo.crowd import Crowd
from lemniscaat.demo.dates import Days, moment
from lemniscaat.demo.places import Places, School
from lemniscaat.people.models import Appointment, Body, Organisation, Person, Role

_LEARNING = (Role.STUDENT, Role.CAREER_CHANGER)
_MINUTES = {
    "team": 20,
    "school": 30,
    "steering": 90,
    "network": 120,
    "board": 60,
    "institute": 60,
    "programme": 60,
}


@dataclass
class Calendar:
    """The bodies of the story by key, and their moments by day."""

    bodies: dict[str, Body] = field(default_factory=dict)
    teams: dict[int, Body] = field(default_factory=dict)
    """The body of each team by the id of its organisation."""
    made: dict[tuple[int, date], Appointment] = field(default_factory=dict)

    def appointment(self, body: Body, day: date) -> Appointment:
        """The moment of a body on a day; put in the calendar when it is not there yet."""
        key = (body.pk, day)
        if key not in self.made:
            minutes = next((_MINUTES.get(name, 20) for name, one in self.bodies.items() if one == body), 20)
            self.made[key] = Appointment.objects.create(
                body=body, starts_at=moment(day), minutes=minutes, place=_room(body)
            )
        return self.made[key]


def make_calendar(*, places: Places, crowd: Crowd, days: Days, draw: Random) -> Calendar:
    """Make every body with the people who sit in it, and its regular moments."""
    calendar = Calendar()
    seats: list[tuple[Body, list[Person]]] = []
    for school in places.schools:
        seats += _of_school(places, school, crowd)
    seats += _of_partnership(places, crowd, draw)
    Body.objects.bulk_create([body for body, _ in seats])
    through = Body.people.through
    through.objects.bulk_create(
        through(body_id=body.pk, person_id=person.pk)
        for body, people in seats
        for person in dict.fromkeys(people)
    )
    calendar.teams = {body.organisation_id: body for body, _ in seats if body.name.startswith("Teamoverleg")}
    _name_them(calendar, places, [body for body, _ in seats])
    _regular(calendar, [body for body, _ in seats], days)
    return calendar


def _of_school(places: Places, school: School, crowd: Crowd) -> list[tuple[Body, list[Person]]]:
    educators = crowd.at(school.place, Role.SCHOOL_EDUCATOR)
    found = []
    for team in school.teams:
        name = team.name.removeprefix("Team ")
        body = _body(places, team, f"Teamoverleg {name}", "elke vier weken, 20 minuten over opleiden")
        found.append((body, _table(crowd, team, educators)))
    table = crowd.at(school.place, Role.SCHOOL_EDUCATOR, Role.SCHOOL_LEADER)
    for team in school.teams:
        table += (
            crowd.at(team, Role.MENTOR)[:2]
            + crowd.at(team, *_LEARNING)[:1]
            + crowd.at(team, Role.STARTER)[:1]
        )
    found.append(
        (_body(places, school.place, f"Opleidingsteam {school.place.name}", "elke zes weken"), table)
    )
    return found


def _table(crowd: Crowd, team: Organisation, educators: list[Person]) -> list[Person]:
    """A handful of a team: three who guide, two who learn, somebody who just began, an educator; the cast first."""
    cast = {person.pk for person in crowd.cast.values()}
    found: list[Person] = []
    for roles, most in ((_LEARNING, 2), ((Role.MENTOR,), 3), ((Role.STARTER,), 1)):
        people = crowd.at(team, *roles)
        found += sorted(people, key=lambda person: person.pk not in cast)[:most]
    return [*found, *educators[:1]]


def _of_partnership(places: Places, crowd: Crowd, draw: Random) -> list[tuple[Body, list[Person]]]:
    root, cast = places.root, crowd.cast
    students = [s.person for s in crowd.standings if s.role in _LEARNING and s.until is None]
    leaders = [s.person for s in crowd.standings if s.role == Role.SCHOOL_LEADER]
    educators = [s.person for s in crowd.standings if s.role == Role.SCHOOL_EDUCATOR]
    at_institute = [s.person for s in crowd.standings if s.role == Role.INSTITUTE_EDUCATOR]
    panel = [cast["samira"], *draw.sample(students, min(7, len(students)))]
    steering = [*crowd.at(root, Role.STEERING, Role.PROGRAMME_LEAD), cast["hans"], panel[1]]
    found = [
        (_body(places, root, "Stuurgroep", "vijf keer per jaar"), steering),
        (
            _body(places, root, "SO-netwerk", "elke acht weken, een middag"),
            [cast["petra"], *educators, *at_institute],
        ),
        (_body(places, root, "Studentenpanel", "vier keer per jaar"), [*panel, cast["petra"]]),
        (_body(places, root, "Programmateam", "elke week"), [cast["petra"], cast["quirine"], cast["hans"]]),
    ]
    for board in places.boards:
        names = {school.place for school in places.schools if school.board == board}
        own = [p for p in leaders if any(p in crowd.at(place, Role.SCHOOL_LEADER) for place in names)]
        title = f"Bestuursoverleg {board.name.removeprefix('Stichting ')}"
        found.append(
            (_body(places, board, title, "elke zes weken"), crowd.at(board, Role.BOARD_MEMBER) + own)
        )
    for institute in places.institutes:
        people = crowd.at(institute, Role.INSTITUTE_EDUCATOR)
        found.append((_body(places, institute, "Overleg opleiders", "elke zes weken"), people))
    return found


def _body(places: Places, where: Organisation, name: str, rhythm: str) -> Body:
    return Body(partnership=places.partnership, organisation=where, name=name, rhythm=rhythm)


def _name_them(calendar: Calendar, places: Places, made: list[Body]) -> None:
    by_place: dict[tuple[int, str], Body] = {
        (body.organisation_id, body.name.split(" ")[0]): body for body in made
    }
    school, root = places.waterrad, places.root.pk
    calendar.bodies = {
        "team": by_place[school.teams[0].pk, "Teamoverleg"],
        "school": by_place[school.place.pk, "Opleidingsteam"],
        "board": by_place[school.board.pk, "Bestuursoverleg"],
        "institute": by_place[places.institutes[0].pk, "Overleg"],
        "steering": by_place[root, "Stuurgroep"],
        "network": by_place[root, "SO-netwerk"],
        "panel": by_place[root, "Studentenpanel"],
        "programme": by_place[root, "Programmateam"],
    }


def _regular(calendar: Calendar, made: list[Body], days: Days) -> None:
    """Moments that every body has: two last year, one this year, three to come."""
    told = {body.pk for body in calendar.bodies.values()}
    rows = []
    for number, body in enumerate(made):
        shift = number % 5
        past = (
            [] if body.pk in told else [days.last(110 + shift), days.last(225 + shift), days.ago(30 + shift)]
        )
        coming = [days.ahead(n + shift) for n in ((32, 60, 116) if body.pk in told else (10, 45, 110))]
        for day in dict.fromkeys([*past, *coming]):
            at = moment(day, time(14, 45) if shift % 2 else time(15, 45))
            rows.append(Appointment(body=body, starts_at=at, minutes=20, place=_room(body)))
            calendar.made[body.pk, day] = rows[-1]
    Appointment.objects.bulk_create(rows)


def _room(body: Body) -> str:
    return "Teamkamer" if body.name.startswith(("Team", "Opleidingsteam")) else ""
