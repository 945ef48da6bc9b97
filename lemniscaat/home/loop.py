"""Where we are in the loop: which voices were heard in which core activity this school year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lemniscaat.agenda.models import Agreement, AgreementState
from lemniscaat.base.drawings.lemniscate import Door, Home, Sun, Voice, split_point
from lemniscaat.collection.figures import plural
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.collection.outcome import SHOWN, opened, voice_of
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.meetings.models import Outcome, Seat
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision import queries as vision
from lemniscaat.vision.models import Criterion

ACTIVITIES = ("inform", "mean", "direct", "account")
VOICES = ("student", "mentor", "school_educator", "institute_educator", "school_leader")
LABELS = {
    "inform": "Informeren",
    "mean": "Betekenis geven",
    "direct": "Richting geven",
    "account": "Verantwoorden",
}
SAME_VOICE = {"career_changer": "student", "starter": "student", "programme_lead": "school_leader"}
SAME_VOICE |= dict.fromkeys(("steering", "board_member", "quality", "admin"), "school_leader")


@dataclass(frozen=True)
class State:
    """Counts at a layer, for the doors."""

    open_rounds: int
    to_read: int
    agreements: int
    waiting: int


def loop(access: Access, layer_id: int) -> Home:
    """The map of a layer, ready to draw."""
    state = state_of(access, layer_id)
    heard = heard_at(access, layer_id)
    criterion = vision.criteria(access, layer_id).first()
    voices = tuple(Voice(slug, _capital(plural(slug)), frozenset(heard[slug])) for slug in VOICES)
    sentence, absent = _absent(voices)
    talk = reverse("meetings:plan", args=[layer_id])
    return Home(
        voices=voices,
        doors=_doors(access, layer_id, state),
        sun=_sun(criterion, layer_id),
        factors=(
            _("verbondenheid"),
            _("lerende organisatie"),
            _("professioneel leren"),
            _("gespreid leiderschap"),
        ),
        sides=(_("begrijpen"), _("handelen")),
        sentence=sentence,
        invite_label=_("Nodig ze uit") if absent else "",
        invite_url=f"{talk}?deur={absent}" if absent else "",
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _sun(criterion: Criterion | None, layer_id: int) -> Sun:
    page = reverse("vision:page", args=[layer_id])
    if criterion is None:
        return Sun(_("Onze visie"), (_("nog te"), _("schrijven")), _("begin hier"), page)
    url = reverse("datapoints:criterion", args=[criterion.pk])
    return Sun(_("Onze visie"), split_point(criterion.point.title), _("onze lat"), url)


def state_of(access: Access, layer_id: int) -> State:
    """How much lies at each door of a layer; four queries and one per waiting round."""
    rounds = Round.objects.filter(partnership=access.partnership, organisation_id=layer_id)
    stopped = list(rounds.filter(state=RoundState.STOPPED))
    criteria = {r.criterion_id for r in stopped}
    told = Interpretation.objects.filter(
        organisation_id=layer_id, criterion_id__in=[c for c in criteria if c]
    )
    read = set(
        told.filter(
            written_on__gte=min((r.stopped_on for r in stopped if r.stopped_on), default=access.day)
        ).values_list("criterion_id", flat=True)
    )
    waiting = 0
    for round_ in stopped:
        waiting += sum(n for _members, n in opened(round_, []).people)
    running = Agreement.objects.filter(
        partnership=access.partnership, organisation_id=layer_id, state=AgreementState.RUNNING
    )
    return State(
        rounds.filter(state=RoundState.OPEN).count(),
        len([r for r in stopped if r.criterion_id not in read]),
        running.count() if access.may(Verb.SEE, Noun.AGREEMENT, layer_id) else 0,
        waiting,
    )


def _doors(access: Access, layer_id: int, state: State) -> dict[str, Door]:
    words = {
        "inform": ngettext("%(n)d ronde open", "%(n)d rondes open", state.open_rounds)
        % {"n": state.open_rounds}
        if state.open_rounds
        else _("wat weten we?"),
        "mean": ngettext("%(n)d uitkomst ligt klaar", "%(n)d uitkomsten liggen klaar", state.to_read)
        % {"n": state.to_read}
        if state.to_read
        else _("wat zegt het ons?"),
        "direct": ngettext("%(n)d afspraak loopt", "%(n)d afspraken lopen", state.agreements)
        % {"n": state.agreements}
        if state.agreements
        else _("houden of verleggen?"),
        "account": _("%(n)d mensen wachten") % {"n": state.waiting}
        if state.waiting
        else _("aan wie vertellen we?"),
    }
    labels = {**LABELS, **access.partnership.activity_labels}
    start = reverse("home:door", args=[layer_id, "inform"])[: -len("inform/")]
    return {a: Door(_(labels[a]), words[a], f"{start}{a}/") for a in ACTIVITIES}


def heard_at(access: Access, layer_id: int) -> dict[str, set[str]]:
    """Per voice the core activities in which it was heard this school year, at this layer."""
    heard: defaultdict[str, set[str]] = defaultdict(set)
    period = vision.current_period(access.partnership, access.day)
    since = period.starts_on if period else date(access.day.year - (access.day.month < 8), 8, 1)
    layers = [layer_id, *access.tree.above(layer_id)]
    rounds = Round.objects.filter(
        partnership=access.partnership, organisation_id__in=layers, state__in=SHOWN, stopped_on__gte=since
    )
    for round_ in rounds:
        book = opened(round_, [])
        for group in book.voices():
            if book.took_part(group).n:
                heard[_voice(voice_of(group))].add("inform")
                if round_.state == RoundState.RETURNED:
                    heard[_voice(voice_of(group))].add("account")
    meanings = Interpretation.objects.filter(organisation_id=layer_id, written_on__gte=since)
    for roles in meanings.values_list("roles", flat=True):
        for role in roles:
            heard[_voice(role)].add("mean")
    talks = Outcome.objects.filter(
        agreement__isnull=False, agreement__organisation_id=layer_id, agreement__agreed_on__gte=since
    )
    for role in Seat.objects.filter(meeting_id__in=talks.values("meeting_id")).values_list("role", flat=True):
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
                "inform": _("%(who)s hoorden we nog niet."),
                "mean": _("%(who)s dachten nog niet mee over de betekenis."),
                "direct": _("%(who)s beslisten nog niet mee."),
            }[activity]
            return told % {"who": missed[0].label}, activity
    return "", ""
