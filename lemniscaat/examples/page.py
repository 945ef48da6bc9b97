"""The page of one example: the story, what it hangs on as far as the reader may follow it, thanks and questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lemniscaat.agenda import queries as agenda
from lemniscaat.agenda.models import Agreement, Goal
from lemniscaat.examples import queries
from lemniscaat.examples.forms import AnswerForm, QuestionForm, ThankForm
from lemniscaat.examples.models import Example, Thank
from lemniscaat.instruments.shelf import on_shelf
from lemniscaat.instruments.wording import ELEMENTS
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb


@dataclass(frozen=True)
class Hangs:
    """What an example hangs on: the words for everybody, and links where this reader can follow them."""

    point: str
    point_id: int | None
    criterion: str
    criterion_id: int | None
    """Only where the reader may open it."""
    element: str
    instrument: str
    instrument_key: str
    agreement: Agreement | None
    goal: Goal | None


def hangs(access: Access, row: Example) -> Hangs:
    """What this reader sees of what an example belongs to. An agreement or goal only where he may read that itself."""
    entry = on_shelf(access, row.instrument) if row.instrument else None
    open_ = row.criterion is not None and access.may(Verb.SEE, Noun.VISION, row.criterion.organisation_id)
    agreement = agenda.agreements(access).filter(pk=row.agreement_id).first() if row.agreement_id else None
    return Hangs(
        point=row.point.title if row.point else "",
        point_id=row.point_id,
        criterion=row.criterion.sentence if row.criterion else "",
        criterion_id=row.criterion_id if open_ else None,
        element=str(ELEMENTS.get(row.element, "")),
        instrument=entry.instrument.titles.say(get_language() or "nl") if entry else "",
        instrument_key=entry.key if entry else "",
        agreement=agreement,
        goal=agenda.goals(access).filter(pk=row.goal_id).first() if row.goal_id else None,
    )


def whose(access: Access, row: Example) -> str:
    """The layer that wrote it, as others know it."""
    return access.tree.called(row.organisation_id, row.organisation.name)


def _from(access: Access, thank: Thank) -> str:
    if thank.organisation is not None:
        return access.tree.called(thank.organisation.pk, thank.organisation.name)
    return thank.person.name if thank.person else ""


def names_under(row: Example) -> list[str]:
    """Who put his own name under an example, by name."""
    return [person.name for person in row.signed_by.order_by("name")]


def shown(
    access: Access,
    row: Example,
    *,
    thank: ThankForm | None = None,
    question: QuestionForm | None = None,
    answer: tuple[int, AnswerForm] | None = None,
) -> dict[str, Any]:
    """All that the page of an example shows. `thank`, `question`, `answer`: a form that did not go through, the last
    with the number of its question."""
    writes = access.may(Verb.DO, Noun.MEANING, row.organisation_id)
    wrong = answer[1] if answer else None
    return {
        "row": row,
        "hangs": hangs(access, row),
        "names": names_under(row),
        "thanks": [(one, _from(access, one)) for one in queries.thanks(row)],
        "questions": [
            (one, wrong if answer and answer[0] == one.pk else AnswerForm(auto_id=f"a{one.pk}_%s"))
            for one in queries.questions(access, row)
        ],
        "writes": writes,
        "may_share": access.may(Verb.SHARE, Noun.MEANING, row.organisation_id),
        "thank": thank or thank_form(access),
        "question": question or QuestionForm(auto_id="v_%s"),
        "myself": access.person,
        "whose": whose(access, row),
        "trail": [(_("Voorbeelden"), reverse("examples:examples")), (row.title, "")],
    }


def thank_form(access: Access, data: Any = None) -> ThankForm:
    """The form to thank with: in the name of a place where I have a role and take part, or in my own."""
    own = {place.layer for place in access.places} & {one.id for one in queries.where_i_write(access)}
    return ThankForm(data, auto_id="b_%s", layers=access.tree.ordered(own), name=access.person.name)
