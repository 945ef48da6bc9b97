"""What planning a talk asks, and how the table is typed in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lemniscaat.agenda.forms import MomentField
from lemniscaat.meetings.models import Entry
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access
from lemniscaat.people.models import Role
from lemniscaat.vision import queries as vision

GUESTS = 3


class PlanForm(forms.Form):
    """With whom, when, about what, and through which door."""

    title = forms.CharField(
        label=_("Waar gaat het over?"),
        max_length=160,
        help_text=_("In een paar woorden. Bijvoorbeeld: lesbezoek."),
    )
    entry = forms.ChoiceField(
        label=_("Door welke deur begin je?"), choices=Entry.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, access: Access, layer_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criterion"] = forms.ModelChoiceField(
            vision.criteria(access, layer_id),
            label=_("Welke lat leg je in het midden?"),
            required=False,
            empty_label=_("een vrij gesprek"),
        )
        self.fields["body"] = forms.ModelChoiceField(
            people.bodies(access, layer_id),
            label=_("Met welk overleg?"),
            empty_label=None,
            error_messages={
                "required": _(
                    "Kies met wie je praat. Staat jullie overleg er niet bij? Voeg het toe bij ‘Overleggen en agenda’."
                )
            },
        )
        self.fields["appointment"] = MomentField(
            people.future_appointments(access, layer_id),
            label=_("Wanneer?"),
            required=False,
            empty_label=_("nu"),
        )
        self.order_fields(["title", "criterion", "body", "appointment", "entry"])

    def clean(self) -> dict[str, Any]:
        """A moment belongs to the body that meets."""
        given = super().clean() or {}
        moment, body = given.get("appointment"), given.get("body")
        if moment and body and moment.body_id != body.pk:
            self.add_error(
                "appointment",
                _("Dit moment hoort bij %(name)s. Kies een ander moment of overleg.")
                % {"name": moment.body.name},
            )
        return given


class TableForm(forms.Form):
    """Who sits at the table: people of the body, and guests by name and role."""

    def __init__(self, *args: Any, members: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seats"] = forms.MultipleChoiceField(
            label=_("Wie zit er aan tafel?"),
            choices=members,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        roles = [("", "")] + [(role.value, role.label) for role in Role if role != Role.ADMIN]
        for i in range(GUESTS):
            self.fields[f"guest_{i}"] = forms.CharField(label=_("Gast"), max_length=80, required=False)
            self.fields[f"role_{i}"] = forms.ChoiceField(label=_("Rol"), choices=roles, required=False)

    def guests(self) -> list[tuple[str, str]]:
        """Name and role of each guest that was typed in."""
        given = self.cleaned_data
        return [
            (given[f"guest_{i}"], given[f"role_{i}"] or Role.MENTOR)
            for i in range(GUESTS)
            if given[f"guest_{i}"]
        ]
