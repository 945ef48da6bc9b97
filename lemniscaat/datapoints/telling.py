"""How a data point is told in one line."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lemniscaat.collection.figures import plural
from lemniscaat.collection.models import FreeText
from lemniscaat.datapoints.models import DataPoint, SourceKind
from lemniscaat.datapoints.queries import Voice
from lemniscaat.vision.models import Agreeing


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
    if point.source in {SourceKind.REPORT, SourceKind.PANEL}:
        return f"{point.title}, {day}"
    who = plural(point.perspective) if point.perspective else _("deelnemers")
    if point.source != SourceKind.NOTE:
        kind = str(point.get_source_display()).capitalize()
        return _("%(kind)s van een van de %(who)s, %(day)s") % {"kind": kind, "who": who, "day": day}
    return _("Geeltje van een van de %(who)s, %(day)s") % {"who": who, "day": day}


def agreed(last: Agreeing | None) -> str:
    """Who stood behind this vision point last, and when: 'Afgesproken door Team onderbouw op 9 september 2026, ...'."""
    if last is None:
        return ""
    told = {
        "who": last.body.name if last.body else _("ons samen"),
        "day": date_format(last.agreed_on, "j F Y"),
        "whom": last.with_whom,
    }
    if last.with_whom:
        return _("Afgesproken door %(who)s op %(day)s, met %(whom)s.") % told
    return _("Afgesproken door %(who)s op %(day)s.") % told
