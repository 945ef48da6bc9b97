"""Forms of the cabinet: a question of one's own, a file, a table for a frame."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lemniscaat.instruments.faults import Fault, InstrumentError
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.items import MARKUP
from lemniscaat.instruments.reader import MOST_BYTES, as_text, read

MOST = 300


class OwnForm(forms.Form):
    """A question that a layer adds to its copy: open, or with answers in order."""

    text = forms.CharField(
        label=_("Je vraag"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Vraag naar iets wat gebeurde: ‘De laatste keer dat ...’."),
    )
    answers = forms.CharField(
        label=_("Antwoorden, één per regel"),
        required=False,
        max_length=MOST * 2,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Van weinig naar veel, twee tot zeven. Leeg: een open vraag."),
    )

    def clean_text(self) -> str:
        return plain(self.cleaned_data["text"])

    def clean_answers(self) -> list[str]:
        found = [plain(line.strip()) for line in self.cleaned_data["answers"].splitlines() if line.strip()]
        if found and not 2 <= len(found) <= 7:
            raise forms.ValidationError(gettext("Geef twee tot zeven antwoorden, of laat ze allemaal weg."))
        if len(set(found)) != len(found):
            raise forms.ValidationError(gettext("Twee antwoorden zijn hetzelfde. Maak ze verschillend."))
        return found


class FileForm(forms.Form):
    """An instrument as a file, or its text."""

    file = forms.FileField(label=_("Het bestand"), required=False, help_text=_("Een .yaml-bestand."))
    text = forms.CharField(
        label=_("Of plak de tekst"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 8})
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("file") and not found.get("text", "").strip():
            self.add_error("file", gettext("Kies een bestand of plak de tekst."))
        return found

    def instrument(self) -> Instrument:
        """What the file or the text holds. Raises InstrumentError with every fault; then nothing is kept."""
        if not self.is_valid():
            raise InstrumentError([Fault("", 0, gettext("Kies een bestand of plak de tekst."))])
        upload = self.cleaned_data.get("file")
        if upload is None:
            return read(self.cleaned_data["text"], gettext("je tekst"))
        if upload.size > MOST_BYTES:
            raise InstrumentError(
                [Fault(upload.name or "", 0, gettext("Dit bestand is te groot voor een instrument."))]
            )
        name = upload.name or ""
        return read(as_text(upload.read(), name), name)


class FrameForm(forms.Form):
    """The indicators of a frame: pasted from a spreadsheet, or as a CSV file."""

    table = forms.CharField(
        label=_("Plak de tabel"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "Per regel: onderdeel, indicator, en een x als hij bij de snelle scan hoort. Kopieer dit zo uit Excel."
        ),
    )
    file = forms.FileField(label=_("Of kies een CSV-bestand"), required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("file") and not found.get("table", "").strip():
            self.add_error("table", gettext("Plak de tabel of kies een bestand."))
        return found


def plain(text: str) -> str:
    """Words without markup, or a sentence that says so."""
    if MARKUP.search(text.replace("\r\n", "\n")):
        raise forms.ValidationError(gettext("Schrijf alleen gewone tekst, zonder < en >."))
    return text.replace("\r\n", "\n").strip()
