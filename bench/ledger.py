"""`ledger`: a page of the ledger with a search, over ten thousand data points, at the server.

In a database and a process of its own: the data points are put in as rows, indexed by the product itself, and the page
is asked for as somebody who may see half of them.
"""

import tempfile
from pathlib import Path

from bench import product
from bench.figures import figure

POINTS = 10_000
PATIENCE = 600


def main() -> None:
    """Fill the ledger, then look at its pages."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        found = product.in_process("bench.ledger_one", Path(name), str(POINTS), patience=PATIENCE)
    figure("ledger_index_seconds", found["index_seconds"], "s")
    for name, key in (("search", ""), ("common", "_common"), ("two_words", "_two_words"), ("all", "_all")):
        figure(f"ledger{key}_ms", found[name], "ms")
        # by processor time: what else the machine does then tells nothing of the page
        figure(f"ledger{key}_cpu_ms", found[f"{name}_cpu"], "ms")
    figure("ledger_queries", found["queries"], "queries")


if __name__ == "__main__":
    main()
