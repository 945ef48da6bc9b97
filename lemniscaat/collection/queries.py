"""Rounds and doors, as far as one may see them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from lemniscaat.base import clock
from lemniscaat.collection.codes import PERSONAL, number_of, personal_token, stored_token, used_token
from lemniscaat.collection.models import Invitation, Receipt, Response, Round, RoundState
from lemniscaat.concerns.queries import Reachable, contacts, with_deputies
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tree import tree_of

STEP = 5


@dataclass(frozen=True)
class Door:
    """Where a link leads: a round, and what is known of who comes in. No person."""

    token: str
    round: Round
    personal: bool
    role: str = ""
    segment: int = 0
    answered: bool = False


@dataclass(frozen=True)
class OpenForMe:
    """A round that asks something of me, and my own way in."""

    round: Round
    token: str


def door(token: str) -> Door | None:
    """The door of a personal link, or of a round's own link. One query: the length tells which it is."""
    if len(token) == PERSONAL:
        # no order, and with its round and name in one: this is the busiest question of the house
        used = used_token(token)
        for found in Invitation.objects.filter(token__in=[stored_token(token), used]).select_related(
            "round__partnership"
        ):
            return Door(token, found.round, True, found.role, found.segment_id, found.token == used)
    elif len(token) > PERSONAL:
        for round_ in Round.objects.filter(link_token=token, by_link=True).select_related("partnership"):
            return Door(token, round_, False)
    return None


def token_for_code(code: str) -> str | None:
    """The link of the open round with this join code of six digits."""
    digits = "".join(sign for sign in code if sign.isdigit())
    if len(digits) != 6:
        return None
    return (
        Round.objects.filter(join_code=digits, state=RoundState.OPEN)
        .values_list("link_token", flat=True)
        .first()
    )


def round_of_carry(round_id: int) -> Round | None:
    """The round that an unfinished sheet belongs to, whether or not its link still works."""
    return Round.objects.select_related("partnership", "appointment").filter(pk=round_id).first()


def came_in(receipt: str) -> bool:
    """Whether this very sheet is in already."""
    return Receipt.objects.filter(pk=number_of(receipt)).exists()


def rounds(access: Access, layer_id: int) -> QuerySet[Round]:
    """The rounds of a layer, newest first; none where I may not see rounds. Of a talk in a hall its first step stands
    for all: `steps_of` gives the others."""
    if not access.may(Verb.SEE, Noun.ROUND, layer_id):
        return Round.objects.none()
    return (
        Round.objects.filter(
            partnership=access.partnership, organisation_id=layer_id, comes_back_with__isnull=True
        )
        .select_related("appointment__body", "instrument")
        .order_by("-opened_on", "-id")
    )


def steps_of(first: Round) -> QuerySet[Round]:
    """The other steps of a talk in a hall, in the order in which they were asked; all come back with the first."""
    return Round.objects.filter(comes_back_with_id=first.pk).order_by("id")


def round_(access: Access, round_id: int) -> Round:
    """One round that I may see, or 404."""
    found = (
        Round.objects.filter(
            partnership=access.partnership,
            organisation_id__in=access.where(Verb.SEE, Noun.ROUND),
            pk=round_id,
        )
        .select_related("appointment__body", "instrument", "organisation", "criterion", "partnership")
        .first()
    )
    if found is None:
        raise Http404
    return found


def open_for(access: Access) -> tuple[OpenForMe, ...]:
    """The open rounds that ask something of me and that I did not answer yet. Only I can see this."""
    mine = Invitation.objects.filter(
        person=access.person,
        round__partnership=access.partnership,
        round__state=RoundState.OPEN,
    ).select_related("round")
    return tuple(
        OpenForMe(one.round, token)
        for one in sorted(
            mine, key=lambda one: (one.round.stops_on is None, one.round.stops_on, one.round_id)
        )
        if one.token == stored_token(token := personal_token(one.pk))
    )


def waiting_for_return(access: Access, layer_id: int) -> QuerySet[Round]:
    """Stopped rounds of a layer of which those who gave have not heard back yet; those with a promised day first."""
    waiting = rounds(access, layer_id).filter(state=RoundState.STOPPED)
    return waiting.order_by(F("return_by").asc(nulls_last=True), "id")


def waiting_anywhere(access: Access) -> QuerySet[Round]:
    """Stopped rounds, of every layer where I may see rounds, of which those who gave have not heard back yet."""
    return Round.objects.filter(
        partnership=access.partnership,
        organisation_id__in=access.where(Verb.SEE, Noun.ROUND),
        state=RoundState.STOPPED,
        comes_back_with__isnull=True,
    ).select_related("organisation")


def invited_count(access: Access, round_: Round) -> int:
    """How many people were asked by a personal link."""
    access.need(Verb.SEE, Noun.ROUND, round_.organisation_id)
    return Invitation.objects.filter(round=round_).count()


def participation_while_open(access: Access, round_: Round) -> str:
    """How many sheets came in, in steps of five and never by part: 'minder dan vijf' may be none at all."""
    access.need(Verb.SEE, Noun.ROUND, round_.organisation_id)
    came = Response.objects.filter(round=round_).count() // STEP * STEP
    if not came:
        return _("Minder dan vijf mensen deden mee, of nog niemand.")
    return _("Zeker %(count)d mensen deden mee.") % {"count": came}


def contacts_at(round_: Round) -> list[Reachable]:
    """The people to turn to at the layer of a round and above it, with who stands in for them."""
    tree = tree_of(round_.partnership, clock.today())
    return with_deputies(contacts(round_.partnership, [round_.organisation_id], tree))
