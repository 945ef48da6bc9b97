"""What a decision asks: adjust or sustain, in words, with why where something is missing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lemniscaat.agenda.decisions.richness import Size
from lemniscaat.agenda.forms import COURSES


class RulingForm(forms.Form):
    """One decision. `lacking`: whether something is missing, so that a reason is needed."""

    size = forms.ChoiceField(choices=[(size.value, size.value) for size in Size], widget=forms.HiddenInput)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    course = forms.ChoiceField(label=_("Houden of verleggen?"), choices=COURSES, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Wat besluiten we?"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    because = forms.CharField(
        label=_("Waarom?"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )
    weighed = forms.CharField(
        label=_("Wiens zorg of bezwaar hebben we gewogen, en hoe?"), max_length=500, required=False
    )

    def __init__(self, *args: Any, lacking: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lacking = lacking
        if lacking:
            self.fields["because"].label = _("Ja, want ...")
            self.fields["because"].help_text = _(
                "Er mist nog iets. Zeg waarom jullie nu toch besluiten. Iedereen die het besluit leest, leest dit."
            )

    def clean(self) -> dict[str, Any]:
        """A reason where something is missing."""
        given = super().clean() or {}
        if self.lacking and not given.get("because", "").strip():
            self.add_error("because", _("Zeg waarom jullie nu toch besluiten, of vul eerst aan wat mist."))
        return given
