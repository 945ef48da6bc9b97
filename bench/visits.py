"""What a visitor does: the form of 27 items, sent to the measuring rod and to the product."""

import html
import itertools
import random
import re
from urllib.parse import urlencode

from bench.load import Job, Unacknowledged
from bench.wire import Browser

FORM = {"content-type": "application/x-www-form-urlencoded"}
HIDDEN = re.compile(r"<input[^>]*type=\"hidden\"[^>]*>")
ATTRIBUTE = re.compile(r"([a-z-]+)=\"([^\"]*)\"")
_turn = itertools.count()


def sheet(marker: str, scales: list[str], texts: list[str], options: list[str]) -> dict[str, str]:
    """Answers to all items, with the marker in the first text."""
    answers = {name: random.choice(options) for name in scales}
    for name in texts:
        answers[name] = f"{marker} In het gesprek na de les hoorde ik wat ik zelf niet had gezien."
    return answers


async def bare(browser: Browser, job: Job, marker: str) -> dict[str, float]:
    """The same sheet to the measuring rod."""
    facts = job.facts
    body = urlencode(sheet(marker, facts["scales"], facts["texts"], facts["options"])).encode()
    reply = await browser.ask("POST", "/", body)
    if reply.status != 200:
        raise Unacknowledged(f"status {reply.status}")
    return {"submit": reply.seconds}


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden fields of a page, by name."""
    fields = {}
    for tag in HIDDEN.findall(page):
        attributes = dict(ATTRIBUTE.findall(tag))
        if "name" in attributes:
            fields[attributes["name"]] = html.unescape(attributes.get("value", ""))
    return fields


async def fetch(browser: Browser, job: Job) -> tuple[str, dict[str, str], float]:
    """Open the sheet; returns its path, its hidden fields and the seconds."""
    path = job.paths[next(_turn) % len(job.paths)]
    reply = await browser.ask("GET", path, headers={"accept-encoding": "gzip"} if job.facts.get("gzip") else None)
    if reply.status != 200:
        raise Unacknowledged(f"page: status {reply.status} {reply.header(b'location').decode()}")
    return path, hidden_fields(reply.body.decode()), reply.seconds


async def send(browser: Browser, job: Job, marker: str, path: str, fields: dict[str, str]) -> float:
    """Send the sheet; returns the seconds. The server says yes with a redirect to the thanks."""
    facts = job.facts
    answers = {**fields, **sheet(marker, facts["scales"], facts["texts"], facts["options"]), **facts["extra"]}
    reply = await browser.ask("POST", path, urlencode(answers).encode())
    if reply.status not in (302, 303):
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", reply.body.decode(errors="replace")))
        raise Unacknowledged(f"submit: status {reply.status} {text[:400]}")
    return reply.seconds


async def whole(browser: Browser, job: Job, marker: str) -> dict[str, float]:
    """A whole session: page and submit."""
    path, fields, page = await fetch(browser, job)
    return {"page": page, "submit": await send(browser, job, marker, path, fields)}


_kept: dict[int, tuple[str, dict[str, str], dict[str, str]]] = {}


async def submit_only(browser: Browser, job: Job, marker: str) -> dict[str, float]:
    """A submit without its page: every client fetched one, and keeps sending new sheets from it."""
    if id(browser) not in _kept:
        path, fields, _ = await fetch(browser, job)
        _kept[id(browser)] = path, fields, dict(browser.cookies)
    path, fields, cookies = _kept[id(browser)]
    browser.cookies.update(cookies)
    once = job.facts.get("once")
    fresh = {**fields, once: f"{random.getrandbits(128):032x}"} if once else fields
    return {"submit": await send(browser, job, marker, path, fresh)}
