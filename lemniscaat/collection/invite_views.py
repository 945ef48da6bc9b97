"""Before a round opens: whom it asks, what its mail says, and how it looks to who gets it. While it is open: once more."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lemniscaat.base.keys import link_token
from lemniscaat.base.numbers import number_in
from lemniscaat.collection import letters, queries, whom
from lemniscaat.collection.actions import NoReminderError
from lemniscaat.collection.actions import remind as begin_reminder
from lemniscaat.collection.guest_forms import CoverForm, ListForm, RolesForm
from lemniscaat.collection.guest_lists import Looked, Verdict, Whom, lines_of, mended
from lemniscaat.collection.letters import ClashError, Cover
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.collection.queries import Door
from lemniscaat.collection.round_page import before_opening, role_labels
from lemniscaat.collection.sheets import instrument_of, whole
from lemniscaat.collection.start_page import start_context
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb

MOST_SHOWN = 200


@member
@require_http_methods(["GET", "POST"])
def guests(request: MemberRequest, pk: int) -> HttpResponse:
    """Whom it asks: everybody with some roles, a number of them, or a list that is looked at line by line."""
    found = _to_prepare(request, pk)
    if found.state != RoundState.DRAFT:
        return redirect("collection:round", pk)
    if request.method == "GET":
        return _guests_page(request, found, RolesForm(access=request.access, round_=found), ListForm())
    try:
        if request.POST.get("wat") == "rollen":
            return _choose_roles(request, found)
        if request.POST.get("wat") == "lijst":
            return _choose_list(request, found)
        return _mend_list(request, found)
    except whom.TooLateError as late:
        messages.warning(request, str(late))
        return redirect("collection:round", pk)


@member
@require_http_methods(["GET", "POST"])
def letter(request: MemberRequest, pk: int) -> HttpResponse:
    """What the mail says and when it comes again, with the mail as it will be."""
    found = _to_prepare(request, pk)
    if found.state not in {RoundState.DRAFT, RoundState.OPEN}:
        return redirect("collection:round", pk)
    form = CoverForm(request.POST or None, round_=found, seen=letters.version_of(found))
    clash = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        cover = Cover(data["opening"].strip(), data["replies"], tuple(sorted(data["days"], reverse=True)))
        try:
            letters.write_cover(
                access=request.access, round_=found, cover=cover, why=data["why"], seen=data["seen"]
            )
        except ClashError as error:
            clash = error
            form = _with_version(form, found, error.version)
        else:
            messages.success(request, _("De brief is bewaard."))
            return redirect("collection:letter", pk)
    context = {
        "round": found,
        "form": form,
        "clash": clash,
        "draft": found.state == RoundState.DRAFT,
        "body": letters.example(found, name=request.access.person.name),
        "reply_to": letters.reply_address(found) if Cover.read(found.letter).replies else "",
        "sender": letters.sender(found),
        "form_key": link_token(),
    }
    return render(request, "collection/letter.html", context, status=422 if form.errors or clash else 200)


@member
@require_POST
def test_mail(request: MemberRequest, pk: int) -> HttpResponse:
    """Send the mail to myself."""
    found = _to_prepare(request, pk)
    letters.send_test(
        access=request.access, round_=found, form_key=str(request.POST.get("form_key", ""))[:64]
    )
    messages.success(
        request, _("De proef gaat binnen een minuut naar %(mail)s.") % {"mail": request.access.person.email}
    )
    return redirect("collection:letter", pk)


@member
@require_GET
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """The start page and the cards as people get them. Nothing can be sent from here, and nothing is kept."""
    found = _to_prepare(request, pk)
    role = str(request.GET.get("rol", ""))
    role = role if role in found.roles else next(iter(found.roles), "")
    labels = role_labels(request.access)
    context = {
        **start_context(Door("", found, True, role)),
        "cards": whole(instrument_of(found), role=role),
        "roles": [(one, labels.get(one, one)) for one in found.roles],
        "role": role,
        "language": get_language(),
        "back_url": reverse("collection:round", args=[pk]),
    }
    return render(request, "collection/preview.html", context)


@member
@require_POST
def remind(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin a reminder."""
    found = _to_prepare(request, pk)
    try:
        begin_reminder(access=request.access, round_=found)
    except NoReminderError as why:
        messages.warning(request, str(why))
    else:
        messages.success(
            request, _("De herinnering gaat uit naar wie nog niets stuurde. Niemand ziet wie dat zijn.")
        )
    return redirect("collection:round", pk)


def _with_version(form: CoverForm, found: Round, version: str) -> CoverForm:
    """The same words in a form that knows what somebody else wrote meanwhile."""
    typed = {name: form.data.getlist(name) for name in form.data}  # type: ignore[attr-defined]  # what a request posts
    data = QueryDict(mutable=True)
    for name, values in {**typed, "seen": [version]}.items():
        data.setlist(name, values)
    again = CoverForm(data, round_=found)
    again.is_valid()
    return again


