"""The record: gathered once, shown on screen, in a document and in a mail, mended on the day, sent once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from docx import Document
from docx.document import Document as Sheet
from docx.oxml.ns import qn

from lemniscaat.agenda import actions as agenda
from lemniscaat.agenda.forms import moments
from lemniscaat.agenda.models import Agreement
from lemniscaat.base import clock
from lemniscaat.collection.models import Round
from lemniscaat.datapoints.models import Circle, DataPoint, EvidenceKind, SourceKind
from lemniscaat.interpretation.actions import Ground, revise_meaning, write_meaning
from lemniscaat.interpretation.models import DissentingVoice, Evidence, Interpretation
from lemniscaat.meetings import actions, queries, sending
from lemniscaat.meetings.models import Meeting, Outcome, RecordMail
from lemniscaat.meetings.record import Record
from lemniscaat.meetings.record_docx import as_docx
from lemniscaat.meetings.record_text import WIDTH, as_text
from lemniscaat.meetings.recording import record_of
from lemniscaat.people.models import Appointment, OutgoingMail, Person, TrailEntry
from tests.cast import World, signed_in
from tests.meetings.test_table import page, planned, press, written_out

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAGES = ("record", "record_docx", "record_preview", "record_fix")


def url(name: str, row: Meeting) -> str:
    return reverse(f"meetings:{name}", args=[row.pk])


def note(world: World, **more: object) -> DataPoint:
    given: dict[str, object] = {
        "partnership": world.partnership,
        "organisation": world.team,
        "criterion": world.criterion,
        "evidence": EvidenceKind.SOFT,
        "source": SourceKind.NOTE,
        "text": "Bij ons stond de deur open.",
        "author": world.joost,
        "happened_on": clock.today(),
    }
    return DataPoint.objects.create(**{**given, **more})


def told(world: World) -> Meeting:
    """A whole talk: something came back, something was seen, meant, assumed, agreed and said about the talk."""
    old = agenda.agree(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        criterion=world.criterion,
        course="sustain",
        sentence="De deur staat open op maandag.",
        owner_text="Noor",
        notice="er loopt iemand binnen",
        returns_at=world.appointment,
    )
    agenda.look_back(
        access=world.access(world.noor),
        agreement=old,
        helped="Het rooster hielp.",
        hindered="De drukte.",
        ask="Blijf het vragen.",
        appointment=world.appointment,
        next_appointment=world.later,
    )
    note(world)
    row = planned(world)
    written_out(world, row)
    press(world, row, "finish", reflection="Samira kwam laat aan het woord.")
    row.refresh_from_db()
    return row


def gathered(world: World, row: Meeting, who: Person | None = None) -> Record:
    access = world.access(who or world.noor)
    return record_of(access, queries.talk(access, row.pk))


def opened(record: Record) -> Sheet:
    return Document(BytesIO(as_docx(record)))


def words_of(sheet: Sheet) -> str:
    cells = [cell.text for table in sheet.tables for row in table.rows for cell in row.cells]
    feet = [line.text for line in sheet.sections[0].footer.paragraphs]
    return "\n".join([*(line.text for line in sheet.paragraphs), *cells, *feet])


def everything(world: World) -> list[str]:
    return [
        world.point.title,
        world.point.what,
        world.criterion.sentence,
        "1 student",
        "de opleiding",
        "De deur staat open op maandag.",
        "Het rooster hielp.",
        "De drukte.",
        "Blijf het vragen.",
        "Bij ons stond de deur open.",
        "Wij beginnen zelf niet.",
        "Bij mij vragen ze het wel.",
        "Ze wachten op ons.",
        "Vraag het in week 3.",
        "Joost vraagt als eerste.",
        "iedereen is bezocht",
        "Samira: niet op maandag",
        "Samira kwam laat aan het woord.",
    ]


def test_the_record_holds_the_whole_talk_each_with_its_source(world: World) -> None:
    row = told(world)
    found = gathered(world, row)
    meant, agreed = Interpretation.objects.get(), Agreement.objects.get(sentence="Joost vraagt als eerste.")
    assert (found.title, found.body, found.place) == ("Lesbezoek", world.body.name, world.school.name)
    assert found.day == clock.today()
    assert found.roles[0][0] == "student", "the youngest voice comes first"
    assert {role: number for role, _label, number in found.roles} == {
        "student": 1,
        "school_educator": 1,
        "mentor": 1,
    }
    assert [(one.text, one.dissent) for one in found.meanings] == [
        (meant.text, ("Bij mij vragen ze het wel.",))
    ]
    assert found.meanings[0].url == reverse("interpretation:meaning", args=[meant.pk])
    assert [one.url for one in found.agreements] == [reverse("agenda:agreement", args=[agreed.pk])]
    assert found.agreements[0].where == agreed.where
    assert found.body_url == reverse("meetings:body", args=[world.body.pk])
    assert [one.ask for one in found.returned] == ["Blijf het vragen."]
    assert [one.words for one in found.seen] == ["‘Bij ons stond de deur open.’"]
    assert all(one.source.startswith("Geeltje van een van de") for one in found.seen), "whose voice it is"


def test_who_was_not_there_can_follow_it(world: World) -> None:
    """What came back says since when it stands; where nothing was agreed it says when the talk goes on."""
    row = told(world)
    found = gathered(world, row)
    screen = signed_in(world.joost).get(url("record", row)).content.decode()
    agreed = date_format(found.returned[0].since, "j F Y")
    assert agreed in screen
    assert ("Afgesproken", agreed) in found.returned[0].told
    row.finished_on = timezone.localtime(world.appointment.starts_at).date()
    nothing = replace(record_of(world.access(world.noor), row), agreements=(), criterion="")
    after = date_format(timezone.localtime(world.later.starts_at), "j F")
    for told_so in (as_text(nothing), words_of(opened(nothing))):
        assert f"Niets nieuws. We praten verder: {world.body.name}, {after}." in " ".join(told_so.split())
        assert "Onze lat" not in told_so, "no label without anything behind it"


def test_what_is_agreed_comes_back_on_a_later_day(world: World) -> None:
    """On the day itself there is nothing to see yet."""
    soon = Appointment.objects.create(body=world.body, starts_at=clock.now() + timedelta(minutes=1))
    offered = moments(world.access(world.noor), world.team.pk).queryset
    assert world.later in offered
    assert (soon in offered) == (timezone.localtime(soon.starts_at).date() > clock.today())


def test_every_link_of_the_record_opens_for_its_reader(world: World) -> None:
    row = told(world)
    found = gathered(world, row, world.samira)
    several = (found.returned, found.seen, found.meanings, found.assumptions, found.agreements)
    links = [one.url for group in several for one in group]
    assert len(links) == 5
    client = signed_in(world.samira)
    for link in [*links, found.url, found.body_url, found.criterion_url]:
        assert client.get(link).status_code == 200, link


def test_screen_document_and_mail_tell_the_same(world: World) -> None:
    row = told(world)
    found = gathered(world, row)
    screen = signed_in(world.joost).get(url("record", row)).content.decode()
    document, mail = words_of(opened(found)), as_text(found)
    for words in everything(world):
        assert words in screen, words
        assert words in document, words
        assert words in " ".join(mail.split()), words


def test_a_guest_from_elsewhere_reads_the_record_without_closed_doors(world: World) -> None:
    row = planned(world)
    keep = queries.seats(row)
    guest = actions.Guest("Hans", "institute_educator", world.hans.pk)
    actions.set_table(access=world.access(world.noor), meeting=row, keep=keep, guests=[guest])
    note(world, text="Alleen voor ons team.")
    written_out(world, row)
    press(world, row, "finish")
    found = gathered(world, row, world.hans)
    assert found.meanings[0].text == "Wij beginnen zelf niet."
    assert [found.meanings[0].url, found.agreements[0].url, found.body_url] == ["", "", ""]
    assert found.seen == (), "a note stays within the circle its giver chose"
    html = signed_in(world.hans).get(url("record", row)).content.decode()
    assert 'href=""' not in html
    assert "Alleen voor ons team." not in html


def test_outsiders_find_no_record_in_any_form(world: World) -> None:
    row = told(world)
    for outsider in (world.willem, world.hans, world.bea, world.stef, world.petra, world.charlie):
        client = signed_in(outsider)
        for name in PAGES:
            assert client.get(url(name, row)).status_code == 404, (outsider.name, name)
        for name in ("record_send", "record_fix"):
            assert client.post(url(name, row), {"to": "table"}).status_code == 404, (outsider.name, name)
    assert not OutgoingMail.objects.exists()


def test_an_agreement_that_comes_back_nowhere_says_why(world: World) -> None:
    row = planned(world)
    written_out(world, row)
    press(world, row, "go:tell", returns_at="", no_return_because="we zien het elke dag")
    html = signed_in(world.samira).get(url("record_preview", row)).content.decode()
    assert "nergens, want we zien het elke dag" in html
    press(world, row, "finish")
    assert gathered(world, row).agreements[0].where == "nergens, want we zien het elke dag"


def test_a_round_names_itself_behind_what_was_seen(world: World) -> None:
    round_ = Round(pk=7, title="Halverwege: hoe leer jij hier?")
    row = planned(world)
    press(world, row, "finish")
    made = write_meaning(
        access=world.access(world.noor), layer_id=world.team.pk, criterion=world.criterion, text="Zo is het."
    )
    Outcome.objects.create(meeting=row, interpretation=made)
    Evidence.objects.create(interpretation=made, words="3 van de 9 studenten zeggen ‘nog niet’.")
    assert [one.words for one in gathered(world, row).seen] == ["3 van de 9 studenten zeggen ‘nog niet’."]
    from lemniscaat.meetings.recording import _ground

    with_words = _ground(Evidence(round=round_, words="3 van de 9 studenten zeggen ‘nog niet’."))
    assert (with_words.source, with_words.url) == (round_.title, reverse("collection:outcome", args=[7]))
    assert _ground(Evidence(round=round_)).words == round_.title


# --- the document


def test_the_document_can_be_read_by_whoever_listens(world: World) -> None:
    sheet = opened(gathered(world, told(world)))
    assert sheet.core_properties.title == "Lesbezoek"
    assert sheet.core_properties.language == "nl-NL"
    assert {lang.get(qn("w:val")) for lang in sheet.styles.element.iter(qn("w:lang"))} == {"nl-NL"}
    assert [line.text for line in sheet.paragraphs if line.style and line.style.name == "Title"] == [
        "Lesbezoek"
    ]
    heads = [line.text for line in sheet.paragraphs if line.style and line.style.name == "Heading 1"]
    assert heads == [
        "Aan tafel",
        "Dit kwam terug",
        "Wat we zagen",
        "Wat het voor ons betekent",
        "We denken, en gaan het na",
        "Wat we afspraken",
        "Over het gesprek zelf",
    ]
    first = sheet.tables[0].rows[0]
    assert first._tr.trPr is not None
    assert first._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_other_voice_is_as_large_as_the_meaning_and_the_vision_stands_on_a_ground(world: World) -> None:
    sheet = opened(gathered(world, told(world)))
    sizes = {run.text: run.font.size for line in sheet.paragraphs for run in line.runs}
    assert sizes["Wij beginnen zelf niet."] == sizes["Bij mij vragen ze het wel."] is not None
    shaded = [
        line.text
        for line in sheet.paragraphs
        if line._p.pPr is not None and line._p.pPr.find(qn("w:shd")) is not None
    ]
    assert world.point.title in shaded[0]
    assert "Bij mij vragen ze het wel." in shaded[1]


def test_links_in_the_document_lead_to_this_site(world: World) -> None:
    found = gathered(world, told(world))
    sheet = opened(found)
    targets = {rel.target_ref for rel in sheet.part.rels.values() if rel.is_external}
    foot = sheet.sections[0].footer
    targets |= {rel.target_ref for rel in foot.part.rels.values() if rel.is_external}
    wanted = [
        found.meanings[0].url,
        found.agreements[0].url,
        found.seen[0].url,
        found.criterion_url,
        found.url,
    ]
    assert {settings.SITE_URL + path for path in wanted} <= targets
    assert all(target.startswith(settings.SITE_URL) for target in targets)
    told_cells = [cell for row in sheet.tables[0].rows for cell in row.cells]
    links = [link.text for cell in told_cells for line in cell.paragraphs for link in line.hyperlinks]
    assert links == ["Joost vraagt als eerste."]
    assert "Om van te leren" in foot.paragraphs[0].text


def test_a_normal_record_fits_one_sheet_of_paper(world: World) -> None:
    sheet = opened(gathered(world, told(world)))
    page_ = sheet.sections[0]
    assert (round(page_.page_width.mm), round(page_.page_height.mm)) == (210, 297)
    # of letters of ten points some ninety go on a line and some fifty-five lines, with their white, on a sheet
    lines = sum(
        len(words) // 90 + 1 for line in sheet.paragraphs for words in (line.text.split("\n") or [""])
    )
    lines += sum(
        max(len(cell.text) // 38 + cell.text.count("\n") + 1 for cell in row.cells)
        for row in sheet.tables[0].rows
    )
    assert lines < 45
    breaks = [one for one in sheet.element.body.iter(qn("w:br")) if one.get(qn("w:type")) == "page"]
    assert not breaks


def test_the_document_names_no_author_and_brings_nothing_along(world: World) -> None:
    made = as_docx(gathered(world, told(world)))
    about = Document(BytesIO(made)).core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    with ZipFile(BytesIO(made)) as inside:
        names = inside.namelist()
        text = b"".join(inside.read(name) for name in names)
    assert not [name for name in names if "thumbnail" in name or "customXml" in name or "app.xml" in name]
    assert b"python-docx" not in text


def test_signs_that_no_document_may_hold_do_not_break_it(world: World) -> None:
    row = planned(world)
    press(world, row, "go:together", meaning="Van een dia\x0b gekopieerd")
    press(world, row, "finish", reflection="met een bel \x07")
    answer = signed_in(world.joost).get(url("record_docx", row))
    assert answer.status_code == 200
    assert "Van een dia gekopieerd" in words_of(Document(BytesIO(answer.content)))


def test_the_document_is_a_download_for_whoever_may_read_the_record(world: World) -> None:
    row = told(world)
    answer = signed_in(world.samira).get(url("record_docx", row))
    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert answer["Content-Disposition"] == f'attachment; filename="verslag-lesbezoek-{clock.today()}.docx"'
    assert "no-store" in answer["Cache-Control"]
    assert answer.content[:2] == b"PK"


def test_there_is_no_document_before_the_end(world: World) -> None:
    row = planned(world)
    assert signed_in(world.noor).get(url("record_docx", row)).status_code == 404
    assert signed_in(world.noor).post(url("record_send", row), {"to": "me"}).status_code == 404


# --- by mail


def test_whoever_asks_gets_the_record_once(world: World) -> None:
    row = told(world)
    client = signed_in(world.samira)
    assert "Stuur mij dit verslag" in client.get(url("record", row)).content.decode()
    for _ in range(2):
        assert client.post(url("record_send", row), {"to": "me"})["Location"] == url("record", row)
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (world.samira.email, "Verslag: Lesbezoek")
    assert "Wij beginnen zelf niet." in mail.body
    assert settings.SITE_URL + url("record", row) in mail.body
    assert "Stuur mij dit verslag" not in client.get(url("record", row)).content.decode()


def test_who_led_sends_it_to_the_table_and_to_nobody_twice(world: World) -> None:
    row = told(world)
    signed_in(world.joost).post(url("record_send", row), {"to": "me"})
    leader = signed_in(world.noor)
    assert "Stuur het aan wie aan tafel zat" in leader.get(url("record", row)).content.decode()
    for _ in range(2):
        assert leader.post(url("record_send", row), {"to": "table"}).status_code == 302
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == sorted(
        person.email for person in (world.noor, world.joost, world.samira)
    )
    assert RecordMail.objects.filter(meeting=row).count() == 3
    assert TrailEntry.objects.get(verb="sent").detail == {"people": 2}
    assert "Stuur het aan wie aan tafel zat" not in leader.get(url("record", row)).content.decode()


def test_only_who_led_sends_it_round(world: World) -> None:
    row = told(world)
    client = signed_in(world.joost)
    assert "Stuur het aan wie aan tafel zat" not in client.get(url("record", row)).content.decode()
    assert client.post(url("record_send", row), {"to": "table"}).status_code == 404
    assert not OutgoingMail.objects.exists()


def test_nobody_gets_by_mail_what_he_may_not_read(world: World) -> None:
    row = planned(world)
    guest = actions.Guest("Hans", "institute_educator", world.hans.pk)
    actions.set_table(access=world.access(world.noor), meeting=row, keep=queries.seats(row), guests=[guest])
    note(world, text="Alleen voor ons team.")
    written_out(world, row)
    press(world, row, "finish")
    sent = sending.send_to_table(access=world.access(world.noor), meeting=Meeting.objects.get(pk=row.pk))
    assert sent == 4
    bodies = {mail.to: mail.body for mail in OutgoingMail.objects.all()}
    assert "Alleen voor ons team." in bodies[world.joost.email]
    assert "Alleen voor ons team." not in bodies[world.hans.email]


def test_whoever_is_gone_gets_no_mail(world: World) -> None:
    row = told(world)
    Person.objects.filter(pk=world.joost.pk).update(is_active=False)
    assert sending.send_to_table(access=world.access(world.noor), meeting=row) == 2
    assert not OutgoingMail.objects.filter(to=world.joost.email).exists()


def test_a_mail_has_short_lines_and_whole_addresses(world: World) -> None:
    mail = as_text(gathered(world, told(world)))
    for line in mail.splitlines():
        assert len(line) <= WIDTH or line.startswith(settings.SITE_URL), line
    assert "<" not in mail


# --- read before the end, mended on the day


def test_the_record_is_read_before_the_end_by_the_table_alone(world: World) -> None:
    row = planned(world)
    note(world)
    assert signed_in(world.samira).get(url("record_preview", row))["Location"] == page(row, "mee")
    written_out(world, row)
    html = signed_in(world.samira).get(url("record_preview", row)).content.decode()
    for words in (
        "Bij ons stond de deur open.",
        "Wij beginnen zelf niet.",
        "Bij mij vragen ze het wel.",
        "Joost vraagt als eerste.",
        "Ze wachten op ons.",
    ):
        assert words in html
    assert "Zo wordt het verslag." in html
    assert "Stuur mij dit verslag" not in html
    assert not Interpretation.objects.exists(), "reading keeps nothing"
    for outsider in (world.willem, world.charlie, world.stef):
        assert signed_in(outsider).get(url("record_preview", row)).status_code == 404
    press(world, row, "finish")
    assert signed_in(world.samira).get(url("record_preview", row))["Location"] == url("record", row)


def typed(row: Meeting, **more: str) -> dict[str, str]:
    """The form as it stood on the page, with what was typed over it."""
    said = Interpretation.objects.get()
    voices = "\n".join(DissentingVoice.objects.values_list("text", flat=True))
    given = {
        f"text_{said.pk}": said.text,
        f"was_text_{said.pk}": said.text,
        f"dissent_{said.pk}": voices,
        f"was_dissent_{said.pk}": voices,
        f"version_{said.pk}": str(said.version),
        "reflection": row.reflection,
        "was_reflection": row.reflection,
    }
    names = {"text": f"text_{said.pk}", "dissent": f"dissent_{said.pk}"}
    return {**given, **{names.get(name, name): words for name, words in more.items()}}


def test_who_sat_there_mends_the_words_on_the_day_itself(world: World) -> None:
    row = told(world)
    client = signed_in(world.samira)
    assert url("record_fix", row) in client.get(url("record", row)).content.decode()
    assert "Wij beginnen zelf niet." in client.get(url("record_fix", row)).content.decode()
    form = typed(row, text="Wij beginnen zelf nog niet.", reflection="Samira begon.")
    assert client.post(url("record_fix", row), form)["Location"] == url("record", row)
    html = client.get(url("record", row)).content.decode()
    assert "Wij beginnen zelf nog niet." in html
    assert "Bij mij vragen ze het wel." in html
    assert "Samira begon." in html
    assert Interpretation.objects.get().version == 2


def test_what_was_left_alone_keeps_its_version(world: World) -> None:
    row = told(world)
    signed_in(world.samira).post(url("record_fix", row), typed(row, reflection="Kort."))
    assert Interpretation.objects.get().version == 1
    row.refresh_from_db()
    assert row.reflection == "Kort."


def test_two_who_mend_at_once_lose_no_word(world: World) -> None:
    row = told(world)
    samira, joost = (
        typed(row, text="Van Samira", reflection="S"),
        typed(row, text="Van Joost", reflection="J"),
    )
    assert signed_in(world.samira).post(url("record_fix", row), samira).status_code == 302
    answer = signed_in(world.joost).post(url("record_fix", row), joost)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Van Samira" in html
    assert "Van Joost" in html
    row.refresh_from_db()
    assert row.reflection == "S\nJ"
    assert Interpretation.objects.get().text == "Van Samira"
    assert signed_in(world.joost).post(url("record_fix", row), typed(row, text="Van ons")).status_code == 302
    assert Interpretation.objects.get().text == "Van ons"


def test_a_change_elsewhere_does_not_stop_who_left_the_meaning_alone(world: World) -> None:
    row = told(world)
    form = typed(row, reflection="Nog iets.")
    said = Interpretation.objects.get()
    revise_meaning(access=world.access(world.joost), row=said, text="Anders", dissent="", version=1)
    assert signed_in(world.samira).post(url("record_fix", row), form).status_code == 302
    assert Interpretation.objects.get().text == "Anders"


def test_a_meaning_without_words_is_not_kept_and_nothing_is_lost(world: World) -> None:
    row = told(world)
    answer = signed_in(world.samira).post(url("record_fix", row), typed(row, text=" ", reflection="Getypt"))
    assert answer.status_code == 422
    assert "Getypt" in answer.content.decode()
    row.refresh_from_db()
    assert row.reflection == "Samira kwam laat aan het woord."
    assert Interpretation.objects.get().text == "Wij beginnen zelf niet."


def test_the_day_after_the_record_stands(world: World) -> None:
    row = told(world)
    Meeting.objects.filter(pk=row.pk).update(finished_on=clock.today() - timedelta(days=1))
    client = signed_in(world.samira)
    assert client.get(url("record_fix", row)).status_code == 404
    assert client.post(url("record_fix", row), typed(row, text="Achteraf")).status_code == 404
    assert url("record_fix", row) not in client.get(url("record", row)).content.decode()


def test_who_was_not_there_does_not_mend(world: World) -> None:
    row = planned(world, world.samira)
    keep = [seat for seat in queries.seats(row) if seat.person_id != world.joost.pk]
    actions.set_table(access=world.access(world.samira), meeting=row, keep=keep, guests=[])
    press(world, row, "finish")
    client = signed_in(world.joost)
    assert client.get(url("record", row)).status_code == 200
    assert client.get(url("record_fix", row)).status_code == 404
    with pytest.raises(Http404):
        sending.send_to_table(access=world.access(world.joost), meeting=Meeting.objects.get(pk=row.pk))


def test_my_own_note_is_not_in_the_mail_of_another(world: World) -> None:
    mine = note(world, text="Van mij alleen.", circle=Circle.ME)
    row = planned(world)
    press(world, row, "finish")
    made = write_meaning(
        access=world.access(world.joost),
        layer_id=world.team.pk,
        criterion=world.criterion,
        text="Zo is het.",
        evidence=[Ground(data_point=mine)],
    )
    Outcome.objects.create(meeting=row, interpretation=made)
    assert "Van mij alleen." in as_text(gathered(world, row, world.joost))
    assert "Van mij alleen." not in as_text(gathered(world, row, world.noor))
