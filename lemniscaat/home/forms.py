"""What is chosen for a meeting: which of the things that were shared lie on the table, and a few words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lemniscaat.meetings.packing import IMPULSES, MOST, TEXTS
from lemniscaat.people.models import Share


class PackForm(forms.Form):
    """At most three shares, one question, and a line for each of the four impulses."""

    shares = forms.MultipleChoiceField(
        label=_("Wat lezen jullie samen?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kies er hoogstens drie. De andere staan er met hun titel onder."),
        error_messages={"invalid_choice": _("Iets hiervan is net teruggenomen. Kies opnieuw.")},
    )
    question = forms.CharField(
        label=_("Welke vraag beantwoorden jullie?"),
        required=False,
        max_length=300,
        help_text=_("Eén zin. Bijvoorbeeld: is dit goed genoeg, en wie doet wat?"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, options: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shares"].choices = list(options)  # type: ignore[attr-defined]  # the stubs know no choices here
        for key, (name, text) in IMPULSES.items():
            self.fields[key] = forms.CharField(
                label=str(name), help_text=str(text), required=False, max_length=300
            )

    def clean_shares(self) -> list[str]:
        """At most three."""
        given: list[str] = self.cleaned_data["shares"]
        if len(given) > MOST:
            raise forms.ValidationError(_("Kies er hoogstens drie. Meer past niet in één gesprek."))
        return given

    def chosen(self, rows: Sequence[Share]) -> list[Share]:
        """The shares that were ticked."""
        ticked = set(self.cleaned_data["shares"])
        return [row for row in rows if str(row.pk) in ticked]

    def words(self) -> dict[str, str]:
        """The texts by their name."""
        return {name: self.cleaned_data.get(name, "") for name in TEXTS}
