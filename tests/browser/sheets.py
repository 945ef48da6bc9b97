"""Filling in any sheet by what stands on it, as three people would: through a real page, or over the wire.

What each types is a marker that occurs nowhere else, so that one can tell where it went.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import count

from playwright.sync_api import Page

VOID = {"input", "br", "img", "link", "meta", "hr", "source", "wbr", "circle", "text"}
FORM = "form.sheet-whole"
Pairs = list[tuple[str, str]]
PICTURE = {"name": "voorbeeld.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + b"\x00" * 32}


@dataclass
class Control:
    """One thing to fill in. `face` numbers the card of a deck on which it stands; `apart` is for passing by."""

    item: str
    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    face: int = 0
    apart: bool = False
    checked: bool = False


@dataclass
class Blank:
    """An empty sheet: its controls, which items stay with whoever writes, and which are asked only of some."""

    controls: list[Control] = field(default_factory=list)
    private: set[str] = field(default_factory=set)
    perhaps: set[str] = field(default_factory=set)

    @property
    def items(self) -> list[str]:
        """The keys of all that is asked of everybody here, in order."""
        asked = dict.fromkeys(one.item for one in self.controls if one.kind != "hidden")
        return [key for key in asked if key not in self.perhaps]


@dataclass
class Filled:
    """What one person gave on one page: (control, value), and the words by item."""

    given: list[tuple[Control, str]] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    """The form with this class; reads only what a browser would send from it."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form = form
        self.blank = Blank()
        self.open: list[tuple[str, set[str]]] = []
        self.face = 0
        self.card: list[Control] = []
        self.marks: set[str] = set()
        self.select: Control | None = None

    def inside(self, tag: str, name: str) -> bool:
        return any(one == tag and name in classes for one, classes in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = set(given.get("class", "").split())
        if tag == "option" and self.select:
            self.select.options.append(given.get("value", ""))
        if tag not in VOID and tag != "option":
            self.open.append((tag, classes))
        if not self.inside("form", self.form):
            return
        self.face += "face" in classes
        self.marks |= classes & {"own-only"}
        if tag in {"input", "select", "textarea"} and given.get("name"):
            self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        sort = {"select": "select", "textarea": "words"}.get(tag, given.get("type", "text"))
        if sort == "text":
            sort = "number" if given.get("inputmode") == "numeric" else "words"
        name = given["name"]
        face = self.face if self.inside("fieldset", "face") else 0
        apart = self.inside("label", "apart")
        value = given.get("value", "on" if sort in {"radio", "checkbox"} else "")
        made = Control(name.split(".")[0], name, sort, value, [], face, apart, "checked" in given)
        self.blank.controls.append(made)
        self.card.append(made)
        self.select = made if tag == "select" else None

    def handle_data(self, data: str) -> None:
        if "Alleen als dit bij je vorige antwoord past" in data:
            self.marks.add("perhaps")

    def handle_endtag(self, tag: str) -> None:
        while any(one == tag for one, _classes in self.open):
            closed, classes = self.open.pop()
            if "whole-card" in classes:
                self._card_done()
            if closed == tag:
                break

    def _card_done(self) -> None:
        items = {one.item for one in self.card}
        self.blank.private |= items if "own-only" in self.marks else set()
        self.blank.perhaps |= items if "perhaps" in self.marks else set()
        self.card, self.marks = [], set()


def blank(html: str) -> Blank:
    """The sheet that stands on a page."""
    reader = _Reader("sheet-whole")
    reader.feed(html)
    return reader.blank


def standing(html: str) -> Pairs:
    """What a form would send as it stands, before anybody touches it."""
    reader = _Reader("form")
    reader.feed(html)
    sent = []
    for one in reader.blank.controls:
        if one.kind in {"radio", "checkbox"} and not one.checked:
            continue
        sent.append((one.name, one.options[0] if one.kind == "select" else one.value))
    return sent


def filled(sheet: Blank, *, who: str, seat: int, numbers: count[int]) -> Filled:
    """What person number `seat` gives on a sheet: something at every control. Neighbours choose differently."""
    out = Filled()
    taken: dict[str, list[str]] = {}
    drawn = {one.item: one.face for one in sheet.controls if one.kind == "checkbox" and one.face}
    faces = {item: _faces(sheet, item)[seat % len(_faces(sheet, item))] for item in drawn}
    for one in sheet.controls:
        if one.apart or (one.item in faces and one.face != faces[one.item]):
            continue
        if one.kind == "words":
            words = f"{who.lower()}-schreef-{next(numbers)}."
            out.words.setdefault(one.item, []).append(words)
            out.given.append((one, words))
        elif one.kind in {"radio", "checkbox"}:
            if one is _chosen(sheet, one, seat):
                out.given.append((one, one.value))
        else:
            value = _typed(one, seat, taken.setdefault(one.item, []))
            if value:
                out.given.append((one, value))
    return out


def _faces(sheet: Blank, item: str) -> list[int]:
    return sorted({one.face for one in sheet.controls if one.item == item and one.face})


def _chosen(sheet: Blank, one: Control, seat: int) -> Control:
    """Of boxes or circles with the same name: the first for the first person, the second for the next."""
    group = [other for other in sheet.controls if other.name == one.name and not other.apart]
    return group[seat % len(group)]


def _typed(one: Control, seat: int, taken: list[str]) -> str:
    """A number, a day, a file, or the first place that is still free."""
    if one.kind == "select":
        free = [value for value in one.options if value and value not in taken]
        value = free[seat % len(free)] if free else ""
        taken.append(value)
        return value
    return {"number": str(3 + seat), "date": f"2026-03-0{1 + seat}", "file": "voorbeeld.png"}.get(
        one.kind, one.value
    )


def as_post(given: Filled) -> Pairs:
    """What a browser would send."""
    return [(control.name, value) for control, value in given.given]


def write(page: Page, given: Filled, *, brisk: bool = False) -> None:
    """Fill in a real page with real controls: scripts need not be on. `brisk` does not wait for each to hold still."""
    form = page.locator(FORM)
    for folded in form.locator("details:not([open]) > summary").all()[::-1]:
        folded.click()
    for control, value in given.given:
        here = form.locator(f'[name="{control.name}"]')
        if control.kind in {"radio", "checkbox"}:
            form.locator(f'[name="{control.name}"][value="{value}"]').check(force=brisk)
        elif control.kind == "select":
            here.select_option(value, force=brisk)
        elif control.kind == "file":
            here.set_input_files(PICTURE)  # type: ignore[arg-type]  # the library's own type is private
        elif control.kind != "hidden":
            here.fill(value, force=brisk)


def questions(html: str) -> dict[str, str]:
    """The questions that lie open on a page, by key of the item."""
    starts = re.finditer(r'<section class="[^"]*\bseen[^"]*" id="vraag-([^"]+)">', html)
    return {start[1]: _until_it_ends(html[start.end() :]) for start in starts}


def _until_it_ends(html: str) -> str:
    """What stands in a section of which the first tag is gone; sections inside it belong to it."""
    depth = 1
    for tag in re.finditer(r"<(/?)section\b", html):
        depth += -1 if tag[1] else 1
        if not depth:
            return html[: tag.start()]
    raise AssertionError("a section without an end")
