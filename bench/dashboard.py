"""`dashboard`: the page of a criterion at 10 thousand, 1 million and 10 million answers.

Each size in a database and a process of its own: the answers are put in as rows, folded and released by the
product itself, and the page is asked for as somebody who may see it.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import product
from bench.figures import figure

SIZES = {"10k": 10_000, "1m": 1_000_000, "10m": 10_000_000}
PATIENCE = 900


def in_process(folder: Path, *words: str) -> dict[str, float]:
    """What `bench.dashboard_one` prints, run in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.dashboard_one", *words],
        env={**os.environ, **product.environment(folder)},
        stdout=subprocess.PIPE,
        timeout=PATIENCE,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout.decode().strip().splitlines()[-1])
    return found


def measure(answers: int) -> dict[str, float]:
    """One size: filled and folded by one process, looked at by a fresh one."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        made = in_process(folder, "make", str(answers))
        size = (folder / "bench.sqlite3").stat().st_size / 1024**2
        return {**made, **in_process(folder, "page"), "file_mb": size}


def main() -> None:
    """All sizes, and how the page grows between the first and the last."""
    pages = {}
    for name, answers in SIZES.items():
        found = measure(answers)
        pages[name] = found["page_ms"]
        figure(f"dashboard_ms_{name}", found["page_ms"], "ms")
        figure(f"dashboard_queries_{name}", found["queries"], "queries")
        figure(f"dashboard_memory_{name}", found["memory_mb"], "MB")
        figure(f"dashboard_file_{name}", found["file_mb"], "MB")
        figure(f"dashboard_fold_{name}", found["fold_seconds"], "s")
        figure(f"dashboard_fold_memory_{name}", found["fold_memory_mb"], "MB")
    figure("dashboard_growth", pages["10m"] / pages["10k"], "times")
    figure("fold_rate", SIZES["10m"] / found["fold_seconds"], "answers/s")


if __name__ == "__main__":
    main()
