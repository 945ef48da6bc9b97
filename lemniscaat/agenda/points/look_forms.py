"""What looking at a point asks: did we see it, what do those say who raised it, and how do we go on?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils.translation import gettext_lazy as _

from lemniscaat.agenda.forms import moments
from lemniscaat.agenda.models import Act, Difference, Goal
from lemniscaat.agenda.points.checking import OnTable, Seen
from lemniscaat.agenda.points.goal_forms import lines
from lemniscaat.agenda.points.grounds import Known
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment

ACTS = (
    (Act.GO_ON, _("We gaan ermee door"), _("het komt weer terug")),
    (Act.ADJUST, _("We verleggen"), _("we kiezen andere woorden, en het komt terug")),
    (Act.SUSTAIN, _("We houden dit vast"), _("het hoort nu bij ons")),
    (Act.STOP, _("We stoppen, want ..."), _("ook dat is een keuze")),
)
"""The ways on, of equal weight: value, words, and what they come down to."""


class LookForm(forms.Form):
    """One look at a point."""

    grounds = forms.MultipleChoiceField(
        label=_("Wat leggen jullie op tafel?"), required=False, widget=CheckboxSelectMultiple
    )
    seen = forms.CharField(label=_("Wat zien we nu?"), max_length=2000, required=False, widget=lines(2))
    asked = forms.CharField(
        label=_("Wat zegt wie dit inbracht?"), max_length=2000, required=False, widget=lines(2)
    )
    difference = forms.ChoiceField(
        label=_("Merken we verschil?"), choices=Difference.choices, widget=RadioSelect
    )
    act = forms.ChoiceField(
        label=_("En nu?"), choices=[(act.value, label) for act, label, _hint in ACTS], widget=RadioSelect
    )
    sentence = forms.CharField(
        label=_("Zo luidt het voortaan"), max_length=300, required=False, widget=lines(2)
    )
    because = forms.CharField(
        label=_("Waarom?"),
        max_length=1000,
        required=False,
        help_text=_("Nodig als je stopt, of als er nog niet gekeken is."),
    )

    def __init__(
        self,
        *args: Any,
        access: Access,
        goal: Goal,
        known: Sequence[Known],
        now: Appointment | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"sentence": goal.sentence}
        super().__init__(*args, **kwargs)
        self.goal, self.known, self.moment = goal, {one.key: one for one in known}, now
        self.fields["grounds"].choices = [(one.key, one.words) for one in known]  # type: ignore[attr-defined]  # a choice field
        coming = moments(access, goal.organisation_id, now=now.pk if now else None, body=goal.body)
        coming.label, coming.empty_label = _("Wanneer kijken we weer?"), _("kies een moment")
        self.fields["next_appointment"] = coming

    def clean(self) -> dict[str, Any]:
        """Not looking and stopping ask why; what goes on comes back; what is adjusted gets other words."""
        given = super().clean() or {}
        act, because = given.get("act"), given.get("because")
        if given.get("difference") == Difference.NOT_LOOKED and not because:
            self.add_error("because", _("Er is nog niet gekeken. Zeg hier waarom niet."))
        elif act == Act.STOP and not because:
            self.add_error("because", _("Zeg waarom jullie stoppen. Wie dit inbracht, leest het."))
        if act in {Act.GO_ON, Act.ADJUST} and not given.get("next_appointment"):
            self.add_error("next_appointment", _("Kies wanneer dit weer terugkomt."))
        if act == Act.ADJUST and given.get("sentence", "") in {"", self.goal.sentence}:
            self.add_error("sentence", _("Schrijf hoe het voortaan luidt. Wat er stond, blijft bewaard."))
        return given

    def told(self) -> tuple[Seen, list[OnTable]]:
        """What was seen and decided, and what lay on the table."""
        given = dict(self.cleaned_data)
        chosen = [self.known[key].ground for key in given.pop("grounds")]
        if given["act"] != Act.ADJUST:
            given["sentence"] = ""
        return Seen(appointment=self.moment, **given), chosen
