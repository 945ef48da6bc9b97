"""Asking to be called, calling, and keeping the names."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.concerns import queries
from lemniscaat.concerns.hours import working_hours_later
from lemniscaat.concerns.models import CallRequest, Contact
from lemniscaat.concerns.place import signed_call
from lemniscaat.people.access import Access
from lemniscaat.people.actions import send_mail
from lemniscaat.people.models import Person
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change, note_look

HOURS_BEFORE_DEPUTY = 4
KEPT = timedelta(days=14)
KEPT_UNANSWERED = timedelta(days=90)


def ask_for_call(*, contact: Contact, name: str, phone: str, moment: str) -> CallRequest:
    """Somebody, with or without an account, asks to be called. The same number waits once."""
    asked = clock.now()
    with writing():
        call, new = CallRequest.objects.get_or_create(
            partnership=contact.partnership,
            contact=contact,
            phone=phone,
            picked_up_at=None,
            defaults={
                "name": name,
                "moment": moment,
                "asked_at": asked,
                "deputy_sees_from": working_hours_later(asked, HOURS_BEFORE_DEPUTY),
            },
        )
        if new:
            _tell(contact, call)
    return call


def pick_up(*, access: Access, call: CallRequest) -> CallRequest:
    """I call this one. 404 unless it was asked of me, or of whom I stand in for and it waited long enough."""
    if not queries.calls_for(access).filter(pk=call.pk).exists():
        raise Http404
    with writing():
        if _mark(call.pk, access.person):
            note_look(access, thing=call)
    call.refresh_from_db()
    return call


def pick_up_by_link(*, call_id: int) -> bool:
    """Somebody without an account says in his mail that he is calling; False when somebody else already is."""
    with writing():
        return _mark(call_id, None)


def tell_deputies() -> int:
    """Tell who stands in about calls that waited too long, each once; returns how many."""
    told = 0
    for call in CallRequest.objects.filter(
        picked_up_at__isnull=True, deputy_told=False, deputy_sees_from__lte=clock.now()
    ).select_related("contact__partnership"):
        with writing():
            if not CallRequest.objects.filter(pk=call.pk, deputy_told=False).update(deputy_told=True):
                continue
            deputy = queries.deputies([call.contact]).get(call.contact_id)
            if deputy is not None:
                _tell(deputy, call)
                told += 1
    return told


def forget_calls() -> int:
    """Throw names and numbers away two weeks after somebody called, or after a season of nobody; returns how many."""
    now = clock.now()
    old = Q(picked_up_at__lt=now - KEPT) | Q(asked_at__lt=now - KEPT_UNANSWERED)
    return CallRequest.objects.filter(old).delete()[0]


def forget_erased() -> int:
    """Take away names of people who were erased; returns how many."""
    return Contact.objects.filter(person__erased_on__isnull=False).delete()[0]


def add_contact(*, access: Access, layer_id: int, person: Person | None, **given: object) -> Contact:
    """Add somebody to go to at a layer. The same name and task at the same place is there once."""
    access.need(Verb.DO, Noun.CONCERNS, layer_id)
    known = {"name": given.pop("name"), "task": given.pop("task")}
    with writing():
        made, new = Contact.objects.get_or_create(
            partnership=access.partnership,
            organisation_id=layer_id,
            **known,
            defaults={"person": person, "confirmed_on": access.day, **given},
        )
        if new:
            note_change(access, verb="added", thing=made)
    return made


def change_contact(*, access: Access, contact: Contact, person: Person | None, **given: object) -> Contact:
    """Change what stands with a name."""
    access.need(Verb.DO, Noun.CONCERNS, contact.organisation_id)
    with writing():
        for name, value in {"person": person, **given}.items():
            setattr(contact, name, value)
        contact.confirmed_on = access.day
        contact.save()
        note_change(access, verb="revised", thing=contact)
    return contact


def confirm_contact(*, access: Access, contact: Contact) -> None:
    """Say that a name still holds, for this half-year."""
    access.need(Verb.DO, Noun.CONCERNS, contact.organisation_id)
    with writing():
        not_today = Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=access.day)
        if Contact.objects.filter(not_today, pk=contact.pk).update(confirmed_on=access.day):
            note_change(access, verb="confirmed", thing=contact)


def remove_contact(*, access: Access, contact: Contact) -> None:
    """Take a name away; calls that wait for it go to who stands in, or stay with the others here.

    Raises WaitingCallsError while somebody waits for a call and nobody could take it over.
    """
    access.need(Verb.DO, Noun.CONCERNS, contact.organisation_id)
    with writing():
        waiting = CallRequest.objects.filter(contact=contact, picked_up_at__isnull=True)
        deputy = queries.deputies([contact]).get(contact.pk)
        if waiting.exists() and deputy is None:
            raise WaitingCallsError
        if deputy is not None:
            deputy.deputy_of = None
            deputy.save(update_fields=["deputy_of"])
            waiting.update(contact=deputy)
        note_change(access, verb="closed", thing=contact)
        contact.delete()


class WaitingCallsError(Exception):
    """Somebody still waits for a call from this person."""


def _mark(call_id: int, person: Person | None) -> bool:
    """Exactly one caller: who comes second is told so."""
    free = CallRequest.objects.filter(pk=call_id, picked_up_at__isnull=True)
    return bool(free.update(picked_up_by=person, picked_up_at=clock.now()))


def _tell(who: Contact, call: CallRequest) -> None:
    """A mail: without name and number for who has an account, with them for who has not."""
    address = who.person.email if who.person else who.email
    if not address:
        return
    site = settings.SITE_URL.rstrip("/")
    if who.person:
        text = _("Iemand wil graag dat je belt. Kijk wie:") + f"\n{site}{reverse('concerns:calls')}\n"
    else:
        link = site + reverse("concerns:calling", args=[signed_call(call.pk)])
        text = _("%(name)s wil graag dat je belt: %(phone)s.") % {"name": call.name, "phone": call.phone}
        text += "\n\n" + _("Bel je? Laat het hier weten, dan belt niemand anders:") + f"\n{link}\n"
    send_mail(partnership=who.partnership, to=address, subject=_("Wil je iemand bellen?"), body=text)
