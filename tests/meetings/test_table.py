"""A talk at a table: planned, led, hidden until laid open, written down, and remembered."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import Http404

from lemniscaat.agenda import actions as agenda
from lemniscaat.agenda.models import Agreement, AgreementReturn
from lemniscaat.datapoints.models import Circle, DataPoint, EvidenceKind, SourceKind
from lemniscaat.interpretation.models import Assumption, DissentingVoice, Evidence, Interpretation
from lemniscaat.meetings import actions, flow, queries
from lemniscaat.meetings.models import Chair, Meeting, MeetingState, Outcome
from lemniscaat.people.models import Person, Share
from tests.cast import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PAGES = ("tafel", "leiden", "mee", "beamer", "papier", "qr", "groepen", "briefjes", "")
SECTIONS = {"expect": 1, "alone": 2}


def planned(world: World, who: Person | None = None, **more: Any) -> Meeting:
    given = {
        "layer_id": world.team.pk,
        "body": world.body,
        "appointment": world.appointment,
        "criterion": world.criterion,
        "title": "Lesbezoek",
        **more,
    }
    return actions.plan_talk(access=world.access(who or world.noor), **given)


def page(meeting: Meeting, name: str) -> str:
    return f"/gesprek/{meeting.pk}/{name}/" if name else f"/gesprek/{meeting.pk}/"


def press(world: World, meeting: Meeting, do: str, who: Person | None = None, **fields: Any) -> Any:
    given = {"do": do, "step": Meeting.objects.get(pk=meeting.pk).step, **fields}
    return signed_in(who or world.noor).post(page(meeting, "stap"), given)


def phone(meeting: Meeting) -> str:
    """The page that everybody has on his own phone."""
    return f"/tafel/{meeting.table_id}/nu/"


def write(meeting: Meeting, who: Person, step: str, words: str) -> Any:
    """Write alone on one's own phone."""
    given = {"section": SECTIONS[step], step: words}
    return signed_in(who).post(f"/tafel/{meeting.table_id}/nu/geef/", given)


def texts(meeting: Meeting) -> list[str]:
    """What was written alone and is still kept."""
    chairs = Chair.objects.filter(table_id=meeting.table_id).order_by("pk")
    return [given["v"] for chair in chairs for given in chair.answers.values()]


def everything_seen(world: World, meeting: Meeting) -> Iterator[str]:
    """All that anybody at this table gets to see, in any kind of response."""
    for person in (world.noor, world.joost, world.samira):
        client = signed_in(person)
        for name in PAGES:
            for headers in ({}, {"HX-Request": "true"}):
                yield client.get(page(meeting, name), headers=headers, follow=True).content.decode()
        yield client.get(phone(meeting)).content.decode()
        yield client.get(f"/gesprek/laag/{world.team.pk}/").content.decode()
        yield client.get(f"/betekenis/lat/{world.criterion.pk}/").content.decode()


def test_planning_sets_the_body_at_the_table_and_plans_once(world: World) -> None:
    row = planned(world)
    assert planned(world).pk == row.pk
    assert {(seat.name, seat.role) for seat in queries.seats(row)} == {
        ("Noor", "school_educator"),
        ("Joost", "mentor"),
        ("Samira", "student"),
    }
    assert queries.seats(row)[0].name == "Samira", "the youngest voice comes first"


def test_a_student_plans_and_leads(world: World) -> None:
    client = signed_in(world.samira)
    asked = client.get(f"/gesprek/laag/{world.team.pk}/klaarzetten/?deur=mean&lat={world.criterion.pk}")
    assert world.point.title in asked.content.decode()
    given = {
        "title": "Durven vragen",
        "middle": f"lat-{world.criterion.pk}",
        "body": world.body.pk,
        "appointment": world.appointment.pk,
        "entry": "mean",
    }
    answer = client.post(f"/gesprek/laag/{world.team.pk}/klaarzetten/", given)
    row = Meeting.objects.get()
    assert answer["Location"] == page(row, "tafel")
    keep = [f"s{seat.pk}" for seat in Chair.objects.all()]
    assert client.post(page(row, "tafel"), {"seats": keep, "start": "1"})["Location"] == page(row, "leiden")
    assert client.get(page(row, "leiden")).status_code == 200
    assert queries.next_talk(world.access(world.joost)) == row


def test_a_moment_of_another_body_is_refused_in_words(world: World) -> None:
    given = {"title": "x", "body": "", "appointment": world.appointment.pk, "entry": "inform"}
    answer = signed_in(world.noor).post(f"/gesprek/laag/{world.team.pk}/klaarzetten/", given)
    assert answer.status_code == 422
    assert not Meeting.objects.exists()


