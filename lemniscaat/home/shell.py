"""What the layout shows on every page: my layers, my name, where to go with a worry."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from lemniscaat.people.access import access_for


def _url(name: str, *args: object) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context for `base/layout.html`; empty slots for somebody who is not signed in."""
    common: dict[str, Any] = {
        "worry_url": _url("concerns:people"),
        "privacy_url": _url("people:who_sees_what"),
    }
    if not hasattr(request, "user"):
        return common
    access = access_for(request)
    if access is None:
        return common
    current = getattr(request, "layer_id", None)
    return common | {
        "layers": [
            {
                "name": layer.name,
                "kind": layer.kind,
                "url": _url("home:layer", layer.id),
                "current": layer.id == current,
            }
            for layer in access.layers
        ],
        "me": {"name": access.person.first_name, "url": _url("people:me")},
        "partnership": access.partnership,
        "my_roles": access.roles,
    }
