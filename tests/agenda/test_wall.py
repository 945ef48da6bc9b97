"""One sheet of A4 for the team room: at most three points, whatever their words."""

import os

import pytest

from lemniscaat.instruments import pdf
from tests.agenda.goals import taken_up
from tests.cast import World, signed_in

try:
    import weasyprint
except (ImportError, OSError):  # Pango is a package of the system, and an extra
    weasyprint = None
needs_pango = pytest.mark.skipif(
    weasyprint is None and os.environ.get("CI") != "true", reason="WeasyPrint finds no Pango here"
)
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def sheet(world: World) -> str:
    answer = signed_in(world.joost).get(f"/agenda/laag/{world.team.pk}/a4/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def pages_of(html: str) -> int:
    """On how many pages it is laid out, with the styles of the house and nothing from outside."""

    class Ours(weasyprint.urls.URLFetcher):  # type: ignore[misc,name-defined]
        def fetch(self, url: str, headers: object = None) -> object:
            body, kind = pdf.ours(url)
            return weasyprint.urls.URLFetcherResponse(url, body, {"Content-Type": kind})

    return len(weasyprint.HTML(string=html, base_url=f"{pdf.HERE}/", url_fetcher=Ours()).render().pages)


@needs_pango
@pytest.mark.parametrize("points", [0, 1, 2, 3])
def test_it_is_one_page_with_room_to_write(world: World, points: int) -> None:
    for number in range(points):
        taken_up(
            world, f"{number}. Een student die om hulp vraagt, krijgt nog dezelfde dag iemand naast zich."
        )
    html = sheet(world)
    assert html.count('class="write"') == {0: 0, 1: 16, 2: 12, 3: 9}[points]
    assert pages_of(html) == 1


@needs_pango
def test_the_longest_words_fit_and_a_fourth_stands_below(world: World) -> None:
    long = "Een student die om hulp vraagt krijgt die dag nog iemand naast zich " * 5
    for number in range(3):
        taken_up(world, f"{number} {long}"[:300], noticeable=long[:300], owner_text=long[:120])
    taken_up(world, "Een vierde punt", more_because="het moet")
    html = sheet(world)
    assert html.count("<h2") == 3
    assert "Een vierde punt" in html
    assert pages_of(html) == 1
