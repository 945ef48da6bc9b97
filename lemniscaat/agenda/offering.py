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


def offer_of_agreement(row: Agreement) -> Offer:
    """An agreement as it reads now, to be shared."""
    if row.body_id is not None:
        raise Http404
    with translation.override(TONGUE):
        text = f"{row.get_course_display()}: {row.sentence} {row.notice}"
    return Offer(
        noun="agreement",
        noun_id=row.pk,
        source_id=row.organisation_id,
        title=row.sentence[:200],
        text=text,
        dissent=row.weighed,
        back=reverse("agenda:agreement", args=[row.pk]),
    )


def offer_of_goal(row: Goal) -> Offer:
    """A point as it reads now, to be shared: what we want, why, and how we notice."""
    if row.body_id is not None:
        raise Http404
    noticed = row.noticeable or row.measurable
    with translation.override(TONGUE):
        lines = [f"{row.get_course_display()}: {row.sentence}", row.why]
        lines += [_("We merken het: %(words)s") % {"words": noticed}] if noticed else []
    return Offer(
        noun="goal",
        noun_id=row.pk,
        source_id=row.organisation_id,
        title=row.sentence[:200],
        text="\n\n".join(line for line in lines if line),
        dissent=row.weighed,
        back=reverse("goals:goal", args=[row.pk]),
    )


def tell_changed(row: Goal) -> None:
    """A point reads otherwise now: who shared it hears so. Call it inside the transaction that changed it."""
    if row.body_id is None:
        offer = offer_of_goal(row)
        words_changed(noun=offer.noun, noun_id=row.pk, text=offer.text, dissent=offer.dissent)