def test_guests_sit_by_name_and_role(world: World) -> None:
    row = planned(world)
    client = signed_in(world.noor)
    keep = [f"s{seat.pk}" for seat in queries.seats(row) if seat.name != "Joost"]
    assert client.post(page(row, "tafel"), {"seats": keep, "guest_0": "Lotte"}).status_code == 422
    given = {"seats": keep, "guest_0": "Lotte", "role_0": "starter"}
    assert client.post(page(row, "tafel"), given).status_code == 302
    assert [(s.name, s.role) for s in queries.seats(row)] == [
        ("Samira", "student"),
        ("Lotte", "starter"),
        ("Noor", "school_educator"),
    ]
    assert signed_in(world.joost).get(page(row, "mee")).status_code == 404, "he left the table"


@pytest.mark.deep
@pytest.mark.once
@pytest.mark.parametrize("step", ["expect", "alone"])
def test_hidden_is_in_no_response_of_any_kind(world: World, step: str) -> None:
    row = planned(world)
    press(world, row, f"go:{step}")
    for person, words in ((world.samira, "geheim-van-samira"), (world.joost, "geheim-van-joost")):
        write(row, person, step, words)
    write(row, world.noor, step, "geheim-van-noor")
    for later in ("keep", f"go:{step}", "go:see", "go:together", "go:direct", "go:tell"):
        press(world, row, later)
        for name in PAGES:
            for person in (world.noor, world.joost, world.samira):
                html = signed_in(person).get(page(row, name), follow=True).content.decode()
                for other in ("samira", "joost", "noor"):
                    mine = person.name.lower() == other
                    assert mine or f"geheim-van-{other}" not in html, (name, later, person.name, other)
    press(world, row, f"go:{step}")
    html = signed_in(world.noor).get(page(row, "leiden")).content.decode()
    assert "3 van de 3 schreven iets" in html
    assert html.count("geheim") == 1, "my own sentence, and nobody else's"


def test_laid_open_is_seen_by_the_table_youngest_first_and_by_nobody_else(world: World) -> None:
    row = planned(world)
    press(world, row, "go:alone")
    write(row, world.samira, "alone", "zin-van-samira")
    press(world, row, "open:2", section=2, alone="zin-van-noor")
    press(world, row, "go:together")
    for name in ("leiden", "beamer", "mee"):
        html = signed_in(world.noor).get(page(row, name), follow=True).content.decode()
        assert html.index("zin-van-samira") < html.index("zin-van-noor"), name
    for outsider in (world.willem, world.hans, world.charlie, world.bea, world.stef):
        for name in PAGES:
            assert signed_in(outsider).get(page(row, name)).status_code == 404, (outsider.name, name)


def test_after_laying_open_nothing_is_written_any_more(world: World) -> None:
    row = planned(world)
    press(world, row, "go:alone")
    press(world, row, "open:2", section=2, alone="eerst")
    write(row, world.noor, "alone", "achteraf")
    press(world, row, "keep", section=2, alone="achteraf")
    assert texts(row) == ["eerst"]


def test_nobody_writes_in_the_seat_of_another(world: World) -> None:
    row = planned(world)
    press(world, row, "go:alone")
    write(row, world.samira, "alone", "van Samira zelf")
    samira = Chair.objects.get(table=row.table, person=world.samira)
    Chair.objects.filter(pk=samira.pk).update(here=True)
    given = {"deel": "2", "chair": samira.pk, "alone": "namens jou"}
    signed_in(world.noor).post(page(row, "briefjes"), given)
    assert texts(row) == ["van Samira zelf"], "whoever has a phone writes for himself"


def test_a_slip_of_paper_is_typed_over_and_stays_hidden(world: World) -> None:
    row = planned(world)
    press(world, row, "go:alone")
    guest = Chair.objects.create(table=row.table, name="Lotte", role="starter", token="t")
    given = {"deel": "2", "chair": guest.pk, "alone": "briefje-van-lotte"}
    assert signed_in(world.noor).post(page(row, "briefjes"), given).status_code == 302
    html = signed_in(world.noor).get(page(row, "leiden")).content.decode()
    assert "briefje-van-lotte" not in html
    assert "1 van de 4 schreven iets" in html
    press(world, row, "open:2")
    assert "briefje-van-lotte" in signed_in(world.noor).get(page(row, "leiden")).content.decode()


def test_a_slip_without_a_name_is_kept_by_nobody_and_says_so(world: World) -> None:
    row = planned(world)
    press(world, row, "go:alone")
    answer = signed_in(world.noor).post(page(row, "briefjes"), {"deel": "2", "alone": "x"}, follow=True)
    assert "Van wie is dit briefje?" in answer.content.decode()
    assert texts(row) == []


