"""A pattern that somebody sees in more than one school, carried to a layer above them without naming one."""

from __future__ import annotations

from lemniscaat.base.writing import writing
from lemniscaat.datapoints.actions import role_near, write_note
from lemniscaat.datapoints.models import SourceKind
from lemniscaat.home.around import everywhere
from lemniscaat.interpretation.actions import Ground, write_meaning
from lemniscaat.interpretation.models import Evidence, Interpretation
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.queries import names_in
from lemniscaat.vision.models import Criterion


def names_told(access: Access, *texts: str) -> list[str]:
    """The names of people, schools and teams in a text, of every partnership I work in."""
    found = [name for one in everywhere(access) for name in names_in(one, *texts)]
    return list(dict.fromkeys(found))


def carry(
    *,
    access: Access,
    layer_id: int,
    text: str,
    dissent: str = "",
    criterion: Criterion | None = None,
    form_key: str = "",
) -> Interpretation:
    """Keep a pattern at a layer: a soft data point, and a meaning on it that can be shared like any other.

    The same form sent twice is one pattern.
    """
    access.need(Verb.DO, Noun.MEANING, layer_id)
    with writing():
        seen = write_note(
            access=access,
            text=text,
            layer_id=layer_id,
            criterion=criterion,
            source=SourceKind.OBSERVATION,
            form_key=form_key,
        )
        known = Evidence.objects.filter(data_point=seen).select_related("interpretation").first()
        if known is not None:
            return known.interpretation
        return write_meaning(
            access=access,
            layer_id=layer_id,
            criterion=criterion,
            text=text,
            dissent=dissent,
            people=1,
            roles=[role_near(access, layer_id)],
            evidence=[Ground(data_point=seen)],
        )
