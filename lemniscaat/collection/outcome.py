"""The one door through which a figure of an anonymous round leaves: pages, exports and talks all pass here.

What comes out is a sum of whole blocks for a group, or nothing. See docs/privacy.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from lemniscaat.base import clock
from lemniscaat.collection.chosen import Chosen
from lemniscaat.collection.models import Block, CriterionItem, Release, Round, RoundState, Segment
from lemniscaat.collection.release import ItemBlock, Table, table
from lemniscaat.collection.sheets import instrument_of
from lemniscaat.instruments.folding import QUALITY
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.items import BaseItem
from lemniscaat.instruments.kinds.registry import is_counted
from lemniscaat.people.access import Access
from lemniscaat.people.models import FAMILY, Role
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision.models import Criterion

ANY = "*"
WHOLE = "whole"
SHOWN = (RoundState.STOPPED, RoundState.RETURNED, RoundState.IMPORTED)
ROLE_ORDER = [role.value for role in Role]


@dataclass(frozen=True)
class Group:
    """People who may be told about together: a role, a place, their crossing, or everybody.

    `kind` is whole, role, family, board or school; `key` a role, a family, or an organisation id as text.
    """

    kind: str
    key: str
    members: frozenset[int]


@dataclass(frozen=True)
class GroupTable:
    """A group and its table; None reads 'too few answers', whether nobody or four people answered."""

    group: Group
    table: Table | None
    covers: tuple[str, ...] = ()
    """The roles or families that count here, where the table tells only a part of the group."""


@dataclass(frozen=True)
class Participation:
    """How many of a group took part, as far as whole blocks tell; `n` None reads 'fewer than five', none included.

    `whole` is false where some of the group are counted with others, so that there may be more.
    """

    group: Group
    n: int | None
    whole: bool = True


@dataclass(frozen=True)
class ItemOutcome:
    """One item of one released round, told per group."""

    round: Round
    instrument: Instrument
    item: BaseItem
    rows: tuple[GroupTable, ...]
    whole: GroupTable
    quality: GroupTable
    """What all sheets of the round say of themselves."""

    @property
    def day(self) -> date:
        """The day the round stopped: no figure has a finer moment."""
        return self.round.stopped_on or self.round.opened_on or clock.today()


@dataclass(frozen=True)
class Opened:
    """A released round as read from the database: its segments and the stored blocks of some items."""

    round: Round
    segments: Mapping[int, Segment]
    blocks: Mapping[str, tuple[ItemBlock, ...]]
    people: tuple[tuple[frozenset[int], int], ...]

    def group(self, kind: str, key: str, within: frozenset[int] | None = None) -> Group:
        """The segments that lie in a role, family, board or school (and in `within`)."""
        inside = {
            pk for pk, segment in self.segments.items() if kind == WHOLE or getattr(segment, kind) == key
        }
        return Group(kind, key, frozenset(inside & within if within is not None else inside))

    def voices(self, within: frozenset[int] | None = None) -> tuple[Group, ...]:
        """The roles of this round, students first; a family where its roles were generalised away."""
        roles = {s.role for s in self.segments.values() if s.role != ANY}
        families = {s.family for s in self.segments.values() if s.role == ANY and s.family != ANY}
        found = [self.group("role", role, within) for role in sorted(roles, key=ROLE_ORDER.index)]
        return (*found, *(self.group("family", family, within) for family in sorted(families)))

    def places(self, kind: str) -> tuple[Group, ...]:
        """The boards or schools of this round by their id."""
        keys = {getattr(s, kind) for s in self.segments.values()} - {ANY}
        return tuple(self.group(kind, key) for key in sorted(keys))

    def tell(self, item: str, group: Group) -> GroupTable:
        """The table of a group for an item, or the fact that there is none to show."""
        found = table(self.blocks.get(item, ()), group.members) if group.members else None
        if found is None or found.whole:
            return GroupTable(group, found)
        return GroupTable(group, found, self._covered(found.members))

    def took_part(self, group: Group) -> Participation:
        """How many of a group took part, after the stop and in whole blocks only."""
        touching = [(members, n) for members, n in self.people if members & group.members]
        inside = [n for members, n in touching if members <= group.members]
        return Participation(group, sum(inside) or None, len(inside) == len(touching))

    def _covered(self, members: Iterable[int]) -> tuple[str, ...]:
        names = set()
        for pk in members:
            segment = self.segments[pk]
            names.add(segment.role if segment.role != ANY else segment.family)
        return tuple(sorted(names - {ANY}))


def opened(round_: Round, items: Iterable[str] | None = None) -> Opened:
    """Read a released round: two queries, whatever was collected. `items`: only these (default all)."""
    return opened_all([round_], items)[round_.pk]


def opened_all(rounds: Iterable[Round], items: Iterable[str] | None = None) -> dict[int, Opened]:
    """Several released rounds by their id, in the same two queries."""
    found = {round_.pk: round_ for round_ in rounds}
    wanted = Q(release__round_id__in=found, withdrawn_on__isnull=True)
    if items is not None:
        wanted &= Q(item__in=["", *items])
    blocks: dict[int, defaultdict[str, list[ItemBlock]]] = {pk: defaultdict(list) for pk in found}
    people: defaultdict[int, list[tuple[frozenset[int], int]]] = defaultdict(list)
    # plain values: a page reads hundreds of these
    rows = Block.objects.filter(wanted).order_by("id")
    for pk, item, members, path, n, tally in rows.values_list(
        "release__round_id", "item", "members", "path", "people", "tally"
    ):
        if item == "":
            people[pk].append((frozenset(members), n))
        elif tally:
            blocks[pk][item].append(ItemBlock.from_json({**tally, "members": members, "path": path}))
    segments: defaultdict[int, dict[int, Segment]] = defaultdict(dict)
    for segment in Segment.objects.filter(round_id__in=found):
        segments[segment.round_id][segment.pk] = segment
    return {
        pk: Opened(round_, segments[pk], {k: tuple(v) for k, v in blocks[pk].items()}, tuple(people[pk]))
        for pk, round_ in found.items()
    }


def _visible(access: Access) -> Q:
    return Q(
        partnership=access.partnership,
        organisation_id__in=access.where(Verb.SEE, Noun.OUTCOME),
        state__in=SHOWN,
        pk__in=Release.objects.values("round_id"),
    )


def released_rounds(access: Access) -> list[Round]:
    """The released rounds whose outcome I may see, newest first."""
    rows = Round.objects.filter(_visible(access)).select_related("instrument", "organisation")
    return list(rows.order_by("-stopped_on", "-id"))


def released_round(access: Access, round_id: int) -> Round:
    """A released round whose outcome I may see, or 404."""
    rows = Round.objects.filter(_visible(access), pk=round_id)
    found = rows.select_related("instrument", "organisation", "criterion", "partnership").first()
    if found is None:
        raise Http404
    return found


def seen_by(access: Access, round_: Round) -> Opened:
    """A whole released round to read from, after the check that I may see its outcome (else 404). Three queries."""
    return opened(released_round(access, round_.pk))


def outcomes(
    access: Access, round_: Round, *, place_id: int | None = None, book: Opened | None = None
) -> tuple[ItemOutcome, ...]:
    """Every counted item of a round per voice, at one of my places where `place_id` is given.

    404 when I may not see it. `book`: what `seen_by` gave, to read the round only once.
    """
    book = book or seen_by(access, round_)
    place = _place(access, book, place_id)
    instrument = instrument_of(round_)
    return tuple(_item(book, instrument, item, place) for item in instrument.items if is_counted(item))


def hall_outcomes(round_: Round) -> tuple[ItemOutcome, ...]:
    """Every counted item of a closed step in a hall, for everybody there together; nothing while it is open. Without
    Access: who sits in the hall may have no role here. So a step only, that has one segment and thus one block, and
    no voice or place to tell apart. 404 for any other round."""
    if Chosen.read(round_.chosen).only is None:
        raise Http404
    if not Release.objects.filter(round_id=round_.pk, round__state__in=SHOWN).exists():
        return ()
    book, instrument = opened(round_), instrument_of(round_)
    return tuple(_item(book, instrument, item, None) for item in instrument.items if is_counted(item))


def participation(
    access: Access, round_: Round, *, book: Opened | None = None
) -> tuple[Participation, tuple[Participation, ...]]:
    """Who took part in a stopped round: all together, and each voice. 404 when I may not see it."""
    book = book or seen_by(access, round_)
    return book.took_part(book.group(WHOLE, "")), tuple(book.took_part(voice) for voice in book.voices())


def quality_of(access: Access, round_: Round, *, book: Opened | None = None) -> GroupTable:
    """What the sheets of a round say of themselves: all alike, not applicable, unreadable."""
    book = book or opened(released_round(access, round_.pk), [QUALITY])
    return book.tell(QUALITY, book.group(WHOLE, ""))


def outcomes_for_criterion(
    access: Access, criterion: Criterion, *, place_id: int | None = None, most: int = 6
) -> tuple[ItemOutcome, ...]:
    """The newest outcome of each item that tells something about a criterion, per voice.

    `place_id`: only what was said at that board or school. At most `most` items, in the order of the file.
    """
    links = CriterionItem.objects.filter(criterion=criterion).order_by("id")
    wanted = [(link.instrument_key, link.item_key) for link in links]
    rounds = Round.objects.filter(_visible(access), instrument__root__in={key for key, _ in wanted})
    chosen = _newest(access, rounds, wanted)
    books = opened_all(chosen.values(), [QUALITY, *(item for _, item in wanted)])
    found: list[ItemOutcome] = []
    for (_key, item), row in chosen.items():
        book, instrument = books[row.pk], instrument_of(row)
        if is_counted(instrument.item(item)) and len(found) < most:
            found.append(_item(book, instrument, instrument.item(item), _place(access, book, place_id)))
    return tuple(found)


def _newest(
    access: Access, rounds: QuerySet[Round], wanted: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Round]:
    """The round that tells of each (instrument, item): the newest, but what one of my own layers asked goes before
    what a layer below asked its own people, and a round before a step in a hall, that few may have answered."""
    own = {layer.id for layer in access.layers}
    newest: dict[str, Round] = {}
    steps: dict[tuple[int, Chosen], Round] = {}
    rows = rounds.select_related("instrument", "organisation").order_by("stopped_on", "id")
    for row in sorted(rows, key=lambda row: row.organisation_id in own):
        chosen = Chosen.read(row.chosen)
        if chosen.only is not None:
            steps.pop((row.instrument_id, chosen), None)  # the newest of each section, in order
            steps[row.instrument_id, chosen] = row
        else:
            newest[row.instrument.root] = row
    in_order = [*steps.values(), *newest.values()]
    asked = {(row.instrument.root, item): row for row in in_order for item in instrument_of(row).by_key}
    return {pair: asked[pair] for pair in wanted if pair in asked}


def _place(access: Access, book: Opened, place_id: int | None) -> Group | None:
    """The people of one of my places; of another's place nothing can be asked (404)."""
    if place_id is None:
        return None
    access.layer(place_id)
    for kind in ("school", "board"):
        group = book.group(kind, str(place_id))
        if group.members:
            return group
    return Group("school", str(place_id), frozenset())


def _item(book: Opened, instrument: Instrument, item: BaseItem, place: Group | None) -> ItemOutcome:
    within = place.members if place else None
    rows = tuple(book.tell(item.key, voice) for voice in book.voices(within))
    everybody = place or book.group(WHOLE, "")
    quality = book.tell(QUALITY, book.group(WHOLE, ""))
    return ItemOutcome(book.round, instrument, item, rows, book.tell(item.key, everybody), quality)


def voice_of(group: Group) -> str:
    """The voice with which a group is drawn: its role, or the family's first."""
    if group.kind == "role":
        return group.key
    first = {family: role for role, family in reversed(FAMILY.items())}
    return first.get(group.key, "") if group.kind == "family" else ""
