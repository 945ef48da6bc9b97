"""What stands on the record of a talk. Screen, paper, document and mail show the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Back:
    """An agreement that came back, since when it stands, whether it made a difference, and what was said of it.
    `more`: what is told of a point of the agenda, instead of all that."""

    sentence: str
    since: date
    difference: str
    helped: str
    hindered: str
    ask: str
    url: str
    more: tuple[tuple[str, str], ...] = ()

    @property
    def told(self) -> list[tuple[str, str]]:
        """What is known of it, each with its label."""
        pairs = self.more or (
            (_("Afgesproken"), date_format(self.since, "j F Y")),
            (_("Maakte het verschil?"), self.difference),
            (_("Wat hielp"), self.helped),
            (_("In de weg zat"), self.hindered),
            (_("We vragen"), self.ask),
        )
        return [(label, words) for label, words in pairs if words]


@dataclass(frozen=True)
class Seen:
    """What lay on the table, in words; `source` names where it comes from when the words do not."""

    words: str
    url: str
    source: str = ""


@dataclass(frozen=True)
class Meant:
    """What the group said it means, with every voice that differs."""

    text: str
    certainty: str
    dissent: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class Thought:
    """What the group thinks and is going to check."""

    text: str
    test: str
    verdict: str
    url: str


@dataclass(frozen=True)
class Agreed:
    """What was agreed. `where`: where it comes back, or why it does not."""

    course: str
    label: str
    sentence: str
    who: str
    notice: str
    where: str
    weighed: str
    because: str
    state: str
    url: str


@dataclass(frozen=True)
class Record:
    """A talk on one page. An address is empty where the reader may not follow it; all are paths on this site."""

    title: str
    body: str
    body_url: str
    day: date | None
    place: str
    point: str
    what: str
    criterion: str
    criterion_url: str
    roles: tuple[tuple[str, str, int], ...]
    url: str
    missing: tuple[str, ...] = ()
    returned: tuple[Back, ...] = ()
    seen: tuple[Seen, ...] = ()
    meanings: tuple[Meant, ...] = ()
    assumptions: tuple[Thought, ...] = ()
    agreements: tuple[Agreed, ...] = ()
    from_now_on: tuple[tuple[str, str], ...] = ()
    """What is a criterion of their own from this talk on: (good enough when, its page)."""
    reflection: str = ""
    next_time: str = ""
    """When this body meets again: 'Teamoverleg onderbouw, 2 december'."""

    @property
    def nothing_agreed(self) -> str:
        """That nothing was agreed, and when the talk goes on."""
        if self.next_time:
            return _("Niets nieuws. We praten verder: %(when)s.") % {"when": self.next_time}
        return _("Niets nieuws. We praten verder.")
