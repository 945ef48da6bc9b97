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


def one_load(server: Running, name: str, visit: str, clients: int, made: product.Prepared) -> Outcome:
    """One load of some seconds; what went wrong is said."""
    outcome = load(Job(visit, server.port, clients, SECONDS, made.paths, name=name, facts=made.facts))
    for fault in outcome.faults:
        note(f"{visit} with {clients}: {fault}")
    return outcome


def rounds(server: Running, name: str, visit: str, clients: int, made: product.Prepared) -> list[Outcome]:
    """The same load a few times over."""
    return [one_load(server, f"{name}{turn}", visit, clients, made) for turn in range(TIMES)]


def measure_submits(server: Running, folder: Path, made: product.Prepared) -> list[Outcome]:
    """Submits alone and bare inserts, turn and turn about, 8 clients; prints the figures."""
    port, none = free_port(), product.Prepared("/", ["/"], {})
    words = [sys.executable, "-m", "bench.bare", str(folder / "bare.sqlite3"), product.SYNCHRONOUS, str(port)]
    own, bare = [], []
    spent = server.cpu_seconds()
    with running(words, port, env={}, log=folder / "bare.log") as rod:
        for turn in range(TIMES):
            made.facts["first"] = turn * made.facts["count"] // TIMES
            own.append(one_load(server, f"p{turn}", "bench.visits:submit_only", 8, made))
            bare.append(one_load(rod, f"b{turn}", "bench.visits:bare", 8, none))
        bare_spent = rod.cpu_seconds()
    # processor time holds when the machine is busy with other work; the rates do not
    figure("submit_cpu_post", per_answer(server.cpu_seconds() - spent, own), "ms/submit")
    figure("submit_cpu_bare", per_answer(bare_spent, bare), "ms/insert")
    figure("submit_posts", middle([outcome.rate for outcome in own]), "submits/s")
    figure("submit_bare", middle([outcome.rate for outcome in bare]), "inserts/s")
    ratios = [mine.rate / theirs.rate for mine, theirs in zip(own, bare, strict=True)]
    figure("submit_ratio", middle(ratios), "of bare")
    return own


def per_answer(seconds: float, outcomes: list[Outcome]) -> float:
    """Milliseconds of processor time for each answer that was acknowledged."""
    return seconds * 1000 / max(1, sum(len(outcome.acknowledged) for outcome in outcomes))


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
            outcomes += measure_submits(server, folder, made)
            figure("submit_memory", server.peak_memory(), "MB")
        stored = product.stored_markers(folder)
        said = [marker for outcome in outcomes for marker in outcome.acknowledged]
        figure("submit_failed", sum(outcome.failed for outcome in outcomes), "sessions")
        figure(
            "submit_lost", sum(1 for marker in said if marker not in stored), f"of {len(said)} acknowledged"
        )


if __name__ == "__main__":
    main()
