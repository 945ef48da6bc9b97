"""`first_visit`: the bytes on the wire when a participant opens his first page, with an empty cache.

Fetched as a browser does: the page, its styles and scripts, what the styles import, and the fonts and pictures
that page and styles name. Heads included. A font is counted even if the page would not need it.
"""

import asyncio
import gzip
import re
import tempfile
from pathlib import Path
from urllib.parse import urljoin

from bench import product
from bench.figures import figure, note
from bench.processes import free_port
from bench.wire import Browser, Reply

IN_PAGE = re.compile(r"<(?:link|script|img|source)\b[^>]*?(?:href|src)=\"([^\"]+)\"[^>]*>", re.IGNORECASE)
FETCHED_LINK = re.compile(r"rel=\"[^\"]*(stylesheet|icon|preload|manifest)", re.IGNORECASE)
IN_STYLE = re.compile(r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)|@import\s+['\"]([^'\"]+)")
MOST = 100


def named_in_page(page: str, base: str) -> list[str]:
    """The addresses a browser fetches for a page."""
    found = []
    for match in IN_PAGE.finditer(page):
        tag = match.group()
        if not tag.startswith("<link") or FETCHED_LINK.search(tag):
            found.append(urljoin(base, match.group(1)))
    return found


def named_in_style(style: str, base: str) -> list[str]:
    """The addresses a style sheet names."""
    pairs = IN_STYLE.findall(re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL))
    return [
        urljoin(base, one or other) for one, other in pairs if not (one or other).startswith(("data:", "#"))
    ]


def text_of(reply: Reply) -> str:
    """The body, unpacked."""
    packed = reply.header(b"content-encoding") == b"gzip"
    return (gzip.decompress(reply.body) if packed else reply.body).decode(errors="replace")


async def visit(port: int, path: str) -> dict[str, int]:
    """Fetch a page and all it needs; returns bytes per address."""
    browser, sizes, todo = Browser(port), {}, [path]
    while todo and len(sizes) < MOST:
        address = todo.pop(0)
        if address in sizes or not address.startswith("/"):
            continue
        reply = await browser.ask("GET", address, headers={"accept-encoding": "gzip"})
        sizes[address] = reply.wire
        kind = reply.header(b"content-type")
        if reply.status in (301, 302, 303):
            todo.append(urljoin(address, reply.header(b"location").decode()))
        elif kind.startswith(b"text/html"):
            todo += named_in_page(text_of(reply), address)
        elif kind.startswith(b"text/css"):
            todo += named_in_style(text_of(reply), address)
    browser.close()
    return sizes


def main() -> None:
    """Measure one visit."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        made = product.prepare(folder)
        port = free_port()
        with product.serving(folder, port):
            sizes = asyncio.run(visit(port, made.start))
    for address, size in sorted(sizes.items(), key=lambda pair: -pair[1])[:8]:
        note(f"{size:>7} {address if address.startswith('/static') else 'the page'}")
    figure("first_visit_bytes", sum(sizes.values()), "bytes")
    figure("first_visit_requests", len(sizes), "requests")


if __name__ == "__main__":
    main()
