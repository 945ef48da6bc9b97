"""The mail that says 'er is antwoord': the same words to everybody who was asked, whether he took part or not."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from lemniscaat.collection.models import Invitation, Round
from lemniscaat.collection.stop_links import stop_address, without_mail
from lemniscaat.people.envelopes import Envelope
from lemniscaat.people.outbox import post


def tell_invited(round_: Round) -> int:
    """Write to all who were asked by mail and want mail about rounds, in the order of their addresses; returns how
    many. Inside a transaction."""
    if not round_.return_code or not round_.by_mail:
        return 0
    asked = Invitation.objects.filter(round=round_, person__is_active=True, person__erased_on__isnull=True)
    silent = without_mail(round_.partnership_id, asked.values_list("person_id", flat=True))
    welcome = asked.exclude(person_id__in=silent).order_by("person__email").values_list("pk", "person__email")
    subject, body = _("Er is antwoord: %(title)s") % {"title": round_.title}, _letter(round_)
    for pk, address in welcome:
        post(round_.partnership, Envelope(address, subject, body, stop_url=stop_address(pk)))
    return len(welcome)


def _letter(round_: Round) -> str:
    address = settings.SITE_URL + reverse("returning:page", args=[round_.return_code])
    return "\n\n".join(
        [
            _("Dag,"),
            _(
                "We vroegen je om mee te denken over ‘%(title)s’. Hier lees je wat we hoorden, wat we doen en wat niet:"
            )
            % {"title": round_.title}
            + f"\n{address}",
            _("Iedereen die we het vroegen krijgt deze mail. We weten niet wie er meedeed."),
            _("Groet,") + f"\n{round_.asked_by or round_.partnership.name}",
        ]
    )
