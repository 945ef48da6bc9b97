"""One settings file; everything that differs between places is an environment variable."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent
VAR = Path(os.environ.get("LEMNISCAAT_VAR", "var")).resolve()


def _flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on", "ja"}


def _secret() -> str:
    """The signing key: from the environment, or made once and kept beside the database."""
    given = os.environ.get("SECRET_KEY")
    if given:
        return given
    kept = VAR / "secret_key"
    if not kept.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text().strip()


def _database(url: str) -> dict[str, Any]:
    """The connection of one DATABASE_URL (sqlite:///path or postgres://user:word@host:port/name)."""
    parts = urlsplit(url)
    if parts.scheme.startswith("sqlite"):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "CONN_MAX_AGE": None,
            "NAME": parts.path if parts.netloc == "" else parts.netloc + parts.path,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: an acknowledged answer survives kill -9 and a power cut; NORMAL is faster and
                # survives only the first
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous="
                + ("FULL" if _flag("SQLITE_FULL", default=True) else "NORMAL")
                + "; PRAGMA secure_delete=ON; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 12}},
    }


DEMO = _flag("LEMNISCAAT_DEMO")
DEBUG = _flag("DEBUG")
SECRET_KEY = _secret()
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("TRUSTED_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "lemniscaat.base",
    "lemniscaat.people",
    "lemniscaat.concerns",
    "lemniscaat.vision",
    "lemniscaat.instruments",
    "lemniscaat.collection",
    "lemniscaat.datapoints",
    "lemniscaat.figures",
    "lemniscaat.year",
    "lemniscaat.interpretation",
    "lemniscaat.agenda",
    "lemniscaat.examples",
    "lemniscaat.meetings",
    "lemniscaat.accountability",
    "lemniscaat.home",
    "lemniscaat.demo",
    # after the rooms, so that our pages for signing in come before the library's own
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "lemniscaat.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                # the one slot in the layout that is filled from upstairs (law 1)
                "lemniscaat.home.shell.shell",
            ],
        },
    }
]

DATABASES = {"default": _database(os.environ.get("DATABASE_URL", f"sqlite:///{VAR / 'lemniscaat.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "lemniscaat.people.signin.InvitedOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_ON_GET = False

# A locked cookie: a session leaves no row, no time and no order behind on the server.
SESSION_ENGINE = "lemniscaat.people.sealed"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https:")
SESSION_COOKIE_AGE = 14 * 24 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        # a photo or a recording that was made just now, before it is sent
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 7 * 24 * 3600

# the demo keeps its mail on a page; elsewhere mail leaves as soon as a server for it is named
_POST = "smtp" if os.environ.get("EMAIL_HOST") else "console"
EMAIL_BACKEND = os.environ.get(
    "EMAIL_BACKEND",
    "lemniscaat.demo.mailbox.LetterBox" if DEMO else f"django.core.mail.backends.{_POST}.EmailBackend",
)
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "lemniscaat@localhost")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _flag("EMAIL_USE_TLS")
EMAIL_USE_SSL = _flag("EMAIL_USE_SSL")
EMAIL_TIMEOUT = int(os.environ.get("EMAIL_TIMEOUT", "20"))

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FORMAT_MODULE_PATH = None
DATE_FORMAT = "j F Y"

# No addresses and no moments of answering in any log.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"nameless": {"()": "lemniscaat.base.nameless.Nameless"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "nameless"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR", "handlers": ["console"], "propagate": False}},
}

ROLE_LABELS = {"mentor": _("WPB")}
