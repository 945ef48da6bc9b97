"""What a data point may serve for: fixed when it was given, wider only by its giver, never in silence.

These verbs alone change `permitted_use` of what is there already (tests/datapoints/test_permitting.py).
"""

from __future__ import annotations

from django.conf import settings
from django.db import IntegrityError
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection.models import PermittedUse
from lemniscaat.datapoints.models import DataPoint, SourceKind, UseAnswer, UseRequest
from lemniscaat.datapoints.queries import ledger
from lemniscaat.people.access import Access
from lemniscaat.people.outbox import send_mail
from lemniscaat.people.trail import note_change

ORDER = (PermittedUse.LEARN, PermittedUse.POOL, PermittedUse.DECIDE)
OTHERS_SPOKE = frozenset({SourceKind.REPORT, SourceKind.PANEL, SourceKind.OBSERVATION})
"""What one wrote down of others: widening it is theirs to allow, so who wrote it says how they were asked."""


class AskFirstError(Exception):
    """Those who told it have not been asked yet, or it is not said how."""


class DecisionRestsError(Exception):
    """A decision rests on it: what it was taken with stays as it was."""


class AskedBeforeError(Exception):
    """Asked before by the same person, who had an answer."""


def wider(row: DataPoint) -> tuple[str, ...]:
    """The uses that reach further than the present one; none for a round or its open answers, of which nobody knows the givers."""
    if row.asked_in is not None:
        return ()
    return tuple(use.value for use in ORDER[ORDER.index(PermittedUse(row.permitted_use)) + 1 :])


def narrower(row: DataPoint) -> tuple[str, ...]:
    """The uses that reach less far."""
    if row.asked_in is not None:
        return ()
    return tuple(use.value for use in ORDER[: ORDER.index(PermittedUse(row.permitted_use))])


def widen(*, access: Access, data_point: DataPoint, to: str, asked: str = "") -> DataPoint:
    """Let my own data point serve for more. `asked`: how those who told it were asked, where they were others.

    404 for another's, for a round and for what is not wider; AskFirstError where `asked` is missing.
    """
    _my_own(access, data_point)
    if to not in wider(data_point):
        raise Http404
    if data_point.source in OTHERS_SPOKE and not asked.strip():
        raise AskFirstError
    with writing():
        reached = ORDER[: ORDER.index(PermittedUse(to)) + 1]
        waiting = UseRequest.objects.filter(data_point=data_point, answer=UseAnswer.OPEN, wanted__in=reached)
        waiting.update(answer=UseAnswer.YES, answered_on=clock.today())
        _allowed(access, data_point, to, asked)
        return _use(access, data_point, to, verb="widened")


def _allowed(access: Access, row: DataPoint, to: str, asked: str) -> None:
    """Keep that the giver allowed it, and how others who told it were asked."""
    today = clock.today()
    UseRequest.objects.create(
        data_point=row,
        wanted=to,
        why=asked.strip()[:400],
        asked_by=access.person,
        asked_on=today,
        answer=UseAnswer.YES,
        answered_on=today,
    )


def narrow(*, access: Access, data_point: DataPoint, to: str) -> DataPoint:
    """Let my own data point serve for less. 404 for another's; DecisionRestsError where a decision rests on it."""
    _my_own(access, data_point)
    if to not in narrower(data_point):
        raise Http404
    with writing():
        current = DataPoint.objects.select_for_update().get(pk=data_point.pk)
        if current.decided_on is not None:
            raise DecisionRestsError
        return _use(access, data_point, to, verb="narrowed")


def _use(access: Access, row: DataPoint, to: str, *, verb: str) -> DataPoint:
    before = row.permitted_use
    row.permitted_use = to
    row.save(update_fields=["permitted_use"])
    note_change(access, verb=verb, thing=row, before=before, after=to)
    return row


def _my_own(access: Access, row: DataPoint) -> None:
    if row.author_id != access.person.pk or row.partnership_id != access.partnership.pk or row.withdrawn_on:
        raise Http404


def ask_use(*, access: Access, data_point: DataPoint, wanted: str, why: str) -> UseRequest:
    """Ask the giver whether it may serve for more; he has a mail about it. An open question is asked once.

    404 for one's own, for what I may not see, for what has no giver to ask, and for what is not wider; AskedBeforeError for who had an answer.
    """
    if not ledger(access).filter(pk=data_point.pk).exists():
        raise Http404
    giver = data_point.author
    if giver is None or giver.erased_on or giver.pk == access.person.pk or wanted not in wider(data_point):
        raise Http404
    asked = UseRequest.objects.filter(data_point=data_point)
    if known := asked.filter(answer=UseAnswer.OPEN).first():
        return known
    if asked.filter(asked_by=access.person, wanted=wanted, answer=UseAnswer.NO).exists():
        raise AskedBeforeError
    try:
        with writing():
            made = UseRequest.objects.create(
                data_point=data_point,
                wanted=wanted,
                why=why.strip()[:400],
                asked_by=access.person,
                asked_on=clock.today(),
            )
            address = settings.SITE_URL + reverse("datapoints:data_point", args=[data_point.pk])
            send_mail(
                partnership=access.partnership,
                to=giver.email,
                subject=_("Een vraag over iets wat jij gaf"),
                body=_letter(access, made, address),
            )
            note_change(access, verb="asked_use", thing=data_point, wanted=wanted)
    except IntegrityError:
        return asked.get(answer=UseAnswer.OPEN)
    return made


def _letter(access: Access, made: UseRequest, address: str) -> str:
    lines = [
        _("%(who)s vraagt of iets wat jij gaf ook mag dienen %(use)s.")
        % {"who": access.person.first_name, "use": PermittedUse(made.wanted).label},
        _("Waarom: %(why)s") % {"why": made.why} if made.why else "",
        _("Jij beslist. Nee is een gewoon antwoord; alleen wie het vroeg, leest het.") + f"\n{address}",
    ]
    return "\n\n".join(line for line in lines if line)


def answer_use(*, access: Access, request: UseRequest, yes: bool, asked: str = "") -> UseRequest:
    """Answer a question about my own data point, once. A 'no' leaves no line on the trail: only who asked reads it."""
    row = request.data_point
    _my_own(access, row)
    if yes and row.source in OTHERS_SPOKE and not asked.strip():
        raise AskFirstError
    with writing():
        current = UseRequest.objects.select_for_update().get(pk=request.pk)
        if current.answer != UseAnswer.OPEN:
            return current
        current.answer = UseAnswer.YES if yes else UseAnswer.NO
        current.answered_on = clock.today()
        current.save(update_fields=["answer", "answered_on"])
        if yes and current.wanted in wider(row):
            _allowed(access, row, current.wanted, asked)
            _use(access, row, current.wanted, verb="widened")
    return current
