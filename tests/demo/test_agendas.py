"""The agendas of the demo: on every layer, at most three points of a year, kept and moved, and what is of two alone."""

import pytest

from lemniscaat.agenda.models import Contribution, Course, Goal, GoalState, Look, Span, Step
from lemniscaat.agenda.points.taking_up import MOST
from lemniscaat.agenda.queries import goals
from lemniscaat.base import clock
from lemniscaat.demo.stage import Stage
from lemniscaat.demo.words import words
from lemniscaat.people.models import Share
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
LAYERS = ("root", "board", "school", "team", "institute")


def test_every_sentence_is_its_own() -> None:
    told = words("agendas")["points"]
    assert len({one["sentence"] for one in told}) == len(told) >= 25
    assert {one["serves"] for one in told if "serves" in one} <= {
        one["key"] for one in words("agenda")["points"]
    }


def test_each_layer_has_its_points_and_no_more_than_three(stage: Stage) -> None:
    running = Goal.objects.filter(span=Span.YEAR, state=GoalState.RUNNING, body=None)
    for name in LAYERS:
        rows = running.filter(organisation=stage.place(name))
        assert 2 <= rows.count() <= MOST, name
        assert rows.filter(course=Course.SUSTAIN).exists(), name
        assert all(row.returns_at for row in rows)
    for school in stage.places.schools:
        sentences = running.filter(organisation=school.place).values_list("sentence", flat=True)
        assert len(set(sentences)) == MOST, school.place.name


def test_last_year_was_looked_at_and_went_three_ways(stage: Stage) -> None:
    school = Look.objects.filter(goal__organisation=stage.place("school"))
    assert {"adjust", "sustain", "stop"} <= set(school.values_list("act", flat=True))
    years = Goal.objects.filter(organisation=stage.place("root"), span=Span.YEARS)
    assert {row.until.year for row in years if row.until} == {
        stage.days.start.year + 2,
        stage.days.start.year + 3,
    }
    assert Step.objects.filter(done_on__isnull=False).exists()
    assert Step.objects.exclude(dropped_because="").exists()


def test_who_contributes_and_shares_does_so_upward(stage: Stage) -> None:
    tree = stage.access("petra", clock.today()).tree
    for link in Contribution.objects.select_related("lower", "upper"):
        assert link.upper.organisation_id in tree.above(link.lower.organisation_id)
    shares = Share.objects.filter(noun="goal")
    assert shares.exclude(answer="").exists()
    assert shares.filter(answer="").exists()


def test_a_student_and_a_mentor_have_one_of_their_own(stage: Stage) -> None:
    row = Goal.objects.get(body__isnull=False)
    assert row.body is not None
    assert row.body.pair, "or it would stand among the bodies that anybody may choose"
    for who, sees in (
        ("samira", True),
        ("joost", True),
        ("noor", False),
        ("willem", False),
        ("petra", False),
    ):
        assert goals(stage.access(who, clock.today())).filter(pk=row.pk).exists() is sees
    page = signed_in(stage.crowd.cast["samira"]).get(f"/agenda/laag/{row.organisation_id}/")
    assert f"overleg={row.body_id}" in page.content.decode()


def test_agendas_hang_on_what_was_said(stage: Stage) -> None:
    rows = Goal.objects.filter(interpretation__isnull=False).select_related("interpretation")
    assert rows.count() >= 7
    assert all(row.interpretation.written_on <= row.taken_up_on for row in rows if row.interpretation)
