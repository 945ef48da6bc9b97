"""What a device may keep of who uses it: a mark that tells people apart and names nobody."""

from django.conf import settings

from lemniscaat.base.keys import fingerprint
from lemniscaat.people.access import Access


def device_mark(access: Access) -> str:
    """The keyed mark of somebody in a partnership, for what waits on a device until there is a network."""
    return fingerprint(secret=settings.SECRET_KEY, text=f"device {access.partnership.pk} {access.person.pk}")[
        :32
    ]
