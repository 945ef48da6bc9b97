"""What a visitor does: the sheet of 27 items, sent to the measuring rod and to the product."""

import html
import itertools
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from bench.load import Job, Unacknowledged
from bench.wire import Browser

OPTIONS = ("o1", "o2", "o3", "o4", "o5")
SENTENCE = "In het gesprek na de les hoorde ik wat ik zelf niet had gezien."
CONTROL = re.compile(r"<(?:input|textarea)\b[^>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"([a-z-]+)=\"([^\"]*)\"")
TAGS = re.compile(r"<script.*?</script>|<[^>]*>|\s+", re.DOTALL)
_turn = itertools.count()


@dataclass(frozen=True)
class Sheet:
    """The fields of a form: what it hides, what can be picked, what can be written."""

    hidden: tuple[tuple[str, str], ...]
    scales: tuple[str, ...]
    texts: tuple[str, ...]

    def filled(self, marker: str) -> dict[str, str]:
        """An answer to everything, with the marker in the first text."""
        answers = dict(self.hidden)
        answers |= {name: random.choice(OPTIONS) for name in self.scales}
        return answers | dict.fromkeys(self.texts, f"{marker} {SENTENCE}")


BARE = Sheet((), tuple(f"s{n}" for n in range(24)), ("t1", "t2", "t3"))


def read_sheet(page: str) -> Sheet:
    """The fields of the first form of a page that has scales in it."""
    form = next((part for part in page.split("<form")[1:] if f'value="{OPTIONS[0]}"' in part), "")
    hidden, scales, texts = {}, {}, {}
    for tag in CONTROL.findall(form.split("</form")[0]):
        attributes = {key: html.unescape(value) for key, value in ATTRIBUTE.findall(tag)}
        name, kind = attributes.get("name", ""), attributes.get("type", "text")
        if tag.startswith("<textarea") or kind == "text":
            texts[name] = None
        elif kind == "hidden":
            hidden[name] = attributes.get("value", "")
        elif kind == "radio" and attributes.get("value") in OPTIONS:
            scales[name] = None
    return Sheet(tuple(hidden.items()), tuple(scales), tuple(filter(None, texts)))


@cache
def fields_of(path: str) -> list[Sheet]:
    """The sheet of a path, once it was read: later only what it hides is read again."""
    return []


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden fields of a page, by name, the quick way."""
    found = {}
    for start in re.finditer(r"<input[^>]*type=\"hidden\"[^>]*>", page):
        attributes = dict(ATTRIBUTE.findall(start.group()))
        if "name" in attributes:
            found[attributes["name"]] = html.unescape(attributes.get("value", ""))
    return found


async def bare(browser: Browser, job: Job, marker: str) -> dict[str, float]:
    """The same sheet to the measuring rod."""
    reply = await browser.ask("POST", "/", urlencode(BARE.filled(marker)).encode())
    if reply.status != 200:
        raise Unacknowledged(f"status {reply.status}")
    return {"submit": reply.seconds}


async def fetch(browser: Browser, job: Job) -> tuple[Sheet, float]:
    """Open the sheet; returns its fields, and the seconds."""
    path = job.paths[next(_turn) % len(job.paths)]
    reply = await browser.ask("GET", path)
    if reply.status != 200:
        raise Unacknowledged(f"page: status {reply.status} {reply.header(b'location').decode()}")
    page, known = reply.body.decode(), fields_of(path)
    if not known:
        known.append(read_sheet(page))
        if len(known[0].scales) + len(known[0].texts) != job.facts.get("items", 27):
            raise Unacknowledged(f"page: other items than expected: {known[0]}")
    shown = dict(known[0].hidden)
    hidden = {name: value for name, value in hidden_fields(page).items() if name in shown}
    return Sheet(tuple(hidden.items()), known[0].scales, known[0].texts), reply.seconds


async def send(browser: Browser, job: Job, marker: str, sheet: Sheet) -> float:
    """Send the sheet; returns the seconds. The server says yes with a redirect to the thanks."""
    reply = await browser.ask("POST", job.facts["send"], urlencode(sheet.filled(marker)).encode())
    if reply.status not in (302, 303):
        raise Unacknowledged(f"submit: status {reply.status} {TAGS.sub(' ', reply.body.decode())[:400]}")
    return reply.seconds


async def whole(browser: Browser, job: Job, marker: str) -> dict[str, float]:
    """A whole session: page and submit."""
    sheet, page = await fetch(browser, job)
    return {"page": page, "submit": await send(browser, job, marker, sheet)}


@cache
def _pile(file: str, first: int) -> Iterator[str]:
    """Empty sheets, each to be sent once; every load takes its own from the pile."""
    return iter(Path(file).read_text().splitlines()[first:])


async def submit_only(browser: Browser, job: Job, marker: str) -> dict[str, float]:
    """A submit without its page: the sheet was handed out before."""
    path = job.paths[0]
    if not fields_of(path):
        await fetch(browser, job)
    known = fields_of(path)[0]
    sealed = next(_pile(job.facts["sheets"], job.facts["first"]), None)
    if sealed is None:
        raise Unacknowledged("submit: the pile of sheets is empty")
    hidden = tuple((name, sealed if name == "blad" else value) for name, value in known.hidden)
    return {"submit": await send(browser, job, marker, Sheet(hidden, known.scales, known.texts))}
