"""The themes a panel speaks about: the parts of a questionnaire, or the four waarborgen, with the criterion of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from lemniscaat.collection.models import CriterionItem
from lemniscaat.instruments.library import library
from lemniscaat.vision.models import Criterion, FrameworkNode, Mapping

QUESTIONNAIRE, WAARBORGEN = "werkplekleren", "waarborgen"
SOURCES: dict[str, str | Promise] = {
    QUESTIONNAIRE: gettext_lazy("De vragenlijst werkplekleren"),
    WAARBORGEN: gettext_lazy("De vier waarborgen"),
}


@dataclass(frozen=True)
class Topic:
    """A theme that a panel spoke about, as it stands in the form; `criterion`: what it hangs on until one chooses."""

    key: str
    title: str
    criterion_id: int | None


def topics_of(source: str, criteria: Sequence[Criterion], tongue: str) -> tuple[Topic, ...]:
    """The themes of a source, each with the criterion that its questions, or its place in the lens, lead to."""
    known = [one.pk for one in criteria]
    if source == WAARBORGEN:
        nodes = FrameworkNode.objects.filter(framework__key=WAARBORGEN, parent__isnull=True)
        return tuple(Topic(node.key, node.name, _mapped([node.key], known)) for node in nodes)
    instrument = library().get(source)
    # the parts that are always asked; open questions at the end are no theme
    parts = [part for part in instrument.sections if not part.module and any(i.core for i in part.items)]
    found = []
    for number, part in enumerate(parts, 1):
        keys = [item.key for item in part.items]
        lenses = [one for item in part.items for one in item.waarborgen]
        lat = _linked(instrument.root, keys, known) or _mapped(lenses, known)
        found.append(Topic(f"thema{number}", part.title.say(tongue), lat))
    return tuple(found)


def _linked(root: str, items: Iterable[str], known: Sequence[int]) -> int | None:
    """The criterion about which most of these questions tell something."""
    rows = CriterionItem.objects.filter(instrument_key=root, item_key__in=list(items), criterion_id__in=known)
    counted = Counter(rows.order_by("criterion_id").values_list("criterion_id", flat=True))
    return counted.most_common(1)[0][0] if counted else None


def _mapped(lenses: Iterable[str], known: Sequence[int]) -> int | None:
    """The first criterion that was laid at one of these places of the lens."""
    rows = Mapping.objects.filter(
        node__framework__key=WAARBORGEN, node__key__in=set(lenses), criterion_id__in=known
    )
    return rows.order_by("criterion_id").values_list("criterion_id", flat=True).first()
