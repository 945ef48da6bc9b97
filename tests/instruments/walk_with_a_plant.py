"""Run apart: plant a kind beside those of the house and lead one item of it through every room that knows items."""

import sys
from pathlib import Path

from lemniscaat.instruments import kinds

kinds.__path__.append(str(Path(__file__).parent / "planted"))

import django  # noqa: E402
from django.conf import settings  # noqa: E402

settings.TEMPLATES[0]["DIRS"] = [str(Path(sys.argv[1]))]
django.setup()

from django.template.loader import render_to_string  # noqa: E402

from lemniscaat.collection.releasing import rules_of  # noqa: E402
from lemniscaat.instruments.cards import card, told  # noqa: E402
from lemniscaat.instruments.figures import figures  # noqa: E402
from lemniscaat.instruments.folding import fold  # noqa: E402
from lemniscaat.instruments.kinds.registry import kind_of  # noqa: E402
from lemniscaat.instruments.reader import read  # noqa: E402
from lemniscaat.instruments.schema import as_text  # noqa: E402
from lemniscaat.instruments.summaries import Row  # noqa: E402
from lemniscaat.instruments.writing import as_yaml  # noqa: E402
from lemniscaat.meetings.looking import Voice, look  # noqa: E402

TEXT = """
key: sterren
version: 1
titles: {nl: Sterren, en: Stars}
maker: Wij
origin: Eigen
known: Niets.
ours: Alles.
purpose: {nl: Proberen., en: Trying.}
ways: [alone]
round: true
sections:
  - title: Alles
    items: [{kind: stars, key: ster, text: Hoeveel sterren?}]
"""
made = read(TEXT)
item, kind = made.items[0], kind_of(made.items[0])
assert read(as_yaml(made)) == made
assert '"stars"' in as_text()
asked = card(item, posted={"ster": ["s2"]})
assert "Hoeveel sterren?" in render_to_string(kind.template, {"card": asked})
assert render_to_string(kind.paper_template, {"card": card(item), "printed": kind.printed(item)})
answer = {"ster": kind.clean(item, {"ster": ["s2"]}).stored()}
summary = fold(made, [answer] * 8)["ster"]
assert summary.n == 8
assert figures(item, [Row("studenten", summary)])[0].rows[0].counts == {"s1": 0, "s2": 8, "s3": 0}
assert next(rule.key for rule in rules_of(made)) == "ster"
assert told(item, answer["ster"])[0].words == "★★"
assert look(made.items, [Voice("Noor", answers=answer), Voice("Joost", answers=answer)])[0].n == 2
print("a kind of one file and its templates")
