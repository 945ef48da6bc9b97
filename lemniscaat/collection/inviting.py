"""Whom a round asks: people of the register at a layer, or a pasted list of their addresses."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lemniscaat.collection.codes import personal_token, stored_token
from lemniscaat.collection.models import Invitation, Round
from lemniscaat.collection.models import Segment as SegmentRow
from lemniscaat.collection.places import Places, place_choices, standing
from lemniscaat.collection.segments import Segment, segmentation
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access
from lemniscaat.people.actions import send_mail
from lemniscaat.people.models import Role

_ADDRESS = re.compile(r"[^\s,;<>\"]+@[^\s,;<>\"]+")


@dataclass(frozen=True)
class Guest:
    """One person to ask, in the one role and place in which he is asked."""

    person_id: int
    name: str
    email: str
    role: str
    standing: Segment


class UnknownGuestsError(Exception):
    """Lines of a pasted list that name nobody we know here."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__(", ".join(lines))
        self.lines = tuple(lines)


def guests(access: Access, *, layer_id: int, roles: Iterable[str]) -> tuple[Guest, ...]:
    """Everybody with one of these roles at the layer or below it, each person once, in his first role."""
    wanted = list(roles)
    below = {layer_id, *access.tree.below(layer_id)}
    entries = people.register(access.partnership, access.day, organisation_ids=below, roles=wanted)
    found: dict[int, Guest] = {}
    for entry in sorted(entries, key=lambda one: (wanted.index(one.role), one.organisation_id)):
        if entry.person_id not in found:
            place = standing(access.tree, role=entry.role, organisation=entry.organisation_id)
            found[entry.person_id] = Guest(entry.person_id, entry.name, entry.email, entry.role, place)
    return tuple(found.values())


def pasted_guests(access: Access, *, layer_id: int, text: str) -> tuple[Guest, ...]:
    """The people of a pasted list, one address a line. Raises UnknownGuestsError and then finds nobody."""
    known = {guest.email.lower(): guest for guest in guests(access, layer_id=layer_id, roles=Role.values)}
    found: dict[int, Guest] = {}
    unknown: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        address = _ADDRESS.search(line)
        guest = known.get(address.group().lower()) if address else None
        if guest is None:
            unknown.append(line)
        else:
            found[guest.person_id] = guest
    if unknown:
        raise UnknownGuestsError(unknown)
    return tuple(found.values())


def lay_places(access: Access, round_: Round, asked: Sequence[Guest]) -> dict[Segment, int]:
    """Make the segments of a round, each shared by at least ten of those asked; returns the key per standing."""
    plan = round_.plan
    cut = segmentation((guest.standing for guest in asked), plan=plan)  # type: ignore[arg-type]  # a choice of Plan
    wanted = {*cut.stored.values(), *([Segment()] if round_.by_link or round_.by_paper else [])}
    rows = {
        name: SegmentRow(
            round=round_, family=name.family, role=name.role, board=name.board, school=name.school
        )
        for name in wanted
    }
    SegmentRow.objects.bulk_create(sorted(rows.values(), key=lambda row: row.pk))
    keys = {stand: rows[name].pk for stand, name in cut.stored.items()}
    # also where everybody has a link of his own: paper may join later, and is laid in the places of today
    round_.places = Places(
        tuple(dict.fromkeys(role for role in round_.roles if any(g.role == role for g in asked)))
        or tuple(round_.roles),
        place_choices(access.tree, keys),
        tuple(sorted(keys.items())),
        tuple(sorted((name, row.pk) for name, row in rows.items())),
    ).to_json()
    return keys


def invite(round_: Round, asked: Sequence[Guest], keys: dict[Segment, int]) -> None:
    """An invitation and a mail for each, in an order drawn by lot."""
    lot = list(asked)
    secrets.SystemRandom().shuffle(lot)
    rows = [
        Invitation(round=round_, person_id=guest.person_id, segment_id=keys[guest.standing], role=guest.role)
        for guest in lot
    ]
    for row in rows:
        row.token = stored_token(personal_token(row.pk))
    Invitation.objects.bulk_create(rows)
    for guest, row in zip(lot, rows, strict=True):
        address = settings.SITE_URL + reverse("answer:start", args=[personal_token(row.pk)])
        send_mail(
            partnership=round_.partnership,
            to=guest.email,
            subject=round_.title,
            body=_letter(round_, guest, address),
        )


def _letter(round_: Round, guest: Guest, address: str) -> str:
    first = guest.name.split(" ")[0] if guest.name else ""
    back = date_format(round_.return_by, "j F") if round_.return_by else ""
    lines = [
        _("Dag %(name)s,") % {"name": first} if first else _("Dag,"),
        round_.why or _("%(who)s vraagt je om mee te denken.") % {"who": round_.asked_by},
        _("Je kunt hier beginnen. De link is van jou alleen:") + f"\n{address}",
        _(
            "Niemand ziet jouw antwoord apart. We tonen een uitkomst pas als er naast jou vijf anderen in de"
            " groep zitten. Dat verandert niet meer."
        ),
        _("Uiterlijk %(day)s lees je wat we ermee doen.") % {"day": back} if back else "",
        _("Groet,") + f"\n{round_.asked_by or round_.partnership.name}",
    ]
    return "\n\n".join(line for line in lines if line)
