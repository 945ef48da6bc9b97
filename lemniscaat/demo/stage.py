"""Where the story is played: places, people and calendar together, and who acts on which day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from lemniscaat.agenda.models import Agreement, Goal
from lemniscaat.collection.models import Round
from lemniscaat.datapoints.models import DataPoint
from lemniscaat.demo.bodies import Calendar
from lemniscaat.demo.crowd import Crowd
from lemniscaat.demo.dates import Days
from lemniscaat.demo.places import Places
from lemniscaat.instruments.models import InstrumentCopy
from lemniscaat.meetings.models import Meeting, Table
from lemniscaat.people.access import Access, access_of
from lemniscaat.people.models import Organisation, Person
from lemniscaat.vision.models import Criterion


@dataclass
class Stage:
    """All that the acts of the demo need of each other; things by the key they have in the words."""

    days: Days
    draw: Random
    places: Places
    crowd: Crowd
    calendar: Calendar
    small: bool = False
    criteria: dict[str, Criterion] = field(default_factory=dict)
    rounds: dict[str, Round] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    goals: dict[str, Goal] = field(default_factory=dict)
    known: dict[str, list[DataPoint]] = field(default_factory=dict)
    copies: dict[str, InstrumentCopy] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    talks: dict[str, Meeting] = field(default_factory=dict)
    _seen: dict[tuple[int, date], Access] = field(default_factory=dict)

    def access(self, who: str | Person, day: date) -> Access:
        """Who looks on a day; kept, for it takes four queries."""
        person = self.crowd.cast[who] if isinstance(who, str) else who
        key = (person.pk, day)
        if key not in self._seen:
            found = access_of(person, self.places.partnership, day)
            if found is None:
                raise LookupError(f"{person.name} has no role on {day}")
            self._seen[key] = found
        return self._seen[key]

    def place(self, name: str) -> Organisation:
        """A layer of the story by its key."""
        school = self.places.waterrad
        return {
            "root": self.places.root,
            "partnership": self.places.root,
            "board": school.board,
            "school": school.place,
            "team": school.teams[0],
            "institute": self.places.institutes[0],
        }[name]
