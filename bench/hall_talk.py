"""The talk in a hall as it is measured: who joins, what the leader presses, and when everybody has it before him."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bench.broadcast import PAGE, Crowd, Phone, listen
from bench.figures import note, percentile
from bench.hall import NOTHING, Fragment, Guest, Listener, Refused, Screen
from bench.processes import Running
from bench.wire import Browser

PEOPLE = int(os.environ.get("LIVE_PEOPLE", "1000"))
AT_ONCE = 16
SECONDS = 30.0
PATIENCE = 60.0


@dataclass
class Hall:
    """The talk, who is there, and what was measured."""

    facts: dict[str, Any]
    servers: list[Running]
    crowd: Crowd = field(default_factory=Crowd)
    screens: list[Screen] = field(default_factory=list)
    times: dict[str, list[float]] = field(default_factory=dict)
    refused: int = 0
    lost: int = 0

    @property
    def guests(self) -> list[Guest]:
        """Who is in."""
        return [phone for phone in self.crowd.phones if isinstance(phone, Guest)]

    @property
    def leader(self) -> Screen:
        """The control screen."""
        return self.screens[0]

    def note(self, name: str, values: list[float]) -> None:
        """Keep what was measured."""
        self.times.setdefault(name, []).extend(values)

    def cpu(self) -> float:
        """Processor seconds of the servers so far."""
        return sum(server.cpu_seconds() for server in self.servers)

    async def press(self, do: str) -> float:
        """The leader presses; the crowd's clock starts."""
        self.crowd.begin()
        return await self.leader.press(self.facts["meeting"], do)

    async def shown(self, step: str, counted: int = 0) -> list[float]:
        """Wait until every phone has this step since the clock started, with the outcome of so many; milliseconds."""
        return await shown(self.crowd, lambda one: one.step == step and one.counted == counted)


async def shown(crowd: Crowd, right: Callable[[Fragment], bool]) -> list[float]:
    """The milliseconds until each had what is right, smallest first. Raises TimeoutError when somebody never had it."""
    guests = [phone for phone in crowd.phones if isinstance(phone, Guest)]

    def has(phone: Phone) -> bool:
        return isinstance(phone, Guest) and phone.shown_at > crowd.began and right(phone.fragment)

    await crowd.until(has, PATIENCE)
    return sorted(1000 * (guest.shown_at - crowd.began) for guest in guests)


async def several(jobs: list[Callable[[], Awaitable[None]]], at_once: int) -> float:
    """Do all of it, so many at a time; returns the seconds it took."""
    waiting, began = iter(jobs), time.perf_counter()

    async def worker() -> None:
        for job in waiting:
            await job()

    await asyncio.gather(*(worker() for _ in range(at_once)))
    return time.perf_counter() - began


async def join(hall: Hall) -> float:
    """A thousand come in by the code; returns the seconds it took."""
    roles = hall.facts["roles"]

    def job(number: int) -> Callable[[], Awaitable[None]]:
        async def enter() -> None:
            port = hall.servers[number % len(hall.servers)].port
            guest = Guest(hall.crowd, "", Browser(port, "en" if number % 10 == 9 else "nl"))
            try:
                await guest.join(hall.facts["code"], roles[number % len(roles)])
            except (Refused, ConnectionError, TimeoutError) as fault:
                hall.refused += 1
                if hall.refused < 5:
                    note(f"refused: {fault!r}")
                return
            hall.crowd.phones.append(guest)

        return enter

    return await several([job(number) for number in range(PEOPLE)], AT_ONCE)


async def answer(hall: Hall, seconds: float) -> None:
    """Everybody answers: spread over so many seconds, or with 0 as fast as AT_ONCE of them can."""
    acknowledged = 0

    def job(number: int, guest: Guest) -> Callable[[], Awaitable[None]]:
        async def give() -> None:
            nonlocal acknowledged
            await asyncio.sleep(max(0.0, began + seconds * number / PEOPLE - time.perf_counter()))
            try:
                post, whole = await guest.give(hall.facts["table"], hall.facts["section"])
            except (Refused, ConnectionError, TimeoutError) as fault:
                note(f"not answered: {fault!r}")
                return
            acknowledged += 1
            hall.note("answer" if seconds else "answer_fast", [1000 * post])
            hall.note("answer_page" if seconds else "answer_fast_page", [1000 * whole])

        return give

    began = time.perf_counter()
    jobs = [job(number, guest) for number, guest in enumerate(hall.guests)]
    took = await several(jobs, len(jobs) if seconds else AT_ONCE)
    hall.note("answers" if seconds else "answers_fast", [acknowledged / took])
    hall.lost += len(hall.guests) - acknowledged


async def think(hall: Hall, do: str) -> None:
    """The leader asks; every phone gets the form."""
    pressing = asyncio.create_task(hall.press(do))
    hall.note("think", await hall.shown(f"{hall.facts['think']}-0-0-running-0"))
    hall.note("think_post", [1000 * await pressing])


async def reveal(hall: Hall) -> None:
    """The leader lays it open; every phone gets the outcome of all who answered."""
    spent = hall.cpu()
    pressing = asyncio.create_task(hall.press(f"open:{hall.facts['section']}"))
    times = await hall.shown(f"{hall.facts['show']}-1-0-running-0", len(hall.guests))
    hall.note("reveal_post", [1000 * await pressing])
    hall.note("reveal_cpu", [hall.cpu() - spent])
    for name, part in (("p50", 0.5), ("p99", 0.99), ("all", 1.0)):
        hall.note(f"reveal_{name}", [percentile(times, part)])


class Rod:
    """The measuring rod: as many phones at the bare broadcast."""

    def __init__(self, port: int, server: Running) -> None:
        self.port, self.server, self.crowd = port, server, Crowd()
        self.browser = Browser(port)
        self.times: dict[str, list[float]] = {}

    async def begin(self) -> None:
        """Open the streams."""
        await listen(
            self.port,
            "/",
            PEOPLE,
            crowd=self.crowd,
            make=lambda crowd, path: Listener(crowd, path, Browser(self.port), PAGE),
        )
        await self.crowd.wait("hallo")

    async def reveal(self, page: bytes) -> None:
        """The word, and the page that everybody then fetches."""
        await self.browser.ask("POST", PAGE, page)
        spent = self.server.cpu_seconds()
        for phone in self.crowd.phones:
            if isinstance(phone, Guest):
                phone.fragment = NOTHING
        self.crowd.begin()
        await self.browser.ask("POST", "/stap")
        times = await shown(self.crowd, lambda one: bool(one.step))
        for name, part in (("p50", 0.5), ("p99", 0.99), ("all", 1.0)):
            self.times.setdefault(name, []).append(percentile(times, part))
        self.times.setdefault("cpu", []).append(self.server.cpu_seconds() - spent)

    def close(self) -> None:
        """Hang up."""
        for phone in self.crowd.phones:
            if isinstance(phone, Listener):
                phone.hang_up()
        self.browser.close()
