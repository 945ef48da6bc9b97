"""From a YAML file to an Instrument, or to every fault in it with its line. Nothing in a file is run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from lemniscaat.instruments.faults import Fault, InstrumentError, Loc, is_kind, nearest, told
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.hints import NEWS
from lemniscaat.instruments.slips import slip

MOST_BYTES = 500_000
MOST_NODES = 15_000
DEEPEST = 24
MOST_ERRORS = 30
MEANT = re.compile(r"^Bedoel je '(.+)'\?$")
QUOTE = "Hoort het teken bij je zin? Zet dan de hele zin tussen aanhalingstekens."


_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Ten times as fast where PyYAML was built with libyaml."""


class _Plain(_Loader):  # type: ignore[misc, valid-type]  # which of the two is known at run time
    """Only text, whole numbers, true, false and nothing: `yes` stays a word, a date stays text."""


_Plain.yaml_implicit_resolvers = {}
_Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Plain.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]{0,9})$"), list("-0123456789")
)
_Plain.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])


def read_file(path: Path) -> Instrument:
    """The instrument in this file. Raises InstrumentError."""
    if path.stat().st_size > MOST_BYTES:
        raise InstrumentError([Fault(path.name, 0, _too_big())])
    return read(as_text(path.read_bytes(), path.name), path.name)


def as_text(data: bytes, file: str) -> str:
    """The words in the bytes of a file. Raises InstrumentError where it was not kept as UTF-8."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")):
        message = "Dit is een opgemaakt document, geen gewone tekst."
        todo = "Kopieer de tekst naar een kladblok en bewaar hem daar als .yaml, met codering UTF-8."
        raise InstrumentError([Fault(file, 0, message, todo)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        line = 0 if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.count(b"\n", 0, bad.start) + 1
        message = "Dit bestand is niet als UTF-8 bewaard, dus letters als é kunnen we niet lezen."
        todo = "Kies in je tekstprogramma 'Opslaan als' en dan bij codering UTF-8."
        raise InstrumentError([Fault(file, line, message, todo)]) from None


def read(text: str, file: str = "instrument.yaml") -> Instrument:
    """The instrument in this text; `file` is the name that errors carry. Raises InstrumentError."""
    root = _compose(text, file)
    raw = _construct(root, file)
    if not isinstance(raw, dict):
        message = "Hier staat geen instrument."
        raise InstrumentError([Fault(file, 1, message, "Begin met regels als 'key: mijn-instrument'.")])
    try:
        return Instrument.model_validate(raw)
    except ValidationError as error:
        raise InstrumentError(_located(error, raw, root, file)) from None


def _located(error: ValidationError, raw: object, root: yaml.Node, file: str) -> list[Fault]:
    found: list[Fault] = []
    errors = error.errors(include_url=False)
    misnamed = _misnamed(errors, raw)
    for one in errors[: 2 * MOST_ERRORS]:
        if one["type"] == "too_short" and _broken_inside(one["loc"], errors):
            continue
        if one["type"] == "missing" and one["loc"] in misnamed:
            continue
        if one["type"] == "incoherent":
            for loc, message, known in one["ctx"]["faults"]:
                suggestion = nearest(loc[-1] if loc[-1] in known else _named(message), known) if known else ""
                found.append(Fault(file, _line(root, loc), message, suggestion))
            continue
        place, message, suggestion = told(one, raw)
        found.append(Fault(file, _line(root, place), message, suggestion))
    return list(dict.fromkeys(found))[:MOST_ERRORS]


def _broken_inside(loc: Loc, errors: list[ErrorDetails]) -> bool:
    """Whether a list is only too short because what stands in it could not be read."""
    return any(len(one["loc"]) > len(loc) and one["loc"][: len(loc)] == loc for one in errors)


def _misnamed(errors: list[ErrorDetails], raw: object) -> set[Loc]:
    """Where a name seems missing only because it was written differently: that is told already."""
    strange = (one for one in errors if one["type"] == "extra_forbidden")
    return {(*one["loc"][:-1], found[1]) for one in strange if (found := MEANT.search(told(one, raw)[2]))}


def _named(message: str) -> str:
    return message.split("'")[1]


def _line(root: yaml.Node, loc: Loc) -> int:
    """The line of the deepest node on the way to `loc`."""
    node, line = root, root.start_mark.line + 1
    for place, step in enumerate(loc):
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        elif isinstance(node, yaml.MappingNode):
            if is_kind(loc, place):
                continue
            pair = next((pair for pair in node.value if pair[0].value == step), None)
            if pair is None:
                continue
            line = pair[0].start_mark.line + 1
            node = pair[1]
    return line


def _compose(text: str, file: str) -> yaml.Node:
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as bad:
        line = text.count("\n", 0, bad.start) + 1
        message = "Hier staat een teken dat geen tekst is. Haal het weg en bewaar het bestand als UTF-8."
        raise InstrumentError([Fault(file, line, message)]) from None
    if size > MOST_BYTES:
        raise InstrumentError([Fault(file, 0, _too_big())])
    try:
        _guard(text, file)
        node = yaml.compose(text, Loader=_Plain)
    except yaml.YAMLError as error:
        raise InstrumentError([Fault(file, *slip(text, error))]) from None
    if node is None:
        raise InstrumentError([Fault(file, 0, "Dit bestand is leeg.")])
    return node


def _guard(text: str, file: str) -> None:
    """Refuse, before anything is built, what grows or digs: references, very deep or very many nodes."""
    depth = 0
    for nodes, event in enumerate(yaml.parse(text, Loader=_Plain)):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message = "Verwijzingen met & en * kunnen niet. Schrijf de tekst uit, of gebruik 'scales'."
            raise InstrumentError([Fault(file, line, message, QUOTE)])
        if str(getattr(event, "tag", None) or "").startswith(("!", "tag:")):
            message = "Een uitroepteken vooraan kan hier niet."
            raise InstrumentError([Fault(file, line, message, QUOTE)])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST or nodes > MOST_NODES:
            raise InstrumentError([Fault(file, line, _too_big())])


def _construct(root: yaml.Node, file: str) -> Any:
    """The plain data of a tree; a name that stands twice in one place is a fault."""
    if isinstance(root, yaml.MappingNode):
        data: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key, value in root.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise InstrumentError([Fault(file, line, "Voor de dubbele punt hoort één naam.")])
            if key.value in data:
                message = f"'{key.value[:60]}' staat hier twee keer: ook op regel {lines[key.value]}."
                raise InstrumentError([Fault(file, line, message, _twice(key.value))])
            lines[key.value] = line
            data[key.value] = _construct(value, file)
        return data
    if isinstance(root, yaml.SequenceNode):
        return [_construct(value, file) for value in root.value]
    return _scalar(root)


def _twice(name: str) -> str:
    if name in NEWS:
        return f"Begint hier iets nieuws? Zet er dan een streepje voor: '- {name}: ...'."
    return "Haal er één weg."


def _scalar(node: yaml.Node) -> Any:
    kind = node.tag.rpartition(":")[2]
    if kind == "bool":
        return node.value == "true"
    if kind == "int":
        return int(node.value)
    return None if kind == "null" else node.value


def _too_big() -> str:
    return "Dit bestand is te groot of te diep voor een instrument. Verdeel het over meer bestanden."
