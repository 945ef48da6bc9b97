"""A talk ends with an exit ticket: who leads finds the form, who was there finds the cards, and nothing joins the two."""

import re

import pytest
from django.test import Client

from lemniscaat.base import clock
from lemniscaat.base.limits import limits
from lemniscaat.collection.ticketing import Ticket, hand_out
from lemniscaat.concerns.models import Contact
from tests.cast import World
from tests.meetings.talks import at, code_of, guest, leads, live, nu, shown
from tests.meetings.test_table import press

pytestmark = pytest.mark.django_db
ASK, FILL_IN = "Sluit af met een exitticket", "Vul het exitticket in"


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    limits.forget("table", "127.0.0.1")


def test_who_leads_finds_the_form_at_the_end_with_the_moment_filled_in(world: World) -> None:
    row = live(world)
    noor = leads(world)
    lead = f"/gesprek/{row.pk}/leiden/"
    assert ASK not in shown(noor, lead)
    at(world, row, "tell")
    form = f"/ronde/laag/{row.organisation_id}/exitticket/?moment={row.appointment_id}"
    assert form in shown(noor, lead)
    press(world, row, "finish", no_return_because="Geen moment.")
    assert form in shown(noor, f"/gesprek/{row.pk}/")
    assert noor.get(form).status_code == 200


def test_who_was_there_finds_the_cards_while_the_ticket_is_open(world: World) -> None:
    row = live(world)
    lotte = guest(row, "Lotte")
    at(world, row, "tell")
    assert FILL_IN not in shown(lotte, nu(row))
    ticket = hand_out(
        access=world.access(world.noor),
        layer_id=row.organisation_id,
        ticket=Ticket("Exitticket", clock.today(), appointment=world.appointment),
    )
    cards = f"/mee/{ticket.link_token}/"
    assert cards in shown(lotte, nu(row))
    press(world, row, "finish", no_return_because="Geen moment.")
    assert cards in shown(lotte, nu(row))
    # the ticket is that of whoever has the link: it looks at no chair
    assert lotte.get(cards).content == Client().get(cards).content


def test_before_sitting_down_the_names_are_those_of_the_table(world: World) -> None:
    Contact.objects.create(
        partnership=world.partnership, organisation=world.school, name="Lotte", task="vertrouwenspersoon"
    )
    row = live(world)
    found = re.search(r'href="(/ergens-mee/\?plek=[^"]+)"', shown(Client(), f"/tafel/code/{code_of(row)}/"))
    assert found
    assert "Lotte" in shown(Client(), found[1])
