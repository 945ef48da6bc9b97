"""The words of an agreement and of a point as another layer would read them: never who owns it.

What is of one body alone, such as a student and a mentor, is shared with nobody: 404.
"""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lemniscaat.agenda.models import Agreement, Goal
from lemniscaat.people.offering import Offer
from lemniscaat.people.sharing import words_changed

TONGUE = "nl"
"""A group writes in Dutch, and its words go on in Dutch whoever presses."""
TITLE = 200


def offer_of_agreement(row: Agreement) -> Offer:
    """An agreement as it reads now, to be shared."""
    if row.body_id is not None:
        raise Http404
    with translation.override(TONGUE):
        text = _lines(row.get_course_display(), row.sentence, row.notice)
    return Offer(
        noun="agreement",
        noun_id=row.pk,
        source_id=row.organisation_id,
        title=row.sentence[:TITLE],
        text=text,
        dissent=row.weighed,
        back=reverse("agenda:agreement", args=[row.pk]),
    )


def offer_of_goal(row: Goal) -> Offer:
    """A point as it reads now, to be shared: what we want, why, and how we notice."""
    if row.body_id is not None:
        raise Http404
    with translation.override(TONGUE):
        text = _lines(row.get_course_display(), row.sentence, row.noticeable or row.measurable, row.why)
    return Offer(
        noun="goal",
        noun_id=row.pk,
        source_id=row.organisation_id,
        title=row.sentence[:TITLE],
        text=text,
        dissent=row.weighed,
        back=reverse("goals:goal", args=[row.pk]),
    )


def _lines(course: str, sentence: str, noticed: str, why: str = "") -> str:
    """What stands under the title: the sentence again only where the title has no room for all of it."""
    first = f"{course}." if len(sentence) <= TITLE else f"{course}: {sentence}"
    last = _("We merken het: %(words)s") % {"words": noticed} if noticed else ""
    return "\n\n".join(line for line in (first, why, last) if line)


def tell_changed(row: Goal) -> None:
    """A point reads otherwise now: who shared it hears so. Call it inside the transaction that changed it."""
    if row.body_id is None:
        offer = offer_of_goal(row)
        words = {"title": offer.title, "text": offer.text, "dissent": offer.dissent}
        words_changed(noun=offer.noun, noun_id=row.pk, **words)
