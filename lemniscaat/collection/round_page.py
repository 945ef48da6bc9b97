"""What the page of a round shows beside the agreement: before it opens, and while it is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from lemniscaat.collection.guest_lists import Whom
from lemniscaat.collection.letters import MOST_REMINDERS, Cover, about
from lemniscaat.collection.models import Invitation, Round, RoundState
from lemniscaat.collection.reminding import is_busy
from lemniscaat.collection.sampling import Share
from lemniscaat.collection.stop_links import count_without_mail
from lemniscaat.collection.whom import plan_of
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access
from lemniscaat.people.models import Person, Role
from lemniscaat.people.outbox import on_the_way, undelivered
from lemniscaat.people.policy import Noun, Verb

MOST_KNOWN = 5


@dataclass(frozen=True)
class Told:
    """How many of a role are asked, in words; without a share it is everybody."""

    label: str
    share: Share | None


def role_labels(access: Access) -> dict[str, str]:
    """What a partnership calls each role."""
    return {
        str(role): str(label)
        for role, label in {**dict(Role.choices), **access.partnership.role_labels}.items()
    }


def before_opening(access: Access, round_: Round) -> dict[str, Any]:
    """Whom it would ask, and what we know already."""
    plan, labels = plan_of(access, round_), role_labels(access)
    return {
        "plan": plan,
        "asked": plan.asked,
        "told": [Told(labels.get(share.role, share.role), share) for share in plan.shares],
        "earlier": list(earlier(access, round_)[:MOST_KNOWN]),
        "cover": Cover.read(round_.letter),
    }


def told_of(access: Access, round_: Round) -> list[Told]:
    """Whom a round asked, in words: each role, and where a lot was drawn how many of how many."""
    labels, drawn = role_labels(access), Whom.read(round_.whom).drawn
    return [
        Told(labels.get(role, role), Share(role, *drawn[role]) if role in drawn else None)
        for role in round_.roles
    ]


def while_open(access: Access, round_: Round) -> dict[str, Any]:
    """How many reminders there were, and how many people want no mail; never who."""
    today = access.day
    why_not = ""
    if round_.reminders >= MOST_REMINDERS:
        why_not = _("Er gingen twee herinneringen uit. Vaker vragen we het niet.")
    elif round_.opened_on == today:
        why_not = _("De uitnodiging ging vandaag uit. Een herinnering kan vanaf morgen.")
    elif round_.reminded_on == today:
        why_not = _("Vandaag ging er al een herinnering uit.")
    return {
        "busy": is_busy(round_),
        "no_reminder": why_not,
        "unreached": unreached(round_),
        "on_the_way": len(on_the_way(about(round_.pk))),
        "may_people": bool(access.where(Verb.DO, Noun.PEOPLE)),
        "without_mail": count_without_mail(round_),
        "cover": Cover.read(round_.letter),
    }


def unreached(round_: Round) -> list[Person]:
    """To whom the invitation could not be delivered, or whose address turned out not to work when it went. A reminder
    never adds anybody: see bounces.py."""
    asked = Invitation.objects.filter(round=round_).values("person_id")
    lost = Q(pk__in=people.unreachable()) | Q(email__in=undelivered(about(round_.pk)))
    return list(Person.objects.filter(lost, pk__in=asked).order_by("name", "pk"))


def earlier(access: Access, round_: Round) -> QuerySet[Round]:
    """Earlier rounds of this place that asked about the same criterion or with the same instrument, newest first."""
    same = Q(instrument__root=round_.instrument.root)
    if round_.criterion_id is not None:
        same |= Q(criterion_id=round_.criterion_id)
    done = (RoundState.OPEN, RoundState.STOPPED, RoundState.RETURNED, RoundState.IMPORTED)
    rows = Round.objects.filter(
        same, partnership=access.partnership, organisation_id=round_.organisation_id, state__in=done
    )
    return rows.exclude(pk=round_.pk).filter(comes_back_with__isnull=True).order_by("-opened_on", "-pk")
