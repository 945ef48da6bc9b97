"""How a data point is told in one line, and what the sheets of a round say of themselves."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lemniscaat.collection.figures import plural
from lemniscaat.collection.models import FreeText, Round
from lemniscaat.collection.outcome import GroupTable
from lemniscaat.datapoints.models import DataPoint, SourceKind
from lemniscaat.datapoints.queries import Voice


def voices_of(points: Iterable[DataPoint], texts: Iterable[FreeText]) -> list[Voice]:
    """Soft data as quotes, each with its origin: reports and notes first, then released open answers."""
    told = [Voice(point.text, said(point), point.perspective, point.pk) for point in points]
    open_answers = [
        Voice(
            text.text, _("Open antwoord in ‘%(round)s’") % {"round": text.block.release.round.title}, "", None
        )
        for text in texts
    ]
    return told + open_answers


def said(point: DataPoint) -> str:
    """Where something soft comes from: never a name, a role only."""
    day = date_format(point.happened_on, "j F Y")
    if point.source == SourceKind.REPORT:
        return f"{point.title}, {day}"
    who = plural(point.perspective) if point.perspective else _("deelnemers")
    return _("Geeltje van een van de %(who)s, %(day)s") % {"who": who, "day": day}


def quality_sentence(round_: Round, told: GroupTable) -> str:
    """How many gave the same answer to every scale: a reason to read with care. Empty when too few to say."""
    if told.table is None:
        return ""
    alike = told.table.parts.get("alike", {}).get("yes", 0)
    if not alike:
        return ""
    return ngettext(
        "Bij ‘%(round)s’ gaf %(alike)d van de %(n)d overal hetzelfde antwoord. Lees de cijfers met die bril.",
        "Bij ‘%(round)s’ gaven %(alike)d van de %(n)d overal hetzelfde antwoord. Lees de cijfers met die bril.",
        alike,
    ) % {"round": round_.title, "alike": alike, "n": told.table.n}
