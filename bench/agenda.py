"""`agenda`: agendas of a partnership of 160 schools with three years of points, at the server."""

import tempfile
from pathlib import Path

from bench import product
from bench.figures import figure, middle

PATIENCE, TURNS = 600, 3
PAGES = ("list", "tree", "line", "board", "school", "point", "upper")
"""The agenda of the partnership in four looks, that of a school, a point of a school, and one to which schools contribute."""


def main() -> None:
    """Fill, then look at the pages a few times; `agenda_ms` is the slowest of them."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        product.in_process("bench.agenda_one", Path(name), "make", patience=PATIENCE)
        looks = [
            product.in_process("bench.agenda_one", Path(name), "page", patience=PATIENCE)
            for _turn in range(TURNS)
        ]
    slowest = max(PAGES, key=lambda page: middle([look[f"{page}_ms"] for look in looks]))
    figure("agenda_ms", middle([look[f"{slowest}_ms"] for look in looks]), "ms")
    # by processor time: what else the machine does then tells nothing of the page
    figure("agenda_cpu_ms", middle([look[f"{slowest}_cpu_ms"] for look in looks]), "ms")
    for page in PAGES:
        figure(f"agenda_{page}_ms", middle([look[f"{page}_ms"] for look in looks]), "ms")
        figure(f"agenda_{page}_queries", looks[0][f"{page}_queries"], "queries")


if __name__ == "__main__":
    main()
