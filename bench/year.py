"""`year`: the year and the silent voices of a partnership of 160 schools with three full years, at the server."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import product
from bench.figures import figure, middle

PATIENCE, TURNS = 600, 3


def in_process(folder: Path, word: str) -> dict[str, float]:
    """What `bench.year_one` prints, run in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.year_one", word],
        env={**os.environ, **product.environment(folder)},
        stdout=subprocess.PIPE,
        timeout=PATIENCE,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout.decode().strip().splitlines()[-1])
    return found


def main() -> None:
    """Fill, then look at the pages a few times."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        in_process(Path(name), "make")
        looks = [in_process(Path(name), "page") for _turn in range(TURNS)]
    for page in ("year", "silent"):
        figure(f"{page}_ms", middle([look[f"{page}_ms"] for look in looks]), "ms")
        # by processor time: what else the machine does then tells nothing of the page
        figure(f"{page}_cpu_ms", middle([look[f"{page}_cpu_ms"] for look in looks]), "ms")
        figure(f"{page}_queries", looks[0][f"{page}_queries"], "queries")


if __name__ == "__main__":
    main()