def test_somebody_who_does_not_sit_there_cannot_look_in(world: World) -> None:
    """An educator of the school may prepare a team's talk; reading the table takes a visible seat."""
    Chair.objects.filter(table=(row := planned(world, world.samira)).table, person=world.noor).delete()
    client = signed_in(world.noor)
    assert client.get(page(row, "beamer")).status_code == 404
    assert client.get(page(row, "leiden"))["Location"] == page(row, "tafel")
    assert client.post(page(row, "stap"), {"do": "open:2"})["Location"] == page(row, "tafel")
    row.table.refresh_from_db()
    assert row.table.laid_open == []
    keep = [f"s{seat.pk}" for seat in queries.seats(row)]
    client.post(page(row, "tafel"), {"seats": keep, "start": "1"})
    assert Chair.objects.filter(table=row.table, person=world.noor).exists()


def written_out(world: World, row: Meeting) -> None:
    """Fill in the last three steps as a leader would."""
    press(world, row, "go:together")
    press(
        world,
        row,
        "go:direct",
        meaning="Wij beginnen zelf niet.",
        dissent="Bij mij vragen ze het wel.",
        certainty="unsure",
        missing="de opleiding",
        assumption="Ze wachten op ons.",
        test="Vraag het in week 3.",
        was_meaning="",
    )
    press(
        world,
        row,
        "go:tell",
        course="adjust",
        sentence="Joost vraagt als eerste.",
        owner_text="Joost",
        notice="iedereen is bezocht",
        weighed="Samira: niet op maandag",
        returns_at=world.later.pk,
    )


def test_a_whole_talk_leaves_one_page(world: World) -> None:
    row = planned(world)
    for step in ("arrive", "expect", "see", "alone"):
        assert press(world, row, f"go:{step}").status_code == 302
        for name in PAGES:
            assert signed_in(world.noor).get(page(row, name)).status_code in {200, 302}
    written_out(world, row)
    ended = press(
        world, row, "finish", reflection="Samira kwam laat aan het woord.", share_with=world.school.pk
    )
    assert ended["Location"] == page(row, "")
    html = signed_in(world.joost).get(page(row, "")).content.decode()
    for words in (
        "Wij beginnen zelf niet.",
        "Bij mij vragen ze het wel.",
        "de opleiding",
        "Ze wachten op ons.",
        "Joost vraagt als eerste.",
        "Samira kwam laat aan het woord.",
        world.point.what,
        world.criterion.sentence,
    ):
        assert words in html
    said, agreed = Interpretation.objects.get(), Agreement.objects.get()
    assert (said.people, said.roles) == (3, ["mentor", "school_educator", "student"])
    assert (agreed.owner, agreed.returns_at, agreed.criterion) == (world.joost, world.later, world.criterion)
    assert agreed.decision is not None
    assert agreed.decision.interpretation == said
    assert Outcome.objects.filter(meeting=row).count() == 3
    assert not Share.objects.exists(), "sharing is an act of its own, after the talk"


def test_ending_twice_is_ending_once(world: World) -> None:
    row = planned(world)
    written_out(world, row)
    for _ in range(2):
        assert press(world, row, "finish").status_code == 302
    assert Interpretation.objects.count() == Agreement.objects.count() == DissentingVoice.objects.count() == 1
    assert press(world, row, "go:alone", alone="te laat", meaning="te laat").status_code == 302
    row.refresh_from_db()
    assert row.state == MeetingState.DONE
    assert row.step == "tell"
    assert not texts(row)


def test_what_was_written_alone_is_wiped_at_the_end(world: World) -> None:
    row = planned(world)
    press(world, row, "go:alone")
    press(world, row, "open:2", section=2, alone="alleen van mij")
    written_out(world, row)
    press(world, row, "finish")
    assert not texts(row)
    assert all("alleen van mij" not in html for html in everything_seen(world, row))


@pytest.mark.parametrize("missing", ["course", "owner_text", "notice", "returns_at"])
def test_an_unfinished_agreement_keeps_nothing_and_loses_nothing(world: World, missing: str) -> None:
    row = planned(world)
    written_out(world, row)
    row.refresh_from_db()
    row.notes = {**row.notes, missing: ""}
    row.save()
    client = signed_in(world.noor)
    answer = client.post(page(row, "stap"), {"do": "finish", "step": "tell"})
    assert answer["Location"] == page(row, "leiden")
    assert not Interpretation.objects.exists(), "all in one transaction"
    assert not Assumption.objects.exists()
    row.refresh_from_db()
    assert row.step == "direct"
    html = client.get(page(row, "leiden")).content.decode()
    assert "Joost vraagt als eerste." in html
    assert "staat er nog" in html


