"""An outcome in words and squares: what a page, a talk or a sheet of paper draws of it."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lemniscaat.base.drawings.distribution import Figure, Option, Road, Row, steps_for
from lemniscaat.collection.outcome import GroupTable, ItemOutcome, voice_of
from lemniscaat.collection.release import Table
from lemniscaat.instruments import summaries
from lemniscaat.instruments.bridges import Bridge, bridges
from lemniscaat.instruments.items import asked
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.language import Language
from lemniscaat.instruments.summaries import Part
from lemniscaat.instruments.wording import ELEMENTS, language
from lemniscaat.instruments.wording import label as label_of
from lemniscaat.people.models import FAMILY

FULL, OPEN = "5", "1"


@dataclass(frozen=True)
class Shown:
    """One item to show: a drawing where squares can tell it, always a sentence and a table."""

    question: str
    round_title: str
    day: object
    kind: str
    figure: Figure | None
    parts: tuple[Figure, ...]
    sentence: str
    header: tuple[str, ...]
    body: tuple[tuple[str, ...], ...]
    permitted_use: str
    n: int | None
    section: str = ""
    """The part of the instrument it stands in."""
    bridges: tuple[tuple[Bridge, str], ...] = ()
    """What came first in a ranking, with the name of the working element it leads to."""
    own: bool = False
    """Added by a school itself, so no other school asked it."""

    @property
    def opening(self) -> str:
        """The first sentence only, for where the drawing is folded away."""
        first, dot, _rest = self.sentence.partition(". ")
        return first + dot.strip()

    @property
    def in_words(self) -> str:
        """What was asked and the first of what came out: the second tells nothing without the first, and all groups in
        a row are no sentence. Empty where nothing came out."""
        return f"‘{self.question.rstrip('.')}’: {self.opening}" if self.sentence else ""


PLURALS = {
    "student": gettext_lazy("studenten"),
    "career_changer": gettext_lazy("zij-instromers"),
    "starter": gettext_lazy("startende leraren"),
    "mentor": gettext_lazy("WPB's"),
    "school_educator": gettext_lazy("schoolopleiders"),
    "institute_educator": gettext_lazy("instituutsopleiders"),
    "school_leader": gettext_lazy("schoolleiders"),
    "programme_lead": gettext_lazy("programmaleiders"),
    "steering": gettext_lazy("leden van de stuurgroep"),
    "board_member": gettext_lazy("bestuurders"),
    "quality": gettext_lazy("kwaliteitsmedewerkers"),
    "admin": gettext_lazy("beheerders"),
    "learning": gettext_lazy("lerende leraren"),
    "guiding": gettext_lazy("begeleiders en opleiders"),
    "leading": gettext_lazy("leidinggevenden"),
}


def plural(group_key: str) -> str:
    """A role or family as a plural that a sentence can go on with: 'studenten'."""
    return str(PLURALS[group_key]) if group_key in PLURALS else _("deelnemers")


def shown(outcome: ItemOutcome, *, roads: tuple[Road, ...] = ()) -> Shown:
    """An item's outcome ready to draw. `roads`: other ways to hear a group that is too small to show."""
    tongue = language()
    kind = kind_of(outcome.item)
    rows_told = told_apart(outcome.rows)
    told = [row for row in rows_told if row.table is not None]
    if not told and outcome.whole.table is not None:
        told = [outcome.whole]
    rows = [summaries.Row(label(row), row.table) for row in told if row.table is not None]
    tabled = kind.tabled(outcome.item, rows, tongue)
    sentence = kind.sentence(outcome.item, rows, tongue)
    question = asked(outcome.item, "", tongue.code)
    drawn = _figure(outcome, rows_told, question, sentence, roads) if kind.drawn else None
    parts = () if drawn else tuple(_parts(outcome, told, tongue))
    whole = outcome.whole.table
    return Shown(
        question,
        outcome.round.title,
        outcome.day,
        outcome.item.kind,
        drawn,
        parts,
        sentence,
        tabled.header,
        tabled.rows,
        outcome.round.get_permitted_use_display(),
        whole.n if whole else None,
        _section(outcome, tongue.code),
        tuple((one, label_of(ELEMENTS, one.element)) for one in bridges(outcome.item, whole, tongue)),
        own=outcome.item.own,
    )


def _section(outcome: ItemOutcome, code: str) -> str:
    found = (s.title for s in outcome.instrument.sections if any(i.key == outcome.item.key for i in s.items))
    title = next(found, None)
    return title.say(code) if title else ""


def quality_sentence(title: str, told: GroupTable) -> str:
    """How many sheets of a round give one answer to every scale: a reason to read with care. Empty for too few."""
    if told.table is None:
        return ""
    alike = told.table.parts.get("alike", {}).get("yes", 0)
    if not alike:
        return ""
    return ngettext(
        "Bij ‘%(round)s’ gaf %(alike)d van de %(n)d overal hetzelfde antwoord. Lees de cijfers met die bril.",
        "Bij ‘%(round)s’ gaven %(alike)d van de %(n)d overal hetzelfde antwoord. Lees de cijfers met die bril.",
        alike,
    ) % {"round": title, "alike": alike, "n": told.table.n}


def label(row: GroupTable) -> str:
    """The name of a group in a sentence. A family counts its roles once more, so it says 'together'."""
    if row.group.kind == "family":
        return _("%(who)s samen") % {"who": plural(row.group.key)}
    return plural(row.group.key) if row.group.kind == "role" else _("mensen samen")


