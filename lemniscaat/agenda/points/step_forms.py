"""What a step of a point asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lemniscaat.agenda.points.goal_forms import NamedField, people_of
from lemniscaat.people.models import Body


class StepForm(forms.Form):
    """A small thing that brings a point nearer."""

    sentence = forms.CharField(label=_("Wat doen we?"), max_length=300)
    owner_text = forms.CharField(label=_("Wie?"), max_length=160, required=False)
    due_on = forms.DateField(
        label=_("Wanneer klaar?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, layer_id: int, body: Body | None, **kwargs: Any) -> None:
        kwargs["prefix"] = "stap"
        super().__init__(*args, **kwargs)
        self.fields["owner"] = NamedField(
            people_of(layer_id, body),
            by="name",
            label=_("Iemand met een account?"),
            empty_label=_("nee, of iemand anders"),
        )

    def clean(self) -> dict[str, Any]:
        """Who is chosen by name need not be typed as well."""
        given = super().clean() or {}
        if given.get("owner") is not None and not given.get("owner_text"):
            given["owner_text"] = given["owner"].first_name
        return given
