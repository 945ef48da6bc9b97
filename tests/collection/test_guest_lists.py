"""A list laid beside the register: every line is said something about, and none is lost."""

import io
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.collection.guest_lists import (
    MOST_SUGGESTED,
    Known,
    Verdict,
    Whom,
    is_workbook,
    lines_of,
    look,
    mended,
    text_of_workbook,
)
from lemniscaat.collection.sampling import draw, shares

SAMIRA = Known(1, "Samira", "samira@example.org", "student")
JOOST = Known(2, "Joost de Wit", "joost@example.org", "mentor")
GONE = Known(3, "Gea", "gea@example.org", "student", bounced=True)


def looked(*lines: str):  # type: ignore[no-untyped-def]
    return look(lines, known=[SAMIRA, JOOST, GONE], asked=["student"], elsewhere=["wim@example.org"])


def test_every_line_gets_its_word() -> None:
    found = looked(
        "Samira <SAMIRA@example.org>",
        "samira@example.org; student",
        "joost@example.org",
        "gea@example.org",
        "wim@example.org",
        "samria@example.org",
        "Joost de Wit",
        "zomaar",
    )
    assert [line.verdict for line in found.lines] == [
        Verdict.KNOWN, Verdict.TWICE, Verdict.OTHER_ROLE, Verdict.BOUNCED,
        Verdict.ELSEWHERE, Verdict.UNKNOWN, Verdict.UNKNOWN, Verdict.UNKNOWN,
    ]  # fmt: skip
    assert [line.meant for line in found.wrong] == ["", "samira@example.org", "joost@example.org", ""]
    assert found.lines[1].first == 1
    assert found.people == (1, 2)


ED = Known(4, "Ed O'Neill", "ed.o'neill@example.org", "student")


@pytest.mark.parametrize(
    "line",
    [
        "ed.o'neill@example.org",
        "‘Ed.O'Neill@example.org’",
        "\u200bed.o'neill@example.org\u00a0",
        "'ed.o'neill@example.org'",
        "mailto:ed.o'neill@example.org",
        '"Neill, Ed" <ed.o\'neill@example.org>,',
    ],
)
def test_an_address_is_known_whatever_hangs_around_it(line: str) -> None:
    (only,) = look(lines_of(line), known=[ED], asked=["student"]).lines
    assert only.verdict is Verdict.KNOWN


@pytest.mark.parametrize("line", ["joost @example.org", "joost(at)example.org", "joost@example.or g", "joost@exmaple.org", "jo0st@example.org"])  # fmt: skip
def test_what_was_meant_is_found_in_what_is_hardly_an_address(line: str) -> None:
    (only,) = look(lines_of(line), known=[SAMIRA, JOOST], asked=["student"]).wrong
    assert only.meant == JOOST.email


def test_a_box_of_several_people_is_told_apart() -> None:
    found = look(
        ["info@example.org", "Info@elders.nl", "samira@example.org"], known=[SAMIRA], asked=["student"]
    )
    assert [line.shared for line in found.lines] == [True, True, False]


def test_a_line_broken_by_a_mail_program_is_one() -> None:
    assert lines_of("Joost de Wit\r\n <joost@example.org>;\r\nSamira\n<samira@example.org>") == [
        "Joost de Wit <joost@example.org>",
        "Samira <samira@example.org>",
    ]
    assert lines_of("Nummer;Groep;Mail school\n12;A;samira@example.org") == ["12;A;samira@example.org"]


def test_many_wrong_lines_beside_a_large_register_are_looked_at_in_time() -> None:
    people = [Known(n, f"Naam {n}", f"persoon{n}@school.example", "student") for n in range(3000)]
    before = time.process_time()
    found = look([f"person{n}@schol.example" for n in range(400)], known=people, asked=["student"])
    assert len(found.wrong) == 400
    assert sum(bool(line.meant) for line in found.wrong) == MOST_SUGGESTED
    assert time.process_time() - before < 3


def test_pasted_from_a_mail_program_or_a_sheet() -> None:
    assert lines_of("Joost <joost@example.org>; Samira <samira@example.org>;") == [
        "Joost <joost@example.org>",
        "Samira <samira@example.org>",
    ]
    assert lines_of("naam;e-mail\nSamira;samira@example.org\n\n") == ["Samira;samira@example.org"]
    assert lines_of("zonder adres") == ["zonder adres"]


