"""What the layout shows on every page: my layers, my name, where to go with a worry."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from lemniscaat.concerns.place import signed_place
from lemniscaat.people.access import Access, access_for
from lemniscaat.people.devices import device_mark
from lemniscaat.people.models import Role
from lemniscaat.people.pairing import GUIDING, LEARNING


def own_page(access: Access) -> str:
    """The page worth coming back to for who learns or guides; '' for who has none."""
    if Role.INSTITUTE_EDUCATOR in access.roles:
        return reverse("home:places")
    return reverse("home:mine") if access.roles & (LEARNING | GUIDING) else ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context for `base/layout.html`; empty slots for somebody who is not signed in."""
    common: dict[str, Any] = {
        "home_url": reverse("home:index"),
        "worry_url": reverse("concerns:people"),
        "privacy_url": reverse("people:who_sees_what"),
        "demo_url": reverse("demo:people") if settings.DEMO else "",
        "device": {"sender_url": reverse("datapoints:sender"), "capture_url": reverse("datapoints:capture")},
    }
    if not hasattr(request, "user"):
        return common
    access = access_for(request)
    if access is None:
        # who sits at a table without an account finds the names of that place
        at = getattr(request, "worry_at", None)
        return common | ({"worry_url": f"{common['worry_url']}?plek={signed_place(*at)}"} if at else {})
    current = getattr(request, "layer_id", None)
    return common | {
        "device": common["device"] | {"mark": device_mark(access)},
        "layers": [
            {
                "name": layer.name,
                "url": reverse("home:layer", args=[layer.id]),
                "current": layer.id == current,
            }
            for layer in access.layers
        ],
        "cabinet_url": reverse("instruments:cabinet"),
        "me": {"name": access.person.first_name, "url": own_page(access) or reverse("people:me")},
        "own_page": own_page(access),
        "partnership_name": access.partnership.name,
    }
