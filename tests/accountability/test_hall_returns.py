"""The steps of one talk in a hall come back in one return."""

import pytest
from django.http import Http404

from lemniscaat.accountability import queries
from lemniscaat.accountability.actions import (
    NotReturnedError,
    ReturnText,
    close_period,
    publish_return,
    save_return,
    took_part,
)
from lemniscaat.accountability.compose import gather
from lemniscaat.collection.hall import close_step
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.collection.queries import waiting_for_return
from lemniscaat.home.attention import attention
from lemniscaat.home.loop import state_of
from tests.accountability.stage import NO
from tests.cast import World, signed_in
from tests.collection.halls import answered, step

pytestmark = pytest.mark.django_db


def hall(world: World, *halls: int) -> list[Round]:
    """A talk of which each step was answered by so many, closed."""
    steps: list[Round] = []
    for people in halls:
        made = step(world, companion=steps[0] if steps else None)
        answered(made, [n % 4 + 1 for n in range(people)])
        steps.append(close_step(access=world.access(world.noor), round_=made))
    return steps


def give_back(world: World, first: Round) -> None:
    access = world.access(world.noor)
    save_return(access=access, round_=first, text=ReturnText("Wij zien elkaar weinig."), promises=[NO])
    publish_return(access=access, round_=first)


def states() -> list[str]:
    return list(Round.objects.order_by("id").values_list("state", flat=True))


def test_one_return_completes_all_steps(world: World) -> None:
    first, second, third = hall(world, 8, 5, 9)
    access = world.access(world.noor)
    with pytest.raises(Http404):
        queries.round_to_return(access, second.pk)
    give_back(world, queries.round_to_return(access, first.pk))
    assert states() == [RoundState.RETURNED] * 3
    assert not waiting_for_return(access, world.team.pk)
    # the code of every step leads to the one return
    for made in (first, second, third):
        assert queries.round_by_code(made.return_code) == first
        page = signed_in(world.samira).get(f"/terug/{made.return_code}/")
        assert "Wij zien elkaar weinig." in page.content.decode()
        assert "9 mensen deden mee." in page.content.decode()


def test_a_hall_of_five_can_be_completed_too(world: World) -> None:
    (few,) = hall(world, 5)
    assert took_part(few) == ""
    give_back(world, few)
    assert states() == [RoundState.RETURNED]


def test_a_step_that_is_open_comes_back_by_itself(world: World) -> None:
    """As does a step that is asked when the return was given."""
    (first,) = hall(world, 6)
    still_open = step(world, companion=first)
    give_back(world, first)
    later = step(world, companion=first)
    for made in (still_open, later):
        made.refresh_from_db()
        assert (made.state, made.comes_back_with) == (RoundState.OPEN, None)


def test_people_wait_once(world: World) -> None:
    """On the home page, in the account and when the year closes."""
    first, second = hall(world, 6, 7)
    access = world.access(world.noor)
    state = state_of(access, world.team.pk)
    assert (state.open_rounds, state.waiting) == (0, 6)
    waiting = [item for item in attention(access, world.team.pk) if "wachten op een antwoord" in item.title]
    assert len(waiting) == 1
    with pytest.raises(NotReturnedError) as refused:
        close_period(access=world.access(world.petra), period=world.period, lessons="")
    assert refused.value.rounds == (first,)
    told = str(gather(world.partnership, world.team.pk, world.period))
    assert told.count("vroegen we") == 1
    assert second.comes_back_with == first
