"""Laying a table open section by section, writing what came out, and closing it."""

from __future__ import annotations

from collections.abc import Mapping

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.interpretation import actions as interpretation
from lemniscaat.meetings.models import Chair, Table, TableState
from lemniscaat.meetings.tables import meant_for_the_table, section
from lemniscaat.meetings.weaving import weave
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change

OUTCOME = ("together", "dissent", "next_step")


def lay_open(*, access: Access, table: Table, number: int) -> Table:
    """Show everybody at the table what everybody wrote in a section. It stays open; a closed table stays as it is."""
    access.need(Verb.DO, Noun.MEETING, table.organisation_id)
    if not meant_for_the_table(section(table, number)):
        return table
    with writing():
        current = Table.objects.select_for_update().get(pk=table.pk)
        if current.private or current.state == TableState.CLOSED or number in current.laid_open:
            return current
        current.laid_open = sorted([*current.laid_open, number])
        current.state = TableState.OPEN
        current.save(update_fields=["laid_open", "state"])
        note_change(access, verb="opened", thing=current)
    return current


def keep_outcome(*, access: Access, table: Table, words: Mapping[str, str], base: Mapping[str, str]) -> bool:
    """Keep what the group writes together. `base` is what the writer had before him; where two hands changed the
    same words both stay, one under the other, and the answer is True."""
    access.need(Verb.DO, Noun.MEETING, table.organisation_id)
    with writing():
        current = Table.objects.select_for_update().get(pk=table.pk)
        if current.state == TableState.CLOSED:
            return False
        met = changed = False
        for name in OUTCOME:
            if name not in words:
                continue
            mine, theirs = words[name].strip(), getattr(current, name)
            woven = weave(base=base.get(name, theirs), theirs=theirs, mine=mine)
            met = met or woven.met
            changed = changed or woven.text != theirs
            setattr(current, name, woven.text)
        if changed:
            current.version += 1
            current.save(update_fields=[*OUTCOME, "version"])
    return met


def close_table(*, access: Access, table: Table, as_meaning: bool = False) -> Table:
    """Close a table: nobody joins, nobody writes. Closing twice is closing once.

    `as_meaning` keeps what was found together as a meaning of the layer, with the other voice. What was never laid
    open stays with whoever wrote it.
    """
    access.need(Verb.DO, Noun.MEETING, table.organisation_id)
    with writing():
        current = Table.objects.select_for_update().get(pk=table.pk)
        if current.private or current.state == TableState.CLOSED:
            return current
        if as_meaning and current.together.strip():
            chairs = list(Chair.objects.filter(table=current))
            current.meaning = interpretation.write_meaning(
                access=access,
                layer_id=current.organisation_id,
                criterion=None,
                text=current.together,
                dissent=current.dissent,
                people=len(chairs),
                roles=[chair.role for chair in chairs if chair.role],
            )
        current.state = TableState.CLOSED
        current.code = ""
        current.closed_on = clock.today()
        current.save(update_fields=["state", "code", "closed_on", "meaning"])
        note_change(access, verb="closed", thing=current)
    return current
