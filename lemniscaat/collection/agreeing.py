"""When an open answer may be read by others: enough people let it go in the very same words."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

State = Literal["waiting", "read", "differs", "released"]


@dataclass(frozen=True)
class Verdict:
    """What has become of a text: its state, and how many readers let it go as it was last read."""

    state: State
    agreed: int


def verdict(readings: Mapping[int, str], latest: str, *, needed: int) -> Verdict:
    """`readings`: per reader the words in which he let the text go; `latest` are those of who read last.

    Who reads last and differs from the others shuts the text: what was released comes back only when enough people
    say the same words again.
    """
    counts = Counter(readings.values())
    agreed = counts[latest]
    if not agreed:
        return Verdict("waiting", 0)
    if agreed >= needed:
        return Verdict("released", agreed)
    return Verdict("differs" if len(counts) > 1 else "read", agreed)
