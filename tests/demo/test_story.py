"""What the demo holds: a whole partnership, and one thread from a note to an agreement that came back."""

import pytest

from lemniscaat.accountability.models import Account, Return
from lemniscaat.agenda.models import Agreement, AgreementReturn, AgreementState, Difference
from lemniscaat.base import clock
from lemniscaat.collection import outcome
from lemniscaat.collection import queries as collection
from lemniscaat.collection.models import FreeText, Invitation, ReadingState, Round, RoundState
from lemniscaat.collection.whom import plan_of
from lemniscaat.concerns.keeping import Gap, missing
from lemniscaat.concerns.models import Contact
from lemniscaat.concerns.queries import my_contacts
from lemniscaat.datapoints.models import DataPoint, Indicator, SourceKind
from lemniscaat.datapoints.queries import hard_for, soft_for
from lemniscaat.demo.models import Letter
from lemniscaat.demo.stage import Stage
from lemniscaat.interpretation.models import DissentingVoice, Evidence, Interpretation
from lemniscaat.meetings.models import HallStep, Meeting, MeetingState
from lemniscaat.people.models import Membership, Organisation, OutgoingMail, Role, Share
from lemniscaat.people.queries import unreachable
from lemniscaat.vision.models import Criterion, Mapping, Period, VisionPoint
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


def test_every_role_is_somebody(stage: Stage) -> None:
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role.values)
    assert Organisation.objects.filter(kind="school").count() == 6


def test_the_vision_is_whole(stage: Stage) -> None:
    assert VisionPoint.objects.count() == 5
    lats = Criterion.objects.all()
    assert all(Mapping.objects.filter(criterion=lat).exists() for lat in lats)
    assert VisionPoint.objects.get(title="Veilig om te proberen").version == 2


def test_rounds_of_two_years_in_every_state(stage: Stage) -> None:
    halls = HallStep.objects.values("round_id")
    states = sorted(Round.objects.exclude(pk__in=halls).values_list("state", flat=True))
    assert states == sorted(
        [RoundState.RETURNED] * 5 + [RoundState.STOPPED] * 2 + [RoundState.OPEN, RoundState.DRAFT]
    )
    for round_ in Round.objects.all():
        assert round_.period is not None
        assert round_.period.starts_on <= (round_.opened_on or clock.today()) <= round_.period.ends_on


def test_asking_shows_what_it_can(stage: Stage) -> None:
    waiting = Round.objects.get(state=RoundState.DRAFT)
    assert {
        share.role: share.asked for share in plan_of(stage.access("petra", clock.today()), waiting).shares
    }
    running = Round.objects.get(state=RoundState.OPEN)
    numbers = Invitation.objects.filter(round=running).values_list("reminders", flat=True)
    assert (running.reminders, set(numbers)) == (1, {1})
    assert Letter.objects.filter(subject__startswith="Nog even").exists()
    assert len(unreachable()) == 3


def test_the_thread_from_a_note_to_what_came_back(stage: Stage) -> None:
    note = DataPoint.objects.get(text__startswith="Mijn student vraagt nooit")
    meaning = Interpretation.objects.get(pk=Evidence.objects.get(data_point=note).interpretation_id)
    assert note.author == stage.crowd.cast["joost"]
    assert DissentingVoice.objects.filter(interpretation=meaning).exists()
    agreement = Agreement.objects.get(decision__interpretation=meaning)
    back = AgreementReturn.objects.get(agreement=agreement)
    assert agreement.agreed_on < back.looked_on < stage.days.start
    assert (agreement.state, agreement.difference) == (AgreementState.SUSTAINED, Difference.YES)
    shares = Share.objects.filter(noun_id=meaning.pk, noun="interpretation")
    assert shares.count() == 2
    assert all(share.answer for share in shares)
    told = Return.objects.get(round=stage.rounds["halverwege-toen"])
    assert told.published_on is not None
    assert (
        note.happened_on < stage.rounds["halverwege-toen"].opened_on < meaning.written_on < told.published_on
    )


def test_the_soft_is_as_strong_as_the_hard(stage: Stage) -> None:
    for who, least in (("noor", 40), ("samira", 40), ("stef", 20)):
        access = stage.access(who, clock.today())
        assert len(soft_for(access, stage.criteria["kijken"])) >= least, who
        assert hard_for(access, stage.criteria["kijken"]), who
    reports = DataPoint.objects.filter(source=SourceKind.REPORT, criterion=stage.criteria["kijken"])
    assert reports.count() == 3


