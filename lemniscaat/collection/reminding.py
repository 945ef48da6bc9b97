"""Reminders: at most two, only to who did not answer, and nothing in the database tells who that was.

A reminder is an act of the round: it raises the number on the round, and after that the number on every invitation is
brought up to it, alike for who answered and who did not, in the order of their random keys. Some twenty are noted in one
transaction before the first of their mails goes: better lost than twice, and where the work was cut off tells of nobody,
because the cut lies between twenties. Only at the moment of sending the link itself says whether it still waits. There
is no row in the outbox, no mark, no count of what went; what a mail server refuses is not kept either.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection import letters
from lemniscaat.collection.codes import personal_token, stored_token
from lemniscaat.collection.letters import MOST_REMINDERS, Cover
from lemniscaat.collection.models import Invitation, Round, RoundState
from lemniscaat.collection.stop_links import is_quiet, without_mail
from lemniscaat.people.access import Access
from lemniscaat.people.models import Membership, Person
from lemniscaat.people.outbox import mail_waits, on_the_way, open_line
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change
from lemniscaat.people.tree import valid_on

TOGETHER: Final = 20
A_TICK: Final = 200


class NoReminderError(Exception):
    """No reminder can go; the message is a sentence for who asked for it."""


def remind(*, access: Access, round_: Round) -> Round:
    """Begin a reminder; the tick sends it. A second press on the same day changes nothing.

    Raises NoReminderError on the day of opening, after two, and for a round that is not open or has no mail.
    """
    access.need(Verb.DO, Noun.ROUND, round_.organisation_id)
    with writing():
        current = Round.objects.select_for_update().get(pk=round_.pk)
        if current.state == RoundState.OPEN and current.reminded_on == access.day:
            return current
        if current.state != RoundState.OPEN or not current.by_mail:
            raise NoReminderError(_("Een herinnering kan alleen bij een open ronde met eigen links."))
        if current.opened_on == access.day:
            raise NoReminderError(_("De uitnodiging ging vandaag pas uit. Geef mensen minstens een dag."))
        if current.reminders >= MOST_REMINDERS:
            raise NoReminderError(_("Er gingen al twee herinneringen uit. Vaker vragen we het niet."))
        _begin(current, access.day)
        note_change(access, verb="reminded", thing=current, times=current.reminders)
    return current


def due_on(round_: Round, day: date) -> bool:
    """Whether the days that were chosen ask for a reminder today: each of them once, and none before the round was a
    day old."""
    if round_.state != RoundState.OPEN or not round_.by_mail or round_.stops_on is None:
        return False
    if round_.reminders >= MOST_REMINDERS or day > round_.stops_on:
        return False
    before = max(one for one in (round_.opened_on, round_.reminded_on, date.min) if one)
    days = (round_.stops_on - timedelta(days=ahead) for ahead in Cover.read(round_.letter).days)
    return any(before < one <= day for one in days)


def tick() -> int:
    """Begin what is due today and go on with what was begun; returns how many invitations were gone through, which
    is the same however many had answered."""
    today = clock.today()
    running = Round.objects.filter(state=RoundState.OPEN, by_mail=True)
    for one in running.filter(stops_on__gte=today, reminders__lt=MOST_REMINDERS).order_by("pk"):
        if due_on(one, today):
            _begin_due(one.pk, today)
    done = 0
    for one in running.filter(reminders__gt=0).select_related("partnership", "started_by").order_by("pk"):
        done += _go_on(one, A_TICK - done)
    return done


def is_busy(round_: Round) -> bool:
    """Whether a reminder of this round is still going out."""
    return Invitation.objects.filter(round=round_, reminders__lt=round_.reminders).exists()


def _begin_due(round_id: int, day: date) -> None:
    with writing():
        current = Round.objects.select_for_update().get(pk=round_id)
        if due_on(current, day):
            _begin(current, day)


def _begin(current: Round, day: date) -> None:
    current.reminders += 1
    current.reminded_on = day
    current.save(update_fields=["reminders", "reminded_on"])


def _go_on(round_: Round, most: int) -> int:
    """Bring the next invitations up to the number of the round, at most so many; 0 when nothing waits, when first mails
    still do, or when no mail can leave, and then nothing is noted."""
    if most < TOGETHER or not is_busy(round_) or mail_waits(round_.partnership_id):
        return 0
    done, line = 0, open_line()
    while line is not None and done + TOGETHER <= most and (batch := _note(round_)):
        done += len(batch)
        line = _send_together(round_, batch, line)
    if line is not None:
        line.close()
    return done


def _note(round_: Round) -> list[Invitation]:
    """Note the next twenty, answered or not, before anything goes; nobody else gets these."""
    with writing():
        still = Round.objects.select_for_update().filter(pk=round_.pk, state=RoundState.OPEN).first()
        if still is None:
            return []
        behind = Invitation.objects.filter(round=still, reminders__lt=still.reminders).order_by("pk")
        batch = list(behind[:TOGETHER])
        Invitation.objects.filter(pk__in=[one.pk for one in batch]).update(reminders=still.reminders)
    return batch


def _send_together(round_: Round, batch: list[Invitation], line: Any) -> Any | None:
    """Send to those of a batch who can still use it; the line that is left, or None when it cannot be had any more.

    A mail that was cut off may have arrived, so it does not go again; what follows it goes over a new line.
    """
    reachable = _reachable(round_, batch)
    for one in batch:
        person = reachable.get(one.person_id or 0)
        if person is None or not _waits(one):
            continue
        mail = letters.reminder(
            round_,
            invitation_id=one.pk,
            name=person.name,
            email=person.email,
            last=round_.reminders >= MOST_REMINDERS,
        )
        try:
            mail.letter(line).send()
        except OSError:
            line.close()
            line = open_line()
            if line is None:
                return None
    return line


def _waits(one: Invitation) -> bool:
    """Whether the link was not used and its owner still wants to hear of it, asked at the very moment."""
    unused = stored_token(personal_token(one.pk))
    now = Invitation.objects.filter(pk=one.pk, token=unused, round__state=RoundState.OPEN).first()
    return now is not None and not is_quiet(now)


def _reachable(round_: Round, batch: list[Invitation]) -> dict[int, Person]:
    """Whose address works, who still has a role here, who did not say that he wants no mail, and whose invitation is
    not still on its way: a reminder never comes first."""
    ids = [one.person_id for one in batch if one.person_id]
    roles = Membership.objects.filter(valid_on(clock.today()), partnership_id=round_.partnership_id)
    here = roles.filter(person_id__in=ids).values("person_id")
    found = Person.objects.filter(pk__in=here, is_active=True)
    silent, later = without_mail(round_.partnership_id, ids), on_the_way(letters.about(round_.pk))
    return {
        one.pk: one
        for one in found
        if one.pk not in silent and one.email not in later and one.email and one.bounced != one.email
    }
