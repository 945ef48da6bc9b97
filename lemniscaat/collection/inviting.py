"""Whom a round can ask, where they stand, and the invitations."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lemniscaat.collection import letters
from lemniscaat.collection.codes import personal_token, stored_token
from lemniscaat.collection.models import Invitation, Round
from lemniscaat.collection.models import Segment as SegmentRow
from lemniscaat.collection.places import Places, place_choices, standing
from lemniscaat.collection.segments import Segment, segmentation
from lemniscaat.collection.stop_links import without_mail
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access
from lemniscaat.people.outbox import post


@dataclass(frozen=True)
class Guest:
    """One person to ask, in the one role and place in which he is asked."""

    person_id: int
    name: str
    email: str
    role: str
    standing: Segment


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
    """An invitation for each, in an order drawn by lot, and a mail for each who wants mail about rounds; who does not
    finds it at home."""
    lot = list(asked)
    secrets.SystemRandom().shuffle(lot)
    rows = [
        Invitation(round=round_, person_id=guest.person_id, segment_id=keys[guest.standing], role=guest.role)
        for guest in lot
    ]
    for row in rows:
        row.token = stored_token(personal_token(row.pk))
    Invitation.objects.bulk_create(rows)
    silent = without_mail(round_.partnership_id, [guest.person_id for guest in lot])
    for guest, row in zip(lot, rows, strict=True):
        if guest.person_id in silent:
            continue
        post(
            round_.partnership,
            letters.invitation(round_, invitation_id=row.pk, name=guest.name, email=guest.email),
        )
