"""What the mail of a round says: an invitation, a reminder, a test for who asks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from lemniscaat.base.writing import writing
from lemniscaat.collection.codes import personal_token
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.collection.sheets import counted, instrument_of
from lemniscaat.collection.stop_links import stop_address
from lemniscaat.people.access import Access
from lemniscaat.people.envelopes import REMINDER, Envelope
from lemniscaat.people.outbox import post
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change

SCHEMA_VERSION: Final = 1
MOST_REMINDERS: Final = 2


class ClashError(Exception):
    """Somebody else changed the words meanwhile: here is what they say now."""

    def __init__(self, cover: Cover, why: str, version: str) -> None:
        super().__init__(version)
        self.cover, self.why, self.version = cover, why, version


@dataclass(frozen=True)
class Cover:
    """What an organiser chose for the mail of a round: the words above it, whether answers come to him, and how many
    days before the last day it comes again."""

    opening: str = ""
    replies: bool = False
    days: tuple[int, ...] = ()
    schema_version: int = SCHEMA_VERSION

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Cover:
        """From the column of a round; an empty one is a mail as we write it ourselves, that does not come again."""
        days = sorted({int(day) for day in values.get("days", ()) if int(day) >= 0}, reverse=True)
        return cls(str(values.get("opening", "")), bool(values.get("replies")), tuple(days[:MOST_REMINDERS]))

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "days": list(self.days)}


def about(round_id: int) -> str:
    """What the outbox calls the invitations of a round."""
    return f"round {round_id}"


def invitation(round_: Round, *, invitation_id: int, name: str, email: str) -> Envelope:
    """The first mail, with somebody's own link. Whoever answers it writes to who asks, where that was chosen."""
    cover, stop = Cover.read(round_.letter), stop_address(invitation_id)
    with override(settings.LANGUAGE_CODE):
        return Envelope(
            to=email,
            subject=round_.title,
            body=_body(round_, name=name, address=_start(invitation_id), stop=stop),
            sender=sender(round_),
            reply_to=reply_address(round_) if cover.replies else "",
            stop_url=stop,
            about=about(round_.pk),
        )


def reminder(round_: Round, *, invitation_id: int, name: str, email: str, last: bool) -> Envelope:
    """Once more, for who did not answer. Answers do not go to who asks: the automatic ones would tell him whom it
    went to."""
    stop = stop_address(invitation_id)
    with override(settings.LANGUAGE_CODE):
        again = [
            _("Je kreeg deze vraag al eerder, en meedoen kan nog. Het mag, het hoeft niet."),
            _("De laatste dag is %(day)s.") % {"day": date_format(round_.stops_on, "j F")}
            if round_.stops_on
            else "",
            _("Dit is de laatste herinnering.")
            if last
            else _("Hierna vragen we het hoogstens nog één keer."),
        ]
        return Envelope(
            to=email,
            subject=_("Nog even: %(title)s") % {"title": round_.title},
            body=_body(
                round_,
                name=name,
                address=_start(invitation_id),
                stop=stop,
                first=" ".join(line for line in again if line),
            ),
            sender=sender(round_),
            stop_url=stop,
            kind=REMINDER,
        )


def trial(round_: Round, *, name: str, email: str) -> Envelope:
    """The invitation as it will be, to who asks; its link leads to the preview, which keeps nothing."""
    preview = settings.SITE_URL + reverse("collection:preview", args=[round_.pk])
    with override(settings.LANGUAGE_CODE):
        note = _(
            "Dit is een proef. Zo ziet de mail eruit; de link laat zien wat mensen krijgen en bewaart niets."
        )
        return Envelope(
            to=email,
            subject=_("[Proef] %(title)s") % {"title": round_.title},
            body=f"{note}\n\n{_body(round_, name=name, address=preview, stop=preview)}",
            sender=sender(round_),
            reply_to=reply_address(round_) if Cover.read(round_.letter).replies else "",
        )


def example(round_: Round, *, name: str) -> str:
    """The words of the invitation as they will be; a link leads nowhere yet."""
    with override(settings.LANGUAGE_CODE):
        return _body(round_, name=name, address=_("(de eigen link)"), stop=_("(een link om dat te zeggen)"))


