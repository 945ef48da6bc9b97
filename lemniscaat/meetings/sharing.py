"""What somebody wrote alone stays his until he chooses to share it: answer by answer, and he may change his mind until
it is laid open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lemniscaat.base.writing import writing
from lemniscaat.instruments.cards import told
from lemniscaat.instruments.items import asked
from lemniscaat.instruments.wording import language
from lemniscaat.meetings import events
from lemniscaat.meetings.models import Chair, TableState
from lemniscaat.meetings.tables import instrument_of, meant_for_the_table, section


@dataclass(frozen=True)
class OwnAnswer:
    """One answer of one's own, to share or to keep."""

    key: str
    question: str
    words: tuple[str, ...]
    shared: bool


def own_answers(chair: Chair, number: int) -> list[OwnAnswer]:
    """What this chair gave in a section, for its own eyes."""
    tongue = language()
    found = []
    for item in meant_for_the_table(section(chair.table, number)):
        sayings = told(item, chair.answers.get(item.key), tongue)
        if sayings:
            words = tuple(f"{one.label}: {one.words}" if one.label else one.words for one in sayings)
            found.append(
                OwnAnswer(item.key, asked(item, chair.role, tongue.code), words, item.key in chair.shares)
            )
    return found


def choose(*, chair: Chair, number: int, keys: Sequence[str]) -> None:
    """Share these answers of a section, and keep the others. Not once it lies open: what was read stays read."""
    with writing():
        current = (
            Chair.objects.select_for_update(of=("self",)).select_related("table").filter(pk=chair.pk).first()
        )
        if current is None or current.table.hall or number in current.table.laid_open:
            return
        if current.table.state == TableState.CLOSED:
            return
        here = {item.key for item in meant_for_the_table(section(current.table, number))}
        kept = [key for key in current.shares if key not in here]
        known = {item.key for item in instrument_of(current.table).items}
        current.shares = [*kept, *sorted(here & set(keys) & known)]
        current.save(update_fields=["shares"])
        events.wrote(current.table_id)
