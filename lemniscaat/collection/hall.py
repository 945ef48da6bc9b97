"""A step of a talk in a hall of strangers: a round of one section, with one block, shown once when it closes.

Whoever sits in the hall answers with the random token that only his own device holds. See docs/privacy.md, "Live in
a hall". What the hall reads is in `hall_screen.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from lemniscaat.base.keys import fingerprint
from lemniscaat.base.writing import writing
from lemniscaat.collection.answering import Sent, checked
from lemniscaat.collection.blocks import Params
from lemniscaat.collection.chosen import Chosen
from lemniscaat.collection.codes import number_of
from lemniscaat.collection.models import CriterionItem, Plan, Response, Round, RoundState, Segment
from lemniscaat.collection.opening import (
    fit_for_a_round,
    free_code,
    free_key,
    link_items,
    period_now,
    telling_items,
)
from lemniscaat.collection.queries import steps_of
from lemniscaat.collection.scrub import scrub_after_commit
from lemniscaat.collection.sheets import instrument_of, laid_ready
from lemniscaat.collection.stopping import stop_inside
from lemniscaat.collection.turn import answer_together
from lemniscaat.instruments.answers import SCHEMA_VERSION, Stored
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.library import NoInstrumentError
from lemniscaat.instruments.models import InstrumentVersion
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change
from lemniscaat.vision.models import Criterion

LEAST_SECRET = 16


class NothingToAskError(Exception):
    """This section asks nothing that can be asked by itself."""


def can_be_asked(version: InstrumentVersion, chosen: Mapping[str, Any]) -> tuple[int, ...]:
    """The numbers of the sections that a step can ask, of the instrument with what was chosen of it. None where the
    instrument may not be asked of an anonymous round."""
    whole = Instrument.model_validate(version.definition)
    if not whole.round or whole.frame:
        return ()
    what = replace(Chosen.read(chosen), only=None)
    numbers = range(1, len(laid_ready(whole, what).sections) + 1)
    return tuple(n for n in numbers if laid_ready(whole, replace(what, only=n)).items)


def open_step(
    *,
    access: Access,
    layer_id: int,
    version: InstrumentVersion,
    chosen: Mapping[str, Any],
    section: int,
    title: str,
    criterion: Criterion | None = None,
    appointment: Appointment | None = None,
    companion: Round | None = None,
) -> Round:
    """Ask one section of a frozen instrument of the hall, now. `chosen` is what was chosen of the instrument, `section`
    the number in what that leaves. `companion`: an earlier step of the same talk, with whose return it comes back.

    Raises NoInstrumentError where this may not be asked of an anonymous round, NothingToAskError for a section without
    questions, ValueError for a companion of another layer.
    """
    access.need(Verb.DO, Noun.MEETING, layer_id)
    if version.partnership_id != access.partnership.pk:
        raise NoInstrumentError(version.key)
    whole = fit_for_a_round(Instrument.model_validate(version.definition))
    if section not in can_be_asked(version, chosen):
        raise NothingToAskError
    what = replace(Chosen.read(chosen), only=section)
    with writing():
        step = _laid_out(access, layer_id, version, title, what)
        step.criterion, step.appointment = criterion, appointment
        step.comes_back_with = _first_of(companion, layer_id) if companion else None
        if appointment is None:
            step.no_appointment_because = _("we bespreken het meteen, in het gesprek zelf.")
        step.save(force_insert=True)
        Segment.objects.create(round=step)
        if criterion is not None:
            _link(criterion, laid_ready(whole, replace(what, only=None)))
        note_change(access, verb="opened", thing=step)
    return step


def _laid_out(access: Access, layer_id: int, version: InstrumentVersion, title: str, what: Chosen) -> Round:
    return Round(
        partnership=access.partnership,
        organisation_id=layer_id,
        period=period_now(access),
        instrument=version,
        key=free_key(access.partnership, title),
        title=title[:160],
        asked_by=access.person.name,
        started_by=access.person,
        plan=Plan.ROLE,
        parameters=asdict(Params()),
        chosen=what.stored(),
        state=RoundState.OPEN,
        return_code=free_code("return_code"),
        opened_on=access.day,
        # a step that somebody forgot is stopped by the calendar
        stops_on=access.day,
        by_mail=False,
        by_link=False,
    )


def _first_of(companion: Round, layer_id: int) -> Round | None:
    """The step whose return will tell of this one too; None where that was given already."""
    if companion.organisation_id != layer_id or not is_step(companion):
        raise ValueError("a step comes back with another step of the same layer")
    pk = companion.comes_back_with_id or companion.pk
    return Round.objects.select_for_update().filter(pk=pk).exclude(state=RoundState.RETURNED).first()


def _link(criterion: Criterion, instrument: Instrument) -> None:
    """Say which questions tell something about the criterion, unless somebody chose that before."""
    if not CriterionItem.objects.filter(criterion=criterion, instrument_key=instrument.root).exists():
        link_items(criterion=criterion, instrument=instrument, items=telling_items(instrument))


def is_step(round_: Round) -> bool:
    """Whether a round is a step in a hall."""
    return Chosen.read(round_.chosen).only is not None


def sheet_key(round_: Round, secret: str) -> int:
    """The key of a device's own sheet in an open step. Who has the database and the server's key but not the secret
    cannot make it. The key and return code of the round tell it from an earlier one with the same number."""
    if len(secret) < LEAST_SECRET:
        raise ValueError("the secret of a device is a random text")
    name = f"hall sheet {round_.pk} {round_.key} {round_.return_code} {secret}"
    return number_of(fingerprint(secret=settings.SECRET_KEY, text=name))


def answer_step(*, round_: Round, secret: str, answers: Mapping[str, Stored]) -> Sent:
    """Take in what one device sends; while the step is open a next sending takes the place of the one before. An empty
    sheet counts as taking part.

    Call it outside any other transaction and write nothing about the sender beside it: what is written together can
    be seen together until the tables are rewritten. Raises ValueError for answers that do not belong to the section.
    """
    if not is_step(round_):
        return Sent.NOWHERE
    clean, key = checked(instrument_of(round_), answers), sheet_key(round_, secret)
    with writing():
        answer_together(round_.pk)
        place = Segment.objects.filter(round_id=round_.pk, round__state=RoundState.OPEN)
        segment = place.values_list("pk", flat=True).first()
        if segment is None:
            return Sent.STOPPED
        sheet = Response(
            pk=key, round_id=round_.pk, segment_id=segment, answers=clean, schema_version=SCHEMA_VERSION
        )
        # one statement, so that sending twice at once is sending once
        Response.objects.bulk_create(
            [sheet], update_conflicts=True, unique_fields=["id"], update_fields=["answers", "schema_version"]
        )
    return Sent.IN


def close_step(*, access: Access, round_: Round) -> Round:
    """Stop a step and release it, once. The files are not rewritten yet, for a hall waits for the reveal: call
    `end_hall` when the talk ends."""
    access.need(Verb.DO, Noun.MEETING, round_.organisation_id)
    _need_step(round_)
    with writing():
        stopped, _now = stop_inside(round_=round_, access=access)
    return stopped


def end_hall(*, access: Access, round_: Round) -> None:
    """The talk is over: close what is still open of its steps, and rewrite the tables so that they tell no order.
    `round_` is any of its steps. Twice is once."""
    access.need(Verb.DO, Noun.MEETING, round_.organisation_id)
    _need_step(round_)
    with writing():
        first = Round.objects.get(pk=round_.comes_back_with_id or round_.pk)
        for step in [first, *steps_of(first)]:
            stop_inside(round_=step, access=access)
        scrub_after_commit()


def _need_step(round_: Round) -> None:
    # an ordinary round is stopped by who may organise rounds
    if not is_step(round_):
        raise ValueError("not a step in a hall")
