"""What must happen in time, in one place; the server calls it each minute, or `lemniscaat tick`."""

from lemniscaat.agenda.decisions.remembered import forget_taken_back
from lemniscaat.agenda.letters import digest_links
from lemniscaat.agenda.letters.digest import send_digests
from lemniscaat.agenda.resting import mark_decided
from lemniscaat.collection import reminding
from lemniscaat.collection.actions import tick as stop_what_is_over
from lemniscaat.collection.stop_links import is_wanted
from lemniscaat.concerns import actions as concerns
from lemniscaat.datapoints import actions as datapoints
from lemniscaat.datapoints.entering import enter_rounds, enter_texts
from lemniscaat.datapoints.indexing import index_missing
from lemniscaat.interpretation.resting import mark_discussed
from lemniscaat.meetings import actions as meetings
from lemniscaat.people import bounces
from lemniscaat.people.actions import send_waiting
from lemniscaat.people.intake import forget_uploads
from lemniscaat.people.models import OutgoingMail
from lemniscaat.vision import own_words


def tick() -> list[str]:
    """Send waiting mail, stop the rounds that are over and remind of those that run; returns a Dutch line for each kind of thing done."""
    lines = []
    told = concerns.tell_deputies()
    if told:
        lines.append(f"{told} keer een vervanger gevraagd om te bellen")
    concerns.forget_calls()
    for room in (concerns, own_words, datapoints, meetings):
        room.forget_erased()
    forget_taken_back()
    forget_uploads()
    bounces.take_left()
    digests = send_digests()
    if digests:
        lines.append(f"{digests} maandbrieven klaargezet")
    sent = send_waiting(limit=200, wanted=_wanted)
    if sent:
        lines.append(f"{sent} berichten verstuurd")
    stopped = stop_what_is_over()
    if stopped:
        lines.append(f"{stopped} rondes gestopt")
    keep_the_ledger()
    reminded = reminding.tick()
    if reminded:
        # of how many people it was looked whether they still wait; never how many did
        lines.append(f"{reminded} uitnodigingen nagelopen voor een herinnering")
    return lines


def _wanted(mail: OutgoingMail) -> bool:
    return digest_links.is_wanted(mail) if digest_links.is_digest(mail) else is_wanted(mail)


def keep_the_ledger() -> None:
    """What was released, or came in another way than by a verb, can be found; and it is known what rests on it."""
    enter_rounds()
    enter_texts()
    meetings.enter_talks()
    index_missing()
    mark_discussed()
    mark_decided()
