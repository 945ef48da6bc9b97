"""What people caught on their phones: through the same forms that a phone sends."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from lemniscaat.datapoints.actions import write_note
from lemniscaat.datapoints.capture_forms import FORMS, ONLY_ME
from lemniscaat.datapoints.models import DataPoint
from lemniscaat.demo.dates import on
from lemniscaat.demo.stage import Stage
from lemniscaat.demo.words import words

_PAPER, _INK, _LINE = "#FFF3C7", "#1B2145", "#6F76A0"
_WENT_ON = {(0, 0), (0, 2), (1, 1), (1, 3), (2, 0), (2, 1), (2, 4), (3, 2)}


def write_what_was_captured(stage: Stage) -> None:
    """Put the observations, the exit tickets and the note with a drawing in the ledger."""
    stage.known["captured"] = [_captured(stage, one) for one in words("captured")]


def _captured(stage: Stage, one: dict[str, Any]) -> DataPoint:
    day = stage.days.ago(one["days"])
    with on(day):
        access = stage.access(one["who"], day)
        circle = ONLY_ME if one["where"] == "me" else str(stage.place(one["where"]).pk)
        posted = {**one["answers"], "about": one.get("about", ""), "circle": circle, "form_key": "x"}
        drawn = {"photo": SimpleUploadedFile("lijst.png", _list_on_the_wall())} if one.get("drawing") else {}
        form = FORMS[one["sort"]]({**posted, "unseen": "on"}, drawn, layers=access.layers)
        if not form.is_valid():
            raise ValueError(form.errors.as_text())
        return write_note(
            access=access,
            text=form.words,
            layer_id=form.cleaned_data["circle"],
            criterion=stage.criteria[one["lat"]] if "lat" in one else None,
            source=form.source,
            title=form.title,
            attached=form.attached,
        )


def _list_on_the_wall() -> bytes:
    """A list with a row for each week and a cross for each visit that went on; nobody stands on it."""
    sheet, out = Image.new("RGB", (900, 640), _PAPER), BytesIO()
    pen = ImageDraw.Draw(sheet)
    for row in range(5):
        pen.line((90, 110 + row * 110, 820, 114 + row * 109), fill=_LINE, width=5)
    for column in range(6):
        pen.line((92 + column * 145, 108, 88 + column * 146, 550), fill=_LINE, width=5)
    for row, column in sorted(_WENT_ON):
        left, top = 128 + column * 145, 134 + row * 110
        pen.line((left, top, left + 66, top + 58), fill=_INK, width=11)
        pen.line((left + 64, top - 4, left + 2, top + 60), fill=_INK, width=11)
    sheet.save(out, "PNG")
    return out.getvalue()
