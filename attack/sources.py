"""Which people stand behind a figure that was found: the spy knows who works where and how blocks are cut."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from attack.built import ITEMS, LISTS, Batch, Built, slug
from attack.pages import Drawn, Page
from attack.worlds import QUESTIONS
from lemniscaat.collection.figures import plural
from lemniscaat.collection.models import Block
from lemniscaat.people.models import Role

QUALITY = "_quality"
QUALITY_PARTS = {"alike": ["no", "yes", "few"], "na": ["none", "some", "most"], "unread": ["no", "yes"]}
LEAST = 6
NAMES = [o for item in ITEMS for name in LISTS for o in item.get(name, ())]
WORDS = {f"Antwoord {o}": o for o in NAMES} | {
    "Gekozen": "yes",
    "Niet gekozen": "no",
    "Plek 1": "1",
    "Plek 2": "2",
    "Plek 3": "3",
    "0–4": "few",
    "5–9": "several",
    "10 of meer": "many",
    "open": "open",
}
PARTS = {"Nu": "now", "Gewenst": "want", "Waar we nu staan": "at", "Waar we heen willen": "wish"}
KEYS = {slug(o): o for o in NAMES} | {
    "p1": "1",
    "p2": "2",
    "p3": "3",
    "b0": "few",
    "b1": "several",
    "b2": "many",
    **{key: key for key in ("yes", "open", *PARTS.values())},
}
OVER_TIME = "/door-de-tijd/"


@dataclass
class Collected:
    """What was found: rows for the dump, and what should not have been there."""

    figures: dict[str, dict[str, Any]] = field(default_factory=dict)
    seen: dict[str, list[str]] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    pages: int = 0

    def add(
        self, item: str, part: str, members: list[str], n: int, counts: dict[str, int], kept: int
    ) -> None:
        row = {"item": item, "part": part, "members": members, "n": n, "counts": counts, "kept_back": kept}
        self.figures[repr(sorted(row.items(), key=lambda pair: pair[0]))] = row


class Truth:
    """Everything that is really so, to hold what is found against."""

    def __init__(self, built: Built) -> None:
        self.built = built
        self.segments = {pk: s for batch in built.batches for pk, s in batch.segments.items()}
        self.sheets = {pk: some for batch in built.batches for pk, some in batch.sheets.items()}
        self.labels = {
            pk: f"{batch.round.key}:{s.family}/{s.role}/{s.board}/{s.school}"
            for batch in built.batches
            for pk, s in batch.segments.items()
        }
        self.blocks: dict[tuple[int, str], list[frozenset[int]]] = {}
        for block in Block.objects.all():
            key = (block.release.round_id, block.item)
            self.blocks.setdefault(key, []).append(frozenset(block.members))
        families = {s.family for s in self.segments.values()} - {"*"}
        self.voices = {plural(key).lower(): key for key in (*families, *Role.values)}
        self.voices |= {f"{plural(key)} samen".lower(): key for key in families}
        self.voices |= {"mensen samen": "", "samen": ""}

    def group(self, batch: Batch, *, voice: str = "", place: str = "") -> frozenset[int]:
        """The segments of a role or family, and of a board or school."""
        return frozenset(
            pk
            for pk, s in batch.segments.items()
            if (not voice or voice in {s.role, s.family}) and (not place or place in {s.board, s.school})
        )

    def behind(self, batch: Batch, item: str, group: frozenset[int]) -> frozenset[int]:
        """Who counts in the table of a group: the whole blocks inside it."""
        inside = [b for b in self.blocks.get((batch.round.pk, item), []) if b <= group]
        return frozenset[int]().union(*inside)

    def weigh(
        self,
        found: Collected,
        where: str,
        item: str,
        part: str,
        members: frozenset[int],
        n: int,
        counts: dict[str, int],
        kept: int,
    ) -> bool:
        """Keep a figure when it is what these people really gave, to the answers kept back; say whether it is."""
        true = self._true(item, part, members)
        answered = sum(isinstance(sheet[item], dict) for pk in members for sheet in self.sheets[pk])
        fits = n == answered and all(
            counts.get(o, 0) <= true[o] <= counts.get(o, 0) + kept for o in {*true, *counts}
        )
        if not members or not fits:
            return False
        if sum(len(self.sheets[pk]) for pk in members) < LEAST or n < LEAST:
            found.findings.append(f"{where}: {item} rests on {n} answers")
        found.add(
            item,
            part,
            sorted(self.labels[pk] for pk in members),
            n,
            {k: v for k, v in counts.items() if v},
            kept,
        )
        return True

    def _true(self, item: str, part: str, members: Iterable[int]) -> Counter[str]:
        given = [sheet[item] for pk in members for sheet in self.sheets[pk]]
        return Counter(one[part] for one in given if isinstance(one, dict) and part in one)

    def read_page(self, address: str, html: str, found: Collected) -> None:
        """Every drawing and every number of participants on one page."""
        page = Page(html)
        for row in page.drawn:
            if row.question.startswith("Vraag ") and not self._placed(address, row, found):
                found.findings.append(f"{address}: a figure that is no sum of blocks: {row}")
        for batch in self.built.batches:
            if f"/ronde/{batch.round.pk}/" in address and page.took_part:
                self._participation(address, batch, page.took_part, found)

    def _placed(self, address: str, row: Drawn, found: Collected) -> bool:
        """Whether some group of people stands behind a drawing; the spy tries the round and place he asked for."""
        question, _dot, part = row.question.partition(" · ")  # over the years they stand in one line
        item, part = question.removeprefix("Vraag "), (part or row.part).removeprefix("Antwoord ")
        part = PARTS.get(part, part)
        counts = {WORDS[name]: count for name, count in row.counts.items()}
        if QUESTIONS[item].kind == "many":
            counts.pop("no")
        kept = row.kept_back
        place = address.partition("plek=")[2].split("&")[0]
        for batch in reversed(self.built.batches):
            if not self._about(batch, address, row.group):
                continue
            for voice, where in itertools.product(self._voices(address, row.group), (place, "")):
                members = self.behind(batch, item, self.group(batch, voice=voice, place=where))
                if self.weigh(found, address, item, part, members, row.n, counts, kept):
                    return True
        return False

    def _voices(self, address: str, group: str) -> tuple[str, ...]:
        """Who a row may be about: the group before it, or over the years the one asked for, else everybody."""
        if OVER_TIME not in address:
            return (self.voices[group],)
        asked = address.partition("stem=")[2].partition("-")[2]
        return (asked, "") if asked else ("",)

    def _about(self, batch: Batch, address: str, group: str) -> bool:
        """Whether a row may be of this round: its own page, or over the years its own row."""
        if OVER_TIME in address:
            return group.endswith(f": {batch.round.title}".lower())
        return "/ronde/" not in address or f"/ronde/{batch.round.pk}/" in address

    def _participation(self, address: str, batch: Batch, told: Mapping[str, int], found: Collected) -> None:
        for name, number in told.items():
            members = self.behind(batch, "", self.group(batch, voice=self.voices[name]))
            if number != sum(len(self.sheets[pk]) for pk in members) or number < LEAST:
                found.findings.append(f"{address}: {number} {name} took part, which no block says")
            found.seen[repr(sorted(members))] = sorted(self.labels[pk] for pk in members)

    def dump(self, found: Collected) -> dict[str, Any]:
        """Everything found, as README.md describes it."""
        people = {self.labels[pk]: len(some) for pk, some in self.sheets.items()}
        answered = {
            item: {
                self.labels[pk]: sum(isinstance(sheet[item], dict) for sheet in some)
                for pk, some in self.sheets.items()
            }
            for item in QUESTIONS
        }
        questions = {
            key: {
                "kind": q.kind,
                "options": list(q.options),
                "parts": list(q.parts),
                "least": q.least,
                "most": q.most,
                "factual": q.factual,
                "open": q.open,
                "filled": q.filled,
                "opened_by": q.opened_by,
            }
            for key, q in QUESTIONS.items()
        }
        participation = [{"members": members} for members in found.seen.values()]
        rest = {
            "questions": questions,
            "figures": list(found.figures.values()),
            "participation": participation,
        }
        return {"people": people, "answered": answered, **rest}


class Exports:
    """The tables to take along."""

    def __init__(self, truth: Truth, batch: Batch, found: Collected) -> None:
        self.truth, self.batch, self.found = truth, batch, found

    def read(self, text: str, way: str) -> None:
        """Every row of one export; a row that no blocks stand behind is a finding."""
        rows = json.loads(text) if "json" in way else list(csv.DictReader(io.StringIO(text)))
        for row in rows:
            if row["item"] != QUALITY and not self._placed(row):
                self.found.findings.append(f"export {way}: a row that is no sum of blocks: {row}")
            if int(row["n"]) < LEAST:
                self.found.findings.append(f"export {way}: a row of {row['n']} people: {row}")

    def _placed(self, row: Mapping[str, Any]) -> bool:
        item, part = row["item"], KEYS.get(row["part"], "")
        kind, name = row["kind"], row["segment"]
        ids = {label: str(pk) for pk, label in self.truth.built.places.items()}
        group = self.truth.group(
            self.batch,
            voice=name if kind in {"role", "family"} else "",
            place=ids[name] if kind in {"board", "school"} else "",
        )
        members = self.truth.behind(self.batch, item, group)
        n, kept = int(row["n"]), int(row["kept_back"])
        return self.truth.weigh(self.found, "export", item, part, members, n, self._counts(item, row), kept)

    def _counts(self, item: str, row: Mapping[str, Any]) -> dict[str, int]:
        if "counts" in row:
            return {KEYS[key]: int(count) for key, count in row["counts"].items()}
        told = {o: row[f"count_{place}"] for place, o in enumerate(QUESTIONS[item].options, 1)}
        return {option: int(count) for option, count in told.items() if count}
