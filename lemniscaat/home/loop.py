"""Where we are in the loop: which voices were heard in which core activity this school year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lemniscaat.agenda import queries as agenda
from lemniscaat.base.drawings.lemniscate import Door, Home, Sun, Voice, split_point
from lemniscaat.collection.figures import plural
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.collection.outcome import SHOWN, Opened, opened_all, voice_of
from lemniscaat.datapoints import queries as datapoints
from lemniscaat.interpretation import queries as interpretation
from lemniscaat.meetings.models import Chair, Meeting, Outcome
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision import queries as vision
from lemniscaat.vision.models import Criterion

ACTIVITIES = ("inform", "mean", "direct", "account")
VOICES = ("student", "mentor", "school_educator", "institute_educator", "school_leader")
LABELS = {
    "inform": gettext_lazy("Informeren"),
    "mean": gettext_lazy("Betekenis geven"),
    "direct": gettext_lazy("Richting geven"),
    "account": gettext_lazy("Verantwoorden"),
}
SAME_VOICE = {"career_changer": "student", "starter": "student", "programme_lead": "school_leader"}
SAME_VOICE |= dict.fromkeys(("steering", "board_member", "quality", "admin"), "school_leader")


@dataclass(frozen=True)
class State:
    """Counts at a layer, for the doors."""

    open_rounds: int = 0
    to_read: int = 0
    agreements: int = 0
    waiting: int = 0


def name_of(access: Access, activity: str) -> str:
    """What a partnership calls a core activity."""
    return str(access.partnership.activity_labels.get(activity) or LABELS[activity])


def loop(access: Access, layer_id: int) -> Home:
    """The map of a layer, ready to draw. The number of queries does not grow with what lies there."""
    rounds = list(rounds_at(access, layer_id))
    books = opened_all(rounds, [])
    heard = heard_at(access, layer_id, books.values())
    criterion = vision.criteria(access, layer_id).first()
    voices = tuple(Voice(slug, _capital(plural(slug)), frozenset(heard[slug])) for slug in VOICES)
    sentence, absent = _absent(voices)
    may_invite = bool(absent) and access.may(Verb.DO, Noun.MEETING, layer_id)
    talk = reverse("meetings:plan", args=[layer_id])
    return Home(
        voices=voices,
        doors=_doors(access, layer_id, _state(access, layer_id, rounds, books)),
        sun=_sun(criterion, layer_id),
        factors=(
            _("verbondenheid"),
            _("lerende organisatie"),
            _("professioneel leren"),
            _("gespreid leiderschap"),
        ),
        sides=(_("begrijpen"), _("handelen")),
        sentence=sentence,
        invite_label=_("Nodig ze uit") if may_invite else "",
        invite_url=f"{talk}?deur={absent}" if may_invite else "",
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _sun(criterion: Criterion | None, layer_id: int) -> Sun:
    page = reverse("vision:page", args=[layer_id])
    if criterion is None:
        return Sun(_("Onze visie"), (_("nog te"), _("schrijven")), _("begin hier"), page)
    url = reverse("datapoints:criterion", args=[criterion.pk])
    return Sun(_("Onze visie"), split_point(criterion.point.title), _("onze lat"), url)


def since_of(access: Access) -> date:
    """The first day of this school year."""
    period = vision.current_period(access.partnership, access.day)
    return period.starts_on if period else date(access.day.year - (access.day.month < 8), 8, 1)


def rounds_at(access: Access, layer_id: int) -> QuerySet[Round]:
    """The released rounds of this school year that concern a layer: its own, and those of the layers above it."""
    around = {layer_id, *access.tree.above(layer_id)} & access.where(Verb.SEE, Noun.OUTCOME)
    return Round.objects.filter(
        partnership=access.partnership,
        organisation_id__in=around,
        state__in=SHOWN,
        stopped_on__gte=since_of(access),
    ).order_by("id")


def state_of(access: Access, layer_id: int) -> State:
    """How much lies at each door of a layer."""
    rounds = list(rounds_at(access, layer_id))
    return _state(access, layer_id, rounds, opened_all(rounds, []))


def _state(access: Access, layer_id: int, rounds: Iterable[Round], books: dict[int, Opened]) -> State:
    if not access.may(Verb.SEE, Noun.OUTCOME, layer_id):
        return State()
    # of a talk in a hall its first step stands for all: nobody there waits more than once
    stopped = [
        r
        for r in rounds
        if r.organisation_id == layer_id and r.state == RoundState.STOPPED and r.comes_back_with_id is None
    ]
    still = Round.objects.filter(
        partnership=access.partnership,
        organisation_id=layer_id,
        state=RoundState.OPEN,
        comes_back_with__isnull=True,
    )
    return State(
        still.count(),
        len(to_read(access, layer_id, stopped)),
        agenda.running(access, layer_id).count(),
        sum(n for row in stopped for _members, n in books[row.pk].people),
    )


def to_read(access: Access, layer_id: int, stopped: Iterable[Round]) -> list[Round]:
    """The stopped rounds about which nothing was written down yet since they stopped."""
    told: defaultdict[int | None, list[date]] = defaultdict(list)
    rows = interpretation.meanings(access, layer_id=layer_id)
    for criterion, day in rows.values_list("criterion_id", "written_on"):
        told[criterion].append(day)
    return [
        row
        for row in stopped
        if not any(row.stopped_on is None or day >= row.stopped_on for day in told[row.criterion_id])
    ]


def _doors(access: Access, layer_id: int, state: State) -> dict[str, Door]:
    words = {
        "inform": ngettext("%(n)d ronde open", "%(n)d rondes open", state.open_rounds)
        % {"n": state.open_rounds}
        if state.open_rounds
        else _("wat weten we?"),
        "mean": ngettext("%(n)d uitkomst ligt klaar", "%(n)d uitkomsten klaar", state.to_read)
        % {"n": state.to_read}
        if state.to_read
        else _("wat zegt het ons?"),
        "direct": ngettext("%(n)d afspraak loopt", "%(n)d afspraken lopen", state.agreements)
        % {"n": state.agreements}
        if state.agreements
        else _("wat doen we?"),
        "account": _("%(n)d mensen wachten") % {"n": state.waiting} if state.waiting else _("wie hoort het?"),
    }
    return {
        a: Door(name_of(access, a), words[a], reverse("home:door", args=[layer_id, a])) for a in ACTIVITIES
    }


def heard_at(access: Access, layer_id: int, books: Iterable[Opened]) -> dict[str, set[str]]:
    """Per voice the core activities in which it was heard this school year, at this layer.

    Of a round only whole blocks count as heard: nobody answered and fewer than five look the same.
    """
    heard: defaultdict[str, set[str]] = defaultdict(set)
    since = since_of(access)
    for book in books:
        found = {"inform", "account"} if book.round.state == RoundState.RETURNED else {"inform"}
        for group in book.voices():
            if book.took_part(group).n:
                heard[_voice(voice_of(group))] |= found
    told = datapoints.ledger(access).filter(organisation_id=layer_id, happened_on__gte=since)
    for role in set(told.exclude(perspective="").values_list("perspective", flat=True)):
        heard[_voice(role)].add("inform")
    meanings = interpretation.meanings(access, layer_id=layer_id).filter(written_on__gte=since)
    for roles in meanings.values_list("roles", flat=True):
        for role in roles:
            heard[_voice(role)].add("mean")
    agreed = agenda.of_layer(access, layer_id).filter(agreed_on__gte=since)
    talks = Outcome.objects.filter(agreement__in=agreed.values("pk")).values("meeting_id")
    tables = Meeting.objects.filter(pk__in=talks).values("table_id")
    # who sat in a hall of strangers is told by nobody
    sat = Chair.objects.filter(table_id__in=tables, table__hall=False).exclude(role="")
    for role in set(sat.values_list("role", flat=True)):
        heard[_voice(role)].add("direct")
    return heard


def _voice(role: str) -> str:
    return SAME_VOICE.get(role, role)


def _absent(voices: tuple[Voice, ...]) -> tuple[str, str]:
    """One sentence that names a voice which is missed where others were heard, and the activity."""
    for activity in ("mean", "direct", "inform"):
        present = [v for v in voices if activity in v.heard]
        missed = [v for v in voices if activity not in v.heard]
        if present and missed:
            told = {
                "inform": _("%(who)s hoorden we nog niet, of met te weinig mensen."),
                "mean": _("%(who)s dachten nog niet mee over de betekenis."),
                "direct": _("%(who)s beslisten nog niet mee."),
            }[activity]
            return told % {"who": missed[0].label}, activity
    return "", ""
