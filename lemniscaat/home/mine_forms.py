"""What two people agree, and what they say when it comes back; and a pattern that somebody carries."""

from __future__ import annotations

from datetime import datetime, timedelta
from textwrap import shorten
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lemniscaat.agenda.forms import DIFFERENCES
from lemniscaat.agenda.models import Course
from lemniscaat.base import clock
from lemniscaat.people.tree import Layer
from lemniscaat.vision.models import Criterion

IN_A_WHILE = timedelta(days=21)
AT = "15:30"
NEXT = [
    ("go_on", _("We gaan ermee door")),
    ("sustain", _("We houden dit vast")),
    ("close", _("Het is klaar")),
]
COURSES = [
    (Course.ADJUST.value, _("Iets anders proberen")),
    (Course.SUSTAIN.value, _("Zo blijven doen")),
]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=False
    )


def _time() -> forms.TimeField:
    return forms.TimeField(
        label=_("Hoe laat?"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), required=False
    )


class WhenForm(forms.Form):
    """A form with a day and an hour that become one moment to come."""

    def when(self, given: dict[str, Any]) -> datetime | None:
        """The moment; None and a mistake on the form where it is not one that still comes."""
        day, time = given.get("day"), given.get("time")
        if not day or not time:
            self.add_error("day", _("Kies een dag en een tijd. Dan komt het vanzelf terug."))
            return None
        moment = timezone.make_aware(datetime.combine(day, time))
        if moment < clock.now():
            self.add_error("day", _("Dit moment is al voorbij. Kies een moment dat nog komt."))
        return moment


class BetweenForm(WhenForm):
    """What we agree, how we notice it, and when we look together."""

    sentence = forms.CharField(
        label=_("Wat spreken jullie af?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    course = forms.ChoiceField(label=_("Wat is het?"), choices=COURSES, widget=forms.RadioSelect)
    notice = forms.CharField(label=_("Waaraan merken jullie het?"), max_length=300)
    day = _day(_("Wanneer kijken jullie er samen naar?"))
    time = _time()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        day = clock.today() + IN_A_WHILE
        while day.weekday() > 4:
            day += timedelta(days=1)
        kwargs.setdefault("initial", {"day": day, "time": AT})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """An agreement of two comes back as well."""
        given = super().clean() or {}
        given["starts_at"] = self.when(given)
        return given


class LookForm(WhenForm):
    """Did it help, and how does it go on?"""

    difference = forms.ChoiceField(
        label=_("Merken jullie verschil?"), choices=DIFFERENCES, widget=forms.RadioSelect
    )
    helped = forms.CharField(
        label=_("Wat hielp, of wat zat in de weg?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    next_step = forms.ChoiceField(label=_("En nu?"), choices=NEXT, widget=forms.RadioSelect)
    day = _day(_("Gaat het door? Wanneer kijken jullie dan weer?"))
    time = _time()

    def clean(self) -> dict[str, Any]:
        """What goes on comes back at a day."""
        given = super().clean() or {}
        given["starts_at"] = self.when(given) if given.get("next_step") == "go_on" else None
        return given


class PatternForm(forms.Form):
    """A pattern that somebody sees in more than one place, without naming any."""

    text = forms.CharField(
        label=_("Wat zie je op meer dan één plek?"),
        initial=_("Op meer dan één plek zie ik dat "),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Wat gebeurt er, en bij wie? Noem geen school, team of naam."),
    )
    dissent = forms.CharField(
        label=_("En waar zie je het juist anders?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    criterion = forms.ChoiceField(label=_("Bij welke lat hoort het?"), required=False)
    layer = forms.ChoiceField(label=_("Waar komt het te staan?"))
    named = forms.BooleanField(label=_("Deze woorden zijn hier geen naam, of het mag zo"), required=False)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(
        self, *args: Any, layers: tuple[Layer, ...], criteria: list[Criterion], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(one.pk): one for one in criteria}
        options = [
            (key, f"{one.point.title}: {shorten(one.sentence, 80, placeholder=' …')}")
            for key, one in self.by_key.items()
        ]
        self.fields["criterion"].choices = [("", _("Geen lat")), *options]  # type: ignore[attr-defined]  # a choice field
        self.fields["layer"].choices = [(str(one.id), one.name) for one in layers]  # type: ignore[attr-defined]  # a choice field

    def clean_text(self) -> str:
        """The opening that stood there is no sentence yet."""
        text = str(self.cleaned_data["text"]).strip()
        if text == str(self.fields["text"].initial).strip():
            raise forms.ValidationError(_("Maak de zin af."))
        return text
