"""A decision as it reads now: what it rested on stands as it was, and what was taken back since says so.

Privacy goes before memory. Of what was counted the words stay, for they were told to everybody who might read them.
What somebody gave in his own words goes when he takes it back, or is erased: the line stays, without the words, and
without whose it was. So it is with what another layer shared: its words are for that table, and go when it is taken
back. Who may not read a data point sees that there was one, and of which sort.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from lemniscaat.agenda.decisions.frozen import KeptGround, KeptMeaning, RestedOn
from lemniscaat.agenda.decisions.rich_words import SIZES, lack_then, line_said, together_said
from lemniscaat.agenda.decisions.richness import Need
from lemniscaat.agenda.models import Decision, DecisionGround
from lemniscaat.collection.models import Release
from lemniscaat.datapoints.models import DataPoint, Figure, FigureChange, SourceKind
from lemniscaat.datapoints.queries import ledger
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.interpretation.queries import meanings as seen_meanings
from lemniscaat.people.access import Access
from lemniscaat.people.models import Share
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.queries import open_to
from lemniscaat.year.coverage import HARD, Ear
from lemniscaat.year.words import capital

ANONYMOUS = {SourceKind.ROUND}


@dataclass(frozen=True)
class Line:
    """One thing that counted. `gone`: what happened to it since, in words; empty where it stands."""

    kind: str
    said: str
    words: str = ""
    url: str = ""
    gone: str = ""


@dataclass(frozen=True)
class MeaningLine:
    """A meaning in the words it had then; without words where these were taken back."""

    text: str
    dissent: tuple[str, ...]
    day: date
    whose: str
    url: str
    gone: str


@dataclass(frozen=True)
class VoiceLine:
    """How a voice was heard then."""

    role: str
    ear: str
    day: date | None


@dataclass(frozen=True)
class Remembered:
    """All that a decision rested on, to be read now."""

    kept: RestedOn
    size: str
    lines: tuple[Line, ...]
    together: tuple[str, ...]
    meanings: tuple[MeaningLine, ...]
    heard: tuple[str, ...]
    missing: tuple[str, ...]


def remembered(access: Access, row: Decision) -> Remembered:
    """What a decision rested on, as far as this reader may see it. About eight queries."""
    kept = RestedOn.read(row.rested_on)
    silent = tuple(one.voice for one in kept.voices if one.ear in {Ear.SILENT, Ear.LONG_AGO})
    return Remembered(
        kept,
        next((str(label) for size, label, _hint in SIZES if size == kept.size), ""),
        tuple(_lines(access, row, kept)),
        tuple(together_said(kept.together)),
        tuple(_meanings(access, kept)),
        tuple(one.voice for one in kept.voices if one.ear in {Ear.HEARD, Ear.TOGETHER}),
        tuple(_lack(need, silent) for need in kept.lacking if not _told_already(need, kept)),
    )


def _told_already(need: str, kept: RestedOn) -> bool:
    return need == Need.MORE and Need.SECOND in kept.lacking


def _lack(need: str, silent: tuple[str, ...]) -> str:
    return lack_then(need, silent)


def _lines(access: Access, row: Decision, kept: RestedOn) -> list[Line]:
    grounds = {
        one.line: one
        for one in DecisionGround.objects.filter(decision=row, line__gte=0).select_related("data_point")
    }
    points = [one.data_point_id for one in grounds.values()]
    mine = {one.pk: one for one in ledger(access).filter(pk__in=points)}
    undone = _undone(points)
    rounds = [one.round for one in kept.grounds if one.round]
    standing = set(Release.objects.filter(round_id__in=rounds).values_list("round_id", flat=True))
    found = []
    for one in kept.grounds:
        if one.round:
            found.append(_round(access, one, one.round in standing))
        elif one.kind == HARD:
            found.append(_figure(access, one, grounds.get(one.line), undone))
        else:
            found.append(_told(one, grounds.get(one.line), mine))
    return found


def _round(access: Access, one: KeptGround, stands: bool) -> Line:
    if not access.may(Verb.SEE, Noun.OUTCOME, one.layer):
        return Line(one.kind, _("Een ronde waarvan jij de uitkomst niet ziet"))
    said = line_said(one.source, "", one.day, one.title)
    words = one.words if one.kind == HARD else _("Open antwoorden, nagelezen en vrijgegeven.")
    url = reverse("collection:outcome", args=[one.round]) if stands else ""
    return Line(one.kind, said, words, url, "" if stands else _taken_back())


def _figure(access: Access, one: KeptGround, ground: DecisionGround | None, undone: set[int]) -> Line:
    if not access.may(Verb.SEE, Noun.FIGURE, one.layer):
        return Line(one.kind, _("Een cijfer dat jij niet ziet"))
    point = ground.data_point if ground is not None else None
    if point is not None and point.kept_back:
        # beside what is told since it would be about fewer than five people
        return Line(one.kind, _("Een cijfer"), gone=_("later niet meer getoond"))
    gone = point is None or point.withdrawn_on is not None or point.pk in undone
    url = reverse("datapoints:data_point", args=[one.point]) if not gone else ""
    return Line(
        one.kind,
        line_said(one.source, one.voice, one.day, one.title),
        one.words,
        url,
        _taken_back() if gone else "",
    )


def _told(one: KeptGround, ground: DecisionGround | None, mine: dict[int, DataPoint]) -> Line:
    sort = _("een %(sort)s") % {"sort": SourceKind(one.source).label}
    if ground is None or ground.data_point.withdrawn_on is not None:
        return Line(one.kind, capital(sort), gone=_taken_back())
    if ground.data_point_id not in mine:
        return Line(one.kind, _("%(what)s, voor een kring waar jij niet in zit") % {"what": capital(sort)})
    url = reverse("datapoints:data_point", args=[one.point])
    gone = "" if ground.words else _taken_back()
    return Line(one.kind, line_said(one.source, one.voice, one.day), ground.words, url, gone)


def _taken_back() -> str:
    return _("later teruggenomen")


def _undone(points: list[int]) -> set[int]:
    """The figures that no import says any more: they stand because a decision rests on them."""
    figures = Figure.objects.filter(data_point__in=points, starts_on__isnull=False).select_related(
        "data_point"
    )
    rows = {
        (one.indicator_id, one.data_point.organisation_id, one.starts_on, one.ends_on): one.data_point_id
        for one in figures
    }
    if not rows:
        return set()
    said: set[int] = set()
    still: set[int] = set()
    keys = ("indicator_id", "organisation_id", "starts_on", "ends_on", "figure_import__undone_on")
    changes = FigureChange.objects.filter(indicator_id__in={key[0] for key in rows})
    for indicator, organisation, first, last, undone_on in changes.values_list(*keys):
        point = rows.get((indicator or 0, organisation, first, last))
        if point is not None:
            said.add(point)
            still |= {point} if undone_on is None else set()
    return said - still


def _meanings(access: Access, kept: RestedOn) -> list[MeaningLine]:
    shares = {one.pk: one for one in Share.objects.filter(pk__in=[m.share for m in kept.meanings if m.share])}
    own = [one.meaning for one in kept.meanings if not one.share]
    now = dict(Interpretation.objects.filter(pk__in=own).values_list("pk", "text"))
    seen = set(seen_meanings(access).filter(pk__in=own).values_list("pk", flat=True))
    told = [
        _shared(access, one, shares.get(one.share)) if one.share else _meaning(one, now, seen)
        for one in kept.meanings
    ]
    return [one for one in told if one is not None]


def _shared(access: Access, one: KeptMeaning, share: Share | None) -> MeaningLine | None:
    """What another layer shared, for who may read that share today. Of what was taken back or shared anew in other
    words the table still reads that there was something; for everybody else it is not there."""
    if share is None:
        return None
    open_ = open_to(access, share)
    if not open_ and not access.may(Verb.SEE, Noun.SHARED, share.target_id):
        return None
    same = share.text == one.text and "".join(one.dissent) == share.dissent
    if open_ and same:
        return MeaningLine(one.text, one.dissent, one.day, one.whose, "", "")
    gone = _("later herschreven") if open_ else _taken_back()
    return MeaningLine("", (), one.day, one.whose, "", gone)


def _meaning(one: KeptMeaning, now: dict[int, str], seen: set[int]) -> MeaningLine:
    text = now.get(one.meaning)
    gone = "" if text == one.text else _("later herschreven")
    if text is None:
        gone = _taken_back()
    url = reverse("interpretation:meaning", args=[one.meaning]) if one.meaning in seen else ""
    return MeaningLine(one.text, one.dissent, one.day, one.whose, url, gone)


def forget_taken_back() -> int:
    """Throw away the words of what was taken back or erased since; the lines stay. The calendar calls it."""
    rows = DecisionGround.objects.exclude(words="")
    gone = rows.filter(data_point__withdrawn_on__isnull=False)
    return gone.update(words="")
