"""A round of the partnership, stopped, with a meaning and an agreement on its criterion."""

from __future__ import annotations

from lemniscaat.accountability.actions import Promise, ReturnText, publish_return, save_return
from lemniscaat.accountability.models import Return
from lemniscaat.agenda.actions import agree
from lemniscaat.agenda.models import Agreement
from lemniscaat.collection.models import Round
from lemniscaat.interpretation.actions import write_meaning
from lemniscaat.interpretation.models import Interpretation
from tests.cast import World
from tests.collection.released import small_groups, stopped

CODE = "BRUG 4716"
NO = Promise("not", "Vaste bezoekuren.", "Er is geen vervanging.")


def a_round(world: World, *, code: str = CODE, seed: str = "klein") -> Round:
    made = stopped(world, small_groups(world), seed=seed).round
    Round.objects.filter(pk=made.pk).update(return_code=code)
    made.refresh_from_db()
    return made


def a_meaning(world: World, dissent: str = "Op dinsdag is er niemand vrij.") -> Interpretation:
    return write_meaning(
        access=world.access(world.petra),
        layer_id=world.root.pk,
        criterion=world.criterion,
        text="Ze wachten tot iemand anders begint.",
        dissent=dissent,
        certainty="fairly",
        missing="",
        people=5,
        roles=["programme_lead", "student"],
    )


def an_agreement(world: World, **more: object) -> Agreement:
    words: dict[str, object] = {
        "course": "adjust",
        "sentence": "De WPB vraagt in week 1 zelf een student in de les.",
        "owner_text": "Petra",
        "notice": "in week 3 is iedereen bezocht",
        "weighed": "de zorg van studenten over beoordelen",
        "no_return_because": "dat spreken we volgende week af",
        **more,
    }
    return agree(access=world.access(world.petra), layer_id=world.root.pk, criterion=world.criterion, **words)  # type: ignore[arg-type]


def given_back(world: World, round_: Round, *promises: Promise) -> Return:
    petra = world.access(world.petra)
    save_return(
        access=petra, round_=round_, text=ReturnText("Studenten vragen niemand."), promises=promises or [NO]
    )
    return publish_return(access=petra, round_=round_)
