"""Another version of its instrument under a round in preparation: with one question of their own more, or less."""

from __future__ import annotations

from lemniscaat.base.writing import writing
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.collection.opening import fit_for_a_round, frozen
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change


class OtherInstrumentError(Exception):
    """This is no version of what the round asks with."""


def lay_under(*, access: Access, round_: Round, instrument: Instrument) -> Round:
    """Ask with this copy of the same instrument from now on. A round that was opened stays as it is: what people were
    asked no longer changes."""
    access.need(Verb.DO, Noun.ROUND, round_.organisation_id)
    fit_for_a_round(instrument)
    with writing():
        current = Round.objects.select_for_update().select_related("instrument").get(pk=round_.pk)
        if current.state != RoundState.DRAFT:
            return current
        if instrument.root != (current.instrument.root or current.instrument.key):
            raise OtherInstrumentError(instrument.key)
        made = frozen(instrument, partnership=access.partnership, day=access.day)
        if made.pk != current.instrument_id:
            current.instrument = made
            current.save(update_fields=["instrument"])
            note_change(access, verb="adapted", thing=current)
    return current