def told_apart(rows: tuple[GroupTable, ...]) -> tuple[GroupTable, ...]:
    """The groups without a family that tells no more than its roles beside it already tell."""
    return tuple(row for row in rows if not _told_already(row, rows))


def _told_already(family: GroupTable, rows: tuple[GroupTable, ...]) -> bool:
    if family.group.kind != "family" or family.table is None:
        return False
    roles = [row.table.members for row in _roles_of(family, rows) if row.table]
    return family.table.members == frozenset[int]().union(*roles)


def _roles_of(family: GroupTable, rows: tuple[GroupTable, ...]) -> list[GroupTable]:
    return [r for r in rows if r.group.kind == "role" and FAMILY.get(r.group.key) == family.group.key]


def _figure(
    outcome: ItemOutcome,
    rows: tuple[GroupTable, ...],
    question: str,
    sentence: str,
    roads: tuple[Road, ...],
) -> Figure:
    part = kind_of(outcome.item).shape(outcome.item)[0]
    tongue = language()
    groups = [*rows]
    if not any(row.table for row in groups) and outcome.whole.table:
        groups = [outcome.whole, *groups]
    return Figure(
        question=question,
        note=_("Eén vakje is één mens."),
        options=tuple(Option(option.key, option.say(tongue.code)) for option in part.options),
        rows=tuple(_row(row, part.key, roads, total=is_total(row, rows)) for row in groups),
        sentence=sentence,
    )


def is_total(row: GroupTable, rows: tuple[GroupTable, ...]) -> bool:
    """Whether a row counts roles beside it once more."""
    return row.group.kind == "family" and bool(_roles_of(row, rows))


def _row(row: GroupTable, part: str, roads: tuple[Road, ...], *, total: bool) -> Row:
    name = label(row)
    name = name[:1].upper() + name[1:]
    voice = "" if total else voice_of(row.group)
    if row.table is None:
        reason = _("Te weinig antwoorden om te tonen. Zo herkent niemand iemand.")
        return Row(voice, name, hidden_reason=reason, roads=roads, together=total)
    return Row(
        voice,
        name,
        counts=row.table.parts.get(part, {}),
        n=row.table.n,
        skipped=_skipped(row.table),
        kept_back=row.table.kept_back.get(part, 0),
        covers=_covers(row),
        together=total,
    )


def _skipped(table: Table) -> dict[str, int]:
    names = {
        "na": _("past niet"),
        "cannot_judge": _("kan dit niet beoordelen"),
        "rather_not": _("liever niet"),
        "blank": _("geen antwoord"),
    }
    return {names[key]: count for key, count in table.skipped.items() if count and key in names}


def _covers(row: GroupTable) -> str:
    """Which people a partial figure rests on; nothing when it tells the whole group."""
    if row.table is None or row.table.whole:
        return ""
    names = ", ".join(plural(key) for key in row.covers)
    return _("Hier tellen mee: %(names)s. De anderen tellen mee in het geheel.") % {"names": names}


def _parts(outcome: ItemOutcome, told: list[GroupTable], tongue: Language) -> list[Figure]:
    """Several choices, a ranking or a table: a small drawing per part, with a row per group."""
    return [
        Figure(
            part.label.say(tongue.code) if part.label else "",
            _part_options(kind_of(outcome.item).cut(outcome.item), part, tongue),
            tuple(_part_row(part, row, total=is_total(row, outcome.rows)) for row in told),
        )
        for part in kind_of(outcome.item).shape(outcome.item)
        if told
    ]


def _part_options(cut: str, part: Part, tongue: Language) -> tuple[Option, ...]:
    """The answers of a part; full is 'chosen' or 'first', open is 'not chosen' or 'last'."""
    if _yes_only(part):
        return Option("yes", _("Gekozen"), FULL), Option("no", _("Niet gekozen"), OPEN)
    plain = tuple(Option(option.key, option.say(tongue.code)) for option in part.answers)
    if cut != "bound":
        return plain
    steps = list(steps_for(plain).values())[::-1]
    return tuple(replace(option, step=step) for option, step in zip(plain, steps, strict=True))


def _yes_only(part: Part) -> bool:
    return len(part.options) == 1


def _part_row(part: Part, row: GroupTable, *, total: bool) -> Row:
    assert row.table is not None
    counts, kept = dict(row.table.parts.get(part.key, {})), row.table.kept_back.get(part.key, 0)
    if _yes_only(part):
        counts["no"] = max(0, row.table.n - sum(counts.values()) - kept)
    name = label(row)
    name = name[:1].upper() + name[1:]
    if kept and kept >= row.table.n:
        # so few filled in just this part that nothing of it is told
        reason = _("Te weinig antwoorden om te tonen. Zo herkent niemand iemand.")
        return Row("" if total else voice_of(row.group), name, hidden_reason=reason, together=total)
    nobody = part.left_open
    left = counts.pop(nobody.key, 0) if nobody else 0
    return Row(
        "" if total else voice_of(row.group),
        name,
        counts=counts,
        n=row.table.n - left,
        skipped={nobody.say(language().code).lower(): left} if nobody and left else None,
        kept_back=kept,
        covers=_covers(row),
        together=total,
    )
