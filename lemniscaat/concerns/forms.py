"""What asking for a call and keeping the names ask."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lemniscaat.concerns.models import Contact
from lemniscaat.concerns.queries import contacts_at
from lemniscaat.people.access import Access
from lemniscaat.people.models import Membership, Person

MOMENTS = [
    ("any", _("Maakt niet uit")),
    ("morning", _("In de ochtend")),
    ("afternoon", _("In de middag")),
    ("late", _("Na vier uur")),
]
_LEAST_DIGITS = 9


class CallForm(forms.Form):
    """A name, a number and a moment. There is no field for a story, on purpose."""

    name = forms.CharField(
        label=_("Hoe heet je?"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Op welk nummer?"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    moment = forms.ChoiceField(
        label=_("Wanneer past het?"), choices=MOMENTS, initial="any", widget=forms.RadioSelect
    )

    def clean_phone(self) -> str:
        """Digits in groups as they were typed; letters and too few digits cannot be called."""
        phone = " ".join(str(self.cleaned_data["phone"]).split())
        digits = re.sub(r"\D", "", phone)
        if len(digits) < _LEAST_DIGITS or re.search(r"[^\d\s()+.\-/]", phone):
            raise forms.ValidationError(_("Met dit nummer kunnen we niet bellen. Kijk het even na."))
        return phone


class ContactForm(forms.Form):
    """Somebody to go to."""

    name = forms.CharField(label=_("Naam"), max_length=120)
    task = forms.CharField(
        label=_("Wat doet die persoon?"),
        max_length=120,
        help_text=_("Bijvoorbeeld: vertrouwenspersoon, één dag per week op school."),
    )
    phone = forms.CharField(
        label=_("Telefoon"), max_length=30, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    assesses = forms.TypedChoiceField(
        label=_("Beoordeelt die persoon studenten of starters?"),
        choices=[("no", _("Nee, niemand")), ("yes", _("Ja, of heeft er iets over te zeggen"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    deputy_of = forms.ModelChoiceField(
        Contact.objects.none(), label=_("Vervangt deze persoon iemand?"), required=False, empty_label=_("Nee")
    )

    def __init__(
        self, *args: Any, access: Access, layer_id: int, contact: Contact | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        others = contacts_at(access, layer_id).filter(deputy_of=None)
        if contact is not None:
            others = others.exclude(pk=contact.pk)
        self.fields["deputy_of"].queryset = others  # type: ignore[attr-defined]  # a field with a queryset

    def clean(self) -> dict[str, Any]:
        """Reachable somehow; and where the address is of somebody here, that is who gets the calls."""
        given = super().clean() or {}
        if not given.get("phone") and not given.get("email") and not self.errors:
            self.add_error(
                "phone", _("Geef een telefoonnummer of een mailadres, anders is niemand te bereiken.")
            )
        email = given.get("email") or ""
        here = Membership.objects.filter(partnership=self.access.partnership).values("person_id")
        given["person"] = (
            Person.objects.filter(email=email.lower(), pk__in=here, is_active=True).first() if email else None
        )
        return given