def test_nobody_writes_and_we_do_not_know_yet(world: World) -> None:
    row = planned(world)
    press(world, row, "go:alone")
    press(world, row, "open:2")
    assert "Hier schreef niemand iets" in signed_in(world.noor).get(page(row, "leiden")).content.decode()
    press(world, row, "go:together")
    press(world, row, "unknown:direct")
    press(world, row, "go:tell")
    press(world, row, "finish")
    said = Interpretation.objects.get()
    assert said.certainty == "unknown"
    assert not Agreement.objects.exists()
    assert said.text in signed_in(world.noor).get(page(row, "")).content.decode()


def test_an_empty_talk_ends_too(world: World) -> None:
    row = planned(world, criterion=None, appointment=None, title="Zomaar")
    for step in flow.STEPS:
        press(world, row, f"go:{step.key}")
        for name in ("leiden", "mee", "beamer", "papier"):
            answer = signed_in(world.noor).get(page(row, name), follow=True)
            assert answer.status_code == 200, (step.key, name)
    press(world, row, "finish")
    assert signed_in(world.noor).get(page(row, "")).status_code == 200
    assert not Outcome.objects.exists()


def test_a_pause_keeps_everything(world: World) -> None:
    row = planned(world)
    press(world, row, "go:together")
    press(world, row, "keep", meaning="halverwege")
    listed = signed_in(world.noor).get(f"/gesprek/laag/{world.team.pk}/").content.decode()
    assert page(row, "leiden") in listed
    html = signed_in(world.noor).get(page(row, "leiden")).content.decode()
    assert "halverwege" in html


def test_two_leaders_at_once_keep_both_texts(world: World) -> None:
    row = planned(world)
    press(world, row, "go:together")
    press(world, row, "keep", meaning="van Noor", was_meaning="")
    press(world, row, "keep", world.joost, meaning="van Joost", was_meaning="")
    html = signed_in(world.noor).get(page(row, "leiden")).content.decode()
    assert "van Noor\nvan Joost" in html


def test_agreements_come_first_and_lead_back_to_the_table(world: World) -> None:
    agreed = agenda.agree(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        criterion=world.criterion,
        course="adjust",
        sentence="Eerder afgesproken.",
        owner_text="Joost",
        notice="n",
        returns_at=world.appointment,
    )
    row = planned(world)
    press(world, row, "go:arrive")
    html = signed_in(world.noor).get(page(row, "leiden")).content.decode()
    assert html.index("Eerder afgesproken.") < html.index(world.criterion.sentence)
    back = f"/afspraak/{agreed.pk}/terug/?verder={page(row, 'leiden')}&bij={world.appointment.pk}"
    given = {"helped": "het rooster", "next_step": "go_on", "next_appointment": world.later.pk}
    assert signed_in(world.noor).post(back, given)["Location"] == page(row, "leiden")
    assert AgreementReturn.objects.get().appointment == world.appointment
    assert "Eerder afgesproken." not in signed_in(world.noor).get(page(row, "leiden")).content.decode()
    press(world, row, "finish")
    record = signed_in(world.noor).get(page(row, "")).content.decode()
    assert "het rooster" in record
    elsewhere = f"/afspraak/{agreed.pk}/terug/?verder=//evil.example/"
    assert signed_in(world.noor).post(elsewhere, given)["Location"].startswith("/afspraak/")


def test_what_only_the_leader_may_read_does_not_go_on_the_wall(world: World) -> None:
    for text, circle, place in (
        ("alleen voor mij", Circle.ME, world.team),
        ("voor het team", Circle.TEAM, world.team),
    ):
        DataPoint.objects.create(
            partnership=world.partnership,
            organisation=place,
            criterion=world.criterion,
            evidence=EvidenceKind.SOFT,
            source=SourceKind.NOTE,
            text=text,
            circle=circle,
            author=world.noor,
            happened_on=world.period.starts_on,
        )
    row = planned(world)
    press(world, row, "go:see")
    for name in ("leiden", "beamer", "mee", "papier"):
        html = signed_in(world.noor).get(page(row, name), follow=True).content.decode()
        assert "voor het team" in html
        assert "alleen voor mij" not in html
    written_out(world, row)
    press(world, row, "finish")
    assert [e.data_point.text for e in Evidence.objects.all() if e.data_point] == ["voor het team"]


def test_outsiders(world: World) -> None:
    row = planned(world)
    layer = f"/gesprek/laag/{world.team.pk}/"
    for outsider in (world.charlie, world.hans, world.willem, world.bea, world.petra):
        client = signed_in(outsider)
        for address in (layer, f"{layer}klaarzetten/", *(page(row, name) for name in PAGES)):
            assert client.get(address).status_code == 404, (outsider.name, address)
        assert client.post(page(row, "stap"), {"do": "open:2"}).status_code == 404
        assert client.post(page(row, "mee"), {"alone": "x", "step": "alone"}).status_code == 404
    with pytest.raises(Http404):
        planned(world, world.bea)
