"""Whom a round in preparation will ask: chosen on a page of its own, kept with the round, drawn when it opens."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from lemniscaat.base.writing import writing
from lemniscaat.collection.budget import times_asked
from lemniscaat.collection.guest_lists import Known, Looked, Verdict, Whom, look
from lemniscaat.collection.inviting import Guest, guests
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.collection.sampling import Share, draw, shares
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access
from lemniscaat.people.models import Role
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change


class UnknownGuestsError(Exception):
    """Lines of a list that name nobody we know here."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__(", ".join(lines))
        self.lines = tuple(lines)


class TooLateError(Exception):
    """The round opened meanwhile: whom it asks is fixed. The message is a sentence."""


@dataclass(frozen=True)
class Plan:
    """Whom a round would ask as it stands now: per role how many of how many, and who is left out because mail to
    them came back, in words."""

    shares: tuple[Share, ...]
    skipped: tuple[str, ...]
    looked: Looked | None = None

    @property
    def asked(self) -> int:
        return sum(share.asked for share in self.shares)


def plan_of(access: Access, round_: Round) -> Plan:
    """What opening would do, without drawing."""
    chosen, looked = _candidates(access, round_)
    sizes = Counter(guest.role for guest in chosen)
    ordered = {role: sizes[role] for role in Role.values if sizes[role]}
    if looked is not None:
        away = [_line(line.known) for line in looked.of(Verdict.BOUNCED) if line.known]
        return Plan(shares(ordered, {}), tuple(away), looked)
    stay = {guest.person_id for guest in chosen}
    everybody = guests(access, layer_id=round_.organisation_id, roles=round_.roles)
    away = [_line(guest) for guest in everybody if guest.person_id not in stay]
    return Plan(shares(ordered, Whom.read(round_.whom).sample), tuple(away))


def asked_of(access: Access, round_: Round) -> tuple[Guest, ...]:
    """Whom a round asks, drawn by lot where not everybody is. Raises UnknownGuestsError for lines that are not right."""
    chosen, looked = _candidates(access, round_)
    if looked is not None:
        if looked.wrong:
            raise UnknownGuestsError([line.text for line in looked.wrong])
        return chosen
    sample = Whom.read(round_.whom).sample
    if not sample:
        return chosen
    times = times_asked(access, [guest.person_id for guest in chosen])
    return draw(chosen, numbers=sample, asked=times, lot=secrets.SystemRandom().random)


def list_of(access: Access, round_: Round) -> list[str]:
    """The list of a round as lines to read and mend; who left the register meanwhile is not in it any more."""
    known = {one.person_id: one for one in _known(access, round_)}
    lines = []
    for line in Whom.read(round_.whom).lines:
        if isinstance(line, str):
            lines.append(line)
        elif line in known:
            lines.append(_line(known[line]))
    return lines


def looked_at(access: Access, round_: Round, lines: Sequence[str]) -> Looked:
    """These lines, laid beside the register of today."""
    everybody = people.register(access.partnership, access.day)
    return look(
        lines,
        known=_known(access, round_),
        asked=round_.roles,
        elsewhere={entry.email for entry in everybody},
    )


def spread(access: Access, round_: Round) -> dict[str, dict[int, int]]:
    """How many people have which role where, at the place of a round and below it: role, layer, people."""
    here = {round_.organisation_id, *access.tree.below(round_.organisation_id)}
    found: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for entry in people.register(access.partnership, access.day, organisation_ids=here):
        found[entry.role][entry.organisation_id] += 1
    return {role: dict(counts) for role, counts in found.items()}


def version_of(round_: Round) -> str:
    """A short text that changes with the choice, so that a form knows when somebody else chose meanwhile."""
    whole = json.dumps([round_.whom, round_.roles], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def choose_roles(
    *,
    access: Access,
    round_: Round,
    roles: Sequence[str],
    sample: Mapping[str, int],
    because: str | None = None,
) -> Round:
    """Ask everybody with these roles, or of some roles a number drawn by lot. A list that lay there stays for later.
    `because`: the reason why one more question is all right, where it was asked."""
    with writing():
        current = _in_preparation(access, round_)
        current.roles = [role for role in Role.values if role in set(roles)]
        numbers = {role: number for role, number in sample.items() if role in current.roles and number > 0}
        current.whom = replace(Whom.read(current.whom), listed=False, sample=numbers).to_json()
        if because is not None:
            current.over_budget_because = because.strip()
        current.save(update_fields=["roles", "whom", "over_budget_because"])
        note_change(access, verb="chose_people", thing=current)
    return current


def choose_list(*, access: Access, round_: Round, lines: Sequence[str], seen: str = "") -> tuple[Round, bool]:
    """Ask who is on a list; lines that are not right yet stay with it. `seen` is the version that the form knew: where
    somebody else chose a list meanwhile, the lines of both stay. Returns the round, with whether that was so."""
    with writing():
        current = _in_preparation(access, round_)
        both = bool(seen) and seen != version_of(current) and Whom.read(current.whom).listed
        wanted = list(lines)
        if both:
            known = set(wanted)
            wanted += [line for line in list_of(access, current) if line not in known]
        looked = looked_at(access, current, wanted)
        kept = tuple(line.known.person_id if line.known else line.text for line in looked.lines)
        current.whom = replace(Whom.read(current.whom), listed=True, lines=kept).to_json()
        current.save(update_fields=["whom"])
        note_change(access, verb="chose_people", thing=current)
    return current, both


def _in_preparation(access: Access, round_: Round) -> Round:
    access.need(Verb.DO, Noun.ROUND, round_.organisation_id)
    current = Round.objects.select_for_update().get(pk=round_.pk)
    if current.state != RoundState.DRAFT:
        raise TooLateError(_("De ronde is al open. Wie hem krijgt, ligt vast."))
    return current


def _candidates(access: Access, round_: Round) -> tuple[tuple[Guest, ...], Looked | None]:
    """Who can be asked as it stands, before any drawing; with the list, where there is one."""
    if not Whom.read(round_.whom).listed:
        everybody = guests(access, layer_id=round_.organisation_id, roles=round_.roles)
        away = people.unreachable() if round_.by_mail else frozenset()
        return tuple(guest for guest in everybody if guest.person_id not in away), None
    looked = looked_at(access, round_, list_of(access, round_))
    here = {guest.person_id: guest for guest in _everybody(access, round_)}
    return tuple(here[one] for one in looked.people), looked


def _everybody(access: Access, round_: Round) -> tuple[Guest, ...]:
    """The whole register of the place; who has several roles stands in one that is asked."""
    first = [role for role in round_.roles if role in Role.values]
    rest = [role for role in Role.values if role not in first]
    return guests(access, layer_id=round_.organisation_id, roles=[*first, *rest])


def _known(access: Access, round_: Round) -> list[Known]:
    away = people.unreachable()
    return [
        Known(one.person_id, one.name, one.email, one.role, one.person_id in away)
        for one in _everybody(access, round_)
    ]


def _line(one: Known | Guest) -> str:
    return f"{one.name} <{one.email}>" if one.name else one.email
