"""Makes a partnership with a talk for a hall, set ready; prints where it is led and joined (see `product.prepare`)."""

import json
from datetime import UTC, datetime, timedelta

import django
from django.conf import settings
from django.core.management import call_command

django.setup()

from django.test import Client  # noqa: E402

from bench.prepare import LONG_AGO, partnership  # noqa: E402
from lemniscaat.base import clock  # noqa: E402
from lemniscaat.instruments.library import library  # noqa: E402
from lemniscaat.meetings.actions import Laid, plan_talk  # noqa: E402
from lemniscaat.meetings.models import Meeting  # noqa: E402
from lemniscaat.meetings.script import Script  # noqa: E402
from lemniscaat.people.access import access_of  # noqa: E402
from lemniscaat.people.models import Appointment, Body, Membership, Partnership, Person, Role  # noqa: E402
from lemniscaat.vision.models import Period  # noqa: E402


def leader(where: Partnership) -> Person:
    """Who leads the talk."""
    made = Person.objects.create_user("leiding@example.org", "Petra")
    Membership.objects.create(
        partnership=where,
        person=made,
        organisation=where.root,
        role=Role.PROGRAMME_LEAD,
        valid_from=LONG_AGO,
    )
    return made


def hall_talk(where: Partnership, who: Person) -> Meeting:
    """A talk for a hall, on the six challenges."""
    today = clock.today()
    Period.objects.create(
        partnership=where, name="nu", starts_on=today - timedelta(100), ends_on=today + timedelta(200)
    )
    body = Body.objects.create(partnership=where, organisation=where.root, name="Startdag")
    body.people.set([who])
    moment = datetime.combine(today, datetime.min.time(), tzinfo=UTC) + timedelta(hours=14)
    access = access_of(who, where)
    if access is None:
        raise RuntimeError("Who leads has no role.")
    return plan_talk(
        access=access,
        layer_id=where.root_id,
        body=body,
        appointment=Appointment.objects.create(body=body, starts_at=moment),
        criterion=None,
        title="De grootste uitdaging",
        laid=Laid(library().get("uitdagingen"), hall=True),
    )


def session_of(who: Person) -> str:
    """The cookie of somebody who is signed in."""
    client = Client()
    client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def main() -> None:
    """Make all of it."""
    call_command("migrate", verbosity=0)
    where = partnership()
    who = leader(where)
    talk = hall_talk(where, who)
    steps = Script.read(talk.script).steps
    asks = next(step for step in steps if step.kind == "think")
    facts = {
        "meeting": talk.pk,
        "table": talk.table_id,
        "code": talk.table.code,
        "session": session_of(who),
        "think": asks.key,
        "section": asks.section,
        "show": next(step.key for step in steps if step.kind == "show"),
        "roles": [role for role in Role.values if role != Role.ADMIN],
    }
    print(json.dumps({"start": f"/tafel/code/{talk.table.code}/", "paths": [], "facts": facts}))


if __name__ == "__main__":
    main()
