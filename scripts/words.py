"""Gathers the Dutch sentences of the product and compiles their English ones.

`python -m scripts.words` renews lemniscaat/locale/en; with `--check` it changes nothing and fails
where a sentence has no English, or where the compiled catalogue is behind.
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import template

PACKAGE = Path("lemniscaat")
PO = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
KEYWORDS: dict[str, object] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def _python(path: Path) -> str:
    text = path.read_text()
    if path.suffix == ".py":
        return text
    lines = template.templatize(text, origin=str(path)).splitlines()
    # what is not a call is a line of crosses, which Python's reader would choke on
    calls = ("gettext(", "ngettext(", "pgettext(", "npgettext(", "_(")
    return "\n".join(line[line.index("_(") if line.strip().startswith("_(") else 0 :].strip() if any(c in line for c in calls) else "" for line in lines)


def _messages() -> Catalog:
    # a fixed date, so that the same sentences give the same bytes
    day = datetime(2026, 8, 1, tzinfo=UTC)
    catalog = Catalog(
        locale="en", project="Lemniscaat", charset="utf-8", fuzzy=False, creation_date=day, revision_date=day
    )
    files = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("templates/**/*.svg"), *PACKAGE.rglob("templates/**/*.txt")]
    for path in sorted(files):
        if "migrations" in path.parts:
            continue
        for _line, message, _comments, context in extract("python", io.BytesIO(_python(path).encode()), KEYWORDS):
            if message and message != ("", ""):
                catalog.add(message, context=context, locations=[(str(path), 0)])
    return catalog


def main() -> int:
    """Renew, or with --check compare; the number of faults is the exit code (at most 1)."""
    settings.configure(USE_I18N=False)
    django.setup()
    found = _messages()
    kept = read_po(PO.open("rb"), locale="en") if PO.exists() else Catalog(locale="en")
    for message in found:
        old = kept.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
        if message.id and old:
            message.string = old.string
    missing = [m for m in found if m.id and not (all(m.string) if isinstance(m.string, tuple) else m.string)]
    compiled = io.BytesIO()
    write_mo(compiled, found)
    if "--check" in sys.argv:
        for message in missing[:20]:
            print(f"no English for: {message.id!r} ({message.locations[0][0]})")
        stale = not MO.exists() or MO.read_bytes() != compiled.getvalue()
        if stale and not missing:
            print("The compiled catalogue is behind: run `make words`.")
        print(f"{len(missing)} of {len(found)} sentences without English")
        return 1 if missing or stale else 0
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as out:
        write_po(out, found, width=110, omit_header=False, include_lineno=False, sort_output=True)
    MO.write_bytes(compiled.getvalue())
    print(f"{len(found)} sentences, {len(missing)} without English")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
