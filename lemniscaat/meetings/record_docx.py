"""The record of a talk as a document to keep: A4, real headings, Dutch, links to where everything comes from."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Sheet
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from lemniscaat.meetings.record import Agreed, Meant, Record
from lemniscaat.meetings.record_text import address, at_table, facts, heading, missed

LANGUAGE = "nl-NL"
FONT = "Arial"
INK, MUTED, BLUE = RGBColor(0x1B, 0x21, 0x45), RGBColor(0x4C, 0x53, 0x75), RGBColor(0x2F, 0x45, 0xC5)
VISION, DISSENT = "FFF3C7", "FBE3E8"
SIZES = {"Normal": 10, "Title": 20, "Heading 1": 12.5, "Small": 9}
VOICE = 11.5
NOT_ALLOWED = re.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\U00010000-\\U0010FFFF]")
NOT_OURS = {"thumbnail", "extended-properties", "stylesWithEffects", "customXml"}


def as_docx(record: Record) -> bytes:
    """The record as a Word document, in the language that is on. It names no author and holds nobody's template."""
    record = _printable(record)
    sheet = Document()
    _set_up(sheet, record)
    sheet.add_paragraph(record.title, style="Title")
    sheet.add_paragraph(heading(record), style="Small")
    _vision(sheet, record)
    _title(sheet, _("Aan tafel"))
    sheet.add_paragraph(" ".join(filter(None, [_sentence(at_table(record)), missed(record)])))
    _returned(sheet, record)
    _seen(sheet, record)
    for meant in record.meanings:
        _meaning(sheet, meant)
    _thoughts(sheet, record)
    _agreements(sheet, record)
    _from_now_on(sheet, record)
    if record.reflection:
        _title(sheet, _("Over het gesprek zelf"))
        sheet.add_paragraph(record.reflection)
    _foot(sheet, record)
    out = BytesIO()
    sheet.save(out)
    return out.getvalue()


def _printable(thing: Any) -> Any:
    """The same without the signs that no document may hold, such as those that come along from a copied slide."""
    if isinstance(thing, str):
        return NOT_ALLOWED.sub("", thing)
    if isinstance(thing, tuple):
        return tuple(_printable(one) for one in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(thing, **{one.name: _printable(getattr(thing, one.name)) for one in fields(thing)})
    return thing


def _sentence(words: str) -> str:
    return words + "." if words else ""


def _set_up(sheet: Sheet, record: Record) -> None:
    page = sheet.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(18)
    page.top_margin, page.bottom_margin = Mm(15), Mm(15)
    page.footer_distance = Mm(8)
    sheet.styles.add_style("Small", WD_STYLE_TYPE.PARAGRAPH).base_style = sheet.styles["Normal"]
    for name, size in SIZES.items():
        _look(sheet.styles[name], size)
    sheet.styles["Small"].font.color.rgb = MUTED
    for spoken in sheet.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), LANGUAGE)
    _strip(sheet)
    about = sheet.core_properties
    about.title, about.subject, about.language = record.title, heading(record), LANGUAGE
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    if record.day:
        about.created = about.modified = datetime.combine(record.day, time(), tzinfo=UTC)


def _strip(sheet: Sheet) -> None:
    """Leave out what a new document brings along: a picture of its template, the name of a program, old styles."""
    for rels in (sheet.part.package.rels, sheet.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.rsplit("/", 1)[-1] in NOT_OURS]:
            del rels[key]


def _look(style: Any, size: float) -> None:
    """One letter for everything, in ink, with little white: a record fits a page."""
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    style.paragraph_format.space_before = Pt(8 if style.name == "Heading 1" else 0)
    style.paragraph_format.space_after = Pt(2 if style.name in {"Heading 1", "Title"} else 3)
    style.paragraph_format.line_spacing = 1.08
    border = style.element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}")
    if border is not None:
        border.getparent().remove(border)


def _title(sheet: Sheet, words: str) -> None:
    sheet.add_paragraph(words, style="Heading 1")


