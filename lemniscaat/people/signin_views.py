"""The doors of the library that are open: ask for a code, give the code, sign out."""

from allauth.account import views as library
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY, clear_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lemniscaat.base.limits import Rate, limits
from lemniscaat.people.signin import MISTAKES

GUESSES = Rate(burst=10, seconds=120)


@require_http_methods(["GET", "POST", "HEAD"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a code by mail. Known and unknown addresses get the same page."""
    answer: HttpResponse = library.request_login_code(request)
    return answer


@never_cache
@require_http_methods(["GET", "POST", "HEAD"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Give the code. The session counts wrong guesses, but lies with the browser; so we count as well."""
    asked = request.session.get(LOGIN_SESSION_KEY) or {}
    who = f"{asked.get('email')}\0{request.META.get('REMOTE_ADDR', '')}"
    if request.method == "POST" and not limits.allow("sign-in code", who, GUESSES):
        clear_login(request)
        messages.error(request, MISTAKES["too_many_login_attempts"])
        return redirect("account_login")
    answer: HttpResponse = library.confirm_login_code(request)
    if request.user.is_authenticated:
        limits.forget("sign-in code", who)
    return answer


@require_POST
def anew(request: HttpRequest) -> HttpResponse:
    """Forget the code that was asked for and ask again."""
    if not request.user.is_authenticated:
        clear_login(request)
    return redirect("account_login")


@require_http_methods(["GET", "POST", "HEAD"])
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out: a page that asks, and the act."""
    answer: HttpResponse = library.logout(request)
    return answer
