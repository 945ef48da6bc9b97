"""Reading returns and accounts; a return is public by the code of its round."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from lemniscaat.accountability.models import Account, Recognition, Return
from lemniscaat.agenda.models import Agreement
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.interpretation.models import DissentingVoice, Interpretation
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb

SHOWN_FROM = 6


def round_to_return(access: Access, pk: int) -> Round:
    """A stopped round of which I may write the return; 404 otherwise."""
    found = Round.objects.filter(
        partnership=access.partnership,
        organisation_id__in=access.where(Verb.DO, Noun.RETURN),
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


def published(code: str) -> Return | None:
    """The published return with this code, however it was typed: 'brug4716' finds 'BRUG 4716'."""
    plain = "".join(c for c in code.upper() if c.isalnum())
    for row in (
        Return.objects.filter(published_on__isnull=False)
        .exclude(round__return_code="")
        .select_related("round")
    ):
        if "".join(c for c in row.round.return_code if c.isalnum()) == plain:
            return row
    return None


def recognition(of: Return) -> dict[str, int] | None:
    """How many recognise themselves; None until enough people said so."""
    counts = dict(Recognition.objects.filter(of=of).values_list("answer", "people"))
    return counts if sum(counts.values()) >= SHOWN_FROM else None


def meaning_since(round_: Round) -> tuple[str, str]:
    """What was said it means since the round stopped, and the voice that differs: to start a return with."""
    rows = Interpretation.objects.filter(organisation=round_.organisation, partnership=round_.partnership)
    if round_.criterion_id:
        rows = rows.filter(criterion_id=round_.criterion_id)
    if round_.stopped_on:
        rows = rows.filter(written_on__gte=round_.stopped_on)
    newest = rows.order_by("-written_on", "-id").first()
    if newest is None:
        return "", ""
    other = DissentingVoice.objects.filter(interpretation=newest).values_list("text", flat=True)
    return newest.text, "\n".join(other)


def agreements_since(round_: Round) -> QuerySet[Agreement]:
    """The agreements on the round's criterion since it stopped."""
    rows = Agreement.objects.filter(organisation=round_.organisation, partnership=round_.partnership)
    if round_.criterion_id:
        rows = rows.filter(criterion_id=round_.criterion_id)
    if round_.stopped_on:
        rows = rows.filter(agreed_on__gte=round_.stopped_on)
    return rows.order_by("id")


def returns_for(access: Access, layer_id: int) -> QuerySet[Return]:
    """Published returns of a layer, newest first."""
    if not access.may(Verb.SEE, Noun.RETURN, layer_id):
        return Return.objects.none()
    rows = Return.objects.filter(
        round__organisation_id=layer_id, round__partnership=access.partnership, published_on__isnull=False
    )
    return rows.select_related("round").order_by("-published_on")


def accounts(access: Access, layer_id: int) -> QuerySet[Account]:
    """The accounts of a layer: frozen ones for all who may see, drafts for who may write."""
    if not access.may(Verb.SEE, Noun.ACCOUNT, layer_id):
        return Account.objects.none()
    rows = Account.objects.filter(partnership=access.partnership, organisation_id=layer_id).select_related(
        "period"
    )
    if not access.may(Verb.DO, Noun.ACCOUNT, layer_id):
        rows = rows.filter(frozen_on__isnull=False)
    return rows.order_by("-period__starts_on", "-id")


def account(access: Access, pk: int) -> Account:
    """One account that I may see; 404 otherwise."""
    row = (
        Account.objects.filter(pk=pk, partnership=access.partnership)
        .select_related("organisation", "period")
        .first()
    )
    if row is None or not accounts(access, row.organisation_id).filter(pk=pk).exists():
        raise Http404
    return row


def not_returned(access: Access) -> QuerySet[Round]:
    """Rounds of the partnership that stopped and of which those who gave have not heard back."""
    return Round.objects.filter(
        partnership=access.partnership, state__in=[RoundState.STOPPED, RoundState.OPEN]
    )
