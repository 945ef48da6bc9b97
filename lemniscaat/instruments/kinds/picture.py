"""Picture: places in a picture to lay a note on. The list of places is its text alternative, and where one writes."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lemniscaat.instruments.items import BaseItem, Option, Text, Words, unique
from lemniscaat.instruments.kinds.rowwise import Rowwise

MOST_BYTES = 200 * 1024
MAGIC = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
PREFIX = re.compile(r"^data:image/(?:png|jpeg);base64,")
NOTE = Text(nl="Wat hoort hier?", en="What belongs here?")
Drawing = Literal["landschap", "kwadrant", "lus"]
Percent = Annotated[int, Field(ge=0, le=100)]


def _decoded(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _type(raw: bytes) -> str:
    return next((kind for magic, kind in MAGIC.items() if raw.startswith(magic)), "")


def _image(raw: str) -> str:
    """A picture in base64, without prefix and white space. What is in it counts, not what it says it is."""
    encoded = "".join(PREFIX.sub("", raw.strip()).split())
    if len(encoded) > MOST_BYTES * 4 // 3 + 4:
        raise PydanticCustomError("large_picture", "Deze plaat is te groot. Maak hem kleiner dan 200 kB.")
    if not _type(_decoded(encoded)):
        raise PydanticCustomError("no_picture", "Dit is geen png of jpeg in base64. Zet de plaat zo om.")
    return encoded


class Spot(Option):
    """A place in the picture: percent from the left and from the top."""

    x: Percent
    y: Percent


class PictureItem(BaseItem):
    """A drawing of ours by name, or a picture of one's own as base64 under `data`; `alt` says what is to be seen."""

    kind: Literal["picture"]
    drawing: Drawing | None = None
    data: Annotated[str, AfterValidator(_image)] | None = None
    alt: Words
    spots: Annotated[tuple[Spot, ...], Field(min_length=1, max_length=20), AfterValidator(unique)]
    note: Words = NOTE

    @model_validator(mode="after")
    def _one_picture(self) -> PictureItem:
        if (self.drawing is None) == (self.data is None):
            raise PydanticCustomError("one_picture", "Geef een 'drawing' of een eigen plaat bij 'data'.")
        return self

    @property
    def address(self) -> str:
        """Where a page finds the picture: a static file by name, or the picture itself."""
        if self.data is None:
            return f"instruments/{self.drawing}.svg"
        return f"data:{_type(_decoded(self.data[:32]))};base64,{self.data}"


class PictureKind(Rowwise[PictureItem]):
    name = "picture"
    model = PictureItem

    def rows(self, item: PictureItem) -> Sequence[Spot]:
        return item.spots

    def asks(self, item: PictureItem) -> tuple[Option, ...]:
        return (Option(key="note", nl=item.note.nl, en=item.note.en),)


KIND = PictureKind()
