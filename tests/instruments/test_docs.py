"""The page for authors: every example on it reads."""

import re
from pathlib import Path

from lemniscaat.instruments.kinds.registry import KINDS
from lemniscaat.instruments.reader import read

PAGE = (Path(__file__).parents[2] / "docs" / "instruments.md").read_text()
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def test_the_first_file_works_as_it_stands() -> None:
    assert read(BLOCKS[0]).key == "eerste-weken"


def test_every_construct_on_the_page_reads_and_no_kind_is_missing() -> None:
    about = BLOCKS[0].split("sections:")[0]
    assert read(about + next(block for block in BLOCKS if "script:" in block)).minutes == 5
    scales = next(block for block in BLOCKS if block.startswith("scales:"))
    items = "".join(block for block in BLOCKS if block.startswith("- kind"))
    indented = "".join(f"      {line}\n" for line in items.splitlines())
    instrument = read(f"{about}{scales}sections:\n  - title: Alles\n    items:\n{indented}")
    assert {item.kind for item in instrument.items} == set(KINDS)