@given(st.lists(st.text(max_size=40), max_size=8))
def test_any_list_can_be_read_and_mended(lines: list[str]) -> None:
    read = lines_of("\n".join(lines))
    found = looked(*read)
    assert [line.text for line in found.lines] == read
    assert len(set(found.people)) == len(found.people)
    again = mended(read, {line.number: "" for line in found.wrong})
    assert not looked(*again).wrong
    assert Whom.read(Whom(True, (1, *read), {"student": 3}).to_json()) == Whom(
        True, (1, *read), {"student": 3}
    )


def test_a_line_is_put_right_in_its_place() -> None:
    lines = ["samria@example.org", "joost@example.org"]
    assert mended(lines, {1: "samira@example.org"}) == ["samira@example.org", "joost@example.org"]
    assert mended(lines, {1: " ", 9: "x"}) == ["joost@example.org"]


def workbook(**sheets: list[list[str]]) -> bytes:
    """The smallest spreadsheet that a spreadsheet program takes."""
    raw, space = io.BytesIO(), "http://schemas.openxmlformats.org"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    with zipfile.ZipFile(raw, "w") as parts:
        named = "".join(f'<sheet name="{one}" sheetId="{n}" r:id="r{n}"/>' for n, one in enumerate(sheets, 1))
        parts.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{space}/package/2006/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
            f'ContentType="{kinds}.sheet.main+xml"/></Types>',
        )
        links = f'xmlns="{space}/package/2006/relationships"'
        kind = f"{space}/officeDocument/2006/relationships"
        parts.writestr(
            "_rels/.rels",
            f'<Relationships {links}><Relationship Id="r1" Type="{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        parts.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{space}/spreadsheetml/2006/main" xmlns:r="{kind}"><sheets>{named}</sheets></workbook>',
        )
        each = "".join(
            f'<Relationship Id="r{n}" Type="{kind}/worksheet" Target="worksheets/s{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        parts.writestr("xl/_rels/workbook.xml.rels", f"<Relationships {links}>{each}</Relationships>")
        for n, rows in enumerate(sheets.values(), 1):
            cells = "".join(
                "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>"
                for row in rows
            )
            parts.writestr(
                f"xl/worksheets/s{n}.xml",
                f'<worksheet xmlns="{space}/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>',
            )
    return raw.getvalue()


def test_a_workbook_is_read_from_the_sheet_that_has_addresses() -> None:
    raw = workbook(Uitleg=[["Lees mij"]], Mensen=[["Naam", "E-mail"], ["Samira", "samira@example.org"]])
    assert is_workbook(raw)
    assert lines_of(text_of_workbook(raw)) == ["Samira; samira@example.org"]
    for wrong in (b"PK\x03\x04 niets", b"", raw[:200], workbook(Uitleg=[["Lees mij"]])):
        with pytest.raises(ValueError, match="no "):
            text_of_workbook(wrong)


@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=30),
    st.integers(1, 40),
    st.randoms(use_true_random=False),
)
def test_a_lot_asks_those_who_were_asked_least(before: list[int], number: int, lot) -> None:  # type: ignore[no-untyped-def]
    people = [Known(n, "", "", "student" if n % 3 else "mentor") for n in range(len(before))]
    asked = dict(enumerate(before))
    chosen = draw(people, numbers={"student": number}, asked=asked, lot=lot.random)
    students = [one for one in people if one.role == "student"]
    drawn = [one for one in chosen if one.role == "student"]
    assert len(drawn) == min(number, len(students))
    assert len(chosen) - len(drawn) == len(people) - len(students)
    left = [asked[one.person_id] for one in students if one not in drawn]
    assert max((asked[one.person_id] for one in drawn), default=0) <= min(left, default=9)


def test_the_lot_is_a_lot() -> None:
    people = [Known(n, "", "", "student") for n in range(20)]
    rolls = iter(range(20, 0, -1))
    chosen = draw(people, numbers={"student": 5}, asked={}, lot=lambda: float(next(rolls)))
    assert [one.person_id for one in chosen] == [15, 16, 17, 18, 19]


def test_what_a_sample_means_per_role() -> None:
    student, mentor = shares({"student": 40, "mentor": 9, "starter": 0}, {"student": 9, "mentor": 30})
    assert (student.asked, student.of, student.apart, student.all) == (9, 40, False, False)
    assert (mentor.asked, mentor.all, mentor.apart) == (9, True, False)
