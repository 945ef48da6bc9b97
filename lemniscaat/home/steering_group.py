"""One meeting of a steering group, a board or an institute: what was shared, hard beside soft, and what is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lemniscaat.agenda import queries as agenda
from lemniscaat.agenda.models import Agreement, Goal
from lemniscaat.base import clock
from lemniscaat.collection.figures import Shown, shown
from lemniscaat.collection.outcome import outcomes_for_criterion
from lemniscaat.datapoints import queries as datapoints
from lemniscaat.datapoints.queries import HardFact, Voice
from lemniscaat.datapoints.telling import voices_of
from lemniscaat.home.about import Shared, about
from lemniscaat.home.attention import Item
from lemniscaat.home.now import Now, now_of
from lemniscaat.meetings import packing, rhythm
from lemniscaat.meetings.models import Meeting, MeetingPack, MeetingState
from lemniscaat.meetings.queries import talks
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Share
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tree import Layer
from lemniscaat.vision.models import Criterion

MOST_COUNTED, MOST_TOLD = 1, 2
MOST_OTHERS, MOST_DUE = 6, 4
INSTRUMENT = "stuurgroep-impulsen"


@dataclass(frozen=True)
class Known:
    """What is counted and what is told about one criterion."""

    hard: tuple[HardFact, ...]
    shown: tuple[Shown, ...]
    soft: tuple[Voice, ...]


@dataclass(frozen=True)
class Laid:
    """One thing on the table: what was shared, what is known about it (`known` None where it lies above already, or
    where no criterion is meant), and where the decision goes."""

    shared: Shared
    known: Known | None
    agreed: tuple[Agreement, ...]
    adjust_url: str
    sustain_url: str
    answer_url: str


@dataclass(frozen=True)
class Impulse:
    """One way in which a body helps: what it gave last time, and since; `seen`: what the house itself knows of it."""

    key: str
    name: str
    text: str
    before: str
    since: str
    seen: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class MeetingPage:
    """Everything on the page of a meeting."""

    layer: Layer
    moment: Appointment
    pack: MeetingPack | None
    now: Now
    laid: list[Laid]
    due: list[Agreement]
    goals: list[Goal]
    others: tuple[Share, ...]
    chosen: bool
    gone: bool
    impulses: list[Impulse]
    before: MeetingPack | None
    talk: Meeting | None
    last: Meeting | None
    may_prepare: bool
    may_lead: bool
    leads: bool
    over: bool
    today: bool


def meeting_page(access: Access, pk: int) -> MeetingPage:
    """The page of a meeting; 404 where I neither sit in the body nor see its talks. At most three things lie on the
    table, so what it costs does not grow with what was shared."""
    moment = packing.moment_of(access, pk)
    layer = access.tree.layers[moment.body.organisation_id]
    pack, before = packing.pack_of(moment), packing.pack_before(moment)
    table = packing.on_table(access, moment, pack)
    talk = talks(access).filter(appointment=moment).first()
    last = rhythm.held(access, moment.body).exclude(appointment=moment).first()
    may_prepare, may_lead = packing.may_prepare(access, moment), access.may(Verb.DO, Noun.MEETING, layer.id)
    laid = _laid(access, moment, about(access, table.shares))
    page = MeetingPage(
        layer=layer,
        moment=moment,
        pack=pack,
        now=now_of(()),
        laid=laid,
        due=list(agenda.due(access, body=moment.body, appointment=moment)[:MOST_DUE]),
        goals=list(agenda.due_goals(access, body=moment.body, appointment=moment)[:MOST_DUE]),
        others=table.others[:MOST_OTHERS],
        chosen=table.chosen,
        gone=table.gone,
        impulses=_impulses(access, moment, pack, before, last),
        before=before,
        talk=talk,
        last=last,
        may_prepare=may_prepare,
        may_lead=may_lead,
        leads=talk is not None and talk.leader_id == access.person.pk,
        over=moment.starts_at < clock.now(),
        today=timezone.localtime(moment.starts_at).date() == access.day,
    )
    return _with_now(page)


def _with_now(page: MeetingPage) -> MeetingPage:
    first = _to_choose(page) or _to_talk(page) or _to_answer(page)
    return MeetingPage(**{**page.__dict__, "now": now_of([first] if first else [])})


def _to_choose(page: MeetingPage) -> Item | None:
    """Before the meeting somebody chooses what is read; who has chosen goes on."""
    if page.over or page.chosen or not page.may_prepare or not page.laid:
        return None
    url = reverse("home:prepare_meeting", args=[page.moment.pk])
    text = _("Nu liggen de nieuwste bovenop. Drie tikken, en iedereen leest hetzelfde vooraf.")
    return Item(_("Kies wat er op tafel ligt"), text, url, "mean", _("Kies"))


def _to_talk(page: MeetingPage) -> Item | None:
    talk = page.talk
    if talk is None:
        if page.over or not page.may_lead:
            return None
        url = f"{reverse('meetings:plan', args=[page.layer.id])}?moment={page.moment.pk}"
        text = _("Kies waarover, dan staan de stappen klaar. Jullie doen voor wat je van anderen vraagt.")
        return Item(_("Zet jullie eigen gesprek klaar"), text, url, "mean", _("Zet het gesprek klaar"))
    title = _("Jullie gesprek: ‘%(title)s’") % {"title": talk.title.rstrip(".")}
    if talk.state == MeetingState.RUNNING:
        return Item(title, _("Het gesprek is begonnen."), _at_table(page, talk), "mean", _("Doe mee"))
    if talk.state == MeetingState.DONE or page.over:
        return None
    if page.leads:
        text = _("Kijk wie er komt en loop de stappen door. Wat op tafel ligt, lezen de anderen vooraf.")
        return Item(title, text, reverse("meetings:prepare", args=[talk.pk]), "mean", _("Zet de tafel klaar"))
    if page.today:
        return Item(title, _("Vandaag."), reverse("meetings:mine", args=[talk.pk]), "mean", _("Ga aan tafel"))
    text = _("Schrijf voor jezelf op wat je verwacht. Meer hoef je vooraf niet te doen.")
    return Item(_("Lees wat er op tafel ligt"), text, "#tafel", "mean", _("Lees het"))


def _at_table(page: MeetingPage, talk: Meeting) -> str:
    return reverse("meetings:lead" if page.leads else "meetings:mine", args=[talk.pk])


def _to_answer(page: MeetingPage) -> Item | None:
    waits = next((one for one in page.laid if not one.shared.row.answer), None)
    if waits is None or not page.may_prepare:
        return None
    text = _("%(who)s wacht op jullie antwoord.") % {"who": waits.shared.row.source.name}
    return Item(_("Geef antwoord"), text, waits.answer_url, "account", _("Schrijf het antwoord"))


def _laid(access: Access, moment: Appointment, shared: Sequence[Shared]) -> list[Laid]:
    layer = moment.body.organisation_id
    criteria = {one.criterion.pk: one.criterion for one in shared if one.criterion}
    # taken out where it is laid down first: two shares about one criterion do not show the same evidence twice
    known = {pk: known_of(access, layer, criterion) for pk, criterion in criteria.items()}
    agreed = list(agenda.of_layer(access, layer).filter(criterion_id__in=criteria)) if criteria else []
    back = reverse("home:meeting", args=[moment.pk])
    return [
        Laid(
            one,
            known.pop(one.criterion.pk, None) if one.criterion else None,
            tuple(row for row in agreed if _since(row, one)),
            _agree_url(layer, one, "adjust", back),
            _agree_url(layer, one, "sustain", back),
            f"{reverse('people:shared', args=[layer])}#gedeeld-{one.row.pk}",
        )
        for one in shared
    ]


def _since(row: Agreement, one: Shared) -> bool:
    """Whether an agreement is about the same and was made after it was shared."""
    same = one.criterion is not None and row.criterion_id == one.criterion.pk
    return same and row.agreed_on >= one.row.shared_on


def _agree_url(layer: int, one: Shared, course: str, back: str) -> str:
    asked = {"koers": course, "verder": back} | ({"lat": str(one.criterion.pk)} if one.criterion else {})
    return f"{reverse('agenda:new', args=[layer])}?{urlencode(asked)}"


def known_of(access: Access, layer_id: int, criterion: Criterion) -> Known:
    """What is known about a criterion, through the doors that the page of the criterion uses."""
    counted = outcomes_for_criterion(access, criterion, most=MOST_COUNTED)
    soft = voices_of(
        datapoints.soft_for(access, criterion), datapoints.texts_for(access, criterion, MOST_TOLD)
    )
    hard = datapoints.hard_for(access, criterion, layer_id=layer_id)
    return Known(tuple(hard[:MOST_COUNTED]), tuple(shown(one) for one in counted), tuple(soft[:MOST_TOLD]))


def _impulses(
    access: Access,
    moment: Appointment,
    pack: MeetingPack | None,
    before: MeetingPack | None,
    last: Meeting | None,
) -> list[Impulse]:
    """The four ways, each with what was kept of it last time and since. One query for what was shared downwards."""
    seen: dict[str, tuple[tuple[str, str], ...]] = {}
    if last is not None:
        seen["modelling"] = ((last.title, reverse("meetings:record", args=[last.pk])),)
    layer = moment.body.organisation_id
    given = people.shared_from(access, layer).filter(
        revoked_on__isnull=True, target_id__in=access.tree.below(layer)
    )
    since = last.finished_on if last else None
    newest = given.filter(shared_on__gte=since)[:2] if since else given[:2]
    seen["examples"] = tuple((row.title, reverse("people:shared", args=[layer])) for row in newest)
    return [
        Impulse(
            key,
            str(name),
            str(text),
            getattr(before, key, ""),
            getattr(pack, key, ""),
            seen.get(key, ()),
        )
        for key, (name, text) in packing.IMPULSES.items()
    ]
