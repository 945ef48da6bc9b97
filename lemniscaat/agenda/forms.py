"""What an agreement asks, and what looking back asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lemniscaat.agenda.models import Agreement, Course, Difference
from lemniscaat.base import clock
from lemniscaat.people.access import Access
from lemniscaat.people.forms import MomentField as MomentField
from lemniscaat.people.models import Body
from lemniscaat.people.queries import future_appointments

DIFFERENCES = [(value, label) for value, label in Difference.choices if value != Difference.NOT_LOOKED]
COURSES = [(Course.SUSTAIN.value, Course.SUSTAIN.label), (Course.ADJUST.value, Course.ADJUST.label)]
NEXT = [
    ("go_on", _("We gaan ermee door")),
    ("sustain", _("We houden dit vast")),
    ("adjust", _("We verleggen")),
    ("close", _("We ronden dit af")),
]
HINTS = {
    "go_on": _("het komt weer terug"),
    "sustain": _("het hoort nu bij ons"),
    "adjust": _("we spreken iets anders af"),
    "close": _("het is klaar, of het hoeft niet meer"),
}


def moments(
    access: Access, layer_id: int, *, now: int | None = None, body: Body | None = None
) -> MomentField:
    """The field for where something comes back, at a layer: on a later day, for today there is nothing to see yet.
    `now`: the moment at which we talk, so not there. `body`: whose it is alone; what is of two people comes back where these two meet."""
    pair = body if body is not None and body.pair else None
    found = future_appointments(access, layer_id, pair=pair)
    found = found.filter(starts_at__date__gt=clock.today()).exclude(pk=now or 0)
    return MomentField(
        found, required=False, label=_("Waar komt het terug?"), empty_label=_("nergens, want ...")
    )


class AgreementForm(forms.Form):
    """One agreement, made in a talk or by itself."""

    course = forms.ChoiceField(label=_("Houden of verleggen?"), choices=COURSES, widget=forms.RadioSelect)
    sentence = forms.CharField(
        label=_("Wat spreken we af?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Wat doen we maandag anders, of juist weer?"),
    )
    owner_text = forms.CharField(label=_("Wie let erop?"), max_length=160)
    notice = forms.CharField(label=_("Waaraan merken we het?"), max_length=300)
    weighed = forms.CharField(
        label=_("Wiens zorg of bezwaar hebben we gewogen, en hoe?"), max_length=500, required=False
    )
    no_return_because = forms.CharField(
        label=_("Komt het niet terug? Zeg waarom niet."), max_length=300, required=False
    )

    def __init__(self, *args: Any, access: Access, layer_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["returns_at"] = moments(access, layer_id)
        self.order_fields(
            ["course", "sentence", "owner_text", "notice", "weighed", "returns_at", "no_return_because"]
        )

    def clean(self) -> dict[str, Any]:
        """An agreement comes back somewhere, or somebody says why not."""
        given = super().clean() or {}
        if not given.get("returns_at") and not given.get("no_return_because"):
            self.add_error("returns_at", _("Kies waar dit terugkomt, of zeg eronder waarom niet."))
        return given


class LookBackForm(forms.Form):
    """The human questions when an agreement comes back."""

    helped = forms.CharField(
        label=_("Wat hielp?"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    hindered = forms.CharField(
        label=_("Wat zat in de weg?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    ask = forms.CharField(
        label=_("Wat vragen we van elkaar?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    next_step = forms.ChoiceField(label=_("En nu?"), choices=NEXT, widget=forms.RadioSelect)
    difference = forms.ChoiceField(
        label=_("Merken we verschil?"), choices=DIFFERENCES, required=False, widget=forms.RadioSelect
    )
    because = forms.CharField(label=_("Niet gekeken? Zeg waarom."), required=False, max_length=500)

    def __init__(
        self, *args: Any, access: Access, agreement: Agreement, now: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        coming = moments(access, agreement.organisation_id, now=now, body=agreement.body)
        coming.label = _("Wanneer kijken we weer?")
        coming.empty_label = _("kies een moment")
        self.fields["next_appointment"] = coming

    def clean(self) -> dict[str, Any]:
        """Going on needs a next moment; ending needs a look or a reason."""
        given = super().clean() or {}
        step = given.get("next_step")
        if step == "go_on" and not given.get("next_appointment"):
            self.add_error("next_appointment", _("Kies wanneer dit weer terugkomt."))
        if (
            step in {"sustain", "adjust", "close"}
            and not given.get("difference")
            and not given.get("because")
        ):
            self.add_error(
                "difference", _("Kies of jullie verschil merken, of zeg eronder waarom je niet keek.")
            )
        return given
