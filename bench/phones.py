"""`phones`: three hundred phones come in over two minutes and go the whole road, card after card.

Each opens the start page, answers 27 cards (each card is a POST), now and then goes back one, reads everything once
more and sends. One in five puts its sheet aside halfway, gets a code, and goes on with it. One process, SQLite; load and
server share the machine's cores, and all phones stand behind one address, as in a school.
"""

import asyncio
import html
import random
import re
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from bench import product
from bench.figures import figure, note, percentile
from bench.load import Job, Outcome, Unacknowledged, load
from bench.processes import free_port
from bench.visits import OPTIONS, SENTENCE, TAGS, hidden_fields
from bench.wire import Browser, Reply

PHONES = 300
COME_IN = 120.0
THINK = (0.6, 1.8)
ASIDE = 5
"""One phone in so many puts its sheet aside."""
CARD = re.compile(r'<form method="post" action="([^"]+)"[^>]*data-place="(\d+)"')
FIELD = re.compile(r'<(?:input type="radio"|textarea)[^>]* name="([^"]+)"')
CODE = re.compile(r'class="code large">([a-z0-9-]{15})<')


class Phone:
    """One participant on the way; every answer of the server is timed."""

    def __init__(self, browser: Browser, job: Job, marker: str) -> None:
        self.browser, self.job, self.marker = browser, job, marker
        self.draw = random.Random(marker)
        self.steps: dict[str, float] = {}
        self.page = ""

    async def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> Reply:
        """One request, after a little thought; raises where the server does not say yes."""
        await asyncio.sleep(self.draw.uniform(*THINK))
        body = urlencode(form).encode() if form else b""
        reply = await self.browser.ask(method, path, body)
        if reply.status not in {200, 303}:
            said = TAGS.sub(" ", reply.body.decode(errors="replace"))[:300]
            raise Unacknowledged(f"{method} {path}: {reply.status} {said}")
        self.steps[f"{len(self.steps):03} {path.rstrip('/').rsplit('/', 1)[-1]}"] = reply.seconds
        self.page = reply.body.decode()
        return reply

    def filled(self) -> tuple[str, int, dict[str, str]]:
        """Where this card goes, its number, and the card with an answer on it."""
        found = CARD.search(self.page)
        if found is None:
            raise Unacknowledged(f"no card: {TAGS.sub(' ', self.page)[:200]}")
        form = hidden_fields(self.page)
        if field := FIELD.search(self.page):
            words = f"{self.marker} {SENTENCE}"
            form[field[1]] = words if "textarea" in field[0] else self.draw.choice(OPTIONS)
        return html.unescape(found[1]), int(found[2]), form

    async def whole_road(self) -> None:
        """From the start page to the thanks."""
        start = self.job.facts["start"]
        await self.ask("GET", start)
        await self.ask("POST", f"{start}kaart/1/", {"rol": "student"})
        aside = self.draw.randrange(8, 20) if self.draw.randrange(ASIDE) == 0 else 0
        back = self.draw.randrange(3, 25)
        while True:
            path, place, form = self.filled()
            if path.endswith("/versturen/"):
                break
            if place == aside:
                aside = 0
                await self.put_aside(start, form)
            elif place == back:
                back = 0
                await self.ask("POST", f"{start}kaart/{place - 1}/", form)
            else:
                await self.ask("POST", path, form)
        done = await self.ask("POST", path, form)
        await self.ask("GET", done.header(b"location").decode())

    async def put_aside(self, start: str, form: dict[str, str]) -> None:
        """'Later verder': a code, and with it back to where one was."""
        await self.ask("POST", f"{start}bewaren/", form)
        found = CODE.search(self.page)
        if found is None:
            raise Unacknowledged("no code to go on with")
        await self.ask("POST", "/mee/verder/", {"code": found[1]})


async def phone(browser: Browser, job: Job, marker: str) -> dict[str, float]:
    """One phone comes in at its own moment and goes the whole road."""
    one = Phone(browser, job, marker)
    await asyncio.sleep(one.draw.uniform(0, COME_IN))
    await one.whole_road()
    return one.steps


def tell(outcome: Outcome) -> None:
    """The figures of how long the server took, over all requests."""
    for fault in outcome.faults:
        note(fault)
    times = [seconds for step in outcome.steps.values() for seconds in step]
    for name, part in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)):
        figure(f"phones_{name}_ms", percentile(times, part) * 1000, "ms")
    kept = [s for name, step in outcome.steps.items() if name[4:] in {"bewaren", "verder"} for s in step]
    figure("phones_aside_p95_ms", percentile(kept, 0.95) * 1000, f"ms, of {len(kept)} with a code")
    figure("phones_requests", len(times), f"requests, {len(times) / outcome.seconds:.0f} a second")
    figure("phones_failed", outcome.failed, f"of {PHONES} phones")


def main() -> None:
    """Let them come, and hold what was acknowledged against what is stored."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        made = product.prepare(folder)
        made.facts["start"] = made.start
        port = free_port()
        with product.serving(folder, port) as server:
            load(Job("bench.visits:whole", port, 2, 1.0, made.paths, name="warm", facts=made.facts))
            figure("phones_memory_start", server.memory(), "MB")
            spent = server.cpu_seconds()
            job = Job(
                "bench.phones:phone", port, PHONES, COME_IN + 120, made.paths, most=PHONES, facts=made.facts
            )
            outcome = load(job)
            figure("phones_memory_end", server.memory(), "MB")
            figure("phones_cpu", (server.cpu_seconds() - spent) / outcome.seconds * 100, "% of a core")
        tell(outcome)
        stored = product.stored_markers(folder)
        lost = sum(marker not in stored for marker in outcome.acknowledged)
        figure("phones_lost", lost, f"of {len(outcome.acknowledged)} acknowledged")


if __name__ == "__main__":
    main()
