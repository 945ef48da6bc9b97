"""Four layers that write, agree, share, answer, link, take back and account, and who may read which words of it.

Every word that matters is a mark of its own, one for each thing and each revision. `Layers` does what it is told and
keeps beside it, by rules written down here anew, who may read which mark and whether only in an account.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from lemniscaat.accountability.actions import compose_account, freeze_account
from lemniscaat.accountability.models import Account
from lemniscaat.agenda.actions import agree
from lemniscaat.agenda.decisions.deciding import Ruling, decide
from lemniscaat.agenda.decisions.frozen import RestedOn
from lemniscaat.agenda.links import linking
from lemniscaat.agenda.models import Agreement, Decision, Goal
from lemniscaat.agenda.offering import offer_of_agreement, offer_of_goal
from lemniscaat.agenda.points.taking_up import Aim, revise, take_up
from lemniscaat.interpretation.actions import revise_meaning, write_meaning
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.interpretation.offering import offer_of
from lemniscaat.interpretation.queries import meaning
from lemniscaat.meetings.actions import finish, plan_talk
from lemniscaat.meetings.models import Meeting
from lemniscaat.meetings.offering import offer_of as offer_of_record
from lemniscaat.people.access import Access
from lemniscaat.people.models import Body, Organisation, Person, Role, Share
from lemniscaat.people.offering import Offer
from lemniscaat.people.sharing import answer_share, revoke_share, share
from tests.cast import World, organisation, person

MARK = re.compile(r"Merk\d{4}x")
HOME = {
    "team": {"noor", "samira", "joost"},
    "school": {"noor", "samira", "joost", "willem"},
    "board": {"noor", "samira", "joost", "willem", "bea", "olaf"},
    "root": {"noor", "samira", "joost", "willem", "bea", "olaf", "stef", "petra", "hans"},
    "pair": {"samira", "joost"},
}
"""Who reads what a layer writes for itself: its own people and, as higher layers publish first, all below it."""
TABLE = {
    "team": {"noor", "samira", "joost"},
    "school": {"noor", "willem"},
    "board": {"bea"},
    "root": {"stef", "petra"},
}
"""Who sits at the table of a layer, and so reads what comes up to it."""
UP = {
    "pair": (),
    "team": ("school", "board", "root"),
    "school": ("board", "root"),
    "board": ("root",),
    "root": (),
}
SPEAKS = {"team": "noor", "school": "willem", "board": "bea", "root": "petra", "pair": "samira"}
READERS = ("bea", "stef", "petra", "willem", "hans", "olaf", "ad", "noor")


@dataclass
class Thing:
    """A meaning, agreement, point or record of a layer, with the marks it reads now."""

    noun: str
    layer: str
    pk: int
    marks: set[str]


@dataclass
class Given:
    """A share with its marks, and those of what was answered."""

    pk: int
    source: str
    target: str
    marks: set[str]
    titled: set[str]
    answers: set[str] = field(default_factory=set)
    stands: bool = True

    @property
    def down(self) -> bool:
        return self.source == self.target or self.source in UP[self.target]


class Layers:
    """The small partnership of the tests with a second school, and everything that was written in it."""

    def __init__(self, world: World) -> None:
        self.world = world
        other = organisation("school", "De Lis", world.board)
        self.olaf = person("Olaf", world.partnership, (other, Role.SCHOOL_LEADER))
        self.other = other
        self.pair = Body.objects.create(
            partnership=world.partnership, organisation=world.team, name="Samira en Joost"
        )
        self.pair.people.set([world.samira, world.joost])
        self.things: list[Thing] = []
        self.given: list[Given] = []
        # per account the layer it is of, the marks that are its own, and those for its table alone
        self.accounts: dict[int, tuple[str, set[str], set[str]]] = {}
        # per decision its layer, its own mark, and those of the meanings of that layer that it keeps as they were
        self.decided: list[tuple[str, set[str]]] = []
        self.number = 0

    def who(self, name: str) -> Person:
        return self.olaf if name == "olaf" else getattr(self.world, name)  # type: ignore[no-any-return]  # a person

    def access(self, layer: str) -> Access:
        return self.world.access(self.who(SPEAKS[layer]))

    def place(self, layer: str) -> Organisation:
        return getattr(self.world, "team" if layer == "pair" else layer)  # type: ignore[no-any-return]  # a place

    def mark(self) -> str:
        self.number += 1
        return f"Merk{self.number:04d}x"

    # what people do; each takes three numbers and picks what they point at, or does nothing

    def write(self, a: int, b: int, c: int) -> None:
        layer = self._layer(a)
        text, dissent = self.mark(), self.mark()
        row = write_meaning(
            access=self.access(layer),
            layer_id=self.place(layer).pk,
            criterion=self.world.criterion if b % 2 else None,
            text=f"{text} betekent het.",
            dissent=f"{dissent} klinkt anders.",
        )
        self.things.append(Thing("interpretation", layer, row.pk, {text, dissent}))

    def agree(self, a: int, b: int, c: int) -> None:
        layer, mark, weighed = self._layer(a), self.mark(), self.mark()
        row = agree(
            access=self.access(layer),
            layer_id=self.place(layer).pk,
            criterion=None,
            course="sustain",
            sentence=f"{mark} spreken we af.",
            owner_text="wij",
            notice="in week 3",
            weighed=f"{weighed} woog mee.",
            no_return_because="dat volgt",
        )
        self.things.append(Thing("agreement", layer, row.pk, {mark, weighed}))

    def take_up(self, a: int, b: int, c: int) -> None:
        layer = "pair" if b % 4 == 0 else self._layer(a)
        aim, marks = self._aim()
        body = self.pair if layer == "pair" else None
        row = take_up(access=self.access(layer), layer_id=self.place(layer).pk, aim=aim, body=body)
        self.things.append(Thing("goal", layer, row.pk, marks))

    def _aim(self) -> tuple[Aim, set[str]]:
        marks = [self.mark() for _each in range(3)]
        aim = Aim(
            sentence=f"{marks[0]} pakken we op.",
            why=f"{marks[1]} is waarom.",
            weighed=f"{marks[2]} woog mee.",
            no_return_because="dat volgt",
            more_because="het past erbij",
        )
        return aim, set(marks)

    def talk(self, a: int, b: int, c: int) -> None:
        layer = ("team", "root")[a % 2]
        text, dissent, agreed = self.mark(), self.mark(), self.mark()
        row = plan_talk(
            access=self.access(layer),
            layer_id=self.place(layer).pk,
            body=self.world.body if layer == "team" else self.world.steering,
            appointment=None,
            criterion=None,
            title=f"{text} bespraken we.",
        )
        promise = {
            "course": "sustain",
            "owner_text": "wij",
            "notice": "in week 3",
            "no_return_because": "later",
        }
        notes = {"meaning": f"{text} zeiden we.", "dissent": f"{dissent} klonk ook."}
        notes |= {**promise, "sentence": f"{agreed} gaan we doen."}
        Meeting.objects.filter(pk=row.pk).update(notes=notes)
        finish(access=self.access(layer), meeting=row)
        self.things.append(Thing("record", layer, row.pk, {text, dissent, agreed}))

    def revise(self, a: int, b: int, c: int) -> None:
        found = [one for one in self.things if one.noun in {"interpretation", "goal"}]
        if not found:
            return
        thing = found[a % len(found)]
        if thing.noun == "goal":
            goal = Goal.objects.get(pk=thing.pk)
            aim, thing.marks = self._aim()
            revise(access=self.access(thing.layer), goal=goal, aim=aim, version=goal.version)
            return
        text, dissent = self.mark(), self.mark()
        row = Interpretation.objects.get(pk=thing.pk)
        words = {"text": f"{text} toch.", "dissent": f"{dissent} toch niet.", "version": row.version}
        revise_meaning(access=self.access(thing.layer), row=row, **words)  # type: ignore[arg-type]  # as named
        thing.marks = {text, dissent}

    def share(self, a: int, b: int, c: int) -> None:
        found = [one for one in self.things if one.layer != "pair"]
        if not found:
            return
        thing = found[a % len(found)]
        targets = [*UP[thing.layer], *(low for low, ups in UP.items() if thing.layer in ups)]
        self._share(thing, targets[b % len(targets)], replace=bool(c % 2))

    def make_known(self, a: int, b: int, c: int) -> None:
        found = [one for one in self.things if one.layer not in {"pair", "team"}]
        if found:
            thing = found[a % len(found)]
            self._share(thing, thing.layer, replace=bool(c % 2))

    def _share(self, thing: Thing, target: str, *, replace: bool) -> None:
        offer = self._offer(thing)
        row = share(
            access=self.access(thing.layer),
            noun=offer.noun,
            noun_id=offer.noun_id,
            title=offer.title,
            text=offer.text,
            dissent=offer.dissent,
            source_id=offer.source_id,
            target_id=self.place(target).pk,
            replace=replace,
        )
        same = Share.objects.filter(noun=row.noun, noun_id=row.noun_id, source=row.source, target=row.target)
        gone = set(same.filter(revoked_on__isnull=False).values_list("pk", flat=True))
        for one in self.given:
            one.stands = one.stands and one.pk not in gone
        known = next((one for one in self.given if one.pk == row.pk), None)
        if known is None:
            known = Given(row.pk, thing.layer, target, set(), set())
            self.given.append(known)
        known.marks = set(MARK.findall(f"{row.title} {row.text} {row.dissent}"))
        known.titled = set(MARK.findall(row.title))

    def _offer(self, thing: Thing) -> Offer:
        access = self.access(thing.layer)
        if thing.noun == "interpretation":
            return offer_of(meaning(access, thing.pk))
        if thing.noun == "agreement":
            return offer_of_agreement(Agreement.objects.get(pk=thing.pk))
        if thing.noun == "goal":
            return offer_of_goal(Goal.objects.get(pk=thing.pk))
        return offer_of_record(access, Meeting.objects.get(pk=thing.pk))

    def answer(self, a: int, b: int, c: int) -> None:
        found = [one for one in self.given if one.stands and one.source != one.target]
        if not found:
            return
        one, mark = found[a % len(found)], self.mark()
        kind = ("take_up", "not_now", "words")[b % 3]
        row = Share.objects.get(pk=one.pk)
        answer_share(
            access=self.access(one.target), share=row, text=f"{mark} zeggen wij.", kind=kind, beside=True
        )
        one.answers.add(mark)

    def link(self, a: int, b: int, c: int) -> None:
        lower = [one for one in self.things if one.noun == "goal"]
        pairs = [
            (one, up)
            for one in lower
            for up in lower
            if up.layer in UP[one.layer] or (one.layer == "pair" and up.layer in UP["team"] + ("team",))
        ]
        if pairs:
            one, up = pairs[a % len(pairs)]
            goals = Goal.objects.in_bulk([one.pk, up.pk])
            linking.link_up(access=self.access(one.layer), lower=goals[one.pk], upper=goals[up.pk])

    def take_up_share(self, a: int, b: int, c: int) -> None:
        pairs = [
            (one, goal)
            for one in self.given
            for goal in self.things
            if one.stands and one.source != one.target and goal.noun == "goal" and goal.layer == one.target
        ]
        if pairs:
            one, goal = pairs[a % len(pairs)]
            row, point = Share.objects.get(pk=one.pk), Goal.objects.get(pk=goal.pk)
            linking.take_up_share(access=self.access(goal.layer), share=row, goal=point)

    def decide(self, a: int, b: int, c: int) -> None:
        layer, mark = self._layer(a), self.mark()
        access = self.access(layer)
        row = decide(
            access=access,
            layer=access.tree.layers[self.place(layer).pk],
            criterion=self.world.criterion,
            ruling=Ruling("small", "sustain", f"{mark} besluiten we.", because="het loopt al"),
        )
        own = [one for one in RestedOn.read(row.rested_on).meanings if not one.share]
        kept = {word for one in own for word in MARK.findall(f"{one.text} {one.dissent}")}
        self.decided.append((layer, {mark} | kept))

    def revoke(self, a: int, b: int, c: int) -> None:
        found = [one for one in self.given if one.stands]
        if found:
            one = found[a % len(found)]
            revoke_share(access=self.access(one.source), share=Share.objects.get(pk=one.pk))
            one.stands = False

    def account(self, a: int, b: int, c: int) -> None:
        layer = self._layer(a)
        row = compose_account(
            access=self.access(layer), layer_id=self.place(layer).pk, period=self.world.period
        )
        own = set(MARK.findall(str(row.content))) - self._of_others(layer)
        self.accounts[row.pk] = (layer, own, set())
        if b % 2:
            self._freeze(layer, row)

    def freeze(self, a: int, b: int, c: int) -> None:
        """A draft that was composed before is frozen now."""
        rows = Account.objects.filter(frozen_on__isnull=True).order_by("id")
        if rows:
            row = rows[a % len(rows)]
            self._freeze(self.accounts[row.pk][0], row)

    def _freeze(self, layer: str, row: Account) -> None:
        own = self.accounts[row.pk][1] | {
            mark for one in self.given if one.source == layer and one.stands for mark in one.titled
        }
        of_table = {
            mark
            for one in self.given
            if one.stands and layer in {one.source, one.target}
            for mark in one.answers | (one.marks if one.source != layer else set())
        }
        freeze_account(access=self.access(layer), row=row)
        row.refresh_from_db()
        found = set(MARK.findall(str(row.content)))
        assert found <= own | of_table, f"the account of {layer} says {found - own - of_table}"
        self.accounts[row.pk] = (layer, own, of_table - own)

    def _of_others(self, layer: str) -> set[str]:
        """What others shared with a layer, and all that was answered."""
        received = {mark for one in self.given if one.source != layer for mark in one.marks}
        return received | {mark for one in self.given for mark in one.answers}

    def _layer(self, number: int) -> str:
        return tuple(TABLE)[number % len(TABLE)]

    # who may read what

    def readers_of(self, one: Given) -> set[str]:
        """Who reads a share: those at the table above, or everybody in it and below it when it came down."""
        own = TABLE[one.source]
        if one.source == one.target:
            return HOME[one.source]
        return own | TABLE[one.target] | (HOME[one.target] if one.down else set())

    def open_to(self) -> dict[str, set[str]]:
        """Per mark who may read it."""
        anywhere: defaultdict[str, set[str]] = defaultdict(set)
        for thing in self.things:
            for mark in thing.marks:
                anywhere[mark] |= HOME[thing.layer]
        for layer, marks in self.decided:
            for mark in marks:
                anywhere[mark] |= HOME[layer]
        for one in self.given:
            for mark in (one.marks | one.answers) if one.stands else set():
                anywhere[mark] |= self.readers_of(one)
        return anywhere

    def kept_in(self, account: int, name: str) -> set[str]:
        """The marks that somebody may read in an account, also when they stand nowhere else any more."""
        layer, own, of_table = self.accounts[account]
        return (own if name in HOME[layer] else set()) | (of_table if name in TABLE[layer] else set())

    def numbers(self) -> dict[str, set[int]]:
        """The numbers of everything there is, for addresses."""
        models = {"meaning": Interpretation, "agreement": Agreement, "goal": Goal, "share": Share}
        models |= {"account": Account, "meeting": Meeting, "decision": Decision}
        return {
            name: set(model.objects.values_list("pk", flat=True))  # type: ignore[attr-defined]  # a model
            for name, model in models.items()
        }

    def layers(self) -> Iterator[int]:
        for name in TABLE:
            yield self.place(name).pk
        yield from (self.world.institute.pk, self.other.pk)


DEEDS = (
    *(
        "write",
        "write",
        "take_up",
        "take_up",
        "agree",
        "talk",
        "revise",
        "share",
        "share",
        "share",
        "make_known",
    ),
    *("answer", "answer", "link", "take_up_share", "decide", "revoke", "account", "freeze"),
)
