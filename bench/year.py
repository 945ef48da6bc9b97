"""`year`: the year and the silent voices of a partnership of 160 schools with three full years, at the server."""

import tempfile
from pathlib import Path

from bench import product
from bench.figures import figure, middle

PATIENCE, TURNS = 600, 3


def main() -> None:
    """Fill, then look at the pages a few times."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        product.in_process("bench.year_one", Path(name), "make", patience=PATIENCE)
        looks = [
            product.in_process("bench.year_one", Path(name), "page", patience=PATIENCE)
            for _turn in range(TURNS)
        ]
    for page in ("year", "silent"):
        figure(f"{page}_ms", middle([look[f"{page}_ms"] for look in looks]), "ms")
        # by processor time: what else the machine does then tells nothing of the page
        figure(f"{page}_cpu_ms", middle([look[f"{page}_cpu_ms"] for look in looks]), "ms")
        figure(f"{page}_queries", looks[0][f"{page}_queries"], "queries")


if __name__ == "__main__":
    main()
