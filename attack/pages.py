"""What a page says in figures: its drawings and participation, read as an attacker reads them, from the HTML alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

GAVE = re.compile(r"(\d+) (?:gaf|gaven) antwoord")
SPOKEN = re.compile(r"^(.*) (\d+)$")
LEFT = re.compile(r"(\d+) (?:niet ingevuld|weet ik nog niet, of leeg)")


@dataclass
class Drawn:
    """One row of a drawing: the question and part above it, the group before it, and the count per answer."""

    question: str
    part: str
    group: str
    n: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def kept_back(self) -> int:
        return self.n - sum(self.counts.values())


class Page(HTMLParser):
    """Reads rows of drawings (`drawn`), who took part (`took_part`), and the links that lead on."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.drawn: list[Drawn] = []
        self.took_part: dict[str, int] = {}
        self.links: set[str] = set()
        self._above, self._question, self._group = "", "", ""
        self._row: Drawn | None = None
        self._voices = self._counting = False
        self._text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        classes = values.get("class", "").split()
        for name in ("href", "hx-get"):
            if name in values and tag != "link":
                self.links.add(values[name])
        if tag in {"h2", "h3", "h4", "b", "small", "span", "p"}:
            self._text = []
        if "dist-row" in classes:
            self._row = Drawn(self._above, "" if self._question == self._above else self._question, "")
        if "dist-rest" in classes:
            self._text = []
        if "voices-in" in classes:
            self._voices = True
        if "squares" in classes and self._row is not None and not self._row.counts:
            self._read_squares(values.get("aria-label", ""))

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        said = " ".join("".join(self._text).split())
        if tag in {"h2", "h3", "h4"}:
            # the question of several drawings stands above them one level higher
            self._above = said if tag == "h2" else self._above
            self._question = said
        elif self._row is not None:
            self._in_row(tag, said)
        elif self._voices:
            self._in_voices(tag, said)

    def _in_row(self, tag: str, said: str) -> None:
        assert self._row is not None
        if tag == "b" and not self._row.group:
            self._row.group = said.lower()
        elif tag == "small" and (gave := GAVE.search(said)):
            self._row.n = int(gave.group(1))
        elif tag == "div" and (left := LEFT.search(said)) and "open" not in self._row.counts:
            # who left just this part open stands apart; counted he is like everybody
            self._row.counts["open"] = int(left.group(1))
            self._row.n += int(left.group(1))
        elif tag == "li":
            if self._row.counts:
                self.drawn.append(self._row)
            self._row = None

    def _in_voices(self, tag: str, said: str) -> None:
        if tag == "span":
            self._group = said.lower()
        elif tag == "b" and (number := re.match(r"\d+", said)):
            self.took_part[self._group] = int(number.group())
        elif tag == "ul":
            self._voices = False

    def _read_squares(self, spoken: str) -> None:
        assert self._row is not None
        for one in spoken.split(", "):
            if found := SPOKEN.match(one):
                self._row.counts[found.group(1)] = int(found.group(2))
