"""Who changed what, and who looked at what is sensitive."""

from typing import Any

from django.db import models

from lemniscaat.base import clock
from lemniscaat.people.access import Access
from lemniscaat.people.models import TrailEntry


def note_change(access: Access, *, verb: str, thing: models.Model, **detail: Any) -> None:
    """Write that somebody changed something. Call it inside the action's transaction."""
    _write(access, verb, thing, detail, looked=False)


def note_look(access: Access, *, thing: models.Model, **detail: Any) -> None:
    """Write that somebody looked at something sensitive (raw texts, participation, calls)."""
    _write(access, "looked", thing, detail, looked=True)


def _layer_of(thing: models.Model) -> int | None:
    """The layer a thing belongs to, where it says so itself or its body does."""
    for holder in (thing, getattr(thing, "body", None)):
        for name in ("organisation_id", "source_id"):
            found = getattr(holder, name, None)
            if isinstance(found, int):
                return found
    return None


def _write(access: Access, verb: str, thing: models.Model, detail: dict[str, Any], *, looked: bool) -> None:
    TrailEntry.objects.create(
        partnership=access.partnership,
        organisation_id=_layer_of(thing),
        person=access.person,
        verb=verb,
        noun=thing._meta.model_name or "",
        noun_id=thing.pk,
        detail=detail,
        looked=looked,
        at=clock.now(),
    )
