"""The monthly letter: what somebody owns that comes back or is due this month, and what could have been done already.

Only to owners, once a month, and only where there is something to tell. It says nothing about others.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lemniscaat.agenda.letters.digest_links import stop_address
from lemniscaat.agenda.letters.mine import Owned, owned
from lemniscaat.agenda.models import (
    Agreement,
    AgreementState,
    Digest,
    Goal,
    GoalState,
    NoDigest,
    Step,
)
from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.people.access import Access, access_of
from lemniscaat.people.calendars import site
from lemniscaat.people.envelopes import Envelope
from lemniscaat.people.models import Partnership, Person
from lemniscaat.people.outbox import post
from lemniscaat.year.schoolyear import month_end

FIRST_DAYS = 7
"""Letters go in the first days of a month; who was away from the post that week waits for the next one."""
MOST = 100
"""So many letters in one go of the clock; the next goes on."""


def send_digests() -> int:
    """Put the letters of this month in the outbox, in its first days; returns how many. Pressed again it writes none twice."""
    today = clock.today()
    if today.day > FIRST_DAYS:
        return 0
    month = today.replace(day=1)
    had = set(Digest.objects.filter(month=month).values_list("partnership_id", "person_id"))
    had |= set(NoDigest.objects.values_list("partnership_id", "person_id"))
    written = 0
    for partnership_id, person_id in sorted(_owners(month_end(today)) - had):
        written += _write(partnership_id, person_id, month)
        if written >= MOST:
            break
    return written


def _owners(until: date) -> set[tuple[int, int]]:
    """Who owns something that runs and asks for him until a day: (partnership, person)."""
    back = Q(returns_at__starts_at__date__lte=until)
    goals = Goal.objects.filter(back, state=GoalState.RUNNING)
    agreements = Agreement.objects.filter(back, state=AgreementState.RUNNING)
    steps = Step.objects.filter(
        goal__state=GoalState.RUNNING, done_on__isnull=True, dropped_because="", due_on__lte=until
    )
    return (
        _pairs(goals, "partnership_id")
        | _pairs(agreements, "partnership_id")
        | _pairs(steps, "goal__partnership_id")
    )


def _pairs(rows: QuerySet[Goal] | QuerySet[Agreement] | QuerySet[Step], where: str) -> set[tuple[int, int]]:
    alive = rows.filter(owner__is_active=True, owner__erased_on__isnull=True).order_by()
    return set(alive.annotate(at=F(where)).values_list("at", "owner_id").distinct())


def _write(partnership_id: int, person_id: int, month: date) -> bool:
    """Write one letter, unless it was written a moment before, or he may see none of it any more."""
    partnership = Partnership.objects.select_related("root").get(pk=partnership_id)
    person = Person.objects.get(pk=person_id)
    access = access_of(person, partnership)
    mine = owned(access, until=month_end(month)) if access else []
    if access is None or not mine:
        return False
    with writing():
        _row, new = Digest.objects.get_or_create(partnership=partnership, person=person, month=month)
        if new:
            post(partnership, letter(access, mine, month))
    return new


def letter(access: Access, mine: list[Owned], month: date) -> Envelope:
    """The letter itself, in plain words, with a way to get none any more."""
    person, name = access.person, date_format(month, "F")
    late = [one for one in mine if one.cancelled or one.day < clock.today()]
    coming = [one for one in mine if one not in late]
    stop = stop_address(access.partnership.pk, person.pk)
    parts = [
        _("Dag %(name)s,") % {"name": person.first_name},
        ngettext(
            "Deze maand vraagt %(n)d ding je aandacht.",
            "Deze maand vragen %(n)d dingen je aandacht.",
            len(mine),
        )
        % {"n": len(mine)},
        *_lines(_("Dit komt terug of moet klaar zijn:"), coming),
        *_lines(_("Dit bleef liggen. Kijk of het nog nodig is:"), late),
        _("Deze mail gaat alleen over wat op jouw naam staat, en komt hooguit één keer per maand."),
        _("Wil je hem niet meer? Dat zeg je hier: %(url)s") % {"url": stop},
    ]
    return Envelope(
        to=person.email,
        subject=_("Waar jij op let in %(month)s") % {"month": name},
        body="\n\n".join(parts) + "\n",
        sender=access.partnership.name,
        stop_url=stop,
    )


def _lines(title: str, rows: Iterable[Owned]) -> list[str]:
    told = [_line(one) for one in rows]
    return ["\n\n".join([title, *told])] if told else []


def _line(one: Owned) -> str:
    words = {"what": one.sentence, "where": one.where, "day": date_format(one.day, "j F")}
    if one.kind == "step":
        text = _("- Stap, voor %(day)s: %(what)s")
    elif one.cancelled:
        text = _("- %(where)s op %(day)s gaat niet door, en daar zou dit terugkomen: %(what)s")
    elif one.kind == "goal":
        text = _("- Punt, terug in %(where)s op %(day)s: %(what)s")
    else:
        text = _("- Afspraak, terug in %(where)s op %(day)s: %(what)s")
    return f"{text % words}\n  {site()}{one.url}"
