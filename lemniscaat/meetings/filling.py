"""From the page of a part to answers and back: the cards, what was posted, and the files with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.http import HttpRequest

from lemniscaat.instruments.answers import Problem, Stored, read_answer
from lemniscaat.instruments.cards import Card, card
from lemniscaat.instruments.items import BaseItem
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.wording import language
from lemniscaat.meetings.models import Chair, TableFile
from lemniscaat.meetings.places import Answers
from lemniscaat.meetings.uploads import Taken

Form = Mapping[str, list[str]]


def posted(request: HttpRequest) -> dict[str, list[str]]:
    """The form as the kinds read it."""
    return {name: [str(value) for value in values] for name, values in request.POST.lists()}


def cards_of(
    items: Sequence[BaseItem],
    *,
    role: str = "",
    given: Answers,
    form: Form | None = None,
    problems: Mapping[str, Problem] | None = None,
) -> list[Card]:
    """The cards of a part, filled in with what was typed or else with what was kept. A file never comes back from a
    form: only what is on the table counts."""
    return [
        _for_the_table(
            card(
                item,
                role=role,
                answer=read_answer(given.get(item.key)),
                posted=form if not kind_of(item).uploads else None,
                problem=(problems or {}).get(item.key),
                language=language(),
            )
        )
        for item in items
    ]


def _for_the_table(one: Card) -> Card:
    """The card without its boxes for passing by: at a table leaving blank is enough, and nobody counts it. Where
    they stand between the answers they stay, because one answer cannot be taken back there otherwise; and that
    somebody cannot judge a thing is worth telling."""
    if kind_of(one.item).skips_are_radios:
        return one
    return replace(one, skips=tuple(skip for skip in one.skips if skip.value == "skip:cannot_judge"))


def cleaned(items: Sequence[BaseItem], form: Form) -> tuple[dict[str, Stored | None], dict[str, Problem]]:
    """What was given to each item, None where it was left blank; and what is no answer, which is in the second only."""
    answers: dict[str, Stored | None] = {}
    problems: dict[str, Problem] = {}
    for item in items:
        given = kind_of(item).clean(item, form)
        if isinstance(given, Problem):
            problems[item.key] = given
        else:
            answers[item.key] = given.stored()
    return answers, problems


def with_files(form: Form, chair: Chair, items: Sequence[BaseItem], taken: Sequence[Taken]) -> Form:
    """The form with a file where one was taken in now or lies there from before; never one of somebody else."""
    keys = [item.key for item in items if kind_of(item).uploads]
    if not keys:
        return form
    mine = TableFile.objects.filter(chair=chair, key__in=keys).values_list("key", "slug", "name")
    there = {key: f"{slug}|{name}" for key, slug, name in mine}
    kept = {key: [there[key]] if form.get(key) and key in there else [] for key in keys}
    for one in taken:
        # a new file replaces the old one, also where "take it away" was ticked for that
        kept |= {one.key: [f"{one.slug}|{one.name}"], f"{one.key}.away": []}
    return {**form, **kept}
