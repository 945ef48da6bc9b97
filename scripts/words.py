"""Gathers the Dutch sentences of the product and compiles their English ones.

`python -m scripts.words` renews lemniscaat/locale/en; with `--check` it changes nothing and fails
where a sentence has no English, where a placeholder got lost, or where the compiled catalogue is behind.
"""

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import template

HOUSE = Path(__file__).resolve().parents[1]
PACKAGE = HOUSE / "lemniscaat"
PO = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
Sentence = tuple[str | tuple[str, ...], str | None]
PLACEHOLDER = re.compile(r"%\((\w+)\)[-+0-9.]*[sdf]|%%|%[sdf]|\{\w*\}")


def _python(text: str) -> str:
    """A template as Python that only calls: what is no call has become crosses, one name each.

    The lines are stripped, for Python's reader stumbles over a line that is indented like HTML.
    """
    return "\n".join(line.strip() for line in template.templatize(text).splitlines())


def sentences(text: str, *, page: bool) -> Iterator[Sentence]:
    """Every sentence to translate in one file, a template (`page`) or Python, with its context if it has one.

    A sentence with a plural comes as a pair.
    """
    source = io.BytesIO((_python(text) if page else text).encode())
    for _line, message, _comments, context in extract("python", source, KEYWORDS):
        said = message if isinstance(message, str) else tuple(m for m in message if m)
        if said:
            yield said, context


def placeholders(message: str) -> set[str]:
    """What a sentence wants filled in: `%(name)s`, `%d`, `{name}`; `%%` is a percent sign."""
    return {found[0] for found in PLACEHOLDER.finditer(message)} - {"%%"}


def unfilled(message: Message) -> set[str]:
    """The placeholders on which the Dutch and the English of one entry differ.

    The English plural asks for what the Dutch one asks for. The singular may leave something out
    ("one person"), as the Dutch may.
    """
    if isinstance(message.id, str):
        return placeholders(message.id) ^ placeholders(str(message.string))
    one, many = (placeholders(text) for text in message.id[:2])
    if not isinstance(message.string, list | tuple) or len(message.string) != 2:
        return one | many
    single, several = (placeholders(text) for text in message.string)
    return (several ^ many) | (single - one - many)


def files() -> list[Path]:
    """Where sentences stand: the Python and the templates, in a fixed order."""
    pages = [p for kind in ("html", "svg", "txt") for p in PACKAGE.rglob(f"templates/**/*.{kind}")]
    return sorted(p for p in {*PACKAGE.rglob("*.py"), *pages} if "migrations" not in p.parts)


def gather() -> Catalog:
    """All sentences of the product, none with its English yet; the same sentences give the same bytes."""
    day = datetime(2026, 8, 1, tzinfo=UTC)
    catalog = Catalog(
        locale="en", project="Lemniscaat", charset="utf-8", fuzzy=False, creation_date=day, revision_date=day
    )
    for path in files():
        for said, context in sentences(path.read_text(), page=path.suffix != ".py"):
            catalog.add(said, context=context, locations=[(str(path.relative_to(HOUSE)), 0)])
    return catalog


def _translate(found: Catalog) -> None:
    """Give every sentence the English it had."""
    if not PO.exists():
        return
    with PO.open("rb") as stream:
        kept = read_po(stream, locale="en")
    for message in found:
        old = kept.get(message.id, message.context)
        # a sentence that got a plural, or lost it, is a new sentence
        if message.id and old and isinstance(old.id, str) == isinstance(message.id, str):
            message.string = old.string


def _faults(found: Catalog) -> list[str]:
    faults = []
    for message in found:
        where = f"{message.id!r} ({message.locations[0][0]})" if message.id else ""
        if message.id and not all(
            message.string if isinstance(message.string, list | tuple) else [message.string]
        ):
            faults.append(f"no English for: {where}")
        elif message.id and (lost := unfilled(message)):
            faults.append(f"{', '.join(sorted(lost))} differs in: {where}")
    return faults


def main() -> int:
    """Renew, or with --check compare; 1 where something is wrong that this run did not mend."""
    settings.configure(USE_I18N=False)
    django.setup()
    found = gather()
    _translate(found)
    faults = _faults(found)
    compiled = io.BytesIO()
    write_mo(compiled, found)
    if "--check" in sys.argv:
        stale = not MO.exists() or MO.read_bytes() != compiled.getvalue()
        if faults:
            print("\n".join(faults[:20]))
        elif stale:
            print("The compiled catalogue is behind: run `make words`.")
        print(f"{len(faults)} of {len(found)} sentences without (good) English")
        return 1 if faults or stale else 0
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as out:
        write_po(out, found, width=110, omit_header=False, include_lineno=False, sort_output=True)
    MO.write_bytes(compiled.getvalue())
    print(f"{len(found)} sentences, {len(faults)} without (good) English")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
