"""`python -m bench [section ...]`."""

import sys
import time

from bench import agenda, broadcast, dashboard, first_visit, kill, ledger, live, phones, submit, year
from bench.figures import note

SECTIONS = {
    "first_visit": first_visit.main,
    "submit": submit.main,
    "kill": kill.main,
    "dashboard": dashboard.main,
    "ledger": ledger.main,
    "year": year.main,
    "agenda": agenda.main,
    "broadcast": broadcast.main,
    "live": live.main,
    "phones": phones.main,
}


def main(chosen: list[str]) -> int:
    """Run the chosen sections, or all; returns the exit code."""
    unknown = [name for name in chosen if name not in SECTIONS]
    if unknown:
        print(f"No section {', '.join(unknown)}; there are: {', '.join(SECTIONS)}", file=sys.stderr)
        return 2
    for name in chosen or SECTIONS:
        began = time.monotonic()
        SECTIONS[name]()
        note(f"{name} took {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
