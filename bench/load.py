"""The load: a number of visitors in a process of their own, for a number of seconds.

`python -m bench.load JOB FILE` writes the outcome as JSON. A visit is an async
function of a browser, the job and a marker; it returns the seconds per step, and raises when the server did
not acknowledge.
"""

import asyncio
import importlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import uvloop

from bench.wire import Browser

Visit = Callable[[Browser, "Job", str], Awaitable[dict[str, float]]]


@dataclass(slots=True)
class Job:
    """What to do: `visit` as module:function, `paths` to choose from, `facts` for the visit itself."""

    visit: str
    port: int
    clients: int
    seconds: float
    paths: list[str]
    most: int = 1_000_000
    name: str = "m"
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Outcome:
    """What came of it. `acknowledged` holds the markers the server said yes to."""

    seconds: float = 0.0
    failed: int = 0
    faults: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    steps: dict[str, list[float]] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Acknowledged visits a second."""
        return len(self.acknowledged) / self.seconds if self.seconds else 0.0


async def visitor(number: int, job: Job, visit: Visit, until: float, outcome: Outcome) -> None:
    """One client, visit after visit, until the time is up or the server has gone."""
    browser, count = Browser(job.port), 0
    share = job.most // job.clients
    while time.monotonic() < until and count < share:
        marker = f"{job.name}-{number}-{count}"
        count += 1
        browser.forget()
        try:
            steps = await visit(browser, job, marker)
        except (ConnectionError, TimeoutError, OSError) as fault:
            outcome.failed += 1
            outcome.faults.append(repr(fault))
            break  # the server has gone, and with it this visitor
        except Unacknowledged as fault:
            outcome.failed += 1
            if len(outcome.faults) < 5:
                outcome.faults.append(str(fault)[:500])
            continue
        outcome.acknowledged.append(marker)
        for step, seconds in steps.items():
            outcome.steps.setdefault(step, []).append(seconds)
    browser.close()


class Unacknowledged(Exception):  # noqa: N818 - it is not an error of ours
    """The server answered, but not with yes."""


async def carry_out(job: Job) -> Outcome:
    """Let all clients loose at once."""
    module, _, name = job.visit.partition(":")
    visit: Visit = getattr(importlib.import_module(module), name)
    outcome = Outcome()
    began = time.monotonic()
    await asyncio.gather(*(visitor(n, job, visit, began + job.seconds, outcome) for n in range(job.clients)))
    outcome.seconds = time.monotonic() - began
    return outcome


class Load:
    """A load in its own process, under way."""

    def __init__(self, job: Job) -> None:
        # a file: the loop leaves a pipe non-blocking behind, and a long answer would be cut off
        self.told = Path(tempfile.mkstemp(suffix=".json")[1])
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.load", json.dumps(asdict(job)), str(self.told)]
        )
        self.patience = job.seconds + 90

    def outcome(self) -> Outcome:
        """Wait for the end, and hear how it went."""
        try:
            self.process.wait(timeout=self.patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        out = self.told.read_text()
        self.told.unlink()
        return Outcome(**json.loads(out))


def load(job: Job) -> Outcome:
    """Run a load to its end."""
    return Load(job).outcome()


if __name__ == "__main__":
    # The class of this file is known under two names when it is the main module; use the importable one.
    from bench import load as itself

    given = itself.Job(**json.loads(sys.argv[1]))
    Path(sys.argv[2]).write_text(json.dumps(asdict(uvloop.run(itself.carry_out(given)))))
