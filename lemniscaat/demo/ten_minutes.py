"""The ten minutes on a stage: every step with its doors, as far as the story was played."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from lemniscaat.accountability.models import Return
from lemniscaat.collection.models import Round
from lemniscaat.demo.meanwhile import HALL, hall_round, talk_of
from lemniscaat.demo.places import SLUG
from lemniscaat.demo.words import words
from lemniscaat.meetings.models import Meeting, MeetingState, Outcome

SPARE = "startdag"
"""The hall that answered already, for when the network of the real one fails."""
TALK = "lesbezoek"
"""The data dialogue of the story."""
PHONE = "telefoon"


@dataclass(frozen=True)
class Door:
    """One press: what it is called and on which screen. No address: the story has not come that far."""

    label: str
    screen: str
    url: str = ""

    @property
    def picture(self) -> SafeString:
        """The address as a picture to scan, for what is done on a phone; empty for the other screens."""
        if self.screen != PHONE or not self.url:
            return SafeString("")
        made = segno.make(settings.SITE_URL + self.url, error="l")
        return SafeString(made.svg_inline(scale=5, border=2, dark="#1B2145", light="#FFFFFF"))


@dataclass(frozen=True)
class Step:
    """One step of the ten minutes. `minutes`: when it begins; `otherwise`: what to do when the network fails."""

    number: int
    title: str
    minutes: str
    say: str
    do: tuple[str, ...]
    doors: tuple[Door, ...]
    otherwise: str = ""
    other_doors: tuple[Door, ...] = ()
    code: str = ""
    later: bool = False


def ten_minutes() -> list[Step]:
    """The steps in their order, with where each leads now."""
    asked = _asked()
    places = _places(asked)
    return [
        Step(
            number,
            one["title"],
            one["minutes"],
            one["say"],
            tuple(one["do"]),
            _doors(one["doors"], places),
            one.get("else", ""),
            _doors(one.get("else_doors", ()), places),
            asked.return_code if asked and "code" in one else "",
            "later" in one,
        )
        for number, one in enumerate(words("stage"), 1)
    ]


def _doors(told: Any, places: dict[str, str]) -> tuple[Door, ...]:
    return tuple(
        Door(one["label"], one["screen"], _url(one.get("who", ""), places[one["to"]])) for one in told
    )


def _url(slug: str, path: str) -> str:
    """A door that first makes one this person."""
    return f"{reverse('demo:be', args=[slug])}?{urlencode({'verder': path})}" if slug and path else path


def _asked() -> Round | None:
    """What the hall was asked, else the newest that was given back: where the hall could not answer, or not yet."""
    last = Return.objects.filter(round__partnership__slug=SLUG, published_on__isnull=False)
    newest = last.exclude(round__return_code="").select_related("round").order_by("-published_on").first()
    return hall_round() or (newest.round if newest else None)


def _places(asked: Round | None) -> dict[str, str]:
    """Where each door leads, by its name; empty where there is nothing yet."""
    (_told, hall), (_other, spare), (_third, talk) = talk_of(HALL), talk_of(SPARE), talk_of(TALK)
    found = {f"hall_{name}": url for name, url in _screens(hall).items()}
    found |= {f"spare_{name}": url for name, url in _screens(spare).items()}
    found |= {f"talk_{name}": url for name, url in _screens(talk).items()}
    found["heard"] = reverse("returning:page", args=[asked.return_code]) if asked else ""
    return found | _of_team(talk)


def _screens(talk: Meeting | None) -> dict[str, str]:
    """The screens of a talk; it begins on the page where its table is set."""
    if talk is None:
        return dict.fromkeys(("lead", "wall", "phone"), "")
    lead = "meetings:prepare" if talk.state == MeetingState.PLANNED else "meetings:lead"
    names = {"lead": lead, "wall": "meetings:beamer", "phone": "meetings:mine"}
    return {name: reverse(url, args=[talk.pk]) for name, url in names.items()}


def _of_team(talk: Meeting | None) -> dict[str, str]:
    """What the team made of it: its words on the vision point, what the talk left, and its account."""
    places = dict.fromkeys(("alone", "together", "look_back", "meaning", "shared", "account"), "")
    if talk is None or talk.criterion is None:
        return places
    point, team, root = talk.criterion.point_id, talk.organisation_id, talk.partnership.root_id
    places["alone"] = reverse("vision:alone", args=[point])
    places["together"] = reverse("vision:together", args=[point, team])
    places["shared"] = reverse("people:shared", args=[root])
    places["account"] = reverse("accountability:account", args=[team])
    for left in Outcome.objects.filter(meeting=talk):
        if left.agreement_id:
            places["look_back"] = reverse("agenda:look_back", args=[left.agreement_id])
        if left.interpretation_id:
            places["meaning"] = reverse("interpretation:meaning", args=[left.interpretation_id])
    return places
