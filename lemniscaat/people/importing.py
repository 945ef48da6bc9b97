"""A table laid beside what we know: what it would add, and what is wrong with it. Nothing is written here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lemniscaat.base import clock
from lemniscaat.people.access import Access
from lemniscaat.people.models import Membership, OrganisationKind, Partnership, Person, Role
from lemniscaat.people.naming import layers_by_word
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tables import PEOPLE, Fault, Row, nearest, plain, read
from lemniscaat.people.tree import Tree, tree_of

_ROLE_WORDS = {
    "wpb": Role.MENTOR,
    "werkplekbegeleiders": Role.MENTOR,
    "so": Role.SCHOOL_EDUCATOR,
    "io": Role.INSTITUTE_EDUCATOR,
    "lio": Role.STUDENT,
    "stagiair": Role.STUDENT,
    "starter": Role.STARTER,
    "directeur": Role.SCHOOL_LEADER,
    "stuurgroep": Role.STEERING,
    "stuurgroeplid": Role.STEERING,
    "kwaliteitszorg": Role.QUALITY,
}
_KIND_WORDS = {
    "stichting": OrganisationKind.BOARD,
    "instituut": OrganisationKind.INSTITUTE,
    "opleidingsinstituut": OrganisationKind.INSTITUTE,
    "hogeschool": OrganisationKind.INSTITUTE,
    "pabo": OrganisationKind.INSTITUTE,
    "locatie": OrganisationKind.SCHOOL,
}
HIGH_ROLES = frozenset({Role.ADMIN, Role.PROGRAMME_LEAD})


@dataclass(frozen=True)
class Standing:
    """A readable line about a person: who, in which role, at which layer."""

    row: Row
    role: str
    organisation_id: int
    known: bool


@dataclass(frozen=True)
class Place:
    """A readable line about an organisation: its kind, itself where we know it, and what it is part of.

    The parent is an id, or the line of this table on which the parent stands.
    """

    row: Row
    kind: str
    known_id: int | None
    parent_id: int | None
    parent_line: int | None


@dataclass(frozen=True)
class Preview:
    """What a table would do. Faulty lines are in `faults` and nowhere else."""

    kind: str
    people: tuple[Standing, ...] = ()
    places: tuple[Place, ...] = ()
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()

    @property
    def about_people(self) -> bool:
        return self.kind == PEOPLE

    @property
    def new(self) -> int:
        """How many lines bring something we do not have."""
        return sum(not row.known for row in self.people) + sum(row.known_id is None for row in self.places)

    @property
    def known(self) -> int:
        """How many lines we have already."""
        return len(self.people) + len(self.places) - self.new

    @property
    def bad_lines(self) -> int:
        return len({fault.line for fault in self.faults})


def preview(*, partnership: Partnership, text: str, access: Access | None) -> Preview:
    """Lay a table beside a partnership as it is today. Without an access everything may be added (the command).

    Raises TableError when the file as a whole is no table.
    """
    table = read(text)
    checker = _Checker(partnership, access)
    if table.kind == PEOPLE:
        return checker.people(table.rows, table.faults, table.remarks)
    return checker.places(table.rows, table.faults)


class _Checker:
    def __init__(self, partnership: Partnership, access: Access | None) -> None:
        self.partnership, self.access, self.day = partnership, access, clock.today()
        self.tree: Tree = tree_of(partnership, self.day)
        self.allowed = access.where(Verb.DO, Noun.PEOPLE) if access else frozenset(self.tree.layers)
        self.may_high = access is None or bool(access.roles & HIGH_ROLES)
        self.names = layers_by_word(self.tree)

    def people(self, rows: Iterable[Row], faults: Iterable[Fault], remarks: Iterable[Fault]) -> Preview:
        rows = list(rows)
        wrong, said, good = list(faults), list(remarks), []
        names = dict(_names_here(self.partnership, {row.email for row in rows}))
        standing = _standing(self.partnership)
        labels = self._roles()
        for row in rows:
            role, found = labels.get(plain(row.role)), []
            if role is None:
                near = nearest(row.role, [word for word in self._shown_roles() if plain(word) in labels])
                found.append(Fault(row.line, "unknown role", row.role, near))
            elif role in HIGH_ROLES and not self.may_high:
                found.append(Fault(row.line, "role too high", row.role))
            place, unclear = self._place(row, row.place)
            found += unclear
            if place is not None and place not in self.allowed:
                found.append(Fault(row.line, "not your place", row.place))
            wrong += found
            if role is None or place is None or found:
                continue
            known_name = names.get(row.email, row.name)
            if plain(known_name) != plain(row.name):
                said.append(Fault(row.line, "other name", row.name, known_name))
            had = standing[row.email, role, place]
            good.append(Standing(row, role, place, any(same_standing(*days, row, self.day) for days in had)))
        return Preview(PEOPLE, people=tuple(good), faults=_by_line(wrong), remarks=_by_line(said))

    def _shown_roles(self) -> list[str]:
        return [str(label) for label in Role.labels] + [str(v) for v in self.partnership.role_labels.values()]

    def _roles(self) -> dict[str, str]:
        """Every word by which a role is known, in plain letters."""
        own = {
            plain(str(label)): role
            for role, label in self.partnership.role_labels.items()
            if role in Role.values
        }
        return {
            **{plain(word): role.value for word, role in _ROLE_WORDS.items()},
            **{plain(role.value): role.value for role in Role},
            **{plain(str(role.label)): role.value for role in Role},
            **own,
        }

    def _place(self, row: Row, word: str) -> tuple[int | None, list[Fault]]:
        found = self.names.get(plain(word), set())
        if len(found) == 1:
            return next(iter(found)), []
        if not found:
            near = nearest(word, [layer.name for layer in self.tree.layers.values()])
            return None, [Fault(row.line, "unknown place", word, near)]
        one = self.tree.layers[min(found)]
        parent = self.tree.layers[self.tree.parents[one.id][0]]
        return None, [Fault(row.line, "several places", word, f"{parent.name} / {one.name}")]

    def places(self, rows: Iterable[Row], faults: Iterable[Fault]) -> Preview:
        rows = list(rows)
        wrong, good = list(faults), []
        by_name: dict[str, int] = {}
        for row in rows:
            for word in (row.name, row.code):
                if word:
                    by_name.setdefault(plain(word), row.line)
        parents = {row.line: by_name.get(plain(row.parent)) for row in rows if row.parent}
        for row in rows:
            one, found = self._organisation(row, parents.get(row.line))
            if _goes_round(row.line, parents):
                found = [Fault(row.line, "part of itself", row.name)]
            wrong += found
            if one is not None and not found:
                good.append(one)
        lines = {one.row.line for one in good}
        orphans = [one for one in good if one.parent_line and one.parent_line not in lines]
        while orphans:
            wrong += [Fault(one.row.line, "unknown place", one.row.parent) for one in orphans]
            good = [one for one in good if one not in orphans]
            lines = {one.row.line for one in good}
            orphans = [one for one in good if one.parent_line and one.parent_line not in lines]
        return Preview("organisations", places=tuple(good), faults=_by_line(wrong))

    def _organisation(self, row: Row, parent_line: int | None) -> tuple[Place | None, list[Fault]]:
        kinds = {plain(str(kind.label)): kind.value for kind in OrganisationKind} | {
            k.value: k.value for k in OrganisationKind
        }
        kinds |= {word: kind.value for word, kind in _KIND_WORDS.items()}
        kind = kinds.get(plain(row.kind))
        if kind is None or kind == OrganisationKind.PARTNERSHIP:
            shown = [str(k.label) for k in OrganisationKind if k != OrganisationKind.PARTNERSHIP]
            return None, [Fault(row.line, "unknown kind", row.kind, nearest(row.kind, shown))]
        parent_id = None if row.parent else self.tree.root
        faults: list[Fault] = []
        if row.parent and parent_line is None:
            parent_id, faults = self._place(row, row.parent)
        if parent_id is not None and parent_id not in self.allowed:
            faults.append(Fault(row.line, "not your place", row.parent or self.partnership.name))
        known = self._known(row, kind, parent_id)
        if known is not None and self.tree.layers[known].kind != kind:
            faults.append(Fault(row.line, "other kind", row.code, self.tree.layers[known].name))
        elif known is not None and known not in self.allowed:
            faults.append(Fault(row.line, "not your place", row.name))
        return Place(row, kind, known, parent_id, parent_line), faults

    def _known(self, row: Row, kind: str, parent_id: int | None) -> int | None:
        """The organisation this line is about: by its code, else by name and kind (below the same parent)."""
        layers = self.tree.layers.values()
        if row.code:
            by_code = [layer.id for layer in layers if plain(layer.code) == plain(row.code)]
            if by_code:
                return by_code[0]
        same = [
            layer.id
            for layer in layers
            if layer.kind == kind and plain(layer.name) == plain(row.name) and not (row.code and layer.code)
        ]
        below = [one for one in same if parent_id in self.tree.parents.get(one, ())]
        if below:
            return below[0]
        return same[0] if len(same) == 1 and parent_id is None else None


def _goes_round(line: int, parents: dict[int, int | None]) -> bool:
    seen, at = {line}, parents.get(line)
    while at is not None:
        if at == line:
            return True
        if at in seen:
            return False
        seen.add(at)
        at = parents.get(at)
    return False


def _by_line(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda fault: fault.line))


def _names_here(partnership: Partnership, emails: set[str]) -> list[tuple[str, str]]:
    """Names by address, of people of this partnership only: who works elsewhere is not told here."""
    here = Membership.objects.filter(partnership=partnership).values("person_id")
    rows = Person.objects.filter(pk__in=here).values_list("email", "name")
    return [(email, name) for email, name in rows if email in emails]


def same_standing(since: date, until: date | None, row: Row, today: date) -> bool:
    """Whether a role that somebody has or had is the one a line tells of: it runs, or has the same days."""
    return until is None or until > today or until == row.until or since == row.since


def _standing(partnership: Partnership) -> defaultdict[tuple[str, str, int], list[tuple[date, date | None]]]:
    """The days of every role by address, role and place."""
    found: defaultdict[tuple[str, str, int], list[tuple[date, date | None]]] = defaultdict(list)
    rows = Membership.objects.filter(partnership=partnership)
    for row in rows.select_related("person"):
        found[row.person.email, row.role, row.organisation_id].append((row.valid_from, row.valid_until))
    return found
