"""Which parts of an instrument a round asks: the core always, the modules that were chosen, or the quick scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lemniscaat.base.writing import writing
from lemniscaat.collection.chosen import Chosen
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.preparing import has_quick, modules_of, prepared
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb


@dataclass(frozen=True)
class Part:
    """A part that may be left out: its name, title, number of questions, minutes, and whether it is asked now."""

    key: str
    title: str
    questions: int
    minutes: int
    chosen: bool


@dataclass(frozen=True)
class Parts:
    """What there is to choose. `quick` is None where the instrument has no quick scan."""

    modules: tuple[Part, ...]
    quick: bool | None

    def __bool__(self) -> bool:
        return bool(self.modules) or self.quick is not None


def whole_instrument(round_: Round) -> Instrument:
    """The frozen instrument with every part it has, whatever this round asks of it."""
    return Instrument.model_validate(round_.instrument.definition)


def parts_of(round_: Round, code: str = "nl") -> Parts:
    """The parts of a round's instrument, with what was chosen until now."""
    instrument = whole_instrument(round_)
    now = Chosen.read(round_.chosen)
    bare = prepared(instrument, modules=())
    modules = []
    for key, section in modules_of(instrument):
        more = prepared(instrument, modules=[key])
        questions = len(more.items) - len(bare.items)
        minutes = max(1, more.answering_minutes - bare.answering_minutes)
        modules.append(
            Part(key, section.title.say(code), questions, minutes, now.modules is None or key in now.modules)
        )
    quick = now.quick if has_quick(instrument) else None
    return Parts(tuple(modules), quick)


def choose_parts(*, access: Access, round_: Round, modules: Sequence[str], quick: bool = False) -> Round:
    """Choose what a round in preparation asks; unknown names are left out. An open round stays as it is."""
    access.need(Verb.DO, Noun.ROUND, round_.organisation_id)
    with writing():
        current = Round.objects.select_for_update().select_related("instrument").get(pk=round_.pk)
        if current.state != RoundState.DRAFT:
            return current
        known = [key for key, _section in modules_of(whole_instrument(current)) if key in modules]
        current.chosen = Chosen(tuple(known), quick).stored()
        current.save(update_fields=["chosen"])
    return current
