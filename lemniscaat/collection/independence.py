"""Who may read the open answers of a round: somebody who stands apart from it, while there is such a reader.

Independent of a round is who may read texts at its layer (people/policy.py) and did not start it, does not sit at the
table where it is discussed, and was not asked himself. Where too few such people exist somebody else may read, with a
reason that the group sees.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection.models import ReadingRule, Release, Round, TextReader
from lemniscaat.people.access import Access, access_of
from lemniscaat.people.models import Membership, Partnership, Person, Role
from lemniscaat.people.policy import Noun, Reach, Verb, verbs
from lemniscaat.people.trail import note_change
from lemniscaat.people.tree import valid_on

LONGEST = 400
READS = [role for role in Role if any(Verb.DO in verbs(role, reach, Noun.TEXT) for reach in Reach)]


class NotIndependentError(Exception):
    """Somebody else reads this, or a reason is asked first."""


class NoReasonError(Exception):
    """A reason without words is none."""


@dataclass(frozen=True)
class Reader:
    """How somebody stands to the open answers of a round, in words. `ties` is empty for who is independent."""

    ties: tuple[str, ...]
    others: tuple[str, ...]
    """The names of the independent readers beside him."""
    needed: int
    because: str

    @property
    def in_place_of_nobody(self) -> bool:
        """Whether too few independent readers exist, so that a reason makes this one a reader."""
        return bool(self.ties) and len(self.others) < self.needed

    @property
    def may(self) -> bool:
        return not self.ties or (self.in_place_of_nobody and bool(self.because))


def reader(access: Access, round_: Round) -> Reader:
    """How I stand to the open answers of a round."""
    mine = TextReader.objects.filter(round=round_, person=access.person).first()
    others = [
        one
        for one in readers_at(access.partnership, round_.organisation_id)
        if one.person.pk != access.person.pk and not ties(one, round_)
    ]
    return Reader(
        ties(access, round_),
        tuple(sorted(one.person.name for one in others)),
        readers_of(round_),
        mine.because if mine else "",
    )


def ties(access: Access, round_: Round) -> tuple[str, ...]:
    """What ties somebody to a round, in words."""
    found = []
    if round_.started_by_id == access.person.pk:
        found.append(_("je startte deze ronde"))
    body = round_.appointment.body if round_.appointment else None
    if body is not None and body.people.filter(pk=access.person.pk).exists():
        found.append(_("je zit zelf in %(body)s, waar de uitkomst op tafel komt") % {"body": body.name})
    below = {round_.organisation_id, *access.tree.below(round_.organisation_id)}
    if any(place.role in round_.roles and place.layer in below for place in access.places):
        found.append(_("de vragen gingen ook naar jou"))
    return tuple(found)


def readers_at(partnership: Partnership, layer_id: int) -> list[Access]:
    """Everybody who may read open answers at a layer today."""
    rows = Membership.objects.filter(valid_on(clock.today()), partnership=partnership, role__in=READS)
    people = Person.objects.filter(pk__in=rows.values("person_id"), is_active=True).order_by("pk")
    found = (access_of(person, partnership) for person in people)
    return [one for one in found if one is not None and one.may(Verb.DO, Noun.TEXT, layer_id)]


def rule(partnership: Partnership) -> int:
    """How many readers a text of a next round needs: one, or two where the partnership chose so."""
    found = ReadingRule.objects.filter(partnership=partnership).values_list("readers", flat=True).first()
    return found or 1


def readers_of(round_: Round) -> int:
    """How many readers the texts of this round need; fixed when it stopped."""
    found = Release.objects.filter(round=round_).values_list("readers", flat=True).first()
    return found or rule(round_.partnership)


def set_rule(*, access: Access, readers: int) -> None:
    """One reader or two, for rounds that stop from now on. Raises ValueError for another number."""
    access.need(Verb.DO, Noun.TEXT, access.partnership.root_id)
    if readers not in {1, 2}:
        raise ValueError("one reader or two")
    with writing():
        ReadingRule.objects.update_or_create(partnership=access.partnership, defaults={"readers": readers})
        note_change(access, verb="readers", thing=access.partnership, readers=readers)


def begin_reading(*, access: Access, round_: Round, because: str = "") -> None:
    """Become a reader of a round; who is tied to it says why, and the group sees that. Raises NotIndependentError
    where others can read it, NoReasonError without a reason."""
    access.need(Verb.DO, Noun.TEXT, round_.organisation_id)
    stand = reader(access, round_)
    because = " ".join(because.split())[:LONGEST] if stand.ties else ""
    if stand.ties and not stand.in_place_of_nobody:
        raise NotIndependentError
    if stand.ties and not because:
        raise NoReasonError
    if TextReader.objects.filter(round=round_, person=access.person, because=because).exists():
        return
    with writing():
        TextReader.objects.update_or_create(round=round_, person=access.person, defaults={"because": because})
        note_change(access, verb="reads", thing=round_)


def need_reader(access: Access, round_: Round) -> None:
    """Raise NotIndependentError unless I may read the open answers of this round."""
    access.need(Verb.DO, Noun.TEXT, round_.organisation_id)
    if not reader(access, round_).may:
        raise NotIndependentError


def read_by(round_: Round) -> list[TextReader]:
    """Who reads, or read, the open answers of a round; for everybody who may see its outcome."""
    rows = TextReader.objects.filter(round=round_, person__isnull=False).select_related("person")
    return list(rows.order_by("person__name"))