def _to_prepare(request: MemberRequest, pk: int) -> Round:
    found = queries.round_(request.access, pk)
    request.access.need(Verb.DO, Noun.ROUND, found.organisation_id)
    request.layer_id = found.organisation_id  # type: ignore[attr-defined]  # read by the shell
    return found


def _choose_roles(request: MemberRequest, found: Round) -> HttpResponse:
    form = RolesForm(request.POST, access=request.access, round_=found)
    if not form.is_valid():
        return _guests_page(request, found, form, ListForm(), status=422)
    whom.choose_roles(
        access=request.access,
        round_=found,
        roles=form.chosen,
        sample=form.numbers,
        because=form.cleaned_data["over_budget_because"] if form.needs_reason else None,
    )
    messages.success(request, _("Bewaard. Er is nog niemand gevraagd; dat gebeurt als je de ronde opent."))
    return redirect("collection:guests", found.pk)


def _choose_list(request: MemberRequest, found: Round) -> HttpResponse:
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _guests_page(request, found, RolesForm(access=request.access, round_=found), form, status=422)
    lines = lines_of(form.cleaned_data["people"])
    return _kept(request, found, lines, seen=str(request.POST.get("seen", "")))


def _mend_list(request: MemberRequest, found: Round) -> HttpResponse:
    """Lines that were put right in their place, by their number in the list."""
    lines = whom.list_of(request.access, found)
    looked = whom.looked_at(request.access, found, lines)
    typed = {
        number_in(name.removeprefix("regel-")): str(value)
        for name, value in request.POST.items()
        if name.startswith("regel-")
    }
    if request.POST.get("seen") != whom.version_of(found):
        # the numbers may mean other lines by now: what was typed comes below the list, nothing is lost
        return _kept(request, found, [*lines, *(one for one in typed.values() if one and one not in lines)])
    take = number_in(str(request.POST.get("neem", "")))
    typed |= {line.number: line.meant for line in looked.wrong if line.number == take and line.meant}
    if "weg" in request.POST:
        typed |= {line.number: "" for line in looked.wrong}
    return _kept(request, found, mended(lines, typed))


def _kept(request: MemberRequest, found: Round, lines: list[str], seen: str = "") -> HttpResponse:
    current, both = whom.choose_list(access=request.access, round_=found, lines=lines, seen=seen)
    looked = whom.looked_at(request.access, current, whom.list_of(request.access, current))
    if both:
        messages.warning(
            request, _("Iemand anders legde ook een lijst klaar. De regels van jullie beiden staan er nu.")
        )
    if looked.wrong:
        said = ngettext(
            "%(n)d regel klopt nog niet. Verbeter hem hieronder.",
            "%(n)d regels kloppen nog niet. Verbeter ze hieronder.",
            len(looked.wrong),
        )
        messages.warning(request, said % {"n": len(looked.wrong)})
    else:
        messages.success(
            request, _("De lijst klopt. Er is nog niemand gevraagd; dat gebeurt als je de ronde opent.")
        )
    return redirect(reverse("collection:guests", args=[found.pk]) + "#lijst")


def _guests_page(
    request: MemberRequest, found: Round, roles: RolesForm, listed: ListForm, status: int = 200
) -> HttpResponse:
    access = request.access
    chosen = Whom.read(found.whom)
    lines = whom.list_of(access, found)
    looked = whom.looked_at(access, found, lines) if lines else None
    if not listed.is_bound:
        listed.initial["people"] = "\n".join(lines)
    good = looked.of(Verdict.KNOWN) if looked else ()
    context = {
        **before_opening(access, found),
        "round": found,
        "roles": roles,
        "listed": listed,
        "by_list": chosen.listed,
        "looked": looked,
        "good": good[:MOST_SHOWN],
        "more_good": max(0, len(good) - MOST_SHOWN),
        "also": _also(looked, role_labels(access)) if looked else [],
        "seen": whom.version_of(found),
        "may_people": bool(access.where(Verb.DO, Noun.PEOPLE)),
        "sampling": bool(roles.numbers if roles.is_bound else chosen.sample),
    }
    return render(request, "collection/guests.html", context, status=status)


def _also(looked: Looked, labels: dict[str, str]) -> list[tuple[str, str]]:
    """Lines that stop nothing, and what there is to know about them."""
    said = []
    for line in looked.lines:
        if line.known and line.shared and line.verdict != Verdict.TWICE:
            said.append(
                (
                    line.known.email,
                    _("lijkt een postbus die meer mensen lezen; een eigen link is voor één mens"),
                )
            )
        name = (line.known.name or line.known.email) if line.known else line.text
        if line.verdict == Verdict.TWICE:
            said.append((name, _("staat er twee keer in en telt één keer (regel %(n)d)") % {"n": line.first}))
        elif line.verdict == Verdict.BOUNCED:
            said.append((name, _("post kwam terug; wordt overgeslagen tot het adres klopt")))
        elif line.verdict == Verdict.OTHER_ROLE and line.known:
            said.append(
                (
                    name,
                    _("heeft een andere rol dan je koos: %(role)s. Doet wel mee")
                    % {"role": labels[line.known.role]},
                )
            )
    return said
