"""Writing about people: bodies; moments, mail and sharing between layers have files of their own."""

from __future__ import annotations

from collections.abc import Iterable

from lemniscaat.base.writing import writing
from lemniscaat.people.access import Access
from lemniscaat.people.models import Body, Person
from lemniscaat.people.moments import cancel_appointment, move_appointment, plan_appointment
from lemniscaat.people.outbox import send_mail, send_waiting
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.sharing import (
    AlreadyAnsweredError,
    EmptyAnswerError,
    answer_share,
    revoke_share,
    share,
)
from lemniscaat.people.trail import note_change

__all__ = [
    "AlreadyAnsweredError",
    "EmptyAnswerError",
    "add_body",
    "answer_share",
    "cancel_appointment",
    "move_appointment",
    "plan_appointment",
    "revoke_share",
    "send_mail",
    "send_waiting",
    "share",
]


def add_body(
    *, access: Access, layer_id: int, name: str, rhythm: str = "", people: Iterable[Person] = ()
) -> Body:
    """Add a group that talks regularly at a layer, with who sits in it. The same name there is the same group."""
    access.need(Verb.DO, Noun.MEETING, layer_id)
    with writing():
        made, new = Body.objects.get_or_create(
            partnership=access.partnership,
            organisation_id=layer_id,
            name=name.strip(),
            pair=False,
            defaults={"rhythm": rhythm.strip()},
        )
        if new:
            made.people.set(people)
            note_change(access, verb="added", thing=made)
    return made
