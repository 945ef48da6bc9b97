"""Writing the vision: points and criteria with versions, own words and ours, the next period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.people.access import Access
from lemniscaat.people.models import Body, Organisation
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change
from lemniscaat.vision.models import (
    Agreeing,
    CollectiveView,
    Criterion,
    Framework,
    FrameworkNode,
    IndividualView,
    Mapping,
    Period,
    Profile,
    VisionPoint,
    VisionPointVersion,
)
from lemniscaat.vision.queries import QUESTIONS


@dataclass(frozen=True)
class PointText:
    """The words of a vision point."""

    title: str
    what: str
    how: str
    signs: str = ""


@dataclass(frozen=True)
class CriterionText:
    """The words of a criterion."""

    sentence: str
    good: str
    good_enough: str
    not_yet: str
    measurable: str = ""
    noticeable: str = ""


class ClashError(Exception):
    """Somebody else saved in between; `theirs` is what stands now. Nothing was overwritten."""

    def __init__(self, theirs: Profile | VisionPoint | Criterion | CollectiveView) -> None:
        super().__init__("saved in between")
        self.theirs = theirs


def _in_turn(layer_id: int) -> None:
    """Let whoever adds to the same layer wait here, so that a double submit finds what the first one made."""
    Organisation.objects.select_for_update().get(pk=layer_id)


def _reads_the_same(row: VisionPoint | Criterion | CollectiveView, words: dict[str, str]) -> bool:
    return all(getattr(row, name) == text for name, text in words.items())


def write_profile(
    *, access: Access, layer_id: int, kind: str, text: str, agreed_by: str = "", version: int | None = None
) -> Profile:
    """Write what a layer stands for; the version before is kept. The same text again changes nothing.

    Raises ClashError when `version` (0: none yet) is given and no longer the newest.
    """
    access.need(Verb.DO, Noun.VISION, layer_id)
    with writing():
        _in_turn(layer_id)
        rows = Profile.objects.select_for_update().filter(organisation_id=layer_id, kind=kind)
        before = rows.order_by("-version").first()
        if before is not None and (before.text, before.agreed_by) == (text.strip(), agreed_by):
            return before
        if before is not None and version is not None and before.version != version:
            raise ClashError(before)
        if before is not None:
            before.replaced_on = clock.today()
            before.save(update_fields=["replaced_on"])
        made = Profile.objects.create(
            partnership=access.partnership,
            organisation_id=layer_id,
            kind=kind,
            version=before.version + 1 if before else 1,
            text=text.strip(),
            agreed_by=agreed_by,
            agreed_on=clock.today() if agreed_by else None,
        )
        note_change(access, verb="wrote", thing=made)
    return made


def add_point(*, access: Access, layer_id: int, text: PointText) -> VisionPoint:
    """Add a vision point at a layer; one with the same title there is given back instead."""
    access.need(Verb.DO, Noun.VISION, layer_id)
    with writing():
        _in_turn(layer_id)
        rows = VisionPoint.objects.filter(organisation_id=layer_id, partnership=access.partnership)
        known = rows.filter(title=text.title, retired_on__isnull=True).first()
        if known is not None:
            return known
        made = VisionPoint.objects.create(
            partnership=access.partnership, organisation_id=layer_id, order=rows.count(), **vars(text)
        )
        note_change(access, verb="added", thing=made)
    return made


def revise_point(
    *, access: Access, point: VisionPoint, text: PointText, because: str, version: int
) -> VisionPoint:
    """Change a vision point and keep how it read; the same words again change nothing.

    Raises ClashError when `version` is no longer the newest.
    """
    access.need(Verb.DO, Noun.VISION, point.organisation_id)
    with writing():
        current = VisionPoint.objects.select_for_update().get(pk=point.pk)
        if _reads_the_same(current, vars(text)):
            return current
        if current.version != version:
            raise ClashError(current)
        VisionPointVersion.objects.create(
            point=current,
            version=current.version,
            title=current.title,
            what=current.what,
            how=current.how,
            signs=current.signs,
            because=because,
            changed_by=access.person,
            changed_on=clock.today(),
        )
        for name, words in vars(text).items():
            setattr(current, name, words)
        current.version += 1
        current.save()
        note_change(access, verb="revised", thing=current, because=because)
    return current


def agree_on_point(
    *, access: Access, point: VisionPoint, body: Body | None, with_whom: str, agreed_on: date | None = None
) -> Agreeing:
    """Write down who agreed to a vision point as it reads now. A body of another layer may agree as well."""
    access.need(Verb.DO, Noun.VISION, body.organisation_id if body else point.organisation_id)
    with writing():
        VisionPoint.objects.select_for_update().get(pk=point.pk)
        made, new = Agreeing.objects.get_or_create(
            point=point,
            version=point.version,
            body=body,
            agreed_on=agreed_on or clock.today(),
            with_whom=with_whom.strip(),
        )
        if new:
            note_change(access, verb="agreed", thing=point, version=point.version)
    return made


def add_criterion(*, access: Access, point: VisionPoint, layer_id: int, text: CriterionText) -> Criterion:
    """Hang a criterion on a vision point at a layer; the same sentence there is given back instead."""
    access.need(Verb.DO, Noun.VISION, layer_id)
    with writing():
        _in_turn(layer_id)
        made, new = Criterion.objects.get_or_create(
            point=point,
            organisation_id=layer_id,
            sentence=text.sentence,
            retired_on=None,
            defaults={"partnership": access.partnership, **vars(text)},
        )
        if new:
            note_change(access, verb="added", thing=made)
    return made


def revise_criterion(*, access: Access, criterion: Criterion, text: CriterionText, version: int) -> Criterion:
    """Change a criterion; the trail keeps how it read. Raises ClashError when `version` is not the newest."""
    access.need(Verb.DO, Noun.VISION, criterion.organisation_id)
    with writing():
        current = Criterion.objects.select_for_update().get(pk=criterion.pk)
        if _reads_the_same(current, vars(text)):
            return current
        if current.version != version:
            raise ClashError(current)
        before = {name: getattr(current, name) for name in vars(text)}
        note_change(access, verb="revised", thing=current, before=before)
        for name, words in vars(text).items():
            setattr(current, name, words)
        current.version += 1
        current.save()
    return current


def map_criterion(
    *, access: Access, criterion: Criterion, nodes: list[FrameworkNode], lens: Framework | None = None
) -> None:
    """Say through which places of a lens a criterion is seen; the places of other lenses stay.

    Give the lens to be able to say "none of its places".
    """
    access.need(Verb.DO, Noun.VISION, criterion.organisation_id)
    lenses = {node.framework_id for node in nodes} | ({lens.pk} if lens else set())
    with writing():
        rows = Mapping.objects.filter(criterion=criterion, node__framework_id__in=lenses)
        before = set(rows.values_list("node_id", flat=True))
        after = {node.pk for node in nodes}
        if before == after:
            return
        rows.exclude(node_id__in=after).delete()
        Mapping.objects.bulk_create(Mapping(criterion=criterion, node_id=pk) for pk in sorted(after - before))
        note_change(access, verb="mapped", thing=criterion, places=sorted(node.key for node in nodes))


# Own words leave nothing in the trail: that somebody wrote them is nobody else's business.
def write_own_view(
    *, access: Access, point: VisionPoint, answers: dict[str, str], shared: list[str]
) -> IndividualView:
    """Keep my own words on a vision point; only what stands in `shared` may be seen by others."""
    with writing():
        made, _new = IndividualView.objects.update_or_create(
            point=point,
            person=access.person,
            defaults={
                **{question: answers.get(question, "").strip() for question in QUESTIONS},
                "shared": [question for question in QUESTIONS if question in shared],
                "filled_on": clock.today(),
            },
        )
    return made


def write_collective_view(
    *, access: Access, point: VisionPoint, layer_id: int, answers: dict[str, str], dissent: str, version: int
) -> CollectiveView:
    """Write our text as a new version. Raises ClashError when somebody wrote since `version` (0: none yet)."""
    access.need(Verb.DO, Noun.VISION, layer_id)
    words = {question: answers.get(question, "").strip() for question in QUESTIONS}
    words["dissent"] = dissent.strip()
    with writing():
        _in_turn(layer_id)
        rows = CollectiveView.objects.select_for_update().filter(point=point, organisation_id=layer_id)
        newest = rows.order_by("-version").first()
        if newest is not None and _reads_the_same(newest, words):
            return newest
        if newest is not None and newest.version != version:
            raise ClashError(newest)
        made = CollectiveView.objects.create(
            point=point,
            organisation_id=layer_id,
            version=newest.version + 1 if newest else 1,
            written_on=clock.today(),
            written_by=access.person,
            **words,
        )
        note_change(access, verb="wrote", thing=made)
    return made


def open_next_period(*, access: Access, period: Period, lessons: str) -> Period:
    """Close a school year with its lessons and open the next; doing it twice gives the same next year."""
    access.need(Verb.DO, Noun.ACCOUNT, access.tree.root)
    year = period.ends_on.year
    with writing():
        if period.closed_on is None or period.lessons != lessons.strip():
            note_change(access, verb="closed", thing=period)
        period.closed_on = period.closed_on or clock.today()
        period.lessons = lessons.strip()
        period.save(update_fields=["closed_on", "lessons"])
        opened, new = Period.objects.get_or_create(
            partnership=access.partnership,
            starts_on=date(year, 8, 1),
            defaults={"name": f"{year}–{year + 1}", "ends_on": date(year + 1, 7, 31)},
        )
        if new:
            note_change(access, verb="opened", thing=opened)
    return opened