def test_a_page_of_a_criterion_has_figures(stage: Stage) -> None:
    found = outcome.outcomes_for_criterion(stage.access("stef", clock.today()), stage.criteria["kijken"])
    assert len(found) >= 4
    assert all(one.whole.table for one in found)


def test_what_a_school_asked_itself_does_not_stand_on_the_page_of_the_whole(stage: Stage) -> None:
    shown = {
        who: outcome.outcomes_for_criterion(stage.access(who, clock.today()), stage.criteria["terug"])
        for who in ("stef", "noor")
    }
    asked = {who: {one.round.organisation.kind for one in found} for who, found in shown.items()}
    assert asked["stef"] == {"partnership"}
    assert "school" in asked["noor"]


def test_something_is_asked_of_the_cast_and_lies_in_the_post(stage: Stage) -> None:
    for who in ("joost", "samira", "noor"):
        asked = collection.open_for(stage.access(who, clock.today()))
        assert [one.round.pk for one in asked] == [stage.rounds["eigenaarschap"].pk]
        assert Letter.objects.filter(to=stage.crowd.cast[who].email).exists()
    assert not OutgoingMail.objects.exists()


def test_people_wait_for_an_answer(stage: Stage) -> None:
    petra, noor = (stage.access(who, clock.today()) for who in ("petra", "noor"))
    waiting = list(collection.waiting_for_return(petra, stage.places.root.pk))
    hall = HallStep.objects.get(table=stage.talks["startdag"].table).round
    assert waiting == [stage.rounds["halverwege"], hall], "who was promised a day comes first"
    assert collection.waiting_for_return(noor, stage.places.waterrad.place.pk).count() == 1
    assert FreeText.objects.filter(state=ReadingState.WAITING).exists()


def test_what_a_school_gives_is_drawn_through_the_years(stage: Stage) -> None:
    hours = Indicator.objects.get(name="Uren begeleiding per student")
    html = signed_in(stage.crowd.cast["willem"]).get(f"/cijfers/{hours.pk}/").content.decode()
    assert 'class="dist amounts"' in html
    assert html.count("uren") >= 3
    money = Indicator.objects.get(name="Budget voor samen opleiden")
    html = signed_in(stage.crowd.cast["willem"]).get(f"/cijfers/{money.pk}/").content.decode()
    assert "1.250 euro" in html
    assert "Opgeteld uit 6 plekken." in html
    assert "te weinig mensen" not in html, "money is about nobody"


def test_two_people_read_what_was_written_halfway(stage: Stage) -> None:
    mine = FreeText.objects.filter(block__release__round=stage.rounds["halverwege"])
    assert set(mine.values_list("needed", flat=True)) == {2}
    assert set(mine.values_list("state", flat=True)) >= {
        ReadingState.RELEASED,
        ReadingState.WAITING,
        ReadingState.READ,
        ReadingState.DIFFERS,
    }


def test_talks_are_in_the_diary_and_agreements_come_back_there(stage: Stage) -> None:
    coming = Meeting.objects.filter(state=MeetingState.PLANNED)
    assert coming.count() == 8
    team = coming.exclude(pk=stage.talks["lesbezoek"].pk).get(body=stage.calendar.bodies["team"])
    due = Agreement.objects.filter(returns_at=team.appointment, state=AgreementState.RUNNING)
    assert due.count() == 2


def test_last_year_was_closed_with_its_lessons(stage: Stage) -> None:
    last = Period.objects.get(starts_on=stage.days.start_before)
    assert last.closed_on is not None
    assert "Begin bij jezelf" in last.lessons
    assert Account.objects.filter(period=last, frozen_on__isnull=False).count() == 2


def test_everybody_knows_where_to_go(stage: Stage) -> None:
    for standing in stage.crowd.standings[::40]:
        if standing.until is None:
            people = my_contacts(stage.access(standing.person, clock.today()))
            assert any(not contact.assesses for contact in people), standing.place
    for school in stage.places.schools:
        assert Contact.objects.filter(organisation=school.place, deputy_of__isnull=True).count() == 2


def test_a_school_changed_its_board(stage: Stage) -> None:
    moved = stage.places.schools[-1].place.pk
    before = stage.access("petra", stage.days.last(200)).tree
    now = stage.access("petra", clock.today()).tree
    assert before.of_kind_above(moved, "board") != now.of_kind_above(moved, "board")


def test_one_school_has_a_gap_in_its_names_for_the_programme_lead_to_see(stage: Stage) -> None:
    found = missing(stage.access("petra", clock.today()))
    assert [(one.gap, one.layer_id) for one in found] == [(Gap.ALONE, stage.places.schools[-1].place.pk)]
