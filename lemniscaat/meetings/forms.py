"""What planning a talk asks, and how the table is typed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lemniscaat.agenda.forms import MomentField
from lemniscaat.agenda.models import Course
from lemniscaat.base.numbers import number_in
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.kinds.text import tidy
from lemniscaat.interpretation.models import Certainty
from lemniscaat.meetings.actions import Laid
from lemniscaat.meetings.middle import MiddleField
from lemniscaat.meetings.models import Entry
from lemniscaat.meetings.notes import CHOICES, WRITTEN
from lemniscaat.meetings.sitting_forms import choosing, chosen_in
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Role
from lemniscaat.vision import queries as vision

GUESTS = 3


HINTS: Mapping[str, object] = {
    Entry.INFORM: _("Wat weten we, en wat nog niet? Eerst verwachten, dan kijken."),
    Entry.MEAN: _("De uitkomsten liggen er. Wat zeggen ze ons?"),
    Entry.DIRECT: _("We willen iets houden of verleggen, en toetsen of dat klopt."),
    Entry.ACCOUNT: _("Iemand vraagt ernaar. Wat kunnen we uitleggen?"),
}


TABLE_OR_HALL = [
    ("table", _("Mensen die elkaar kennen, aan een tafel")),
    ("hall", _("Een zaal vol mensen")),
]
HALL_HINTS: Mapping[str, object] = {
    "table": _("Wat je schrijft, ligt straks open met je naam erbij."),
    "hall": _("Niemand ziet wat jij koos. Een uitkomst zie je pas vanaf zes antwoorden."),
}


class Card(NamedTuple):
    """One of a few answers, with a line that says what it comes to."""

    value: str
    label: str
    hint: str
    checked: bool


class PlanForm(forms.Form):
    """About what, with whom, when, and through which door."""

    title = forms.CharField(
        label=_("Hoe noemen jullie dit gesprek?"),
        max_length=160,
        help_text=_("In een paar woorden. Bijvoorbeeld: lesbezoek."),
    )
    entry = forms.ChoiceField(
        label=_("Door welke deur begin je?"), choices=Entry.choices, widget=forms.RadioSelect
    )

    def __init__(
        self, *args: Any, access: Access, layer_id: int, instrument: Instrument | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        self.fields["middle"] = MiddleField(
            # the talk of twenty minutes is about a criterion, or free
            points=vision.points(access, layer_id) if instrument else (),
            criteria=vision.criteria(access, layer_id),
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
            moments_here(access, layer_id), label=_("Wanneer?"), required=False, empty_label=_("nu")
        )
        if instrument is not None:
            self._ask_of(instrument, choosing(access, layer_id, instrument))
        self.order_fields(["middle", "title", "body", "appointment", "hall", "quick", "modules", "points"])

    def _ask_of(self, instrument: Instrument, fields: dict[str, forms.Field]) -> None:
        """What only a talk with an instrument asks, where this one leaves a choice."""
        self.fields |= fields
        if "modules" in fields:
            # a talk is as long as its core; what may be left out is taken in by choice
            fields["modules"].label = _("Neem je er ook iets bij? Dan duurt het langer.")
            fields["modules"].initial = []
        if not any(section.activity for section in instrument.sections):
            del self.fields["entry"]
        if instrument.round and not instrument.frame:
            self.fields["hall"] = forms.ChoiceField(
                label=_("Wie doet er mee?"), choices=TABLE_OR_HALL, widget=forms.RadioSelect
            )

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

    @property
    def rooms(self) -> list[Card]:
        """A table or a hall, where one may choose."""
        return self._cards("hall", TABLE_OR_HALL, HALL_HINTS)

    @property
    def doors(self) -> list[Card]:
        """The four activities at which a talk can begin, where one may choose."""
        return self._cards("entry", Entry.choices, HINTS)

    @property
    def door(self) -> str:
        """What the door is called that stands open; '' where none is asked for."""
        return next((card.label for card in self.doors if card.checked), "")

    @property
    def parts(self) -> list[forms.BoundField]:
        """What of the instrument is used: most people leave it as it is."""
        return [self[name] for name in ("modules", "points") if name in self.fields]

    def _cards(
        self, name: str, choices: Iterable[tuple[str, object]], hints: Mapping[str, object]
    ) -> list[Card]:
        if name not in self.fields:
            return []
        chosen = self[name].value()
        return [Card(key, str(label), str(hints[key]), key == chosen) for key, label in choices]

    def about(self) -> dict[str, Any]:
        """With whom, when, about what: as planning a talk takes it."""
        given = self.cleaned_data
        named = {name: given[name] for name in ("title", "body", "appointment")}
        return {**named, "criterion": given["middle"].criterion, "entry": given.get("entry") or Entry.INFORM}

    def laid(self) -> Laid | None:
        """What lies on the table; None for the talk of twenty minutes."""
        given = self.cleaned_data
        if self.instrument is None:
            return None
        hall = given.get("hall") == "hall"
        return Laid(self.instrument, chosen_in(given), point=given["middle"].point, hall=hall)


def moments_here(access: Access, layer_id: int) -> QuerySet[Appointment]:
    """The moments to come of the bodies of a layer. I may sit in bodies elsewhere; a talk with those is planned there."""
    return people.future_appointments(access, layer_id).filter(body__organisation_id=layer_id)


class TableForm(forms.Form):
    """Who sits at the table: seats that stay, people of the body who join, and guests by name and role.

    `options` are (key, label) pairs: `s12` a seat, `p7` a person of the body without one.
    """

    def __init__(
        self, *args: Any, options: list[tuple[str, str]], roles: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seats"] = forms.MultipleChoiceField(
            label=_("Wie zit er aan tafel?"),
            choices=options,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        choices = [("", _("kies een rol"))] + [
            (key, name) for key, name in roles.items() if key != Role.ADMIN
        ]
        for i in range(GUESTS):
            self.fields[f"guest_{i}"] = forms.CharField(label=_("Naam"), max_length=80, required=False)
            self.fields[f"role_{i}"] = forms.ChoiceField(label=_("Rol"), choices=choices, required=False)

    def clean(self) -> dict[str, Any]:
        """A guest has a role, for the record tells which perspectives were at the table."""
        given = super().clean() or {}
        for i in range(GUESTS):
            if given.get(f"guest_{i}") and not given.get(f"role_{i}"):
                self.add_error(
                    f"role_{i}",
                    _("Kies met welke rol %(name)s aan tafel zit.") % {"name": given[f"guest_{i}"]},
                )
            if given.get(f"guest_{i}") in [given.get(f"guest_{j}") for j in range(i)] and given[f"guest_{i}"]:
                self.add_error(
                    f"guest_{i}",
                    _("Twee keer %(name)s? Zet er een letter bij, dan weet iedereen wie wie is.")
                    % {"name": given[f"guest_{i}"]},
                )
        return given

    def guests(self) -> list[tuple[str, str]]:
        """Name and role of each guest that was typed in."""
        given = self.cleaned_data
        return [(given[f"guest_{i}"], given[f"role_{i}"]) for i in range(GUESTS) if given[f"guest_{i}"]]

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields for guests, in pairs."""
        return [(self[f"guest_{i}"], self[f"role_{i}"]) for i in range(GUESTS)]


def words_of(posted: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What stands in the fields of a step, and what stood there before (`was_...`), as far as it can be kept."""
    known = {
        "certainty": set(Certainty.values),
        "course": set(Course.values),
    }
    words: dict[str, str] = {}
    for name in WRITTEN:
        text = posted.get(name)
        if text is None:
            continue
        if name in CHOICES and text and text not in known.get(name, set()) and not number_in(text):
            continue
        words[name] = plain(text)
    return words, {name: plain(posted[f"was_{name}"]) for name in words if f"was_{name}" in posted}


def plain(text: str) -> str:
    """Typed text as it is kept: at most 2000 characters, lines ended in one way, no hidden signs."""
    return tidy(text)[:2000]
