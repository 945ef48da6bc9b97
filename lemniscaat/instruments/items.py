"""What every item shares: its words, its wordings per role, when it is shown, what may be skipped."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from typing import Annotated, Protocol, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from lemniscaat.instruments.vocabulary import Role, Waarborg

MARKUP = re.compile(r"<[A-Za-z/!?]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _plain(text: str) -> str:
    if MARKUP.search(text):
        raise PydanticCustomError(
            "markup", "Hier staat opmaak of een verborgen teken. Schrijf alleen gewone tekst."
        )
    return text


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
Phrase = Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(_plain)]


class Frozen(BaseModel):
    """Base of the grammar: nothing unknown, nothing changes after reading."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        str_strip_whitespace=True,
        use_attribute_docstrings=True,
    )


class Text(Frozen):
    """Words in Dutch, and in English where somebody wrote them."""

    nl: Phrase
    en: Phrase | None = None

    def say(self, code: str = "nl") -> str:
        """The words in the language with this code; Dutch where they are missing."""
        return self.en if code.startswith("en") and self.en else self.nl


class BothText(Text):
    """Words that must exist in Dutch and in English."""

    en: Phrase


def _short(raw: object) -> object:
    return {"nl": raw} if isinstance(raw, str) else raw


Words = Annotated[Text, BeforeValidator(_short, json_schema_input_type=Text | str)]
"""`{nl: ..., en: ...}`, or only a Dutch sentence."""


class Option(Text):
    """One answer a person can choose; `key` is what is stored."""

    key: Slug


class Keyed(Protocol):
    @property
    def key(self) -> str: ...


K = TypeVar("K", bound=Keyed)


def _twice(keys: Iterable[Hashable]) -> Hashable | None:
    seen: set[Hashable] = set()
    for key in keys:
        if key in seen:
            return key
        seen.add(key)
    return None


def unique(options: tuple[K, ...]) -> tuple[K, ...]:
    """The options as given; an error where two carry one key."""
    double = _twice(option.key for option in options)
    if double is not None:
        raise PydanticCustomError(
            "double_key",
            "De sleutel '{key}' staat hier twee keer. Geef elk een eigen sleutel.",
            {"key": double},
        )
    return options


Options = Annotated[tuple[Option, ...], Field(max_length=40), AfterValidator(unique)]


def not_left_open(options: tuple[Option, ...]) -> None:
    """An error where an answer carries the key under which a part that was left open is counted."""
    if any(option.key == "open" for option in options):
        raise PydanticCustomError(
            "open_key", "De sleutel 'open' is van wat leeg bleef. Geef dit antwoord een andere."
        )


def at_least_two(options: tuple[Option, ...], scale: str | None) -> None:
    """An error where an item has no answers to choose from, naming the scale it asked for."""
    if scale is not None and not options:
        raise PydanticCustomError(
            "unknown_scale", "De schaal '{name}' staat niet bij 'scales'.", {"name": scale}
        )
    not_left_open(options)
    if len(options) < 2:
        raise PydanticCustomError("few_options", "Geef bij 'options' minstens twee antwoorden.")


class ShowIf(Frozen):
    """Shown only to those who gave one of these answers to an earlier item."""

    item: Slug
    any_of: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=40)]


class BaseItem(Frozen):
    """One question, card or task; each kind adds its own fields."""

    kind: str
    key: Annotated[Slug, StringConstraints(max_length=50)]
    text: Words
    help: Words | None = None
    wording: dict[Role, Words] = Field(default_factory=dict, alias="for")
    core: bool = False
    factual: bool = False
    show_if: ShowIf | None = None
    own: bool = False
    """True for a question that a school added itself."""
    quick: bool = False
    """True where it belongs to the quick scan."""
    private: bool = False
    """True where the answer stays with whoever gave it: no table lays it open, no round asks it."""
    na: bool = True
    rather_not: bool = True
    cannot_judge: bool = False
    vision_points: tuple[Slug, ...] = ()
    waarborgen: tuple[Waarborg, ...] = ()

    @property
    def opened_by(self) -> str | None:
        """The key of the item on whose answer this one depends."""
        return self.show_if.item if self.show_if else None

    @property
    def skips(self) -> tuple[str, ...]:
        """The ways to pass this item by: any of 'na', 'cannot_judge' and 'rather_not'."""
        ways = (("na", self.na), ("cannot_judge", self.cannot_judge), ("rather_not", self.rather_not))
        return tuple(name for name, on in ways if on)


def asked(item: BaseItem, role: str = "", code: str = "nl") -> str:
    """The question as this role reads it; the general wording where the role has none of its own."""
    own = item.wording.get(role)  # type: ignore[call-overload]  # any text may be asked for
    words: Text = own or item.text
    return words.say(code)
