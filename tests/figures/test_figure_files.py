"""Reading a file of figures: what is written comes out, whatever the signs; what is no table gets a sentence."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lemniscaat.figures.amounts import Span, amount, decimal_sign, school_year, span, yes_no
from lemniscaat.figures.columns import Holds, fingerprint, from_stored, recognise, stored
from lemniscaat.figures.facts import NoFiguresError, read_facts
from lemniscaat.figures.grids import GridError, Sheet, sheets_of, words
from lemniscaat.figures.shapes import SHAPES, meant_by, of_choice
from lemniscaat.figures.values import Value
from lemniscaat.figures.wording import of_a_file, sentence
from tests.chance import tries
from tests.figures.workbooks import workbook

YEAR = school_year(2025)


def sheet(text: str) -> Sheet:
    return sheets_of(text.encode())[0]


def book(**sheets: list[list[object]]) -> bytes:
    return workbook(sheets)


def read(text: str, **more: object):  # type: ignore[no-untyped-def]  # the reading, for short
    found = sheet(text)
    return read_facts(found, recognise(found), **more)  # type: ignore[arg-type]  # title and period


TABLE = st.lists(
    st.lists(
        st.text(st.characters(codec="cp1252", exclude_categories=["Cc", "Zs", "Zl", "Zp"]), max_size=8),
        min_size=2,
        max_size=4,
    ),
    min_size=2,
    max_size=6,
)


@settings(
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
    max_examples=tries(25, 60),
    deadline=None,
)
@given(TABLE, st.sampled_from(";,\t|"), st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))
def test_what_was_written_is_read(rows: list[list[str]], sign: str, encoding: str) -> None:
    """Over delimiters and encodings. Cells with one of the other signs are quoted, as a spreadsheet does."""
    rows = [["school", *(f"k{i}" for i in range(len(rows[0]) - 1))]] + [row[: len(rows[0])] for row in rows]
    rows = [[*row, *["x"] * (len(rows[0]) - len(row))] for row in rows]
    assume(all(row[-1] and not set("".join(row)) & set(';,\t|"') for row in rows))
    text = io.StringIO()
    csv.writer(text, delimiter=sign).writerows(rows)
    raw = text.getvalue().encode(encoding)
    if encoding == "cp1252":
        # bytes that happen to be UTF-8 as well are read as such, as any reader would
        assume(
            raw.decode("utf-8", errors="replace") == text.getvalue()
            or "\ufffd" in raw.decode("utf-8", "replace")
        )
    found = sheets_of(raw)[0]
    assert [[words(cell) for cell in row] for row in found.rows] == rows


@given(st.decimals(min_value=0, max_value=10**8, places=2), st.sampled_from(",."), st.booleans())
def test_a_number_is_read_as_it_was_meant(number: Decimal, sign: str, thousands: bool) -> None:
    other = "." if sign == "," else ","
    text = f"{number:,.2f}" if thousands else f"{number:.2f}"
    text = text.replace(",", "t").replace(".", sign).replace("t", other)
    assert decimal_sign([text]) == sign
    found = amount(text, sign)
    assert found is not None
    assert found.value == number


@pytest.mark.parametrize(
    ("cell", "sign", "expected"),
    [
        ("1.234", ",", "1234"),
        ("1.234", ".", "1.234"),
        ("1.234.567", ",", "1234567"),
        ("1,234,567", ",", "1234567"),
        ("€ 1.250,00", ",", "1250"),
        ("12,5%", ",", "12.5"),
        ("0.125", ",", "0.125"),
        (" 42 ", ",", "42"),
        ("1 250", ",", "1250"),
        (7, ",", "7"),
        (0.25, ",", "0.25"),
    ],
)
def test_numbers(cell: str | int | float, sign: str, expected: str) -> None:
    found = amount(cell, sign)
    assert found is not None
    assert found.value == Decimal(expected)


@pytest.mark.parametrize("cell", ["", "veel", "12 van", "1.23.4", "--3", True, None, "9" * 40, "1e5"])
def test_what_is_no_number(cell: str | bool | None) -> None:
    assert amount(cell) is None


@pytest.mark.parametrize("cell", ["14 van 23", "14/23", "14 van de 23", "14 uit 23"])
def test_a_part_and_its_whole_in_one_cell(cell: str) -> None:
    found = amount(cell)
    assert found is not None
    assert (found.value, found.whole) == (14, 23)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2025-2026", YEAR),
        ("2025/2026", YEAR),
        ("25/26", YEAR),
        ("2025–26", YEAR),
        ("Schooljaar 2025-2026", YEAR),
        ("2025", Span(date(2025, 1, 1), date(2025, 12, 31))),
        (2025, Span(date(2025, 1, 1), date(2025, 12, 31))),
        ("1-10-2025", Span(date(2025, 10, 1), date(2025, 10, 1))),
        ("2025-10-01", Span(date(2025, 10, 1), date(2025, 10, 1))),
        ("2025-10", Span(date(2025, 10, 1), date(2025, 10, 31))),
        ("2025-2027", None),
        ("vorig jaar", None),
        ("", None),
    ],
)
def test_periods(cell: str | int, expected: Span | None) -> None:
    assert span(cell) == expected


def test_yes_and_no() -> None:
    assert [yes_no(cell) for cell in ("Ja", "nee", True, "1", "misschien")] == [True, False, True, True, None]


def test_a_spreadsheet_keeps_numbers_and_days() -> None:
    raw = book(
        leeg=[],
        cijfers=[
            ["School", "Peildatum", "uren"],
            ["A", date(2025, 10, 1), 12.5],
            ["B", date(2025, 10, 1), 3.0],
        ],
    )
    found = sheets_of(raw)
    assert [one.name for one in found] == ["cijfers"]
    assert found[0].rows[1:] == (("A", "2025-10-01", 12.5), ("B", "2025-10-01", 3))


def test_a_spreadsheet_counts_its_own_rows() -> None:
    raw = book(x=[["Overzicht 2025"], [], ["school", "n"], ["A", 3]])
    assert sheets_of(raw)[0].lines == (1, 3, 4)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "empty"),
        (b"\n\n;;;\n", "empty"),
        (b"PK\x03\x04 nothing", "broken"),
        (b"\xd0\xcf\x11\xe0 nothing", "broken"),
        (b"a\0b", "no table"),
        (b"x" * 5_000_001, "too large"),
        (b"a;b\n" * 20_001, "too many rows"),
        (b";".join([b"a"] * 201), "too many columns"),
    ],
)
def test_a_file_that_is_no_table_gets_a_sentence(raw: bytes, problem: str) -> None:
    with pytest.raises(GridError) as error:
        sheets_of(raw)
    assert error.value.problem == problem
    assert of_a_file(problem)


@settings(max_examples=tries(30, 80), deadline=None)
@given(st.binary(max_size=400), st.integers(0, 3))
def test_no_file_breaks_the_reader(noise: bytes, start: int) -> None:
    whole = book(x=[["school", "n"], ["A", 3]])
    raw = [noise, b"PK\x03\x04" + noise, whole[: len(whole) // 2] + noise, b"school;n\n" + noise][start]
    problem = "empty"
    try:
        for one in sheets_of(raw):
            choice = recognise(one)
            assert from_stored(stored(choice)) == choice
            read_facts(one, choice, title="x", period=YEAR)
    except (GridError, NoFiguresError) as error:
        problem = error.problem
    assert of_a_file(problem)


def test_titles_totals_empty_rows_and_percent_signs() -> None:
    found = read(
        "Uitstroom per school\n\nSchool;Schooljaar;n;gestopt %\nDe Linde;2025-2026;20;15%\n;;;\n"
        "Totaal;2025-2026;40;10%\n\nBron: administratie;;;\n"
    )
    assert [(one.place, one.value.part, one.value.whole) for one in found.facts] == [("De Linde", 3, 20)]
    assert [(one.line, one.problem, one.aside) for one in found.faults] == [
        (6, "totals row", True),
        (8, "no figure here", True),
    ]
    assert found.rows == 3


def test_the_ready_made_tables_are_understood() -> None:
    for shape in SHAPES:
        found = sheets_of(shape.csv().encode())[0]
        choice = recognise(found)
        assert of_choice(choice) == shape
        reading = read_facts(found, choice)
        assert reading.facts, shape.key
        assert not reading.faults, (shape.key, reading.faults)
        assert {name for name, _ in reading.names} >= {one.head for one in shape.meant}
    assert meant_by("Gestopt") is not None


def test_outflow_is_a_part_of_who_began() -> None:
    found = read("school;schooljaar;gestart;gestopt;diploma gehaald\nA;25/26;42;3;11\n")
    assert {one.name: one.value for one in found.facts} == {
        "gestopt": Value("share", 3, 42),
        "diploma gehaald": Value("share", 11, 42),
    }


def test_answers_become_one_figure_a_question() -> None:
    found = read("school;jaar;vraag;n;oneens;eens\nA;2025;Ik werd gezien;20;5;12\n", title="")
    assert found.facts[0].value == Value("spread", 17, 17, counts=(("oneens", 5), ("eens", 12)))
    assert found.facts[0].name == "Ik werd gezien"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("school;vraag;n;gemiddelde\nA;Ik leerde;20;3,8\nB;Ik leerde;12;3,1\n", "only means"),
        ("studentnummer;school;cijfer1\n123456;A;4\n123457;A;3\n", "people in rows"),
        ("school;V1;V2\n" + "A;3;4\nA;5;2\nA;1;1\nA;4;4\nA;2;3\nB;3;3\nB;2;2\nB;5;5\n", "people in rows"),
        ("school;naam\nA;B\n", "no figures"),
        ("school;n;gestopt\n", "no rows"),
    ],
)
def test_what_cannot_be_an_honest_figure(text: str, problem: str) -> None:
    with pytest.raises(NoFiguresError) as error:
        read(text, period=YEAR)
    assert error.value.problem == problem
    assert of_a_file(problem)


def test_the_real_sheets_of_an_institute_are_sent_to_the_round() -> None:
    rows = "\n".join(f"1,{2 + i % 12},1,{i % 5},{1 + i % 5},{1 + i % 5}" for i in range(60))
    with pytest.raises(NoFiguresError, match="people in rows"):
        read(f'"instr","class","nb.repeat","attendance","difficulty","Q1"\n{rows}\n', period=YEAR)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("A;2025-2026;20;veel", "no number"),
        ("A;2025-2026;20;21", "larger than whole"),
        ("A;2025-2026;;3", "no whole"),
        ("A;2025-2026;20;-3", "negative"),
        ("A;2025-2026;20;2,5", "not whole"),
        ("A;ooit;20;3", "wrong period"),
        ("A;;20;3", "no period"),
        (";2025-2026;20;3", "no place"),
        ("A;2025-2026;20;<5", "few"),
        ("A;2025-2026;<5;3", "few"),
        ("A;2025-2026;20;n.v.t.", "no figure here"),
    ],
)
def test_a_wrong_row_says_what_to_do(row: str, problem: str) -> None:
    choice_of = sheet("school;schooljaar;n;deel\nA;2025-2026;20;3\n")
    found = sheet(f"school;schooljaar;n;deel\n{row}\n")
    reading = read_facts(found, recognise(choice_of))
    assert [fault.problem for fault in reading.faults] == [problem]
    assert not reading.facts
    assert sentence(reading.faults[0])


def test_a_percentage_must_be_possible() -> None:
    found = read("school;jaar;n;percentage\nA;2025;20;15\nB;2025;7;50\nC;2025;20;120\n")
    assert [(one.value.part, one.value.whole) for one in found.facts] == [(3, 20)]
    assert [one.problem for one in found.faults] == ["no such share", "above hundred"]


def test_a_fraction_is_a_percentage() -> None:
    found = read("school;jaar;n;aandeel\nA;2025;20;0,15\nB;2025;8;0,5\n")
    assert [one.value.part for one in found.facts] == [3, 4]


@settings(max_examples=tries(25, 60), deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["A", "", "20", "3", "x", "<5", "2025-2026", "-", "Totaal"]),
            min_size=4,
            max_size=4,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_no_row_vanishes(rows: list[list[str]]) -> None:
    head = sheet("school;schooljaar;n;deel\nA;2025-2026;20;3\n")
    found = sheet("school;schooljaar;n;deel\n" + "\n".join(";".join(row) for row in rows) + "\n")
    try:
        reading = read_facts(found, recognise(head))
    except NoFiguresError:
        return
    told = {one.line for one in reading.facts} | {one.line for one in reading.faults}
    assert told == set(found.lines[1:])


def test_the_same_headings_have_the_same_fingerprint() -> None:
    one, other = sheet("Titel\nSchool;N\nA;3\n"), sheet("school ; n\nB;9\n")
    assert fingerprint(one, 1) == fingerprint(other, 0)
    assert fingerprint(one, 1) != fingerprint(sheet("school;aantal\nA;3\n"), 0)


def test_known_names_point_at_the_column_of_places() -> None:
    found = sheet("waar;hoeveel n\nDe Linde;12\nHet Waterrad;13\n")
    assert recognise(found, places={"delinde", "hetwaterrad"}).columns[0].holds == Holds.PLACE


def test_a_file_with_names_of_people_is_known_by_its_headings() -> None:
    for head in ("Studentnummer", "E-mailadres", "respondent-id", "Naam student"):
        assert recognise(sheet(f"{head};school\n1;A\n")).one(Holds.PERSON) is not None


def test_years_under_each_other_without_a_column_of_years_are_no_people() -> None:
    found = read("school;n;gestopt\nA;20;3\nA;21;2\nA;22;1\nB;20;3\nB;21;2\nB;22;1\n", period=YEAR)
    assert len(found.facts) == 6


def test_one_typing_error_leaves_a_column_what_its_heading_says() -> None:
    raw = b"school;schooljaar;aantal studenten;waarvan gestopt\nA;2024-2025;23;3\nB;2024-2025;abc;2\nC;2024-2025;18;5\n"
    sheet = sheets_of(raw)[0]
    choice = recognise(sheet)
    assert [one.holds for one in choice.columns][2:] == [Holds.WHOLE, Holds.PART]
    assert [(one.line, one.value) for one in read_facts(sheet, choice).faults] == [(3, "abc")]
