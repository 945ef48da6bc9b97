"""What the pages about people ask."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from lemniscaat.base import clock
from lemniscaat.people import queries
from lemniscaat.people.access import Access
from lemniscaat.people.models import Person


class MomentField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """A moment at which something comes back."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.body.name}, {date_format(timezone.localtime(obj.starts_at), 'l j F')}"


class MomentForm(forms.Form):
    """When and where a body meets, and about what."""

    day = forms.DateField(label=_("Op welke dag?"), widget=forms.DateInput(attrs={"type": "date"}))
    time = forms.TimeField(label=_("Hoe laat?"), widget=forms.TimeInput(attrs={"type": "time"}))
    minutes = forms.IntegerField(label=_("Hoeveel minuten?"), min_value=5, max_value=480, initial=20)
    title = forms.CharField(label=_("Waar gaat het over?"), max_length=160, required=False)
    place = forms.CharField(label=_("Waar is het?"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """The day and the time become one moment in Amsterdam; the past is for looking back."""
        given = super().clean() or {}
        day, time = given.pop("day", None), given.pop("time", None)
        if day and time:
            given["starts_at"] = timezone.make_aware(datetime.combine(day, time))
            if given["starts_at"] < clock.now():
                self.add_error("day", _("Dit moment is al voorbij. Kies een moment dat nog komt."))
        return given


class AppointmentForm(MomentForm):
    """A new moment in the calendar of a body."""

    invite = forms.BooleanField(
        label=_("Stuur iedereen een uitnodiging"),
        required=False,
        help_text=_(
            "Een mail die je zo in je agenda zet. Verschuift het moment, dan hoort iedereen dat ook."
        ),
    )


class BodyForm(forms.Form):
    """A new group that talks regularly."""

    name = forms.CharField(label=_("Hoe heet het overleg?"), max_length=120)
    rhythm = forms.CharField(
        label=_("Hoe vaak komt het bij elkaar?"),
        max_length=120,
        required=False,
        help_text=_("Bijvoorbeeld: elke eerste dinsdag van de maand."),
    )
    people = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=_("Wie horen erbij?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, access: Access, layer_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = queries.could_sit(access, layer_id)  # type: ignore[attr-defined]  # a field with a queryset
