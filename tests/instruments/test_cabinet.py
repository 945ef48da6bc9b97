"""The cabinet: finding, the eighteen, reading one, trying it without a trace, paths and ways of asking."""

import re
from base64 import b64encode
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lemniscaat.instruments import doors as doors_room
from lemniscaat.instruments import shelf as shelf_room
from lemniscaat.instruments import wording
from lemniscaat.instruments.finding import Wish, find, wish_in
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.guides import GuideError
from lemniscaat.instruments.library import library
from lemniscaat.instruments.matrix import COLUMNS, matrix
from lemniscaat.instruments.methods import chooser, fitting, given
from lemniscaat.instruments.paths import paths
from lemniscaat.instruments.pictures import picture_bytes
from lemniscaat.instruments.shelf import Entry
from lemniscaat.instruments.vocabulary import ROLES, CoreActivity, Element, Layer, Situation, Way
from lemniscaat.people.models import Person
from tests.cast import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
Counted = Callable[[int], AbstractContextManager[Any]]


def address(name: str, *args: object) -> str:
    return reverse(f"instruments:{name}", args=args)


def page(who: Person, url: str) -> str:
    response = signed_in(who).get(url)
    assert response.status_code == 200, (url, response.status_code)
    return str(response.content.decode())


def made(key: str, **more: Any) -> Entry:
    """A small instrument with what a test wants of it."""
    raw = {
        "key": key,
        "version": 1,
        "titles": {"nl": key.capitalize(), "en": key},
        "maker": "Wij",
        "origin": "Eigen uitwerking",
        "known": "Niets.",
        "ours": "Alles.",
        "purpose": {"nl": f"Waar {key} voor is.", "en": "x"},
        "ways": ["table"],
        "minutes": 20,
        "sections": [{"title": "Deel", "items": [{"kind": "text", "key": "vertel", "text": "Vertel eens."}]}],
        **more,
    }
    return Entry(key, Instrument.model_validate(raw))


