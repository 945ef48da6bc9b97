"""What a device needs to work without a network: the worker, the manifest, and a page for when nothing else is there."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import resolve, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

# what a page that is kept on a device is made of; nothing of anybody
FILES = (
    *(f"base/{name}.css" for name in ("tokens", "type", "layout", "components", "forms", "drawings", "talk")),
    *(
        f"base/{name}.js"
        for name in ("base", "draft", "outbox_store", "outbox_send", "outbox_list", "outbox")
    ),
    *(f"base/fonts/{name}.woff2" for name in ("atkinson-hyperlegible-next", "gabarito")),
    *("base/print.css", "base/logo.svg", "base/icon-192.png", "vendor/htmx-2.0.11.min.js"),
    *("datapoints/capture.css", "datapoints/capture.js", "datapoints/voice.js"),
)
KINDS = ("geeltje", "observatie", "exitticket")
# who answers, sits at a table or reads what came back is not followed by anything that stays on a device
APART = ("answer:join", "table:join", "returning:enter")
GROUND = "#F3F4FB"
# per language; a process that serves is of one version
_versions: dict[str, str] = {}


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The worker, served from the root so that it may look after every page of members."""
    start = reverse("datapoints:capture")
    house = {
        "version": _version(request),
        "files": [static(name) for name in FILES],
        "scripts": [static("base/outbox_store.js"), static("base/outbox_send.js")],
        "capture": {start: _kept(KINDS[0]), reverse("datapoints:note"): _kept(KINDS[0])}
        | {reverse("datapoints:capture", args=[kind]): _kept(kind) for kind in KINDS},
        "without": reverse("base:without_network"),
        "sender": reverse("datapoints:sender"),
        "apart": [reverse(name) for name in APART],
    }
    code = _path("base/worker.js").read_text()
    return HttpResponse(
        f"const HOUSE = {json.dumps(house)};\n{code}",
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )


@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone wants to know before it puts us beside its other programs."""
    start = reverse("datapoints:capture")
    icons = [
        {
            "src": static(f"base/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": use,
        }
        for size, use in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    names = zip(KINDS, (_("Geeltje"), _("Observatie"), _("Exitticket")), strict=True)
    told = {
        "id": "/",
        "name": "Lemniscaat",
        "short_name": "Lemniscaat",
        "description": _("Leg vast wat je zag of hoorde, ook zonder netwerk."),
        "start_url": start,
        "scope": "/",
        "display": "standalone",
        "background_color": GROUND,
        "theme_color": GROUND,
        "icons": icons,
        "shortcuts": [
            {"name": name, "url": reverse("datapoints:capture", args=[kind])} for kind, name in names
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json", headers={"Cache-Control": "no-cache"})


@require_GET
def without_network(request: HttpRequest) -> HttpResponse:
    """The page that a device shows where it would have shown nothing; made without the request, so for anybody."""
    html = render_to_string("base/without_network.html", {"capture_url": reverse("datapoints:capture")})
    return HttpResponse(html, headers={"Cache-Control": "public, no-cache"})


def _kept(kind: str) -> str:
    return reverse("datapoints:without_network", args=[kind])


def _path(name: str) -> Path:
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(name)
    return Path(found)


def _version(request: HttpRequest) -> str:
    """Another text whenever a file or a page that is kept changes."""
    language = get_language() or ""
    if language not in _versions:
        mixed = hashlib.sha256(b"".join(_path(name).read_bytes() for name in (*FILES, "base/worker.js")))
        for address in (reverse("base:without_network"), *map(_kept, KINDS)):
            found = resolve(address)
            mixed.update(found.func(request, *found.args, **found.kwargs).content)
        _versions[language] = mixed.hexdigest()[:16]
    return _versions[language]
