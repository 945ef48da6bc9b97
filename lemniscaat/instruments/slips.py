"""Why a file is no YAML, told as the slip of somebody who types: the line, a sentence, and what to do instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

LONGEST = 2000
"""Characters of a line that are looked at."""
NAME = r"(?:- +)*[A-Za-z_][\w-]*"
BREAKS = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
WIDE = "\u00a0\u2000-\u200b\u202f\u205f\u3000"
DASHES = "–—•·−‣"
CURLED = "“”„‘’‚"
PLAIN = (
    "Deze regel is geen geldige YAML. Kijk naar de inspringing, de dubbele punt en de aanhalingstekens.",
    "Kijk ook naar de regel erboven.",
)
Slip = tuple[str, str]
Found = tuple[int, str, str]


def slip(text: str, error: yaml.YAMLError) -> Found:
    """The line (from 1), the sentence and the suggestion for what the parser stumbled over."""
    if hidden := HIDDEN.search(text):
        line = len(BREAKS.findall(text[: hidden.start()])) + 1
        return line, "Hier staat een verborgen teken.", "Typ deze regel opnieuw."
    lines = [line[:LONGEST] for line in BREAKS.split(text)]
    at = min(_line(error, "problem_mark"), len(lines) - 1)
    if "single document" in str(getattr(error, "context", "")):
        here = "Hier begint een tweede instrument."
        return at + 1, here, "Zet elk instrument in een eigen bestand, zonder een regel met drie streepjes."
    start = min(_line(error, "context_mark", at), at)
    above = next((place for place in range(at - 1, -1, -1) if lines[place].strip()), at)
    for place in dict.fromkeys((at, above, start)):
        for look in LOOKS:
            if told := look(lines[place]):
                return place + 1, *told
    return (
        _open_quote(lines, at) or _loose(lines, at, above) or _indented(lines, at, above) or (at + 1, *PLAIN)
    )


def _line(error: Any, name: str, otherwise: int = 0) -> int:
    mark = getattr(error, name, None)
    return int(mark.line) if mark else otherwise


def _tab(line: str) -> Slip | None:
    if re.match(r"[ -]*\t", line):
        return "Deze regel springt in met een tab.", "Gebruik spaties: twee voor elke stap."
    return None


def _space(line: str) -> Slip | None:
    if re.match(rf"[ -]*[{WIDE}]", line) or re.search(rf"^ *{NAME}:[{WIDE}]", line):
        return "Hier staat een bijzondere spatie, vaak door kopiëren.", "Haal hem weg en typ gewone spaties."
    return None


def _dash(line: str) -> Slip | None:
    if line.strip()[:1] in tuple(DASHES):
        return "Dit is geen gewoon streepje.", "Begin de regel met een minteken en een spatie: '- '."
    if found := re.match(rf" *-({NAME}):", line):
        return "Na het streepje hoort een spatie.", f"Schrijf het zo: - {_cut(found[1])}:"
    return None


def _glued(line: str) -> Slip | None:
    if found := re.match(r" *(?:- +)*([a-z_]+):([^\s:/].*)$", line):
        return "Na de dubbele punt hoort een spatie.", f"Schrijf het zo: {_cut(found[1])}: {_cut(found[2])}"
    return None


def _quoted(line: str) -> Slip | None:
    found = re.match(rf" *({NAME}): +([\"'])(.*)$", line)
    if not found:
        return None
    name, quote, rest = found[1].lstrip("- "), found[2], found[3]
    end = re.search(r"\"" if quote == '"' else r"'(?!')", rest.replace("''", "--"))
    if end is None:
        if quote == "'":
            return _rewritten(
                "Deze zin begint met een enkel aanhalingsteken of een apostrof.", name, "'" + rest
            )
        return (
            "Hier gaat een aanhalingsteken open dat op deze regel niet sluit.",
            "Zet er aan het eind ook een.",
        )
    after = rest[end.end() :].strip()
    if after and not after.startswith("#"):
        told = "Na het sluitende aanhalingsteken staat nog tekst."
        words = rest.replace('"', "") if quote == '"' else rest.strip("'")
        return _rewritten(told, name, words)
    return None


def _sentence(line: str) -> Slip | None:
    """A sentence in which a sign stands that means something else."""
    found = re.match(rf" *({NAME}): +([^\s\"'\[{{|>#].*)$", line)
    if not found:
        return None
    name, words = found[1].lstrip("- "), found[2].rstrip()
    if words[0] in "@%`*&!?-" and not re.match(r"-?\d", words):
        return _rewritten(
            f"Een zin kan hier niet met '{words[0]}' beginnen zonder aanhalingstekens.", name, words
        )
    if re.search(r":(?:\s|$)", words) and not re.fullmatch(r"[^\[{]*[\]}]", words):
        curled = " Krullende aanhalingstekens tellen niet mee." if words[0] in CURLED else ""
        return _rewritten(f"In deze zin staat een dubbele punt.{curled}", name, words.strip(CURLED))
    return None


def _flow(line: str) -> Slip | None:
    """Something between `{}` or `[]`."""
    bare = re.sub(r"\"(?:[^\"\\]|\\.)*\"", "", line)
    for one, other in ("[]", "{}") if bare.strip(" ]}[{,") else ():
        if bare.count(one) > bare.count(other):
            told = f"Hier gaat een haakje '{one}' open dat op deze regel niet sluit."
            return told, f"Zet '{other}' op de goede plek, of haal het ene weg."
        if bare.count(one) < bare.count(other):
            return (
                f"Hier sluit een haakje '{other}' dat niet openging.",
                "Haal het weg, of zet het andere erbij.",
            )
    for words in re.split(r"[,{}\[\]]", bare) if "{" in bare or "[" in bare else ():
        found = re.match(rf"\s*(?:({NAME}):(?:\s+|$))?(.*)$", words)
        name, said = (found[1] or "", found[2].strip()) if found else ("", "")
        if re.search(r":(?:\s|$)", said) or (said and said[0] in "?@%`*&!"):
            told = "Tussen haakjes breekt een dubbele punt of een teken vooraan de zin af."
            return _rewritten(told, name.lstrip("- "), said)
    return None


LOOKS: tuple[Callable[[str], Slip | None], ...] = (_tab, _space, _dash, _glued, _quoted, _sentence, _flow)


def _open_quote(lines: list[str], at: int) -> Found | None:
    """A quote that opened above and swallowed what came after it."""
    for place in range(at, -1, -1):
        told = _quoted(lines[place])
        if told:
            return place + 1, *told
    return None


def _indented(lines: list[str], at: int, above: int) -> Found | None:
    """A line that stands further in or out than its like."""
    here, there = _indent(lines[at]), _indent(lines[above])
    first = re.match(rf" *({NAME}):", lines[at])
    if not first or at == above:
        return None
    alike = (n for n in range(at - 1, -1, -1) if re.match(rf" *{re.escape(first[1])}:", lines[n]))
    like = next(alike, None)
    if like is not None and _indent(lines[like]) != here:
        told = f"Deze regel springt {_steps(here)} in. Regel {like + 1} begint ook met '{_cut(first[1])}', na {_steps(_indent(lines[like]))}."
        return at + 1, told, "Laat wat bij elkaar hoort even ver inspringen."
    if here != there:
        told = f"Deze regel springt {_steps(here)} in, de regel erboven {_steps(there)}."
        return (
            at + 1,
            told,
            "Laat wat bij elkaar hoort even ver inspringen, en vergeet geen regel als 'items:'.",
        )
    return None


def _loose(lines: list[str], at: int, above: int) -> Found | None:
    """A line of words that belong to no name."""
    for place in (at, above):
        named = next((n for n in range(place - 1, -1, -1) if re.match(rf" *{NAME}:", lines[n])), None)
        bare = lines[place].strip() and not re.match(rf" *(?:{NAME}:|[-#\[{{\]}}])", lines[place])
        # further in it belongs to the sentence above, and that is allowed
        if bare and (named is None or _indent(lines[place]) <= _indent(lines[named])):
            told = "Voor deze woorden staat geen naam met een dubbele punt."
            return place + 1, told, "Horen ze bij de zin erboven? Zet ze op dezelfde regel."
    return None


def _rewritten(told: str, name: str, words: str) -> Slip:
    before = f"{_cut(name)}: " if name else ""
    return told, f'Zet de hele zin tussen rechte aanhalingstekens: {before}"{_cut(words)}"'


def _cut(words: str) -> str:
    return words if len(words) <= 80 else words[:77] + "..."


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _steps(spaces: int) -> str:
    return "1 spatie" if spaces == 1 else f"{spaces} spaties"
