"""Many looks at one page of the product, within the process."""

import statistics
import time
from collections.abc import Mapping

from django.test import Client


def looked(
    client: Client, address: str, times: int, *, query: Mapping[str, str] | None = None, says: str = ""
) -> tuple[float, float]:
    """The middle of that many looks, in milliseconds: as it passed, and of the processor. Somebody looked before, to
    warm it up. Ends the process where the page is none, or does not say this."""
    spent, worked = [], []
    for _ in range(times):
        began, busy = time.perf_counter(), time.process_time()
        answer = client.get(address, query)
        spent.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - busy) * 1000)
        if answer.status_code != 200 or says not in answer.content.decode():
            raise SystemExit(f"{address} shows nothing")
    return statistics.median(spent), statistics.median(worked)
