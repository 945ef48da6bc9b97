"""Write the style pages to a directory and say how to see them."""

import sys
from pathlib import Path

import django
from django.conf import settings

BASE = Path(__file__).resolve().parents[3] / "lemniscaat" / "base"


def main() -> None:
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "var/stylepage")
    settings.configure(
        INSTALLED_APPS=["django.contrib.staticfiles", "lemniscaat.base"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "DIRS": [str(Path(__file__).parent / "templates")],
            }
        ],
        STATIC_URL="static/",
        LANGUAGE_CODE="nl",
        USE_I18N=True,
        ROOT_URLCONF="django.conf.urls.i18n",
    )
    django.setup()
    from django.template.loader import render_to_string

    from tests.base.stylepage.sample import PAGES, context

    out.mkdir(parents=True, exist_ok=True)
    link = out / "static"
    if not link.exists():
        link.symlink_to(BASE / "static")
    for page in PAGES:
        (out / page).write_text(render_to_string(page, context(page)))
    print(f"python -m http.server --bind 127.0.0.1 --directory {out}")


main()
