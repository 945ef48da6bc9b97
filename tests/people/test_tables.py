"""Tables as people save them."""

from datetime import date

import pytest

from lemniscaat.people.tables import Fault, TableError, parse_day, read, text_of

GOOD = "naam,e-mail,rol,organisatie,van,tot\nAna Bël,ana@debrug.example,student,Het Waterrad,2026-08-01,\n"


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", ";"), ("cp1252", "\t"), ("utf-16", "\t")],
)
def test_every_way_of_saving(encoding: str, separator: str) -> None:
    raw = GOOD.replace(",", separator).replace("\n", "\r\n").encode(encoding)
    (row,) = read(text_of(raw)).rows
    assert (row.line, row.name, row.email, row.since, row.until) == (
        2,
        "Ana Bël",
        "ana@debrug.example",
        date(2026, 8, 1),
        None,
    )


@pytest.mark.parametrize(
    "head",
    [
        "Naam;E-mailadres;Functie;School",
        "NAAM;Email;Rol;Organisatie (code of naam)",
        "naam;emial;rol;organsatie",
        "sep=;\nnaam;mail;rol;plek",
    ],
)
def test_headings_are_understood(head: str) -> None:
    table = read(f"{head}\nAna;ana@debrug.example;student;Het Waterrad\n")
    assert [row.place for row in table.rows] == ["Het Waterrad"]
    assert table.rows[0].line == 2 + head.count("\n")


def test_a_name_in_parts_and_a_last_day() -> None:
    table = read(
        "voornaam;tussenvoegsel;achternaam;e-mail;rol;school;tot en met\nAna;van;Bel;a@b.nl;student;W;31 juli 2027\n"
    )
    assert (table.rows[0].name, table.rows[0].until) == ("Ana van Bel", date(2027, 8, 1))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-08-01", date(2026, 8, 1)),
        ("1-8-2026", date(2026, 8, 1)),
        ("01/08/2026", date(2026, 8, 1)),
        ("1 augustus 2026", date(2026, 8, 1)),
        ("3 mrt 2026", date(2026, 3, 3)),
        ("1 maart 2026", date(2026, 3, 1)),
        ("31-2-2026", None),
        ("1-8-26", None),
        ("volgend jaar", None),
        ("1 2 3 4", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert parse_day(text) == day


def test_each_fault_has_its_line() -> None:
    table = read(
        "naam;e-mail;rol;school;van;tot\n"
        "Ana;ana@debrug.example;student;W;;\n"
        "\n"
        "Bo;bo.debrug.example;student;W;;\n"
        ";c@debrug.example;student;W;;\n"
        "Di;d@debrug.example;;;32-13-2026;\n"
        "Ed;e@debrug.example;student;W;1-8-2027;1-8-2026\n"
        "Ana;ANA@debrug.example;Student;w;;\n"
        "Anna;ana@debrug.example;mentor;W;;\n"
    )
    assert [(f.line, f.problem) for f in table.faults] == [
        (4, "wrong mail"),
        (5, "no name"),
        (6, "no role"),
        (6, "no place"),
        (6, "wrong day"),
        (7, "ends before it begins"),
        (8, "twice"),
        (9, "two names"),
    ]
    assert [row.line for row in table.rows] == [2]


def test_lines_inside_a_cell_are_counted() -> None:
    table = read('naam,e-mail,rol,school\n"Ana\nBel",ana@debrug.example,student,W\nBo,x,student,W\n')
    assert [f.line for f in table.faults] == [4]


def test_a_domain_that_is_nearly_right_is_remarked_on() -> None:
    rows = (
        "".join(f"N{i};n{i}@debrug.example;student;W\n" for i in range(3))
        + "Ana;ana@debrg.example;student;W\n"
    )
    assert read("naam;mail;rol;school\n" + rows).remarks == (
        Fault(5, "odd domain", "ana@debrg.example", "debrug.example"),
    )


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"PK\x03\x04xx", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0", "spreadsheet"),
        (b"a\0b", "no text"),
        (b"x" * 2_000_001, "too large"),
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"naam;mail;rol;school\n", "empty"),
        (b"naam;rol;school\nAna;student;W\n", "no column email"),
        (b"hallo", "no column name"),
        (b'naam;mail;rol;school\n"' + b"x" * 140_000 + b'";b;c;d\n', "no table"),
    ],
)
def test_what_is_no_table_is_refused(raw: bytes, problem: str) -> None:
    with pytest.raises(TableError) as caught:
        read(text_of(raw))
    assert caught.value.faults[0].problem == problem


def test_organisations() -> None:
    table = read(
        "naam;soort;code;onderdeel van\nRivierland;bestuur;41234;\nHet Waterrad;school;12AB;Rivierland\n"
    )
    assert table.kind == "organisations"
    assert [(row.name, row.kind, row.code, row.parent) for row in table.rows][1] == (
        "Het Waterrad",
        "school",
        "12AB",
        "Rivierland",
    )
