"""The words of a meaning as another layer would read them: the text and the other voice, and nothing it rests on."""

from __future__ import annotations

from django.urls import reverse

from lemniscaat.interpretation.models import DissentingVoice, Interpretation
from lemniscaat.interpretation.queries import Meaning
from lemniscaat.people.offering import Offer
from lemniscaat.people.sharing import words_changed

SHORT = 80


def offer_of(found: Meaning) -> Offer:
    """A meaning as it reads now, to be shared."""
    row = found.row
    return Offer(
        noun="interpretation",
        noun_id=row.pk,
        source_id=row.organisation_id,
        title=row.criterion.point.title if row.criterion else row.text[:SHORT],
        text=row.text,
        dissent=" ".join(found.dissent),
        back=reverse("interpretation:meaning", args=[row.pk]),
    )


def tell_changed(row: Interpretation) -> None:
    """A meaning reads otherwise now: who shared it hears so. Call it inside the transaction that changed it."""
    voices = DissentingVoice.objects.filter(interpretation=row).order_by("id").values_list("text", flat=True)
    words_changed(noun="interpretation", noun_id=row.pk, title="", text=row.text, dissent=" ".join(voices))
