"""The next meeting in which I sit at a layer, and the page on which one reads what lies on its table."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lemniscaat.home.attention import Item
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access


def to_read(access: Access, layer_id: int) -> list[Item]:
    """One thing to do: read what lies on the table of the next meeting; nothing where none is planned."""
    return [
        Item(
            _("%(body)s van %(day)s")
            % {"body": row.body.name, "day": date_format(timezone.localtime(row.starts_at), "j F")},
            _("Lees vast wat er dan op tafel kan komen."),
            reverse("home:meeting", args=[row.pk]),
            "mean",
            _("Lees het vooraf"),
        )
        for row in people.upcoming(access, layer_id=layer_id, limit=1)
    ]
