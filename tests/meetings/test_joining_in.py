"""On the page on which a table looks together: votes on what people added, notes in groups, dots over the phases."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.base.limits import limits
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.meetings import clearing, joining_in, seating, tables
from lemniscaat.meetings.clustering import LONGEST, MOST, Clusters
from lemniscaat.meetings.looking import look
from lemniscaat.meetings.models import Chair, Table
from lemniscaat.meetings.places import Voice
from lemniscaat.people.erasure import erase_person
from tests.cast import World, signed_in
from tests.meetings.test_sitting import PROBE, fill, opened, sat, seen_by, shown, started

OWN = "Wij praten pas na een <b>mislukte</b> les."
NOTE = "Niemand vroeg hoe het ging"
KEPT = "Dit blijft bij mij"
TOGETHER = Instrument.model_validate(
    {
        **PROBE.definition(),
        "key": "proef-samen",
        "sections": [
            {
                "title": "Stellingen",
                "items": [
                    {
                        "kind": "statements",
                        "key": "mening",
                        "text": "Wat vind jij?",
                        "statements": [{"key": "s1", "nl": "We wachten."}],
                        "add": 2,
                    },
                    {"kind": "text", "key": "zelf", "text": "Voor jezelf?", "private": True},
                    {
                        "kind": "notes",
                        "key": "stil",
                        "text": "Wat zeg je niet hardop?",
                        "private": True,
                    },
                ],
            },
            {
                "title": "Briefjes",
                "items": [
                    {
                        "kind": "notes",
                        "key": "zag",
                        "text": "Wat zag je?",
                        "columns": [
                            {"key": "helpt", "nl": "Dit hielp"},
                            {"key": "remt", "nl": "Dit hinderde"},
                        ],
                    }
                ],
            },
            {
                "title": "Waar",
                "items": [
                    {
                        "kind": "placement",
                        "key": "waar",
                        "text": "Waar herken je ons?",
                        "phases": [
                            {"key": "p1", "nl": "Ieder apart", "words": "Elk zijn eigen les."},
                            {"key": "p2", "nl": "Een kern", "words": "Een paar trekken."},
                            {"key": "p3", "nl": "Samen", "words": "Wie het weet, gaat voor."},
                        ],
                        "wish": "Waar wil je heen?",
                        "step": "Wat is een stap?",
                    }
                ],
            },
        ],
    }
)


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    limits.forget("table", "127.0.0.1")


@pytest.fixture
def table(world: World) -> Table:
    return started(world, instrument=TOGETHER, form_key="samen")


def look_at(client: Client, table: Table) -> str:
    return shown(client, f"/tafel/{table.pk}/samen/")


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def added(table: Table, name: str = "Joost") -> str:
    return f"{Chair.objects.get(table=table, name=name).pk}.1"


def cast(client: Client, table: Table, statement: str, vote: str, **more: str) -> Any:
    given_ = {"item": "mening", "statement": statement, "vote": vote, **more}
    return client.post(f"/tafel/{table.pk}/stem/", given_)


# voting


@pytest.mark.django_db
def test_everybody_votes_on_what_somebody_added(world: World, table: Table) -> None:
    one, two = sat(table), sat(table, "Samira", "student")
    fill(one, table, **{"mening.s1.at": "agree", "mening.+1.label": OWN, "mening.+1.at": "agree"})
    fill(two, table, **{"mening.s1.at": "agree"})
    statement = added(table)
    cast(two, table, statement, "disagree")
    assert Chair.objects.get(name="Samira").votes == {}, "not before it lies open"
    opened(world, table)
    page = look_at(two, table)
    assert "Joost legde deze stelling erbij." in page
    assert "&lt;b&gt;mislukte" in page
    assert "<b>mislukte" not in page
    back = cast(two, table, statement, "disagree")["Location"]
    assert back == f"/tafel/{table.pk}/samen/#stelling-mening-{statement.replace('.', '-')}"
    chair = Chair.objects.get(name="Samira")
    assert chair.votes == {"mening": {statement: "disagree"}}
    assert chair.answers == {"mening": {"v": {"rows": {"s1": {"at": "agree"}}}}}, "not mixed up"
    told = words_of(look_at(one, table))
    assert re.search(r"mislukte&lt;/b&gt; les\. .*Eens Joost Oneens Samira", told)
    assert "hier verschillen jullie" in told
    assert back.split("#")[1] in look_at(one, table)
    cast(two, table, statement, "agree")
    assert re.search(r"mislukte&lt;/b&gt; les\. .*Eens Samira, Joost", words_of(look_at(one, table)))


@pytest.mark.django_db
def test_whoever_added_it_may_think_again_and_who_leads_votes_too(world: World, table: Table) -> None:
    one = sat(table)
    fill(one, table, **{"mening.+1.label": OWN, "mening.+1.at": "agree"})
    opened(world, table)
    statement = added(table)
    assert re.search(r'value="agree" aria-pressed="true"', look_at(one, table))
    cast(one, table, statement, "pass")
    assert Chair.objects.get(name="Joost").answers["mening"]["v"]["own"] == [{"label": OWN, "at": "agree"}]
    leader = signed_in(world.noor)
    back = cast(leader, table, statement, "disagree", leading="1")["Location"]
    assert back.startswith(f"/gesprek/tafel/{table.pk}/samen/#stelling-")
    assert cast(one, table, statement, "pass", leading="1")["Location"].startswith(
        f"/tafel/{table.pk}/samen/"
    )
    told = words_of(shown(leader, f"/gesprek/tafel/{table.pk}/samen/"))
    assert re.search(r"Oneens Noor Ik sla over Joost", told)
    assert tables.progress(table).total == 1, "who leads and only votes has no sheet to finish"
    seen = look(TOGETHER.sections[0].items[:1], tables.voices(Table.objects.get(), TOGETHER, 1))
    assert seen[0].n == 1


@pytest.mark.django_db
def test_a_statement_stands_there_before_anybody_voted(world: World, table: Table) -> None:
    fill(sat(table), table, **{"mening.+1.label": OWN})
    opened(world, table)
    page = look_at(sat(table, "Samira", "student"), table)
    assert "&lt;b&gt;mislukte" in page
    assert 'aria-pressed="true"' not in page


@pytest.mark.django_db
def test_two_people_add_the_same_words_and_keep_their_own_votes(world: World, table: Table) -> None:
    for name in ("Joost", "Samira"):
        fill(sat(table, name, ""), table, **{"mening.+1.label": "We wachten.", "mening.+1.at": "agree"})
    opened(world, table)
    third = sat(table, "Hans", "")
    cast(third, table, added(table, "Samira"), "disagree")
    told = words_of(look_at(third, table))
    assert told.count("legde deze stelling erbij") == 2
    assert len(re.findall(r"Oneens Hans", told)) == 1


@pytest.mark.django_db
def test_no_vote_where_there_is_nothing_to_vote_on(world: World, table: Table) -> None:
    one, two = sat(table), sat(table, "Samira", "student")
    fill(one, table, **{"mening.+1.label": OWN})
    opened(world, table)
    here = added(table)
    chair = here.split(".")[0]
    for statement, at in (
        (here, "misschien"),
        (f"{chair}.2", "agree"),
        ("1", "agree"),
        ("", ""),
        ("x.y", "agree"),
    ):
        cast(two, table, statement, at)
    two.post(f"/tafel/{table.pk}/stem/", {"item": "zag", "statement": here, "vote": "agree"})
    two.post(f"/tafel/{table.pk}/stem/", {})
    other = sat(started(world, instrument=TOGETHER, form_key="samen-twee"), "Vreemde", "")
    assert cast(other, table, here, "agree").status_code == 404
    assert two.get(f"/tafel/{table.pk}/stem/").status_code == 405
    assert not any(one.votes for one in Chair.objects.all())
    signed_in(world.noor).post(f"/gesprek/tafel/{table.pk}/doe/", {"do": "close"})
    cast(two, table, here, "agree")
    assert Chair.objects.get(name="Samira").votes == {}, "not after closing"
    assert 'class="ballot"' not in look_at(two, table)


@pytest.mark.django_db
def test_whoever_leaves_takes_statement_and_votes_along(world: World, table: Table) -> None:
    one, two = sat(table), sat(table, "Samira", "student")
    for client in (one, two):
        fill(client, table, **{"mening.+1.label": OWN, "mening.+1.at": "agree"})
        fill(client, table, 2, **{"zag.1.text": NOTE, "zag.1.at": "helpt"})
    leader = signed_in(world.noor)
    for number in (1, 2):
        opened(world, table, number)
    hers, his = added(table, "Samira"), added(table)
    cast(one, table, hers, "disagree")
    cast(two, table, his, "disagree")
    cast(leader, table, his, "pass")
    moved = {"item": "zag", "new": "Vragen", f"at:{his}": "new", f"at:{hers}": "new"}
    leader.post(f"/gesprek/tafel/{table.pk}/groepen/", moved)
    one.post(f"/tafel/{table.pk}/zeg/", {"do": "leave"})
    told = words_of(look_at(two, table))
    assert told.count("legde deze stelling erbij") == 1
    assert "Joost" not in told
    assert Chair.objects.get(name="Samira").votes == {"mening": {}}
    assert Table.objects.get().clusters["zag"]["at"] == {hers: "g1"}
    cast(leader, table, hers, "pass")
    leader.post(f"/tafel/{table.pk}/zeg/", {"do": "leave"})
    assert Chair.objects.get(person=world.noor).votes == {}


# notes in groups


@pytest.fixture
def hung(world: World, table: Table) -> tuple[Table, Client, Client]:
    """A table with three notes of two people, laid open."""
    one, two = sat(table), sat(table, "Samira", "student")
    three = {"zag.1.text": NOTE, "zag.1.at": "remt", "zag.2.text": "Er was tijd", "zag.2.at": "helpt"}
    fill(one, table, 2, **three)
    fill(two, table, 2, **{"zag.1.text": "Zij belde zelf", "zag.1.at": "helpt"})
    opened(world, table, 2)
    return table, one, two


def headings(page: str) -> list[str]:
    """What hangs under which heading: 'heading: note, note'."""
    found = []
    for name, wall in re.findall(
        r'<section class="stack-s wall-group"[^>]*><h4>(.*?)</h4>(.*?)</section>', page, re.S
    ):
        found.append(f"{name}: {', '.join(re.findall(r'<li[^>]*><p>(.*?)</p>', wall))}")
    return found


@pytest.mark.django_db
def test_notes_hang_in_their_columns_until_there_are_groups(world: World, hung: tuple[Any, ...]) -> None:
    table, one, _two = hung
    hanging = ["Dit hielp: Zij belde zelf, Er was tijd", f"Dit hinderde: {NOTE}"]
    assert headings(look_at(one, table)) == hanging
    assert "Maak groepen van deze briefjes" not in look_at(one, table), "who leads names the groups"
    leader = signed_in(world.noor)
    assert "Maak groepen van deze briefjes" in shown(leader, f"/gesprek/tafel/{table.pk}/samen/")


@pytest.mark.django_db
def test_groups_are_named_and_filled_by_menu(world: World, hung: tuple[Any, ...]) -> None:
    table, one, two = hung
    leader, path = signed_in(world.noor), f"/gesprek/tafel/{table.pk}/groepen/"
    his = Chair.objects.get(name="Joost").pk
    answer = leader.post(path, {"item": "zag", "new": " Zelf  vragen ", f"at:{his}.1": "new"})
    assert answer["Location"] == f"/gesprek/tafel/{table.pk}/samen/?groepen=zag#vraag-zag"
    assert re.search(r'<details class="more" open>', shown(leader, answer["Location"].split("#")[0]))
    told = look_at(two, table)
    assert headings(told) == [f"Zelf vragen: {NOTE}", "Zonder groep: Zij belde zelf, Er was tijd"]
    assert "Dit hinderde" in told, "where it hung stays written on it"
    # from a phone, without scripts
    back = two.post(
        f"/tafel/{table.pk}/groepen/", {"item": "zag", f"at:{his}.2": "g1", f"was-at:{his}.2": ""}
    )
    assert back["Location"] == f"/tafel/{table.pk}/samen/#vraag-zag"
    assert headings(look_at(one, table))[0] == f"Zelf vragen: {NOTE}, Er was tijd"
    two.post(f"/tafel/{table.pk}/groepen/", {"item": "zag", f"at:{his}.1": "", f"was-at:{his}.1": "g1"})
    assert headings(look_at(one, table))[0] == "Zelf vragen: Er was tijd"
    # another name; then none, and the notes are free
    leader.post(path, {"item": "zag", "name:g1": "Durven", "was-name:g1": "Zelf vragen"})
    assert headings(look_at(one, table))[0] == "Durven: Er was tijd"
    leader.post(path, {"item": "zag", "name:g1": "", "was-name:g1": "Durven"})
    assert headings(look_at(one, table))[0] == "Dit hielp: Zij belde zelf, Er was tijd"


@pytest.mark.django_db
def test_two_hands_at_the_same_notes_lose_nothing(world: World, hung: tuple[Any, ...]) -> None:
    table, one, two = hung
    leader = signed_in(world.noor)
    for name in ("A", "B"):
        leader.post(f"/gesprek/tafel/{table.pk}/groepen/", {"item": "zag", "new": name})
    his, hers = (Chair.objects.get(name=name).pk for name in ("Joost", "Samira"))
    # both pages were made before the other saved: each sends every menu, with what stood there
    stood = {
        f"{kind}:{key}": "" for key in (f"{his}.1", f"{his}.2", f"{hers}.1") for kind in ("at", "was-at")
    }
    path = f"/tafel/{table.pk}/groepen/"
    one.post(path, {"item": "zag", **stood, f"at:{his}.1": "g1"})
    two.post(path, {"item": "zag", **stood, f"at:{hers}.1": "g2"})
    assert Table.objects.get().clusters["zag"]["at"] == {f"{his}.1": "g1", f"{hers}.1": "g2"}


@pytest.mark.django_db
def test_what_is_no_note_or_no_group_changes_nothing(world: World, hung: tuple[Any, ...]) -> None:
    table, one, _two = hung
    leader, path = signed_in(world.noor), f"/gesprek/tafel/{table.pk}/groepen/"
    his = Chair.objects.get(name="Joost").pk
    leader.post(path, {"item": "zag", "new": "A"})
    one.post(f"/tafel/{table.pk}/groepen/", {"item": "zag", f"at:{his}.1": "g9", "at:9.9": "g1", "at:": "g1"})
    for key in ("mening", "stil", "weg", ""):
        leader.post(path, {"item": key, "new": "B", f"at:{his}.1": "new"})
    clusters = Table.objects.get().clusters
    assert clusters == {"zag": {"names": [["g1", "A"]], "at": {}}}
    assert one.post(path, {"item": "zag", "new": "C"}).status_code in (302, 404)
    for who in (world.joost, world.willem, world.charlie):
        assert signed_in(who).post(path, {"item": "zag", "new": "C"}).status_code == 404
    leader.post(f"/gesprek/tafel/{table.pk}/doe/", {"do": "close"})
    leader.post(path, {"item": "zag", "new": "C"})
    assert Table.objects.get().clusters == clusters
    assert "Bewaar de groepen" not in look_at(one, table)
    assert "Zonder groep" in look_at(one, table)


names = st.text(alphabet="AaBb ", max_size=4)
notes = st.sampled_from(["1.1", "1.2", "2.1"])


@given(st.lists(st.one_of(names.map(lambda n: ("add", n, "")), st.tuples(st.just("move"), notes, st.sampled_from(["g1", "g2", "g3", "", "x"])), st.tuples(st.just("name"), st.sampled_from(["g1", "g2"]), names)), max_size=20))  # fmt: skip
def test_however_groups_are_made_a_note_is_in_one_that_is_there(steps: list[tuple[str, str, str]]) -> None:
    clusters = Clusters()
    for what, one, other in steps:
        if what == "add":
            clusters = clusters.added(one)
        elif what == "move":
            clusters = clusters.moved(one, other)
        else:
            clusters = clusters.named(one, other)
        folded = [name.casefold() for name in clusters.names.values()]
        assert all(folded)
        assert len(set(folded)) == len(folded)
        assert set(clusters.at.values()) <= set(clusters.names)
        assert Clusters.read(clusters.stored()) == clusters
        assert not any(note.startswith("1.") for note in clusters.without(1).at)


def test_there_are_no_more_groups_than_one_can_read() -> None:
    clusters = Clusters()
    for number in range(MOST + 3):
        clusters = clusters.added(f"{number} " + "x" * 2 * LONGEST)
    assert len(clusters.names) == MOST
    assert max(len(name) for name in clusters.names.values()) == LONGEST
    assert Clusters.read(None) == Clusters.read({}) == Clusters()


# where people stand


def stood(*places: tuple[str, str]) -> tuple[Any, ...]:
    voices = [
        Voice(f"N{number}", answers={"waar": {"v": {"at": at, **({"wish": wish} if wish else {})}}})
        for number, (at, wish) in enumerate(places)
    ]
    return look([TOGETHER.item("waar")], voices)[0].places


def test_people_are_dots_and_how_far_apart_they_stand_is_told_in_words() -> None:
    now, wish = stood(("p1", "p3"), ("p2-p3", "p3"), ("p2-p3", "open"))
    assert now.stack
    assert now.stack.counts == (1, 0, 0, 2, 0)
    assert now.stack.span == "drie stappen"
    between = "tussen ‘Een kern’ en ‘Samen’".replace("E", "e").replace("S", "s")
    assert now.sentence == f"Jullie staan drie stappen uit elkaar: van ‘ieder apart’ tot {between}."
    assert [names for _words, names in now.chosen] == [("N0",), ("N1", "N2")]
    assert wish.stack
    assert wish.stack.counts == (0, 0, 0, 0, 2)
    assert wish.sentence == "Jullie kiezen dezelfde plek: ‘samen’."
    assert wish.chosen[-1] == ("Weet ik nog niet", ("N2",))


def test_one_person_is_not_told_apart_and_no_wish_is_no_stack() -> None:
    (now,) = stood(("p2", ""))
    assert (now.sentence, now.stack.span if now.stack else None) == ("", "")
    (_now, wish) = stood(("p2", "open"))
    assert wish.stack is None
    assert "één stap uit" in stood(("p2", ""), ("p2-p3", ""))[0].sentence


@pytest.mark.django_db
def test_the_page_draws_dots_with_no_name_in_the_drawing(world: World, table: Table) -> None:
    one, two = sat(table), sat(table, "Samira", "student")
    fill(
        one,
        table,
        3,
        **{"waar.at": "p1", "waar.event": "Gisteren nog.", "waar.wish": "p3", "waar.step": "Bellen."},
    )
    fill(two, table, 3, **{"waar.at": "p3", "waar.wish": "p2"})
    opened(world, table, 3)
    page = look_at(two, table)
    drawings = re.findall(r"<svg class=\"dots wide.*?</svg>", page, re.S)
    assert len(drawings) == 2
    assert not any(name in drawing for drawing in drawings for name in ("Joost", "Samira"))
    told = words_of(page)
    assert "Jullie staan vier stappen uit elkaar" in told
    for words in ("Gisteren nog.", "Bellen.", "Ieder apart Joost", "Samen Samira"):
        assert words in told


# what stays with whoever wrote it


def everything(table: Table, *clients: Client) -> Iterator[str]:
    yield from seen_by(table, *clients)


@pytest.mark.django_db
def test_what_stays_with_whoever_wrote_it_is_nowhere_here(world: World, table: Table) -> None:
    writer, other = sat(table), sat(table, "Samira", "student")
    fill(writer, table, zelf=KEPT, **{"mening.s1.at": "agree", "stil.1.text": KEPT})
    opened(world, table)
    leader = signed_in(world.noor)
    his = Chair.objects.get(name="Joost").pk
    leader.post(f"/gesprek/tafel/{table.pk}/groepen/", {"item": "stil", "new": "A", f"at:{his}.1": "new"})
    assert Table.objects.get().clusters == {}
    for text in everything(table, leader, other):
        assert KEPT not in text


@pytest.mark.django_db
def test_what_never_lay_open_goes_with_an_erased_person(world: World, table: Table) -> None:
    chair = seating.sit(
        table=table, who=seating.Sitter("Joost", "", person=world.joost), token="een-lang-bewijs"
    )
    assert chair
    client = signed_in(world.joost)
    fill(client, table, zelf=KEPT, **{"mening.s1.at": "agree"})
    assert tables.progress(table).wrote[0] == 1
    opened(world, table)
    erase_person(access=world.access(world.petra), person=world.joost)
    clearing.forget_chairs()
    chair.refresh_from_db()
    assert list(chair.answers) == ["mening"]


@pytest.mark.django_db
def test_only_what_is_private_counts_for_nobody(world: World, table: Table) -> None:
    fill(sat(table), table, zelf=KEPT)
    assert tables.progress(table).wrote[0] == 0


@pytest.mark.django_db
def test_ones_own_sheet_has_nothing_to_vote_on_or_sort(world: World) -> None:
    sheet = started(world, world.samira, instrument=TOGETHER, private=True, form_key="mijn-samen")
    client = signed_in(world.samira)
    fill(client, sheet, **{"mening.+1.label": "We wachten niet.", "mening.+1.at": "agree"})
    fill(client, sheet, 2, **{"zag.1.text": NOTE, "zag.1.at": "helpt"})
    fill(client, sheet, 3, **{"waar.at": "p1"})
    page = look_at(client, sheet)
    for words in ("We wachten niet.", NOTE, "Ieder apart"):
        assert words in page
    for words in ("ballot", "Bewaar de groepen", '<svg class="dots', "legde deze"):
        assert words not in page
    statement = f"{Chair.objects.get(table=sheet).pk}.1"
    assert not joining_in.vote(
        chair=Chair.objects.get(table=sheet), key="mening", statement=statement, at="pass"
    )
