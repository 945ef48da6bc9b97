"""The record of a talk as another layer would read it: what was meant and agreed, who sat there by role alone.

No names, no data, nothing of what came back or what the group said of the talk itself.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lemniscaat.agenda.models import Agreement
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.interpretation.queries import told
from lemniscaat.meetings import queries
from lemniscaat.meetings.models import Meeting
from lemniscaat.meetings.sending import TONGUE
from lemniscaat.people.access import Access
from lemniscaat.people.models import Role
from lemniscaat.people.offering import Offer


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
