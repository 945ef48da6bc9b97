"""`live`: a hall of a thousand on one default process, and on two with PostgreSQL where TEST_DATABASE_URL answers.

A thousand phones join by the code, wait for the leader, answer in half a minute, and get the outcome at the moment
it is laid open; after that the same is asked again a few times, each time with a thousand new answers. Times run from
the moment the leader's POST leaves until a phone has the fragment in hand that holds the outcome of all answers.

The measuring rod is the bare broadcast of `broadcast.py` with as many connections in the same run: after its word the
phones do exactly the same, and fetch the very bytes that the product gave, from memory.

Client and server share the machine: what the thousand phones cost is in every figure.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvloop

from bench import product, storage
from bench.broadcast import Crowd, room_for
from bench.figures import figure, middle, note, percentile
from bench.hall import Screen
from bench.hall_talk import AT_ONCE, PEOPLE, SECONDS, Hall, Rod, answer, join, reveal, think
from bench.processes import free_port, running

AGAIN = 5


async def talk(hall: Hall, rod: Rod, rows: Callable[[], list[int]]) -> None:
    """The whole talk. `rows`: how many answers lie in the database, per time it was asked."""
    facts, name = hall.facts, "live" if len(hall.servers) == 1 else "live_pg"
    spent = hall.cpu()
    took = await join(hall)
    figure(
        f"{name}_join_per_s", len(hall.guests) / took, f"joins/s, {AT_ONCE} at once, {hall.refused} refused"
    )
    figure(f"{name}_join_cpu", 1000 * (hall.cpu() - spent) / max(1, len(hall.guests)), "ms/join")
    for number, page in enumerate(("leiden", "beamer/?fase=talk")):
        port = hall.servers[number % len(hall.servers)].port
        source = f"/gesprek/{facts['meeting']}/{page}{'' if '?' in page else '/'}"
        hall.screens.append(Screen(Crowd(), port, facts["session"], source))
    await rod.begin()
    await hall.leader.begin()
    for turn in range(AGAIN + 1):
        await think(hall, f"again:{facts['section']}" if turn else f"go:{facts['think']}")
        if not turn:
            # the wall has its stream from the first step on
            await hall.screens[1].begin()
        spent = hall.cpu()
        await answer(hall, 0.0 if turn else SECONDS)
        hall.note("answer_cpu", [1000 * (hall.cpu() - spent) / len(hall.guests)])
        await asyncio.sleep(1)
        hall.lost += max(0, len(hall.guests) - rows()[-1])
        await reveal(hall)
        await asyncio.sleep(1)
        await rod.reveal(hall.guests[0].bytes)
        await asyncio.sleep(1)


def tell(hall: Hall, rod: Rod) -> None:
    """Print the figures."""
    name, times = "live" if len(hall.servers) == 1 else "live_pg", hall.times
    figure(f"{name}_think_p50_ms", percentile(times["think"], 0.5), "ms")
    figure(f"{name}_think_p99_ms", percentile(times["think"], 0.99), "ms")
    for kind, way in (("answer", f"over {SECONDS:.0f} s"), ("answer_fast", f"{AT_ONCE} at once")):
        figure(f"{name}_{kind}_p50_ms", percentile(times[kind], 0.5), f"ms, {way}")
        figure(f"{name}_{kind}_p95_ms", percentile(times[kind], 0.95), f"ms, {way}")
        figure(f"{name}_{kind}_page_p95_ms", percentile(times[f"{kind}_page"], 0.95), "ms, with its page")
    figure(f"{name}_answers_per_s", middle(times["answers_fast"]), f"answers/s, {AT_ONCE} at once")
    figure(f"{name}_answer_cpu", middle(times["answer_cpu"]), "ms/answer")
    figure(f"{name}_lost", hall.lost, f"of {len(hall.guests) * (AGAIN + 1)} answers")
    figure(f"{name}_reveal_post_ms", middle(times["reveal_post"]), "ms")
    for part in ("p50", "p99", "all"):
        spread(f"{name}_reveal_{part}", times[f"reveal_{part}"])
    figure(f"{name}_reveal_cpu", middle(times["reveal_cpu"]), "s of the server")
    for part in ("p50", "p99"):
        spread(f"{name}_bare_{part}", rod.times[part])
    figure(f"{name}_bare_cpu", middle(rod.times["cpu"]), "s of the bare server")
    ratios = [own / bare for own, bare in zip(times["reveal_p99"], rod.times["p99"], strict=True)]
    figure(f"{name}_ratio", middle(ratios), "of bare, p99")
    figure(
        f"{name}_dropped", sum(one.transport is None for one in [*hall.guests, *hall.screens]), "connections"
    )
    figure(f"{name}_failed", sum(guest.failed for guest in hall.guests), "fetches")
    figure(f"{name}_cpu", hall.cpu(), "s of the server in all")
    figure(f"{name}_memory", max(server.peak_memory() for server in hall.servers), "MB")


def spread(name: str, values: list[float]) -> None:
    """The median of a few, with the best and the worst."""
    figure(
        f"{name}_ms", middle(values), f"ms (min {min(values):.0f}, max {max(values):.0f} of {len(values)})"
    )


async def carry_out(hall: Hall, rod: Rod, rows: Callable[[], list[int]]) -> None:
    """The talk, and the figures while all still are there."""
    room_for(6 * PEOPLE)
    try:
        await talk(hall, rod, rows)
        tell(hall, rod)
    finally:
        for one in [*hall.guests, *hall.screens]:
            one.hang_up()
        rod.close()


@contextmanager
def measuring_rod() -> Iterator[Rod]:
    """The bare broadcast beside it."""
    port = free_port()
    with running([sys.executable, "-m", "bench.broadcast", str(port)], port, env={}) as bare:
        yield Rod(port, bare)


def on_sqlite() -> None:
    """One process, as it comes."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        made = product.prepare_hall(folder)
        with product.serving(folder, free_port()) as server, measuring_rod() as rod:
            hall = Hall(made.facts, [server])
            uvloop.run(carry_out(hall, rod, lambda: storage.in_rounds(folder)))


def on_postgres(url: str) -> None:
    """Two processes on one PostgreSQL; the bell goes by NOTIFY."""
    with storage.own_database(url) as database, tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        made = product.prepare_hall(folder, database)
        with (
            product.serving(folder, free_port(), database) as first,
            product.serving(folder, free_port(), database) as second,
            measuring_rod() as rod,
        ):
            hall = Hall(made.facts, [first, second])
            uvloop.run(carry_out(hall, rod, lambda: storage.in_rounds(folder, database)))


def main() -> None:
    """SQLite always, PostgreSQL where it answers."""
    on_sqlite()
    url = os.environ.get("TEST_DATABASE_URL", "")
    if storage.answers(url):
        on_postgres(url)
    else:
        note("live on PostgreSQL: not tried (TEST_DATABASE_URL does not answer)")
    note(
        f"{PEOPLE} phones, {AGAIN + 1} times; {os.cpu_count()} cores for phones and servers together,"
        f" load of the machine {os.getloadavg()[0]:.1f}"
    )