def _shade(paragraph: Paragraph, colour: str) -> None:
    """A coloured ground under a paragraph; the last thing done to it, for the order within its settings is fixed."""
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:color"), "auto")
    shade.set(qn("w:fill"), colour)
    settings = paragraph._p.get_or_add_pPr()
    settings.insert_element_before(shade, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _link(paragraph: Paragraph, words: str, path: str) -> None:
    """Words that lead to their source; plain words where the reader may not follow."""
    if not path:
        paragraph.add_run(words)
        return
    target = paragraph.part.relate_to(address(path), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), target)
    run = paragraph.add_run(words)
    run.font.color.rgb, run.font.underline = BLUE, True
    link.append(run._r)
    paragraph._p.append(link)


def _vision(sheet: Sheet, record: Record) -> None:
    if not record.point:
        return
    block = sheet.add_paragraph()
    point = block.add_run(record.point)
    point.bold, point.font.size = True, Pt(12.5)
    block.add_run("\n" + record.what)
    if record.criterion:
        block.add_run("\n" + _("Onze lat:") + " ").bold = True
        _link(block, record.criterion, record.criterion_url)
    _shade(block, VISION)


def _returned(sheet: Sheet, record: Record) -> None:
    if record.returned:
        _title(sheet, _("Dit kwam terug"))
    for back in record.returned:
        line = sheet.add_paragraph()
        _link(line, back.sentence, back.url)
        for label, words in back.told:
            line.add_run(f" {label}: ").bold = True
            line.add_run(words)


def _seen(sheet: Sheet, record: Record) -> None:
    if record.seen:
        _title(sheet, _("Wat we zagen"))
    for one in record.seen:
        line = sheet.add_paragraph(style="List Bullet")
        if one.source:
            line.add_run(one.words + " ")
        _link(line, one.source or one.words, one.url)


def _meaning(sheet: Sheet, one: Meant) -> None:
    """The meaning and every voice that differs, in letters of one size."""
    _title(sheet, _("Wat het voor ons betekent"))
    said = sheet.add_paragraph()
    said.add_run(one.text).font.size = Pt(VOICE)
    if one.certainty:
        said.add_run(f"\n{one.certainty}. ")
    if one.url:
        _link(said, _("Waar dit op rust"), one.url)
    for voice in one.dissent:
        other = sheet.add_paragraph()
        other.add_run(_("Het andere geluid") + "\n").bold = True
        other.add_run(voice).font.size = Pt(VOICE)
        _shade(other, DISSENT)


def _thoughts(sheet: Sheet, record: Record) -> None:
    if record.assumptions:
        _title(sheet, _("We denken, en gaan het na"))
    for one in record.assumptions:
        line = sheet.add_paragraph()
        _link(line, one.text, one.url)
        if one.test:
            line.add_run(" " + _("Zo toetsen we het:") + " " + one.test)


def _agreements(sheet: Sheet, record: Record) -> None:
    _title(sheet, _("Wat we afspraken"))
    if not record.agreements:
        sheet.add_paragraph(record.nothing_agreed)
        return
    head = (_("Koers"), _("Afspraak"), _("Wie, en waaraan merken we het?"))
    table = sheet.add_table(rows=1, cols=len(head))
    table.style, table.autofit = "Table Grid", False
    for cell, words in zip(table.rows[0].cells, head, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    # a screen reader calls out the head of each column, and on a second page the row comes again
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for one in record.agreements:
        _agreement(list(table.add_row().cells), one)
    # both the columns and their cells carry a width: one program reads the first, another the second
    for column, width in zip(table.columns, (28, 66, 80), strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _agreement(cells: list[_Cell], one: Agreed) -> None:
    cells[0].paragraphs[0].add_run(one.label)
    _link(cells[1].paragraphs[0], one.sentence, one.url)
    told = cells[2].paragraphs[0]
    for place, (label, words) in enumerate(facts(one)):
        told.add_run(("\n" if place else "") + label + ": ").bold = True
        told.add_run(words)


def _from_now_on(sheet: Sheet, record: Record) -> None:
    if record.from_now_on:
        _title(sheet, _("Dit is voortaan onze lat"))
    for words, url in record.from_now_on:
        _link(sheet.add_paragraph(_("Goed genoeg, als:") + " "), words, url)


def _foot(sheet: Sheet, record: Record) -> None:
    line = sheet.sections[0].footer.paragraphs[0]
    line.style = sheet.styles["Small"]
    line.add_run(_("Om van te leren, nooit om iemand te beoordelen.") + " ")
    _link(line, address(record.url), record.url)
