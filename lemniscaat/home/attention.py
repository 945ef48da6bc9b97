"""What asks for my attention: at most five things, the nearest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lemniscaat.accountability import queries as accountability
from lemniscaat.agenda import queries as agenda
from lemniscaat.base import clock
from lemniscaat.collection import queries as collection
from lemniscaat.collection.outcome import WHOLE, opened_all
from lemniscaat.concerns import queries as concerns
from lemniscaat.concerns.actions import HOURS_BEFORE_DEPUTY
from lemniscaat.concerns.keeping import Gap, counted, missing, too_long_at
from lemniscaat.examples import queries as examples
from lemniscaat.interpretation import queries as interpretation
from lemniscaat.meetings import queries as meetings
from lemniscaat.meetings.packing import WIDE
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb

MOST = 5
TALK_IS_NEAR = 14
ANSWER_IS_NEWS = 14
BETWEEN_IS_NEAR = 7


@dataclass(frozen=True)
class Item:
    """One thing that asks for attention, and the quarter of the loop it belongs to. `alone`: it is between the system
    and me, so it goes on no sheet that others read."""

    title: str
    text: str
    url: str
    activity: str
    button: str
    alone: bool = False


def attention(access: Access, layer_id: int) -> list[Item]:
    """The things that ask something of me at a layer, at most five."""
    return list(islice(_all(access, layer_id), MOST))


def _all(access: Access, layer_id: int) -> Iterator[Item]:
    yield from _calls(access)
    yield from _calls_too_long(access)
    yield from _talks(access, layer_id)
    yield from _names(access)
    # a question closes on its day; what comes back waits in its list
    yield from _asked(access)
    yield from _between(access)
    yield from _agreements(access, layer_id)
    yield from _goals(access, layer_id)
    yield from _assumptions(access, layer_id)
    yield from _returns(access, layer_id)
    yield from _shares(access, layer_id)
    yield from _questions(access, layer_id)
    yield from _answers(access, layer_id)
    yield from _answered(access)
    yield from _told(access)


def _calls(access: Access) -> Iterator[Item]:
    if concerns.calls_for(access).exists():
        text = _("Iemand vroeg om gebeld te worden. Alleen een naam en een nummer.")
        yield Item(_("Bel terug"), text, reverse("concerns:calls"), "inform", _("Zie wie"), alone=True)


def _calls_too_long(access: Access) -> Iterator[Item]:
    """That it waits, and where the names are of who should call; nothing about who asked."""
    for layer, n in _mine(access, too_long_at(access, HOURS_BEFORE_DEPUTY)).items():
        title = ngettext("Een telefoontje wacht te lang", "%(n)d telefoontjes wachten te lang", n) % {"n": n}
        text = _(
            "Iemand vroeg om gebeld te worden en nog niemand belde. Vraag de mensen op de lijst of zij bellen."
        )
        url = reverse("concerns:names", args=[layer])
        yield Item(title, text, url, "inform", _("Zie de namen"), alone=True)
        return


def _names(access: Access) -> Iterator[Item]:
    """What is missing among the names to turn to, for who keeps them for everybody."""
    found = [
        one for one in missing(access) if one.layer_id in _mine(access, dict.fromkeys(access.tree.layers, 1))
    ]
    counts = counted(found)
    if not counts:
        return
    text = " ".join(gap_in_words(gap, n) for gap, n in counts.items())
    first = min(found, key=lambda one: (list(Gap).index(one.gap), one.layer_id))
    url = reverse("concerns:names", args=[first.layer_id])
    yield Item(_("Kijk de namen na: bij wie kun je terecht?"), text, url, "direct", _("Kijk ze na"))


def _mine(access: Access, by_layer: dict[int, int]) -> dict[int, int]:
    """Only for who keeps the register there too: the programme leader, not everybody who may change a name."""
    kept = access.where(Verb.DO, Noun.PEOPLE)
    return {layer: n for layer, n in by_layer.items() if layer in kept}


def gap_in_words(gap: Gap, n: int) -> str:
    """What is missing among the names, and how often, in one sentence."""
    words = {
        Gap.OUTSIDE: ngettext(
            "Op %(n)d school is niemand te bereiken die niet beoordeelt.",
            "Op %(n)d scholen is niemand te bereiken die niet beoordeelt.",
            n,
        ),
        Gap.LEFT: ngettext(
            "%(n)d naam is van iemand die hier niet meer werkt.",
            "%(n)d namen zijn van mensen die hier niet meer werken.",
            n,
        ),
        Gap.ALONE: ngettext("%(n)d naam heeft geen vervanger.", "%(n)d namen hebben geen vervanger.", n),
        Gap.UNSURE: ngettext(
            "%(n)d naam is dit halfjaar nog niet nagekeken.",
            "%(n)d namen zijn dit halfjaar nog niet nagekeken.",
            n,
        ),
    }
    return words[gap] % {"n": n}


def _talks(access: Access, layer_id: int) -> Iterator[Item]:
    if not access.may(Verb.DO, Noun.MEETING, layer_id):
        return
    for moment in people.upcoming(access, layer_id=layer_id, limit=1):
        if moment.starts_at - clock.now() > timedelta(days=TALK_IS_NEAR):
            continue
        title = _("%(when)s: %(body)s") % {"when": _when(moment.starts_at), "body": moment.body.name}
        talk = meetings.talk_at(access, moment)
        button = _("Zet het gesprek klaar")
        if talk is None:
            text = _("Er is nog geen gesprek voor klaargezet.")
            url = reverse("meetings:plan", args=[layer_id]) + f"?moment={moment.pk}"
        else:
            text = _("%(minutes)d minuten, over ‘%(title)s’. Lees het vooraf door.") % {
                "minutes": moment.minutes,
                "title": talk.title.rstrip("."),
            }
            if talk.leader_id != access.person.pk and access.tree.layers[layer_id].kind in WIDE:
                url, button = reverse("home:meeting", args=[moment.pk]), _("Lees het vooraf")
            elif access.may(Verb.DO, Noun.ROUND, layer_id) or talk.leader_id == access.person.pk:
                url = reverse("meetings:prepare", args=[talk.pk])
            else:
                url, button = reverse("meetings:mine", args=[talk.pk]), _("Ga aan tafel")
        yield Item(title, text, url, "mean", button)


def _when(moment: datetime) -> str:
    """Within the week only the day and the hour: 'Donderdag 15.45'."""
    near = (timezone.localtime(moment).date() - clock.today()).days < 7
    told = date_format(timezone.localtime(moment), "l H.i" if near else "l j F, H.i")
    return told[:1].upper() + told[1:]


def _agreements(access: Access, layer_id: int) -> Iterator[Item]:
    if not access.may(Verb.DO, Noun.AGREEMENT, layer_id):
        return
    for row in agenda.coming_back(access, layer_id=layer_id)[:2]:
        moment = row.returns_at
        text = f"‘{row.sentence}’ " + _("Hielp het?")
        if moment:
            day = date_format(timezone.localtime(moment.starts_at), "j F")
            text += " " + _("%(body)s van %(day)s.") % {"body": moment.body.name, "day": day}
        url = reverse("agenda:look_back", args=[row.pk])
        yield Item(_("Een afspraak komt terug"), text, url, "direct", _("Kijk terug"))


def _goals(access: Access, layer_id: int) -> Iterator[Item]:
    """A point of the agenda comes back; one at a time."""
    if not access.may(Verb.DO, Noun.AGREEMENT, layer_id):
        return
    for row in agenda.goals_coming_back(access, layer_id=layer_id)[:1]:
        text = f"‘{row.sentence}’ " + _("Merken jullie verschil?")
        if row.where:
            text += f" {row.where}."
        url = reverse("goals:look", args=[row.pk])
        yield Item(_("Een punt van de agenda komt terug"), text, url, "direct", _("Kijk of het helpt"))


def _between(access: Access) -> Iterator[Item]:
    """What I agreed with one other comes back; only the two of us read this."""
    for row in agenda.between(access, days=BETWEEN_IS_NEAR)[:1]:
        text = f"‘{row.sentence}’ " + _("Hielp het?")
        url = reverse("home:pair", args=[row.body_id]) + f"#afspraak-{row.pk}"
        yield Item(_("Jullie afspraak komt terug"), text, url, "direct", _("Kijk samen terug"), alone=True)


def _assumptions(access: Access, layer_id: int) -> Iterator[Item]:
    """What we thought and would test by now; one at a time."""
    if not access.may(Verb.DO, Noun.MEANING, layer_id):
        return
    for row in interpretation.coming_back(access, layer_id=layer_id)[:1]:
        text = f"‘{row.text.rstrip()}’ " + _("Klopt het?")
        if row.where:
            text += f" {row.where}."
        url = reverse("interpretation:assumption", args=[row.pk])
        yield Item(_("Een aanname om te toetsen"), text, url, "mean", _("Kijk wat je hoorde"))


def _asked(access: Access) -> Iterator[Item]:
    for one in collection.open_for(access)[:1]:
        until = date_format(one.round.stops_on, "j F") if one.round.stops_on else ""
        text = f"‘{one.round.title}’ "
        text += _("Open tot en met %(day)s.") % {"day": until} if until else _("Het duurt een paar minuten.")
        url = reverse("answer:start", args=[one.token])
        yield Item(_("Een vraag aan jou"), text, url, "inform", _("Doe mee"), alone=True)


def _returns(access: Access, layer_id: int) -> Iterator[Item]:
    if not access.may(Verb.DO, Noun.RETURN, layer_id):
        return
    rows = list(collection.waiting_for_return(access, layer_id)[:2])
    books = opened_all(rows, [])
    for row in rows:
        number = books[row.pk].took_part(books[row.pk].group(WHOLE, "")).n
        title = (
            _("%(n)d mensen wachten op een antwoord") % {"n": number}
            if number
            else _("Mensen wachten op een antwoord")
        )
        text = _("Zij deden mee aan ‘%(title)s’. Vertel wat jullie ermee doen.") % {"title": row.title}
        url = reverse("accountability:write_return", args=[row.pk])
        yield Item(title, text, url, "account", _("Schrijf het antwoord"))


def _shares(access: Access, layer_id: int) -> Iterator[Item]:
    if not access.may(Verb.DO, Noun.SHARED, layer_id):
        return
    for row in people.shared_with(access, layer_id).filter(answered_on__isnull=True)[:1]:
        text = f"{row.source.name}: ‘{row.title}’"
        url = reverse("people:shared", args=[layer_id])
        yield Item(_("Iemand deelde iets met ons"), text, url, "account", _("Lees en antwoord"))


def _answers(access: Access, layer_id: int) -> Iterator[Item]:
    """What another layer said to what we shared, for everybody of our layer."""
    since = clock.today() - timedelta(days=ANSWER_IS_NEWS)
    for row in people.answered_since(access, layer_id, since)[:1]:
        text = f"{row.target.name}: ‘{row.title}’"
        url = reverse("people:shared", args=[layer_id])
        yield Item(_("Er is antwoord op wat jullie deelden"), text, url, "account", _("Lees het antwoord"))


def _answered(access: Access) -> Iterator[Item]:
    """News for everybody who was asked; nobody knows whether I took part."""
    since = clock.today() - timedelta(days=ANSWER_IS_NEWS)
    for row in accountability.answered_for(access, since)[:1]:
        text = _("Lees wat er gebeurt met ‘%(title)s’.") % {"title": row.round.title}
        url = reverse("returning:page", args=[row.round.return_code])
        yield Item(_("Er is antwoord"), text, url, "account", _("Lees het"), alone=True)


def _questions(access: Access, layer_id: int) -> Iterator[Item]:
    """Somebody asks the writers of an example something."""
    for row in examples.waiting(access, layer_id)[:1]:
        text = _("‘%(question)s’ Over ‘%(title)s’.") % {"question": row.text, "title": row.example.title}
        url = reverse("examples:example", args=[row.example_id]) + f"#vraag-{row.pk}"
        yield Item(_("Een vraag over jullie voorbeeld"), text, url, "account", _("Geef antwoord"))


def _told(access: Access) -> Iterator[Item]:
    """The writers of an example answered me."""
    since = clock.today() - timedelta(days=ANSWER_IS_NEWS)
    for row in examples.answered_for(access, since)[:1]:
        text = _("Je vroeg: ‘%(question)s’") % {"question": row.text}
        url = reverse("examples:example", args=[row.example_id]) + f"#vraag-{row.pk}"
        yield Item(_("Antwoord op je vraag"), text, url, "inform", _("Lees het"), alone=True)
