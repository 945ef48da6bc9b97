"""`submit`: whole sessions (page and submit of 27 items) a second, beside a bare insert of the same row.

The product runs as it comes (one process, SQLite); the measuring rod stores with the same durability.
Load and server share the machine's cores.
"""

import sys
import tempfile
from pathlib import Path

from bench import product
from bench.figures import figure, middle, note, percentile
from bench.load import Job, Outcome, load
from bench.processes import Running, free_port, running

SECONDS = 4.0
TIMES = 3
CLIENTS = (1, 8, 32)


def rounds(server: Running, name: str, visit: str, clients: int, made: product.Prepared) -> list[Outcome]:
    """The same load a few times over."""
    outcomes = []
    for turn in range(TIMES):
        job = Job(visit, server.port, clients, SECONDS, made.paths, facts=made.facts)
        job.name = f"{name}{turn}"
        outcomes.append(load(job))
    for fault in {fault for outcome in outcomes for fault in outcome.faults}:
        note(f"{visit} with {clients}: {fault}")
    return outcomes


def measure_bare(folder: Path) -> float:
    """Bare inserts a second with 8 clients."""
    port, none = free_port(), product.Prepared(["/"], {})
    command = [
        sys.executable,
        "-m",
        "bench.bare",
        str(folder / "bare.sqlite3"),
        product.SYNCHRONOUS,
        str(port),
    ]
    with running(command, port, env={}, log=folder / "bare.log") as server:
        return middle([outcome.rate for outcome in rounds(server, "b", "bench.visits:bare", 8, none)])


def measure_sessions(server: Running, made: product.Prepared) -> list[Outcome]:
    """Whole sessions with few and many clients; prints as it goes."""
    everything: list[Outcome] = []
    for clients in CLIENTS:
        spent = server.cpu_seconds()
        outcomes = rounds(server, f"s{clients}-", "bench.visits:whole", clients, made)
        spent = server.cpu_seconds() - spent
        everything += outcomes
        rate = middle([outcome.rate for outcome in outcomes])
        figure(f"submit_rate_{clients}", rate, "sessions/s")
        if clients == 8:
            figure("submit_sessions", rate, "sessions/s")
        count = sum(len(outcome.acknowledged) for outcome in outcomes)
        figure(f"submit_cpu_{clients}", spent * 1000 / max(1, count), "ms/session")
        posts = [seconds for outcome in outcomes for seconds in outcome.steps.get("submit", [])]
        figure(f"submit_p95_{clients}", percentile(posts, 0.95) * 1000, "ms")
    return everything


def main() -> None:
    """Measure, and count what is in the database at the end."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        made = product.prepare(folder)
        port = free_port()
        with product.serving(folder, port) as server:
            load(Job("bench.visits:whole", port, 2, 1.0, made.paths, name="warm", facts=made.facts))
            outcomes = measure_sessions(server, made)
            posts = rounds(server, "p", "bench.visits:submit_only", 8, made)
            figure("submit_memory", server.peak_memory(), "MB")
        bare, own = measure_bare(folder), middle([outcome.rate for outcome in posts])
        figure("submit_posts", own, "submits/s")
        figure("submit_bare", bare, "inserts/s")
        figure("submit_ratio", own / bare, "of bare")
        stored = product.stored_markers(folder)
        said = [marker for outcome in [*outcomes, *posts] for marker in outcome.acknowledged]
        figure("submit_failed", sum(outcome.failed for outcome in [*outcomes, *posts]), "sessions")
        figure(
            "submit_lost", sum(1 for marker in said if marker not in stored), f"of {len(said)} acknowledged"
        )


if __name__ == "__main__":
    main()
