"""How a data point is told in one line."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lemniscaat.collection.figures import plural
from lemniscaat.collection.models import FreeText
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
