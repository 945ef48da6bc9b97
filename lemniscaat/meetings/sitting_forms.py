"""What is asked when an instrument is set on the table, and when somebody sits down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.signing import BadSignature, Signer
from django.forms import CheckboxSelectMultiple, HiddenInput, RadioSelect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lemniscaat.base.keys import link_token
from lemniscaat.collection.chosen import Chosen
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.preparing import has_quick, modules_of, wants_points
from lemniscaat.meetings.models import Chair
from lemniscaat.meetings.seating import Sitter
from lemniscaat.people.access import Access
from lemniscaat.people.models import Person, Role
from lemniscaat.vision import queries as vision
from lemniscaat.vision.models import VisionPoint

MOST_POINTS = 20


class NewTableForm(forms.Form):
    """What is chosen of an instrument before it is set on the table; a question stands here only where it can matter."""

    title = forms.CharField(label=_("Hoe noemen jullie dit?"), max_length=160)
    form_key = forms.CharField(widget=HiddenInput, max_length=64, required=False)

    def __init__(
        self, *args: Any, access: Access, layer_id: int, instrument: Instrument, private: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if private:
            self.fields["title"].label = _("Hoe noem je dit?")
        else:
            self.fields["point"] = forms.ModelChoiceField(
                vision.points(access, layer_id),
                label=_("Welk visiepunt ligt in het midden?"),
                required=False,
                empty_label=_("geen"),
            )
        self.fields |= choosing(access, layer_id, instrument)

    @property
    def point(self) -> VisionPoint | None:
        """The vision point in the middle."""
        found: VisionPoint | None = self.cleaned_data.get("point")
        return found

    @property
    def chosen(self) -> Chosen:
        """What was chosen, ready to keep."""
        return chosen_in(self.cleaned_data)


def choosing(access: Access, layer_id: int, instrument: Instrument) -> dict[str, forms.Field]:
    """The fields with which one chooses what of an instrument is used; none where it leaves nothing to choose."""
    code = get_language() or "nl"
    fields: dict[str, forms.Field] = {}
    modules = modules_of(instrument)
    if modules:
        fields["modules"] = forms.MultipleChoiceField(
            label=_("Welke onderdelen?"),
            choices=[(key, part.title.say(code)) for key, part in modules],
            required=False,
            widget=CheckboxSelectMultiple,
            initial=[key for key, _part in modules],
        )
    if has_quick(instrument):
        fields["quick"] = forms.ChoiceField(
            label=_("Hoeveel?"),
            choices=[("all", _("Alles")), ("quick", _("Alleen de snelle scan"))],
            required=False,
            widget=RadioSelect,
            initial="all",
        )
    if wants_points(instrument):
        points = vision.points(access, layer_id)
        fields["points"] = forms.ModelMultipleChoiceField(
            points,
            label=_("Over welke visiepunten?"),
            required=False,
            widget=CheckboxSelectMultiple,
            initial=[one.pk for one in points[:MOST_POINTS]],
        )
    return fields


def chosen_in(given: Mapping[str, Any]) -> Chosen:
    """What was chosen, ready to keep. The points by their words of today, so that the sheet does not change."""
    points = given.get("points") or ()
    return Chosen(
        modules=tuple(given["modules"]) if "modules" in given else None,
        quick=given.get("quick") == "quick",
        points=tuple((point.title, "") for point in points[:MOST_POINTS]),
    )


class SitForm(forms.Form):
    """A name and, if one likes, a role; in a hall no name at all. Whoever was expected says which chair is his. `ticket`
    becomes the token of the chair, so that twice sent is one chair."""

    claim = forms.ChoiceField(label=_("Wie ben je?"), required=False, widget=RadioSelect)
    who = forms.CharField(
        label=_("Je voornaam"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    role = forms.ChoiceField(label=_("Je rol"), required=False)
    place = forms.CharField(
        label=_("Waar werk of leer je?"),
        max_length=80,
        required=False,
        help_text=_("School of opleiding. Zo kom je in een groepje met mensen van andere plekken."),
    )
    ticket = forms.CharField(widget=HiddenInput)

    def __init__(
        self,
        *args: Any,
        code: str,
        roles: Mapping[str, str],
        waiting: Sequence[Chair] = (),
        hall: bool = False,
        places: bool = False,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", {}).setdefault("ticket", ticket(code))
        super().__init__(*args, **kwargs)
        self.code, self.hall = code, hall
        given = [(key, name.capitalize()) for key, name in roles.items() if key != Role.ADMIN]
        role, claim = self.fields["role"], self.fields["claim"]
        if isinstance(role, forms.ChoiceField):
            role.choices = [("", _("zeg ik liever niet")), *given]
        if isinstance(claim, forms.ChoiceField):
            claim.choices = [("", ""), *((str(chair.pk), chair.name) for chair in waiting)]
        if waiting and not hall:
            self.fields["who"].label = _("Sta je er niet bij? Schrijf dan je voornaam")
        for name, there in (("claim", bool(waiting)), ("who", not hall), ("place", places)):
            if not there:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Somebody whose chair did not stand ready says his name."""
        given = super().clean() or {}
        given["who"] = " ".join(str(given.get("who", "")).split())
        if not self.hall and not given.get("claim") and not given["who"]:
            self.add_error("who", _("Schrijf je voornaam. Dan weten de anderen wie er zit."))
        return given

    def clean_ticket(self) -> str:
        """The token inside the ticket; only one that this server made, for this table."""
        token = token_in(str(self.cleaned_data["ticket"]), self.code)
        if not token:
            raise forms.ValidationError(_("Deze pagina was te oud. Laad hem opnieuw."))
        return token

    def sitter(self, person: Person | None) -> Sitter:
        """Who sits down, ready for the table."""
        given = self.cleaned_data
        claim = given.get("claim") or "0"
        return Sitter(given["who"], given["role"], given.get("place", ""), int(claim), person)


def ticket(code: str) -> str:
    """A fresh token for a chair at the table with this code, sealed, to travel in a form."""
    return _signer(code).sign(link_token())


def token_in(sealed: str, code: str) -> str:
    """The token in a ticket for this table; empty where this server did not make it."""
    try:
        return _signer(code).unsign(sealed)
    except BadSignature:
        return ""


def _signer(code: str) -> Signer:
    return Signer(salt=f"lemniscaat.chair.{code}")
