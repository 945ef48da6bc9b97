"""The attacker at the product's own pages: nothing to find in what is shown, and much where the cut is left out."""

from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest

from attack.collect import attack_built
from attack.pages import Page
from lemniscaat.collection.release import Block, ItemBlock, ItemRule, Params, Released, SegmentTally

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.deep
@pytest.mark.parametrize("number", [0, 1])
def test_nothing_to_find_on_pages_and_in_exports(number: int, tmp_path: Path) -> None:
    sentences, found = attack_built(Random(f"tests/{number}"), number, tmp_path)
    assert sentences == []
    assert len(found.figures) > 5
    assert found.pages > 10


def uncut(segments: Iterable[SegmentTally], items: Iterable[ItemRule], params: Params) -> Released:
    """What a release without any care would show: every segment by itself."""
    given = [segment for segment in segments if segment.respondents]
    base = tuple(Block(frozenset({s.segment}), s.path, s.respondents) for s in given)
    told = {
        rule.key: tuple(
            ItemBlock(frozenset({s.segment}), s.path, tally.n, tally.parts, tally.skipped, {})
            for s in given
            if (tally := s.items.get(rule.key)) and tally.n
        )
        for rule in items
    }
    return Released(base, told)


@pytest.mark.deep
def test_the_spy_finds_what_is_shown_without_care(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("lemniscaat.collection.releasing.release", uncut)
    sentences, _found = attack_built(Random("tests/0"), 0, tmp_path)
    assert any("rests on" in sentence for sentence in sentences)
    assert any(sentence.startswith("difference:") for sentence in sentences)


def test_a_drawing_is_read_from_the_page() -> None:
    html = """<h2 class="question">Vraag scale</h2><ul><li class="dist-row"><b>Studenten</b>
      <small>9 gaven antwoord</small><svg class="squares wide" aria-label="Antwoord 1 3, Antwoord 2 5"></svg></li>
      <li class="dist-row"><b>WPB's</b><div class="notice">Te weinig</div></li></ul>
      <ul class="voices-in"><li><span>Studenten</span><b>9</b></li><li><span>WPB's</span><small>minder</small></li></ul>
      <a href="/verder/">verder</a>"""
    page = Page(html)
    assert [(r.question, r.part, r.group, r.n, r.kept_back) for r in page.drawn] == [
        ("Vraag scale", "", "studenten", 9, 1)
    ]
    assert page.took_part == {"studenten": 9}
    assert page.links == {"/verder/"}
