"""Signing in by a code in the mail, through the library; nobody signs up by himself."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from lemniscaat.people.actions import send_mail as outbox

MISTAKES = {
    "incorrect_code": _("Deze code klopt niet. Kijk of je de nieuwste mail hebt, en of er geen teken mist."),
    "too_many_login_attempts": _(
        "Dat ging te vaak mis. Wacht een paar minuten en vraag dan een nieuwe code."
    ),
    "rate_limited": _("Dat ging te snel achter elkaar. Wacht een paar minuten en probeer het dan opnieuw."),
}


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """People are added by their partnership; the sign-up page is closed."""

    error_messages = {**DefaultAccountAdapter.error_messages, **MISTAKES}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send at once. Addresses in it come from the settings, never from what a browser says we are called."""
        words = {"code": context.get("code", ""), "site": settings.SITE_URL.rstrip("/"), "email": email}
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", words).split())
        body = render_to_string(f"{template_prefix}_message.txt", words).strip() + "\n"
        try:
            EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [email]).send()
        except OSError:
            # the post is out of order for a moment: the next tick tries again
            outbox(partnership=None, to=email, subject=subject, body=body)

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Only what went wrong is told in a message; the pages themselves tell what went well."""
        if level >= messages.WARNING and kwargs.get("message"):
            messages.add_message(request, level, kwargs["message"])
