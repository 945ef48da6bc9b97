"""What is captured in half a minute: a note, an observation or an exit ticket, with a photo or a voice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lemniscaat.base import clock
from lemniscaat.datapoints.attaching import Taken, UnfitError, take_photo, take_voice
from lemniscaat.datapoints.models import SourceKind
from lemniscaat.people.models import OrganisationKind
from lemniscaat.people.tree import Layer

ONLY_ME = "ik"
LONGEST_WAIT = timedelta(days=90)
TAKE = {"photo": take_photo, "voice": take_voice}
# a page that was kept for a day without a network knows nobody's circles, only what they are called
NAMELESS_CIRCLES = [
    (ONLY_ME, _("Alleen ik")),
    (OrganisationKind.TEAM.value, _("Mijn team")),
    (OrganisationKind.SCHOOL.value, _("Mijn school")),
]


def _lines(label: Any, rows: int, most: int, *, first: bool = False) -> forms.CharField:
    attrs = {"rows": rows} | ({"autofocus": True} if first else {})
    return forms.CharField(label=label, max_length=most, required=False, widget=forms.Textarea(attrs=attrs))


class CaptureForm(forms.Form):
    """What every captured thing has: who reads it, a photo or a voice, and the key that makes it count once."""

    source: ClassVar[str]
    prompts: ClassVar[Sequence[str]]

    circle = forms.CharField(label=_("Wie leest dit?"), required=False, widget=forms.Select)
    photo = forms.FileField(
        label=_("Foto"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    voice = forms.FileField(
        label=_("Stem"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "audio/*", "capture": "user"}),
    )
    unseen = forms.BooleanField(
        label=_("Geen leerling of collega herkenbaar in beeld of te horen"), required=False
    )
    day = forms.DateField(required=False, widget=forms.HiddenInput)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, layers: Sequence[Layer] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.layers, self.attached = layers or (), list[Taken]()
        circles = [(ONLY_ME, _("Alleen ik")), *((str(layer.id), layer.name) for layer in self.layers)]
        widget = self.fields["circle"].widget
        assert isinstance(widget, forms.Select)
        widget.choices = NAMELESS_CIRCLES if layers is None else circles
        self.initial.setdefault("circle", str(self.layers[0].id) if self.layers else ONLY_ME)

    def clean_circle(self) -> int | None:
        """The layer whose people read it; None for only me. A word for a circle counts when I have one such."""
        given = self.cleaned_data["circle"]
        if given in {"", ONLY_ME}:
            return None
        found = [layer.id for layer in self.layers if given in {str(layer.id), str(layer.kind)}]
        if len(found) != 1:
            raise ValidationError(_("Kies opnieuw wie dit mag lezen."))
        return found[0]

    def clean_day(self) -> Any:
        """The day it was written; today where a device says something strange."""
        day, today = self.cleaned_data["day"], clock.today()
        return day if day and today - LONGEST_WAIT <= day <= today else None

    def clean(self) -> dict[str, Any]:
        """Something was given, and what was chosen can be taken in."""
        found = super().clean() or {}
        for name, take in TAKE.items():
            upload = found.get(name)
            if upload:
                try:
                    self.attached.append(take(upload))
                except UnfitError as unfit:
                    self.add_error(name, str(unfit))
        if self.attached and not found.get("unseen"):
            self.add_error("unseen", _("Vink dit aan, of haal de foto of opname weg."))
        written = any(found.get(name) for name in self.prompts)
        if not written and not self.attached and not self.errors:
            self.add_error(self.prompts[0], _("Schrijf één zin. Meer hoeft niet."))
        return found

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields to write in."""
        return [self[name] for name in self.prompts]

    @property
    def title(self) -> str:
        """What it is about, where that was asked."""
        return str(self.cleaned_data.get("about", ""))

    @property
    def words(self) -> str:
        """What was written, as it stands in the ledger: each answer under its question where there are several."""
        given = [(name, self.cleaned_data[name]) for name in self.prompts if self.cleaned_data[name]]
        if not given:
            return str(_("Een foto.")) if self.attached[0].kind == "photo" else str(_("Een opname."))
        if len(self.prompts) == 1:
            return str(given[0][1])
        return "\n".join(f"{self.fields[name].label} {words}" for name, words in given)


class NoteForm(CaptureForm):
    """One thing that was seen or heard."""

    source, prompts = SourceKind.NOTE, ("text",)
    text = _lines(_("Wat zag of hoorde je?"), 6, 1000, first=True)


class ObservationForm(CaptureForm):
    """What was there to see, what stood out, and the question it leaves."""

    source, prompts = SourceKind.OBSERVATION, ("saw", "struck", "question")
    saw = _lines(_("Wat zag ik?"), 3, 1000, first=True)
    struck = _lines(_("Wat viel op, bij de student of bij mij?"), 2, 1000)
    question = _lines(_("Welke vraag neem ik mee?"), 2, 1000)


class TicketForm(CaptureForm):
    """Three lines at the door, after a lesson, a talk or a meeting."""

    source, prompts = SourceKind.TICKET, ("take", "unclear", "next")
    about = forms.CharField(label=_("Na welke les of welk gesprek?"), max_length=160, required=False)
    take = _lines(_("Wat neem ik mee?"), 2, 400, first=True)
    unclear = _lines(_("Wat is nog onduidelijk?"), 2, 400)
    next = _lines(_("Wat wil ik de volgende keer?"), 2, 400)


FORMS: dict[str, type[CaptureForm]] = {
    "geeltje": NoteForm,
    "observatie": ObservationForm,
    "exitticket": TicketForm,
}
