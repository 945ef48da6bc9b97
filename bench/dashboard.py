"""`dashboard`: the page of a criterion at 10 thousand, 1 million and 10 million answers.

Each size in a database and a process of its own: the answers are put in as rows, folded and released by the
product itself, and the page is asked for as somebody who may see it.
"""

import tempfile
from pathlib import Path

from bench import product
from bench.figures import figure, middle

SIZES = {"10k": 10_000, "1m": 1_000_000, "10m": 10_000_000}
PATIENCE = 900
TURNS = 3


def in_process(folder: Path, *words: str) -> dict[str, float]:
    """What `bench.dashboard_one` prints."""
    return product.in_process("bench.dashboard_one", folder, *words, patience=PATIENCE)


def main() -> None:
    """Fill every size, then look at their pages turn and turn about, so that noise falls on all alike."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folders = {size: Path(name) / size for size in SIZES}
        for size, answers in SIZES.items():
            folders[size].mkdir()
            made = in_process(folders[size], "make", str(answers))
            figure(f"dashboard_fold_{size}", made["fold_seconds"], "s")
            figure(f"dashboard_fold_memory_{size}", made["fold_memory_mb"], "MB")
            figure(f"dashboard_file_{size}", (folders[size] / "bench.sqlite3").stat().st_size / 1024**2, "MB")
        looks = [{size: in_process(folders[size], "page") for size in SIZES} for _turn in range(TURNS)]
    for size in SIZES:
        figure(f"dashboard_ms_{size}", middle([look[size]["page_ms"] for look in looks]), "ms")
        figure(f"dashboard_cpu_{size}", middle([look[size]["page_cpu_ms"] for look in looks]), "ms")
        figure(f"dashboard_queries_{size}", looks[0][size]["queries"], "queries")
        figure(f"dashboard_memory_{size}", looks[0][size]["memory_mb"], "MB")
    # by processor time: what else the machine does then tells nothing of how the page grows
    growth = [look["10m"]["page_cpu_ms"] / look["10k"]["page_cpu_ms"] for look in looks]
    figure("dashboard_growth", middle(growth), "times")
    figure("fold_rate", SIZES["10m"] / made["fold_seconds"], "answers/s")


if __name__ == "__main__":
    main()
