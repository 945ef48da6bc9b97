"""Reading returns and accounts; a return is public by the code of its round."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from lemniscaat.accountability.models import Account, Recognition, Return
from lemniscaat.agenda.models import Agreement
from lemniscaat.agenda.queries import resting_on as agreements_on
from lemniscaat.collection.models import Invitation, Round, RoundState
from lemniscaat.datapoints.models import DataPoint
from lemniscaat.interpretation.models import DissentingVoice, Interpretation
from lemniscaat.interpretation.queries import resting_on as meanings_on
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision.models import Period

_CODE = re.compile(r"([A-Z]+)(\d{4})")


def round_to_return(access: Access, pk: int) -> Round:
    """A stopped round of which I may write the return; 404 otherwise."""
    found = Round.objects.filter(
        partnership=access.partnership,
        organisation_id__in=access.where(Verb.DO, Noun.RETURN),
        comes_back_with__isnull=True,
        state__in=[RoundState.STOPPED, RoundState.IMPORTED, RoundState.RETURNED],
        pk=pk,
    )
    row = found.select_related("organisation", "appointment__body", "criterion__point", "partnership").first()
    if row is None:
        raise Http404
    return row


def return_of(round_: Round) -> Return | None:
    """The return of a round, as far as it is written."""
    return Return.objects.filter(round=round_).select_related("round").first()


def round_by_code(code: str) -> Round | None:
    """The round with this code, however it was typed: 'brug4716' finds 'BRUG 4716'. The steps of a talk in a hall come
    back in one return, so the code of each leads to the first."""
    plain = _CODE.fullmatch("".join(sign for sign in code.upper() if sign.isalnum()))
    wanted = f"{plain[1]} {plain[2]}" if plain else code.strip()
    if not wanted:
        return None
    rows = Round.objects.filter(return_code=wanted)
    found = rows.select_related("partnership", "comes_back_with__partnership").first()
    return found.comes_back_with or found if found else None


def published(round_: Round) -> Return | None:
    """The return of a round once those who gave may read it."""
    row = return_of(round_)
    return row if row is not None and row.published_on else None


def recognition(of: Return) -> dict[str, int] | None:
    """How many recognise themselves, as of the last full step; None until enough people said so."""
    counts = dict(Recognition.objects.filter(of=of).values_list("answer", "told"))
    return counts if any(counts.values()) else None


@dataclass(frozen=True)
class Meant:
    """What a talk said a round means: to start a return with, and to date it."""

    text: str = ""
    dissent: str = ""
    people: int = 0
    roles: tuple[str, ...] = ()
    day: date | None = None


def meaning_since(round_: Round) -> Meant:
    """The newest meaning on the round's criterion since it stopped, with the voice that differs."""
    rows = Interpretation.objects.filter(organisation=round_.organisation, partnership=round_.partnership)
    if round_.criterion_id:
        rows = rows.filter(criterion_id=round_.criterion_id)
    if round_.stopped_on:
        rows = rows.filter(written_on__gte=round_.stopped_on)
    newest = rows.order_by("-written_on", "-id").first()
    if newest is None:
        return Meant()
    other = (
        DissentingVoice.objects.filter(interpretation=newest).order_by("id").values_list("text", flat=True)
    )
    return Meant(newest.text, "\n".join(other), newest.people, tuple(newest.roles), newest.written_on)


def agreements_since(round_: Round) -> QuerySet[Agreement]:
    """The agreements on the round's criterion since it stopped."""
    rows = Agreement.objects.filter(
        organisation=round_.organisation, partnership=round_.partnership, body__isnull=True
    )
    if round_.criterion_id:
        rows = rows.filter(criterion_id=round_.criterion_id)
    if round_.stopped_on:
        rows = rows.filter(agreed_on__gte=round_.stopped_on)
    return rows.select_related("returns_at").order_by("id")


def returns_for(access: Access, layer_id: int) -> QuerySet[Return]:
    """Published returns of a layer, newest first."""
    if not access.may(Verb.SEE, Noun.RETURN, layer_id):
        return Return.objects.none()
    rows = Return.objects.filter(
        round__organisation_id=layer_id, round__partnership=access.partnership, published_on__isnull=False
    )
    return rows.select_related("round").order_by("-published_on", "-id")


def answered_for(access: Access, since: date) -> QuerySet[Return]:
    """Returns given since a day of rounds to which I was asked; whether I took part is known to nobody."""
    asked = Invitation.objects.filter(person=access.person).values("round_id")
    rows = Return.objects.filter(
        round__partnership=access.partnership, round_id__in=asked, published_on__gte=since
    ).exclude(round__return_code="")
    return rows.select_related("round").order_by("-published_on", "-id")


def accounts(access: Access, layer_id: int) -> QuerySet[Account]:
    """The accounts of a layer: frozen ones for all who may see, drafts for who may write."""
    if not access.may(Verb.SEE, Noun.ACCOUNT, layer_id):
        return Account.objects.none()
    rows = Account.objects.filter(partnership=access.partnership, organisation_id=layer_id).select_related(
        "organisation", "period"
    )
    if not access.may(Verb.DO, Noun.ACCOUNT, layer_id):
        rows = rows.filter(frozen_on__isnull=False)
    return rows.order_by("-period__starts_on", "-id")


def account(access: Access, pk: int) -> Account:
    """One account that I may see; 404 otherwise."""
    found = Account.objects.filter(pk=pk, partnership=access.partnership).first()
    row = accounts(access, found.organisation_id).filter(pk=pk).first() if found else None
    if row is None:
        raise Http404
    return row


def open_periods(access: Access) -> QuerySet[Period]:
    """The school years that began and are not closed, oldest first."""
    return Period.objects.filter(
        partnership=access.partnership, starts_on__lte=access.day, closed_on__isnull=True
    ).order_by("starts_on")


def period_to_close(access: Access) -> Period | None:
    """The oldest school year that is still open: a year can be closed in the next one."""
    return open_periods(access).first()


def not_returned(access: Access, period: Period) -> QuerySet[Round]:
    """Rounds of a year that are open or stopped and of which those who gave have not heard back; of a talk in a hall
    its first step."""
    within = Q(period=period) | Q(
        period__isnull=True, opened_on__gte=period.starts_on, opened_on__lte=period.ends_on
    )
    rows = Round.objects.filter(
        within,
        partnership=access.partnership,
        comes_back_with__isnull=True,
        state__in=[RoundState.STOPPED, RoundState.OPEN],
    )
    return rows.select_related("organisation").order_by("stopped_on", "id")


def resting_on(access: Access, point: DataPoint) -> list[Account]:
    """The frozen accounts I may see with a sentence about what rests on a data point, or on its round."""
    agreed = agreements_on(access, point).order_by().values_list("pk", flat=True)
    meant = meanings_on(access, point).order_by().values_list("pk", flat=True)
    wanted = {("interpretation", pk) for pk in meant} | {("agreement", pk) for pk in agreed}
    wanted |= {("round", point.asked_in.pk)} if point.asked_in else set()
    rows = Account.objects.filter(
        partnership=access.partnership,
        organisation_id__in=access.where(Verb.SEE, Noun.ACCOUNT),
        frozen_on__isnull=False,
    )
    return [row for row in rows.select_related("organisation", "period") if wanted & _sources(row)]


def _sources(row: Account) -> set[tuple[str, int]]:
    sections = row.content.get("sections", [])
    return {(one["noun"], one["noun_id"]) for section in sections for one in section["sentences"]}