@pytest.fixture
def stocked(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Put these instruments in the cabinet instead of the shipped ones."""

    def fill(*entries: Entry) -> None:
        from lemniscaat.instruments import pages, views

        monkeypatch.setattr(views, "shelf", lambda access: iter(entries))
        monkeypatch.setattr(
            pages, "on_shelf", lambda access, key: next((e for e in entries if e.key == key), None)
        )

    return fill


# finding


def keys(*entries: Entry, **wish: str) -> list[list[str]]:
    return [[entry.key for entry in line.entries] for line in find(entries, Wish(**wish)).found]


def test_each_part_of_a_wish_counts() -> None:
    kort = made("kort", minutes=5, ways=["alone"], roles=["student"], layers=["team"], situations=["start"])
    lang = made("lang", minutes=60, group_size={"min": 3, "max": 8}, elements={"data": "yes"})
    assert keys(kort, lang) == [["kort"], ["lang"]]
    assert keys(kort, lang, tijd="10") == [["kort"]]
    assert keys(kort, lang, tijd="meer") == [["lang"]]
    assert keys(kort, lang, wat="start") == [["kort"]]
    assert keys(kort, lang, element="data") == [["lang"]]
    assert keys(kort, lang, manier="table") == [["lang"]]
    # what names no roles and no layers is for all of them
    assert keys(kort, lang, rol="mentor") == [["lang"]]
    assert keys(kort, lang, laag="board") == [["lang"]]
    assert keys(kort, lang, rol="student", laag="team") == [["kort"], ["lang"]]
    assert keys(kort, lang, mensen="1") == [["kort"]]
    assert keys(kort, lang, mensen="2") == []
    assert keys(kort, lang, mensen="8") == [["kort"], ["lang"]]
    assert keys(kort, lang, mensen="9") == [["kort"]]


def test_certain_comes_before_perhaps_and_the_eighteen_before_the_rest() -> None:
    a = made("a", elements={"data": "maybe"})
    b = made("b", elements={"data": "yes"})
    c = made("c", number=9, elements={"data": "maybe"})
    assert keys(a, b, c, element="data") == [["b"], ["c"], ["a"]]
    assert [line.maybe for line in find((a, b, c), Wish(element="data")).found] == [False, True, True]
    assert keys(b, c, a) == [["c"], ["a"], ["b"]]


def test_a_series_is_one_line_until_it_is_asked_for() -> None:
    themes = [made(key, series="passietool", number=7) for key in ("visie", "leiderschap")]
    assert keys(*themes) == [["leiderschap", "visie"]]
    assert keys(*themes, reeks="passietool") == [["leiderschap"], ["visie"]]
    alone = made("visie", series="passietool", situations=["start"])
    line = find((alone, themes[1]), Wish(wat="start")).found[0]
    assert (line.series, line.entry.key) == ("", "visie")


def test_nothing_found_says_what_to_let_go() -> None:
    found = find((made("a", minutes=60, elements={"data": "yes"}),), Wish(element="data", tijd="10"))
    assert not found.found
    assert [(one.name, one.count, one.wish.query) for one in found.looser] == [("tijd", 1, "?element=data")]


def test_an_address_with_nonsense_asks_nothing() -> None:
    nonsense = {"wat": "weer", "rol": "admin", "mensen": "-3", "tijd": "7", "reeks": "x", "element": "<b>"}
    assert wish_in(nonsense, ["passietool"]) == Wish()
    assert wish_in({"mensen": " 012 ", "reeks": "passietool"}, ["passietool"]) == Wish(
        mensen="12", reeks="passietool"
    )
    assert wish_in({"mensen": "9" * 30}) == Wish()


def test_every_word_of_the_vocabulary_has_a_name() -> None:
    from typing import get_args

    for labels, words in (
        (wording.SITUATIONS, get_args(Situation)),
        (wording.ELEMENTS, get_args(Element)),
        (wording.ACTIVITIES, get_args(CoreActivity)),
        (wording.LAYERS, get_args(Layer)),
        (wording.WAYS, get_args(Way)),
    ):
        assert tuple(labels) == words
    from lemniscaat.instruments.kinds.registry import KINDS

    assert set(KINDS) <= set(wording.KINDS)


def test_who_it_is_for_is_told_in_few_words(world: World) -> None:
    partnership = world.partnership
    assert wording.for_whom(partnership, ()) == wording.for_whom(partnership, ROLES) == "iedereen"
    assert wording.for_whom(partnership, ("student", "mentor"), 2) == "student, werkplekbegeleider"
    assert wording.for_whom(partnership, ROLES[:5], 2) == "student, zij-instromer, nog 3 rollen"
    partnership.role_labels = {"mentor": "WPB"}
    assert wording.for_whom(partnership, ("mentor",)) == "WPB"


def test_time_goes_from_the_least_to_all_of_it() -> None:
    def part(minutes: int, **more: str) -> dict[str, Any]:
        return {"title": "Deel", "script": [{"minutes": minutes, "do": "Kijk."}], **more}

    parts = [part(10), part(5, module="meer"), part(7, module="nog")]
    assert wording.time_in_words(made("a", minutes=None, sections=parts).instrument) == "10 tot 22 minuten"
    assert wording.time_in_words(made("a", minutes=None, sections=parts[1:]).instrument) == "5 tot 12 minuten"
    assert wording.time_in_words(made("a", minutes=1, sections=parts).instrument) == "1 minuut"


# the pages


def test_the_cabinet_starts_with_what_is_going_on(world: World) -> None:
    html = page(world.samira, address("cabinet"))
    assert html.count('href="?wat=') == len(wording.SITUATIONS)
    assert "Onze visie blijft op papier" in html
    for entry in library():
        if not entry.series:
            assert address("instrument", entry.key) in html
    assert html.count('class="button') == 1


def test_a_wish_is_shown_and_can_be_taken_back(world: World, stocked: Callable[..., None]) -> None:
    stocked(made("kort", minutes=5), made("lang", minutes=60))
    html = page(world.noor, address("cabinet") + "?tijd=10&rol=student")
    assert "Eén instrument past hierbij." in html
    assert address("instrument", "kort") in html
    assert address("instrument", "lang") not in html
    assert 'href="/kast/?rol=student"' in html
    assert "10 minuten of korter" in html


def test_no_result_offers_to_let_one_thing_go(world: World, stocked: Callable[..., None]) -> None:
    stocked(made("lang", minutes=60))
    html = page(world.noor, address("cabinet") + "?tijd=10&mensen=5")
    assert "Hier past niets bij" in html
    assert "Zonder ‘10 minuten of korter’" in html
    assert "Zonder ‘5 mensen’" not in html


def test_a_series_opens_its_themes(world: World, stocked: Callable[..., None]) -> None:
    stocked(*(made(key, series="passietool", number=7) for key in ("visie", "leiderschap", "regie")))
    html = page(world.noor, address("cabinet"))
    assert "3 thema’s" in html
    assert "In de kast staat één instrument." in html
    html = page(world.noor, address("cabinet") + "?reeks=passietool")
    assert "3 instrumenten passen hierbij." in html


def test_the_matrix_has_eighteen_rows_and_five_columns(world: World) -> None:
    rows = matrix(shelf_room.shelf(world.access(world.noor)))
    assert [row.number for row in rows] == list(range(1, 19))
    assert all(len(row.cells) == len(COLUMNS) == 5 for row in rows)
    html = page(world.joost, address("matrix"))
    assert html.count('<th scope="row">') == 18
    for element in COLUMNS:
        assert f'href="/kast/?element={element}"' in html
    assert "Nummer 16 heeft geen enkel kruis" in html


def test_the_cells_of_a_row_are_those_of_all_its_files() -> None:
    one = made("a", number=7, series="passietool", elements={"vision": "yes", "data": "maybe"})
    two = made("b", number=7, series="passietool", elements={"vision": "maybe", "learning": "yes"})
    bare = made("kijkkader", number=16)
    copy = replace(made("kopie", number=16, elements={"vision": "yes"}), source="copy")
    rows = matrix((one, two, bare, copy))
    assert rows[6].cells == ("yes", "", "maybe", "yes", "")
    assert rows[6].series == "passietool"
    assert rows[15].bare
    assert len(rows[15].entries) == 1
    assert not rows[0].entries


def test_the_shipped_matrix_is_that_of_the_field(world: World) -> None:
    """The overview of the field, cell by cell; a cell of the fan is uncertain there."""
    crosses = {
        1: "xx...", 2: "x....", 3: "x.xx.", 4: "x....", 5: "x....", 6: "x....", 7: "xx.xx", 8: ".xx..", 9: ".?x..",
        10: "..x..", 11: "..x..", 12: "....x", 13: "....x", 14: "...x.", 15: "x..x.", 16: ".....", 17: "....x",
        18: "....x",
    }  # fmt: skip
    marks = {"yes": "x", "maybe": "?", "": "."}
    rows = matrix(shelf_room.shelf(world.access(world.noor)))
    assert {row.number: "".join(marks[cell] for cell in row.cells) for row in rows} == crosses


def test_every_instrument_can_be_read_by_every_member(world: World) -> None:
    samira = signed_in(world.samira)
    for instrument in library():
        response = samira.get(address("instrument", instrument.key))
        assert response.status_code == 200, instrument.key
        html = response.content.decode()
        assert html.count("<h1") == 1
        assert html.count('class="button"') == 1, instrument.key
        ids = re.findall(r'\bid="([^"]+)"', html)
        assert len(ids) == len(set(ids)), instrument.key


def test_the_page_tells_the_script_and_the_origin(world: World, stocked: Callable[..., None]) -> None:
    script = [{"minutes": 4, "say": "Schrijf eerst alleen.", "do": "Blijf stil.", "slow": True}]
    sections = [{"title": "Eerst alleen", "script": script}, {"title": "Dan samen", "module": "samen"}]
    stocked(made("praat", sections=sections, yields="Eén zin.", number=15, elements={"vision": "maybe"}))
    html = page(world.noor, address("instrument", "praat"))
    for words in ("Schrijf eerst alleen.", "Blijf stil.", "Neem hier de tijd", "mag je weglaten", "Eén zin."):
        assert words in html
    assert "15 van de achttien" in html
    assert "misschien Gedeelde doorleefde visie" in html
    assert "Zo ziet het eruit" not in html


def test_the_full_button_is_the_most_natural_way(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A questionnaire goes out as a round for who may; a talk goes on the table; what is not there is no door."""
    real = doors_room._address
    there = {"meetings:table_new": "/tafel/", "meetings:own_new": "/zelf/"}
    monkeypatch.setattr(doors_room, "_address", lambda name, *args: there.get(name, "") or real(name, *args))
    noor, samira, layer = world.access(world.noor), world.access(world.samira), world.team.pk
    asked = made("vraag", round=True, ways=["alone"])
    talk = made("praat", ways=["alone", "table"])
    names = lambda found: [found.first.name, *(door.name for door in found.others)]
    assert names(doors_room.doors(noor, asked, layer)) == ["round", "own", "try"]
    assert names(doors_room.doors(samira, asked, layer)) == ["own", "try"]
    assert names(doors_room.doors(noor, talk, layer)) == ["talk", "table", "own", "try"]
    assert doors_room.doors(noor, asked, layer).first.url.endswith("?instrument=vraag")
    monkeypatch.setattr(doors_room, "_address", lambda name, *args: "")
    assert names(doors_room.doors(noor, talk, layer)) == ["try"]
    assert names(doors_room.doors(noor, made("leeg", frame=True), layer)) == ["try"]


def test_only_who_may_keep_one_is_offered_to_copy_or_fill(world: World) -> None:
    noor, samira, layer = world.access(world.noor), world.access(world.samira), world.team.pk
    files = lambda access, entry: {door.name for door in doors_room.doors(access, entry, layer).paper}
    ours, frame = made("praat"), made("leeg", frame=True)
    copy = replace(made("kopie"), source="copy", layer_id=world.school.pk)
    assert "copy" in files(noor, ours)
    assert "copy" not in files(samira, ours)
    assert {"adapt", "difference"} <= files(noor, copy)
    assert "adapt" not in files(samira, copy)
    assert "copy" not in files(noor, copy)
    assert doors_room.doors(noor, frame, layer).first.name == "fill"
    assert doors_room.doors(samira, frame, layer).first.name == "try"


# trying


ASKED = [
    {
        "title": "Deel",
        "items": [
            {"kind": "text", "key": "vertel", "text": "Vertel eens.", "for": {"mentor": "Wat zag je?"}},
            {
                "kind": "scale",
                "key": "vaak",
                "text": "Hoe vaak?",
                "options": [{"key": "nooit", "nl": "Nooit"}, {"key": "soms", "nl": "Soms"}],
            },
            {
                "kind": "ranking",
                "key": "volgorde",
                "text": "Wat eerst?",
                "options": [{"key": "een", "nl": "Het één"}, {"key": "ander", "nl": "Het ander"}],
            },
        ],
    }
]


def test_what_is_tried_reads_back_and_is_kept_nowhere(
    world: World, stocked: Callable[..., None], django_assert_num_queries: Counted
) -> None:
    stocked(made("proef", sections=ASKED))
    client = signed_in(world.samira)
    url = address("try", "proef")
    assert "Er wordt niets bewaard." in client.get(url).content.decode()
    given_ = {"vertel": "Ik <b>vroeg</b> hulp.", "vaak": "soms"}
    with django_assert_num_queries(QUERIES) as queries:
        answer = client.post(url, given_)
    assert not [q for q in queries.captured_queries if not q["sql"].startswith("SELECT")]
    html = answer.content.decode()
    assert '<p class="told-words">Ik &lt;b&gt;vroeg&lt;/b&gt; hulp.</p>' in html
    assert '<p class="told-words">Soms</p>' in html
    assert "Leeg gelaten" in html
    assert "Zo staat jouw blad in een uitkomst" in html
    assert "Er is niets bewaard." in html
    # back to the sheet with what was typed, carried by the page itself
    again = client.post(url, {**given_, "_terug": "1"}).content.decode()
    assert "Ik &lt;b&gt;vroeg&lt;/b&gt; hulp.</textarea>" in again
    assert client.get(url).content.decode().count("vroeg") == 0


def test_a_problem_stands_beside_its_card(world: World, stocked: Callable[..., None]) -> None:
    stocked(made("proef", sections=ASKED))
    answer = signed_in(world.samira).post(
        address("try", "proef"), {"volgorde.een": "1", "volgorde.ander": "1", "vertel": "Dit blijft."}
    )
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'id="volgorde.problem"' in html
    assert "Dit blijft." in html


def test_the_words_are_those_of_the_role(world: World, stocked: Callable[..., None]) -> None:
    stocked(made("proef", sections=ASKED))
    assert "Wat zag je?" in page(world.joost, address("try", "proef"))
    assert "Vertel eens." in page(world.samira, address("try", "proef"))
    html = page(world.samira, address("try", "proef") + "?rol=mentor")
    assert "Wat zag je?" in html
    assert "?rol=mentor" in html


def test_every_instrument_can_be_tried_and_left_empty(world: World) -> None:
    samira = signed_in(world.samira)
    for instrument in library():
        url = address("try", instrument.key)
        assert samira.get(url).status_code == 200, instrument.key
        assert samira.post(url, {}).status_code == 200, instrument.key


def test_rows_that_wait_for_our_vision_get_it(world: World, stocked: Callable[..., None]) -> None:
    items = [
        {
            "kind": "table",
            "key": "punten",
            "text": "Waar zag je dit?",
            "rows_from": "vision",
            "columns": [{"key": "waar", "nl": "Waar"}],
        }
    ]
    stocked(made("visieblad", sections=[{"title": "Deel", "items": items}]))
    assert "Veilig om te proberen" in page(world.noor, address("try", "visieblad"))
    assert "Veilig om te proberen" in page(world.noor, address("instrument", "visieblad"))


# pictures

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 16


def test_a_picture_is_what_its_bytes_say() -> None:
    assert picture_bytes(b64encode(PNG).decode()) == (PNG, "image/png")
    assert picture_bytes("data:image/svg+xml;base64," + b64encode(PNG).decode()) == (PNG, "image/png")
    for bad in (None, 3, "", "geen base64!", b64encode(b"<svg onload=x>").decode()):
        assert picture_bytes(bad) is None


def test_a_picture_comes_without_guessing(world: World, stocked: Callable[..., None]) -> None:
    entry = made("plaat")
    item = entry.instrument.items[0]
    object.__setattr__(item, "data", b64encode(PNG).decode())
    stocked(entry, made("kaal"))
    client = signed_in(world.samira)
    answer = client.get(address("picture", "plaat", "vertel"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["X-Content-Type-Options"] == "nosniff"
    for key, name in (("kaal", "vertel"), ("plaat", "anders"), ("weg", "vertel")):
        assert client.get(address("picture", key, name)).status_code == 404


# paths and ways of asking


def test_every_path_leads_to_instruments_that_are_there(world: World) -> None:
    html = page(world.noor, address("paths"))
    assert paths()
    for path in paths():
        assert address("path", path.key) in html
        there = page(world.noor, address("path", path.key))
        for step in path.steps:
            assert step.instrument is None or address("instrument", step.instrument) in there
        assert "staat niet in de kast" not in there
    assert signed_in(world.noor).get(address("path", "nergens")).status_code == 404


def test_a_path_from_an_outcome_opens_that_outcome(world: World) -> None:
    path = next(path for path in paths() if path.branches)
    key = next(iter(path.branches))
    html = page(world.noor, f"{address('path', path.key)}?uitkomst={key}")
    assert f'id="{key}" open' in html
    assert html.count("<details") - html.count("layers-small") // 2 >= len(path.branches)
    assert path.minutes == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {key: a, title: A, for: B, why: C, steps: []}", "'a' steps: Bij 'steps' staat te weinig"),
        ("- {key: a, title: A, for: B, why: C, steps: [{when: Nu}]}", "'a' steps 1: Hier ontbreekt 'why'."),
        ("- {key: a, title: A, for: B, why: C, steps: [{when: N, why: W, wie: X}]}", "'wie' kennen we hier niet"),
        ("- [", "regel 1"),
        ("tekst", "hoort een lijst"),
    ],
)  # fmt: skip
def test_a_wrong_path_is_refused_in_words(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "paths.yaml"
    file.write_text(text)
    with pytest.raises(GuideError, match=re.escape(told)) as caught:
        paths(file)
    assert str(caught.value).startswith("paths.yaml")


def test_no_file_is_no_path(tmp_path: Path) -> None:
    assert paths(tmp_path / "weg.yaml") == ()
    assert chooser(tmp_path / "weg.yaml") is None


def test_the_chooser_counts_answers_and_knows_its_methods(world: World, tmp_path: Path) -> None:
    every = chooser()
    assert every is not None
    for method in every.methods:
        for key in method.instruments:
            assert key in library().instruments, (method.key, key)
    first = every.questions[0].answers[0].methods
    fits = fitting(every, given(every, {"v1": "1", "v2": "x", "v9": "1"}))
    assert {fit.method.key for fit in fits} == set(first)
    assert all((fit.count, fit.of) == (1, 1) for fit in fits)
    html = page(world.noor, address("methods") + "?v1=1")
    assert "Dit past bij wat je koos" in html
    assert "Dit past bij wat je koos" not in page(world.noor, address("methods"))
    file = tmp_path / "methods.yaml"
    file.write_text(
        "methods: [{key: a, title: A, strong_when: B, weak_when: C, safe_from: D, minutes: 5, rule: E}]\n"
        "questions: [{ask: Wat dan, answers: [{say: Dit, methods: [b]}, {say: Dat, methods: [a]}]}]\n"
    )
    with pytest.raises(GuideError, match="de manier 'b'"):
        chooser(file)


# who comes in, and what a page costs

QUERIES = 5
"""Who signs in and from where; an instrument that was shipped asks the database nothing."""
SHELF = 1
"""The copies, on a page that shows the whole cabinet."""


def every_page() -> list[str]:
    return [
        address("cabinet"),
        address("matrix"),
        address("paths"),
        address("methods"),
        address("instrument", "halverwege"),
        address("try", "halverwege"),
    ]


def test_who_is_not_signed_in_sees_the_way_in(world: World) -> None:
    for url in every_page():
        answer = Client().get(url)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/inloggen/")
        assert signed_in(world.dirk).get(url).status_code == 404


def test_every_member_reads_and_an_unknown_key_is_nowhere(world: World) -> None:
    for who in (world.samira, world.charlie, world.ad, world.bea):
        for url in every_page():
            assert signed_in(who).get(url).status_code == 200
    for name in ("instrument", "try"):
        assert signed_in(world.noor).get(address(name, "bestaat-niet")).status_code == 404


def test_a_page_costs_the_same_whatever_the_cabinet_holds(
    world: World, django_assert_num_queries: Counted
) -> None:
    client = signed_in(world.noor)
    client.get(address("cabinet"))
    whole = {address(name) for name in ("cabinet", "matrix", "methods")}
    for url in every_page():
        with django_assert_num_queries(QUERIES + SHELF if url in whole else QUERIES):
            assert client.get(url).status_code == 200
