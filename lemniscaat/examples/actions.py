"""Writing an example, sharing it with everybody in the partnership and taking it back; thanking and asking."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import IntegrityError
from django.db.models import Q
from django.http import Http404

from lemniscaat.agenda.models import Agreement, Goal
from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.datapoints.words import stems, told
from lemniscaat.examples.models import Example, Question, Thank
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change
from lemniscaat.vision.models import Criterion, VisionPoint


class ClashError(Exception):
    """Somebody else saved in between; `theirs` is what stands now. Nothing was overwritten."""

    def __init__(self, theirs: Example) -> None:
        super().__init__("saved in between")
        self.theirs = theirs


class AlreadyAnsweredError(Exception):
    """Another of the writers answered a moment before."""


@dataclass(frozen=True)
class Told:
    """The words of an example and what it hangs on; the fields are those of Example. `signed`: with my name."""

    title: str
    tried: str
    happened: str
    again: str
    not_again: str = ""
    question: str = ""
    point: VisionPoint | None = None
    criterion: Criterion | None = None
    element: str = ""
    instrument: str = ""
    goal: Goal | None = None
    agreement: Agreement | None = None
    signed: bool = False


_MYSELF = Q(organisation__isnull=True)
WORDS = ("title", "question", "tried", "happened", "again", "not_again")


def write_example(*, access: Access, layer_id: int, told_: Told, form_key: str = "") -> Example:
    """Write an example at a layer: a draft that nobody else reads. The same form sent twice is one example."""
    access.need(Verb.DO, Noun.MEANING, layer_id)
    mine = Example.objects.filter(form_key=form_key, partnership=access.partnership, organisation_id=layer_id)
    if form_key and (known := mine.first()):
        return known
    try:
        with writing():
            made = Example.objects.create(
                partnership=access.partnership,
                organisation_id=layer_id,
                written_on=clock.today(),
                form_key=form_key,
                **_fields(told_),
            )
            _sign(access, made, told_)
            note_change(access, verb="wrote", thing=made)
    except IntegrityError:
        if form_key and (known := mine.first()):
            return known
        raise
    return made


def revise_example(*, access: Access, example: Example, told_: Told, version: int) -> Example:
    """Change an example, also where others read it. Raises ClashError when `version` is no longer the newest."""
    access.need(Verb.DO, Noun.MEANING, example.organisation_id)
    with writing():
        current = Example.objects.select_for_update().get(pk=example.pk)
        if current.version != version:
            raise ClashError(current)
        note_change(access, verb="revised", thing=current, before=current.title)
        for name, value in _fields(told_).items():
            setattr(current, name, value)
        current.version += 1
        current.save()
        _sign(access, current, told_)
    return current


def share_example(*, access: Access, example: Example) -> Example:
    """Let everybody in the partnership read an example. Twice is once."""
    access.need(Verb.SHARE, Noun.MEANING, example.organisation_id)
    with writing():
        current = Example.objects.select_for_update().get(pk=example.pk)
        if current.shared_on is not None:
            return current
        current.shared_on, current.taken_back_on = clock.today(), None
        current.shared_by = access.person
        current.save(update_fields=["shared_on", "taken_back_on", "shared_by"])
        note_change(access, verb="shared", thing=current)
    return current


def take_back(*, access: Access, example: Example) -> Example:
    """Take back an example: only its own layer reads it from now on, with what was thanked and asked."""
    access.need(Verb.SHARE, Noun.MEANING, example.organisation_id)
    with writing():
        current = Example.objects.select_for_update().get(pk=example.pk)
        if current.shared_on is None:
            return current
        current.shared_on, current.taken_back_on = None, clock.today()
        current.save(update_fields=["shared_on", "taken_back_on"])
        note_change(access, verb="revoked", thing=current)
    return current


def discard(*, access: Access, example: Example) -> None:
    """Throw a draft away for good. What is shared is taken back first: 404."""
    access.need(Verb.DO, Noun.MEANING, example.organisation_id)
    with writing():
        current = Example.objects.select_for_update().filter(pk=example.pk, shared_on__isnull=True).first()
        if current is None:
            raise Http404
        note_change(access, verb="removed", thing=current)
        current.delete()


def thank_for(*, access: Access, example: Example, text: str, layer_id: int | None = None) -> Thank:
    """Thank the writers in one sentence, in the name of a layer of mine or in my own. The same words count once."""
    if example.shared_on is None or example.partnership_id != access.partnership.pk:
        raise Http404
    if layer_id is not None:
        access.need(Verb.DO, Noun.MEANING, layer_id)
    with writing():
        Example.objects.select_for_update().get(pk=example.pk)
        mine = Thank.objects.filter(example=example, person=access.person, text=text.strip())
        if (known := mine.filter(Q(organisation_id=layer_id) if layer_id else _MYSELF).first()) is not None:
            return known
        made = Thank.objects.create(
            example=example,
            organisation_id=layer_id,
            person=access.person,
            text=text.strip(),
            thanked_on=clock.today(),
        )
        note_change(access, verb="wrote", thing=made)
    return made


def remove_thank(*, access: Access, thank: Thank) -> None:
    """Take a thank away: by who gave it, or by the writers it stands under."""
    if thank.person_id != access.person.pk:
        access.need(Verb.DO, Noun.MEANING, thank.example.organisation_id)
    with writing():
        note_change(access, verb="removed", thing=thank)
        Thank.objects.filter(pk=thank.pk).delete()


def ask(*, access: Access, example: Example, text: str, open_: bool = True) -> Question:
    """Ask the writers something: for all to read, or for them alone. The same words are one question."""
    if example.shared_on is None or example.partnership_id != access.partnership.pk:
        raise Http404
    with writing():
        Example.objects.select_for_update().get(pk=example.pk)
        made, new = Question.objects.get_or_create(
            example=example,
            person=access.person,
            text=text.strip(),
            defaults={"open": open_, "asked_on": clock.today()},
        )
        if new:
            note_change(access, verb="asked", thing=made)
    return made


def answer(*, access: Access, question: Question, text: str) -> Question:
    """Answer a question about an example of a table of mine. AlreadyAnsweredError when another was first with other
    words: both stay in view."""
    access.need(Verb.DO, Noun.MEANING, question.example.organisation_id)
    words = text.strip()
    with writing():
        current = Question.objects.select_for_update().get(pk=question.pk)
        if current.answer == words:
            return current
        if current.answer:
            raise AlreadyAnsweredError
        current.answer, current.answered_by = words, access.person
        current.answered_on = clock.today()
        current.save(update_fields=["answer", "answered_by", "answered_on"])
        note_change(access, verb="answered", thing=current)
    return current


def _fields(told_: Told) -> dict[str, object]:
    """The columns of an example, with the words as they are looked for; a criterion brings its vision point."""
    clean = replace(told_, **{name: getattr(told_, name).strip() for name in WORDS})
    fields = {name: getattr(clean, name) for name in Told.__dataclass_fields__ if name != "signed"}
    fields["point"] = clean.criterion.point if clean.criterion is not None else clean.point
    fields["stems"] = told(stems(*(getattr(clean, name) for name in WORDS)))
    return fields


def _sign(access: Access, example: Example, told_: Told) -> None:
    """Everybody puts his own name under it, or takes it off; nobody another's."""
    if told_.signed:
        example.signed_by.add(access.person)
    else:
        example.signed_by.remove(access.person)
