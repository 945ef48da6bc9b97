"""Agreeing, looking back, closing: what was agreed comes back, and closes with a look or a reason."""

from __future__ import annotations

from typing import Any

from lemniscaat.agenda.models import (
    Agreement,
    AgreementReturn,
    AgreementState,
    Course,
    Decision,
    Difference,
    Goal,
)
from lemniscaat.agenda.resting import decided_on
from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Body, Person
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change
from lemniscaat.vision.models import Criterion


class ReasonNeededError(Exception):
    """Possible, but not without a reason that the group sees."""


def need_at(access: Access, layer_id: int, body: Body | None) -> None:
    """404 unless I may agree at this layer, and sit in the body of it that the matter is of alone."""
    sits = body is None or (
        body.organisation_id == layer_id and body.people.filter(pk=access.person.pk).exists()
    )
    access.need(Verb.DO, Noun.AGREEMENT, layer_id if sits else 0)


def _agreed_today(
    layer_id: int, body: Body | None, criterion: Criterion | None, sentence: str
) -> Agreement | None:
    return Agreement.objects.filter(
        organisation_id=layer_id,
        body=body,
        criterion=criterion,
        sentence=sentence.strip(),
        agreed_on=clock.today(),
        state=AgreementState.RUNNING,
    ).first()


def _noted(access: Access, agreement: Agreement, verb: str, **detail: str) -> None:
    """On the trail, unless it is of a few people alone: others read that trail."""
    if agreement.body_id is None:
        note_change(access, verb=verb, thing=agreement, **detail)


def _comes_back(returns_at: Appointment | None, no_return_because: str) -> None:
    if returns_at is None and not no_return_because.strip():
        raise ReasonNeededError


def agree(
    *,
    access: Access,
    layer_id: int,
    criterion: Criterion | None,
    course: str,
    sentence: str,
    owner_text: str,
    notice: str,
    owner: Person | None = None,
    weighed: str = "",
    because: str = "",
    interpretation: Interpretation | None = None,
    returns_at: Appointment | None = None,
    no_return_because: str = "",
    follows: Agreement | None = None,
    goal: Goal | None = None,
    body: Body | None = None,
    decision: Decision | None = None,
) -> Agreement:
    """Agree on something: who, how we notice, whose concern was weighed, and where it comes back.

    `goal`: the point it brings nearer; `body`: of these people alone; `decision`: what was decided before, from which
    this follows. Raises ReasonNeededError when it comes back nowhere and nobody says why. The same words at a layer on
    one day are one agreement.
    """
    need_at(access, layer_id, body)
    _comes_back(returns_at, no_return_because)
    words = {"owner_text": owner_text, "notice": notice, "weighed": weighed, "because": because}
    words |= {"sentence": sentence, "no_return_because": no_return_because}
    words = {name: text.strip() for name, text in words.items()}
    hung: dict[str, Any] = {"criterion": criterion, "follows": follows, "goal": goal, "body": body}
    hung |= {"owner": owner, "returns_at": returns_at}
    place = {"partnership": access.partnership, "organisation_id": layer_id, "course": Course(course)}
    with writing():
        if (known := _agreed_today(layer_id, body, criterion, sentence)) is not None:
            return known
        hung["decision"] = decision or _settled(place, words["sentence"], interpretation)
        made = Agreement.objects.create(**place, **words, **hung, agreed_on=clock.today())
        decided_on(interpretation)
        if body is None:
            note_change(access, verb="agreed", thing=made)
    return made


def _settled(place: dict[str, Any], sentence: str, meaning: Interpretation | None) -> Decision:
    """What is decided with the agreement itself, on a meaning or on none."""
    return Decision.objects.create(**place, interpretation=meaning, text=sentence, decided_on=clock.today())


def _noted_today(
    agreement: Agreement, words: dict[str, str], next_appointment: Appointment | None
) -> AgreementReturn | None:
    """The same words, sent before from the same page."""
    return AgreementReturn.objects.filter(
        agreement=agreement, looked_on=clock.today(), next_appointment=next_appointment, **words
    ).first()


def look_back(
    *,
    access: Access,
    agreement: Agreement,
    helped: str = "",
    hindered: str = "",
    ask: str = "",
    appointment: Appointment | None = None,
    next_appointment: Appointment | None = None,
    next_step: str = "go_on",
    difference: str = "",
    because: str = "",
) -> AgreementReturn:
    """The agreement came back: keep what helped, what hindered and what we ask of each other; then what now.

    `next_step`: go_on (it runs on), sustain (we hold on to it for good), adjust (another one follows) or
    close; the last three need `difference` or `because`, as `close` says. All is kept, or nothing. Looking
    back twice at one appointment changes what was written there; the same words sent twice are kept once.
    """
    access.need(Verb.DO, Noun.AGREEMENT, agreement.organisation_id)
    words = {"helped": helped.strip(), "hindered": hindered.strip(), "ask": ask.strip()}
    with writing():
        current = Agreement.objects.select_for_update().get(pk=agreement.pk)
        known = _noted_today(agreement, words, next_appointment)
        if known is not None and next_step == "go_on":
            return known
        back, _new = AgreementReturn.objects.update_or_create(
            agreement=agreement,
            appointment=appointment or agreement.returns_at,
            looked_on=clock.today(),
            defaults={**words, "next_appointment": next_appointment},
        )
        if next_step != "go_on":
            close(
                access=access,
                agreement=agreement,
                difference=difference,
                because=because,
                sustain=next_step == "sustain",
                replaced=next_step == "adjust",
            )
        elif next_appointment is not None and current.state == AgreementState.RUNNING:
            current.returns_at = next_appointment
            current.save(update_fields=["returns_at"])
        _noted(access, agreement, "looked_back")
    return back


def close(
    *,
    access: Access,
    agreement: Agreement,
    difference: str,
    because: str = "",
    sustain: bool = False,
    replaced: bool = False,
) -> Agreement:
    """End an agreement: it is done, it is held on to for good (`sustain`), or another follows (`replaced`).

    'Merken we verschil?' is answered, or a reason is given: raises ReasonNeededError when nobody looked and
    nobody says why. Closing twice is closing once.
    """
    access.need(Verb.DO, Noun.AGREEMENT, agreement.organisation_id)
    looked = difference in {Difference.YES, Difference.PARTLY, Difference.NO}
    if not looked and not because.strip():
        raise ReasonNeededError
    with writing():
        current = Agreement.objects.select_for_update().get(pk=agreement.pk)
        if current.state != AgreementState.RUNNING:
            return current
        current.state = AgreementState.REPLACED if replaced else AgreementState.CLOSED
        if sustain:
            current.state = AgreementState.SUSTAINED
        current.difference = difference if looked else Difference.NOT_LOOKED
        current.closing_because = because.strip()
        current.closed_on = clock.today()
        current.save(update_fields=["state", "difference", "closing_because", "closed_on"])
        _noted(access, current, "closed", difference=current.difference)
    return current
