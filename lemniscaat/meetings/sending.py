"""The record of a talk by mail: to whoever asks, and to those who sat at the table. To nobody twice."""

from __future__ import annotations

from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from lemniscaat.base.writing import writing
from lemniscaat.meetings import queries
from lemniscaat.meetings.models import Meeting, MeetingState, RecordMail
from lemniscaat.meetings.record_text import as_text
from lemniscaat.meetings.recording import record_of
from lemniscaat.people.access import Access, access_of
from lemniscaat.people.actions import send_mail
from lemniscaat.people.models import Person
from lemniscaat.people.trail import note_change

TONGUE = "nl"


def sent_to_me(access: Access, meeting: Meeting) -> bool:
    """Whether this record went to me already."""
    return RecordMail.objects.filter(meeting=meeting, person=access.person).exists()


def may_send(access: Access, meeting: Meeting) -> bool:
    """Whether I may send it round: I led this talk."""
    return meeting.state == MeetingState.DONE and meeting.leader_id == access.person.pk


def waiting(meeting: Meeting) -> list[Person]:
    """Who sat at the table with an account and did not get the record yet."""
    had = RecordMail.objects.filter(meeting=meeting).values("person_id")
    sat = {seat.person_id for seat in queries.seats(meeting) if seat.person_id}
    rows = Person.objects.filter(pk__in=sat, is_active=True, erased_on__isnull=True)
    return list(rows.exclude(pk__in=had).order_by("email"))


def send_to_me(*, access: Access, meeting: Meeting) -> bool:
    """Send me the record; `meeting` is one I may read. False when I had it already."""
    if meeting.state != MeetingState.DONE:
        raise Http404
    with writing():
        return _send(access, meeting)


def send_to_table(*, access: Access, meeting: Meeting) -> int:
    """Send the record to those who sat at the table, each as he may see it; returns how many. 404 unless I led."""
    if not may_send(access, meeting):
        raise Http404
    sent = 0
    with writing():
        for person in waiting(meeting):
            theirs = access_of(person, access.partnership, access.day)
            sent += theirs is not None and _send(theirs, meeting)
        if sent:
            note_change(access, verb="sent", thing=meeting, people=sent)
    return sent


def _send(access: Access, meeting: Meeting) -> bool:
    _row, new = RecordMail.objects.get_or_create(meeting=meeting, person=access.person)
    if not new:
        return False
    # a mail is read by somebody whose language we do not know; the record itself was written in Dutch
    with translation.override(TONGUE):
        subject = _("Verslag: %(title)s") % {"title": meeting.title}
        body = as_text(record_of(access, meeting))
    send_mail(partnership=access.partnership, to=access.person.email, subject=subject[:200], body=body + "\n")
    return True
