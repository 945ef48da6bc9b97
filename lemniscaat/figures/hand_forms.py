"""What a figure that is typed by hand asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lemniscaat.datapoints.models import About
from lemniscaat.figures.by_hand import Counted

TOO_FEW = _(
    "Dit gaat over minder dan vijf mensen, en dus over iemand. Neem het cijfer van een grotere groep, of van meer"
    " jaren samen."
)
SUBTRACTABLE = _(
    "Naast een cijfer dat er al staat zou je hieruit door aftrekken iets over minder dan vijf mensen weten. Neem het"
    " cijfer van een grotere groep, of van meer jaren samen."
)


class FigureForm(forms.Form):
    """A counted figure with its definition, source and keeper."""

    title = forms.CharField(
        label=_("Het cijfer in één zin"),
        max_length=200,
        help_text=_("Bijvoorbeeld: 14 van de 23 studenten kregen in week 1 tot 3 een lesbezoek."),
    )
    definition = forms.CharField(
        label=_("Wat telt precies mee?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    source = forms.CharField(label=_("Waar komt het vandaan?"), max_length=160)
    owner = forms.CharField(label=_("Wie houdt het bij?"), max_length=160)
    about = forms.ChoiceField(
        label=_("Wat tel je?"),
        choices=[(About.PEOPLE, _("Mensen")), (About.THINGS, _("Dingen, uren of organisaties"))],
        initial=About.PEOPLE,
        widget=forms.RadioSelect,
    )
    part = forms.IntegerField(label=_("Aantal"), min_value=0)
    whole = forms.IntegerField(label=_("Van hoeveel?"), min_value=1, required=False)
    before_part = forms.IntegerField(label=_("Vorig jaar: aantal"), min_value=0, required=False)
    before_whole = forms.IntegerField(label=_("Vorig jaar: van hoeveel?"), min_value=1, required=False)
    happened_on = forms.DateField(
        label=_("Peildatum"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def clean(self) -> dict[str, Any]:
        """A part fits in its whole, and people are at least five."""
        found = super().clean() or {}
        for part, whole in (("part", "whole"), ("before_part", "before_whole")):
            if found.get(part) is not None and found.get(whole) and found[part] > found[whole]:
                self.add_error(part, _("Dit is meer dan het geheel. Kijk beide getallen na."))
            elif found.get("about") == About.PEOPLE and _few(found.get(part), found.get(whole)):
                self.add_error(part, TOO_FEW)
        return found


def _few(part: int | None, whole: int | None) -> bool:
    return part is not None and Counted(part, whole).few
