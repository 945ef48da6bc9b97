"""What lies in the middle of a talk: one question, with every criterion under its vision point."""

import pytest
from django.http import HttpResponse

from lemniscaat.meetings.models import Meeting
from lemniscaat.people.models import Appointment, Body
from lemniscaat.vision.models import Criterion, VisionPoint
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db

REFUSED = "Dit kun je hier niet in het midden leggen. Kies iets uit de lijst."


def address(world: World, instrument: str = "datadialoog") -> str:
    asked = f"?instrument={instrument}" if instrument else ""
    return f"/gesprek/laag/{world.team.pk}/klaarzetten/{asked}"


def sent(world: World, middle: str, *, instrument: str = "datadialoog", **more: object) -> HttpResponse:
    given = {"title": "Durven vragen", "body": world.body.pk, "entry": "mean", "middle": middle, **more}
    return signed_in(world.noor).post(address(world, instrument), given)


def bare_point(world: World, **where: object) -> VisionPoint:
    """A vision point on which no criterion hangs."""
    given = {"partnership": world.partnership, "organisation": world.root, "order": 9, **where}
    return VisionPoint.objects.create(
        title="Er staat iemand naast je", what="Iemand.", how="Elke week.", **given
    )


def test_a_point_lies_there_without_a_criterion(world: World) -> None:
    assert sent(world, f"punt-{world.point.pk}").status_code == 302
    row = Meeting.objects.get()
    assert (row.criterion, row.table.point) == (None, world.point)


@pytest.mark.parametrize("instrument", ["datadialoog", ""])
def test_a_criterion_brings_its_point(world: World, instrument: str) -> None:
    assert sent(world, f"lat-{world.criterion.pk}", instrument=instrument).status_code == 302
    row = Meeting.objects.get()
    assert (row.criterion, row.table.point) == (world.criterion, world.point)


def test_nothing_in_the_middle_is_a_free_talk(world: World) -> None:
    assert sent(world, "").status_code == 302
    row = Meeting.objects.get()
    assert (row.criterion, row.table.point) == (None, None)


def test_what_is_of_another_partnership_is_refused_in_words_and_nothing_typed_is_lost(world: World) -> None:
    where = {"partnership": world.elsewhere, "organisation": world.elsewhere.root}
    theirs = bare_point(world, **where)
    criterion = Criterion.objects.create(
        point=theirs, sentence="Van de overkant.", good="a", good_enough="b", not_yet="c", **where
    )
    for value in (f"punt-{theirs.pk}", f"lat-{criterion.pk}", "punt-", str(world.point.pk)):
        answer = sent(world, value, hall="table")
        html = answer.content.decode()
        assert answer.status_code == 422, value
        assert REFUSED in html
        assert "Van de overkant." not in html
        assert 'value="Durven vragen"' in html
        assert '<details class="more" open>' in html, "what was chosen there is to be seen"
    assert not Meeting.objects.exists()


def test_what_was_retired_meanwhile_is_refused(world: World) -> None:
    Criterion.objects.update(retired_on="2026-01-01")
    answer = sent(world, f"lat-{world.criterion.pk}")
    assert answer.status_code == 422
    assert REFUSED in answer.content.decode()


def test_every_criterion_stands_under_its_point(world: World) -> None:
    bare = bare_point(world)
    field = signed_in(world.noor).get(address(world)).context["form"].fields["middle"]
    point, criterion = world.point, world.criterion
    assert field.choices == [
        ("", "niets: een vrij gesprek"),
        (
            point.title,
            [
                (f"punt-{point.pk}", f"{point.title} (het hele punt)"),
                (f"lat-{criterion.pk}", criterion.sentence),
            ],
        ),
        (f"punt-{bare.pk}", bare.title),
    ]


def test_a_talk_of_twenty_minutes_has_criteria_only(world: World) -> None:
    bare_point(world)
    field = signed_in(world.noor).get(address(world, "")).context["form"].fields["middle"]
    groups = dict(field.choices[1:])
    assert groups == {world.point.title: [(f"lat-{world.criterion.pk}", world.criterion.sentence)]}
    assert sent(world, f"punt-{world.point.pk}", instrument="").status_code == 422


@pytest.mark.parametrize("instrument", ["datadialoog", ""])
def test_a_link_lays_a_criterion_there(world: World, instrument: str) -> None:
    asked = {"lat": world.criterion.pk, "deur": "mean"} | ({"instrument": instrument} if instrument else {})
    html = signed_in(world.noor).get(address(world, ""), asked).content.decode()
    assert f'<option value="lat-{world.criterion.pk}" selected>' in html
    assert f'name="title" value="{world.point.title}"' in html
    assert "Begin bij iets anders dan betekenis geven" in html


def test_only_moments_of_this_layer_are_offered(world: World) -> None:
    """A moment of a body elsewhere could be chosen, and then no body that goes with it."""
    elsewhere = Body.objects.create(
        partnership=world.partnership, organisation=world.school, name="Opleidingsteam"
    )
    elsewhere.people.add(world.noor)
    moment = Appointment.objects.create(body=elsewhere, starts_at=world.appointment.starts_at)
    client = signed_in(world.noor)
    html = client.get(address(world, ""), {"moment": moment.pk}).content.decode()
    assert "Opleidingsteam" not in html
    html = client.get(address(world, ""), {"moment": world.later.pk}).content.decode()
    assert f'<option value="{world.later.pk}" selected>' in html


def test_a_moment_of_another_body_of_this_layer_is_refused_by_its_name(world: World) -> None:
    other = Body.objects.create(partnership=world.partnership, organisation=world.team, name="Werkgroep")
    answer = sent(world, "", body=other.pk, appointment=world.appointment.pk)
    assert answer.status_code == 422
    assert f"Dit moment hoort bij {world.body.name}." in answer.content.decode()
