"""What of a talk goes to another layer: its record, and the meaning that the table wished to share.

A record is told as another layer would read it: what was meant and agreed, who sat there by role alone.

No names, no data, nothing of what came back or what the group said of the talk itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lemniscaat.agenda.models import Agreement
from lemniscaat.base.numbers import number_in
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.interpretation.queries import told
from lemniscaat.meetings import queries
from lemniscaat.meetings.models import Meeting
from lemniscaat.meetings.notes import Notes
from lemniscaat.meetings.sending import TONGUE
from lemniscaat.people.access import Access
from lemniscaat.people.models import Role
from lemniscaat.people.offering import Offer, Readers, may_offer, readers
from lemniscaat.people.queries import shared_from
from lemniscaat.people.tree import Layer


@dataclass(frozen=True)
class Hears:
    """A layer with which a table may wish to share, and who would read it there."""

    layer: Layer
    readers: Readers


@dataclass(frozen=True)
class Wish:
    """With whom the table wished to share its meaning. `url`: the page that shows what they would read."""

    target: Layer
    url: str


def may_hear(access: Access, meeting: Meeting) -> list[Hears]:
    """The layers above with which who leads may share what the group wrote; an institute is not above a school."""
    source = meeting.organisation_id
    if not may_offer(access, "interpretation", source):
        return []
    above = access.tree.ordered(access.tree.above(source))
    return [Hears(one, readers(access, source, one.id)) for one in above if one.kind != "institute"]


def wish_of(access: Access, meeting: Meeting) -> Wish | None:
    """What the table of a talk that is done wished to share and nobody did yet. None for who may not share here, and
    once that layer read the meaning, also where it was taken back."""
    source, asked = meeting.organisation_id, number_in(Notes.read(meeting.notes).share_with)
    if asked not in access.tree.above(source) or not may_offer(access, "interpretation", source):
        return None
    said = next((row.interpretation_id for row in queries.outcomes(meeting) if row.interpretation_id), None)
    if said is None:
        return None
    given = shared_from(access, source).filter(noun="interpretation", noun_id=said, target_id=asked)
    if given.exists():
        return None
    return Wish(access.tree.layers[asked], f"{reverse('interpretation:share', args=[said])}?met={asked}")


def offer_of(access: Access, meeting: Meeting) -> Offer:
    """A record of a talk that is done, to be shared. `meeting` comes from `queries.talk`."""
    left = queries.outcomes(meeting)
    ids = [row.interpretation_id for row in left if row.interpretation_id]
    meanings = told(Interpretation.objects.filter(pk__in=ids).order_by("id"))
    # the group wrote in Dutch, and its words go on in Dutch
    with translation.override(TONGUE):
        lines = [_talked(access, meeting), *(one.row.text for one in meanings)]
        agreed = [row.agreement for row in left if row.agreement and row.agreement.body_id is None]
        lines += [_("Afgesproken. %(course)s: %(what)s") % _agreed(one) for one in agreed]
    return Offer(
        noun="record",
        noun_id=meeting.pk,
        source_id=meeting.organisation_id,
        title=meeting.title,
        text="\n\n".join(line for line in lines if line),
        dissent=" ".join(voice for one in meanings for voice in one.dissent),
        back=reverse("meetings:record", args=[meeting.pk]),
    )


def _agreed(row: Agreement) -> dict[str, str]:
    return {"course": str(row.get_course_display()), "what": row.sentence}


def _talked(access: Access, meeting: Meeting) -> str:
    """Which body, when, and the roles that sat there, without a number."""
    day = date_format(meeting.finished_on, "j F Y") if meeting.finished_on else ""
    head = f"{meeting.body.name}, {day}." if day else f"{meeting.body.name}."
    names = {**{str(key): str(name) for key, name in Role.choices}, **access.partnership.role_labels}
    here = (
        []
        if meeting.table.hall
        else [names[seat.role] for seat in queries.seats(meeting) if seat.role in names]
    )
    if not here:
        return head
    return head + " " + _("Aan tafel: %(roles)s.") % {"roles": ", ".join(dict.fromkeys(here))}
