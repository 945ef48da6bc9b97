"""The examples of the demo: shared, of several schools, with a thank and a question that was answered."""

import pytest

from lemniscaat.demo.stage import Stage
from lemniscaat.demo.words import words
from lemniscaat.examples.models import Example, Question, Thank
from lemniscaat.home.mine import mine
from lemniscaat.instruments.library import library
from lemniscaat.instruments.wording import ELEMENTS

pytestmark = pytest.mark.django_db


def test_everybody_finds_examples_of_several_places(stage: Stage) -> None:
    rows = list(Example.objects.select_related("point"))
    assert 6 <= len(rows) == len(words("examples"))
    assert all(row.shared_on and row.point and row.element in ELEMENTS for row in rows)
    assert len({row.organisation_id for row in rows}) == len(rows)
    assert {row.instrument for row in rows if row.instrument} <= set(library().instruments)
    assert Thank.objects.exists()
    assert Question.objects.exclude(answer="").exists()
    assert Question.objects.filter(answer="").exists()


def test_a_student_and_her_mentor_agreed_something(stage: Stage) -> None:
    for who in ("samira", "joost"):
        found = mine(stage.access(who, stage.days.today)).between
        assert [one.pair.other and one.pair.other.first_name for one in found] == [
            "Joost" if who == "samira" else "Samira"
        ]
        assert found[0].running
