"""`ledger`: a page of the ledger with a search, over ten thousand data points, at the server.

In a database and a process of its own: the data points are put in as rows, indexed by the product itself, and the page
is asked for as somebody who may see half of them.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import product
from bench.figures import figure

POINTS = 10_000
PATIENCE = 600


def main() -> None:
    """Fill the ledger, then look at its pages."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        done = subprocess.run(
            [sys.executable, "-m", "bench.ledger_one", str(POINTS)],
            env={**os.environ, **product.environment(Path(name))},
            stdout=subprocess.PIPE,
            timeout=PATIENCE,
            check=True,
        )
    found: dict[str, float] = json.loads(done.stdout.decode().strip().splitlines()[-1])
    figure("ledger_index_seconds", found["index_seconds"], "s")
    for name, key in (("search", ""), ("common", "_common"), ("two_words", "_two_words"), ("all", "_all")):
        figure(f"ledger{key}_ms", found[name], "ms")
        # by processor time: what else the machine does then tells nothing of the page
        figure(f"ledger{key}_cpu_ms", found[f"{name}_cpu"], "ms")
    figure("ledger_queries", found["queries"], "queries")


if __name__ == "__main__":
    main()