def sender(round_: Round) -> str:
    """The name that a mail comes from: 'Noor via De Brug'."""
    return _("%(who)s via %(partnership)s") % {
        "who": round_.asked_by or round_.partnership.name,
        "partnership": round_.partnership.name,
    }


def reply_address(round_: Round) -> str:
    """The address of who started a round, as long as he has one."""
    asks = round_.started_by
    return asks.email if asks is not None and asks.is_active else ""


def _start(invitation_id: int) -> str:
    return settings.SITE_URL + reverse("answer:start", args=[personal_token(invitation_id)])


def _body(round_: Round, *, name: str, address: str, stop: str, first: str = "") -> str:
    cover = Cover.read(round_.letter)
    called = name.split(" ")[0] if name else ""
    back = date_format(round_.return_by, "j F") if round_.return_by else ""
    lines = [
        _("Dag %(name)s,") % {"name": called} if called else _("Dag,"),
        first,
        cover.opening,
        round_.why
        or ("" if cover.opening else _("%(who)s vraagt je om mee te denken.") % {"who": round_.asked_by}),
        " ".join(line for line in (_long(round_), "" if first else _until(round_)) if line),
        _("Je kunt hier beginnen. De link is van jou alleen:") + f"\n{address}",
        _(
            "Niemand ziet jouw antwoord apart. We tonen een uitkomst pas als er naast jou vijf anderen in de"
            " groep zitten. Dat verandert niet meer."
        ),
        _("Uiterlijk %(day)s lees je wat we ermee doen.") % {"day": back} if back else "",
        _("Groet,") + f"\n{round_.asked_by or round_.partnership.name}",
        _("Liever geen herinnering, of geen post meer over rondes?") + f"\n{stop}",
    ]
    return "\n\n".join(line for line in lines if line)


def _until(round_: Round) -> str:
    if not round_.stops_on:
        return ""
    return _("Meedoen kan tot en met %(day)s.") % {"day": date_format(round_.stops_on, "j F")}


def _long(round_: Round) -> str:
    """How much it asks: '8 vragen, ongeveer 3 minuten.'"""
    instrument = instrument_of(round_)
    questions, minutes = counted(instrument, {}, 1)[1], instrument.answering_minutes
    asks = ngettext("%(n)d vraag", "%(n)d vragen", questions) % {"n": questions}
    takes = ngettext("ongeveer %(m)d minuut", "ongeveer %(m)d minuten", minutes) % {"m": minutes}
    return f"{asks}, {takes}."


def version_of(round_: Round) -> str:
    """A short text that changes with the words, so that a form knows when somebody else wrote meanwhile."""
    whole = json.dumps([Cover.read(round_.letter).to_json(), round_.why], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def write_cover(*, access: Access, round_: Round, cover: Cover, why: str, seen: str) -> Round:
    """Keep what the mail of a round says; of an open round only the days on which it comes again. Raises ClashError
    where somebody else wrote after `seen`; nothing is kept then."""
    access.need(Verb.DO, Noun.ROUND, round_.organisation_id)
    with writing():
        current = Round.objects.select_for_update().get(pk=round_.pk)
        if current.state not in {RoundState.DRAFT, RoundState.OPEN}:
            return current
        if seen != version_of(current):
            raise ClashError(Cover.read(current.letter), current.why, version_of(current))
        if current.state == RoundState.DRAFT:
            current.letter, current.why = cover.to_json(), why.strip()
        else:
            current.letter = replace(Cover.read(current.letter), days=cover.days).to_json()
        current.save(update_fields=["letter", "why"])
        note_change(access, verb="revised", thing=current)
    return current


def send_test(*, access: Access, round_: Round, form_key: str) -> bool:
    """Send the invitation to who asks for it, marked as a test; the same form twice is one mail. False for the second."""
    access.need(Verb.DO, Noun.ROUND, round_.organisation_id)
    with writing():
        current = Round.objects.select_for_update().get(pk=round_.pk)
        if form_key and current.letter.get("tested") == form_key:
            return False
        current.letter = {**current.letter, "tested": form_key[:64]}
        current.save(update_fields=["letter"])
        post(access.partnership, trial(round_, name=access.person.name, email=access.person.email))
    return True
