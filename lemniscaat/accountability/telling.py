"""The mail that says 'er is antwoord': the same words to everybody who was asked, whether he took part or not."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from lemniscaat.collection.models import Invitation, Round
from lemniscaat.people.actions import send_mail


def tell_invited(round_: Round) -> int:
    """Write to all who were asked by mail, in the order of their addresses; returns how many. Inside a transaction."""
    if not round_.return_code or not round_.by_mail:
        return 0
    asked = Invitation.objects.filter(round=round_, person__is_active=True, person__erased_on__isnull=True)
    addresses = asked.order_by("person__email").values_list("person__email", flat=True).distinct()
    subject, body = _("Er is antwoord: %(title)s") % {"title": round_.title}, _letter(round_)
    for address in addresses:
        send_mail(partnership=round_.partnership, to=address, subject=subject[:200], body=body)
    return len(addresses)


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
