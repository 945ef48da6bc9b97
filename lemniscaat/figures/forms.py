"""What the wizard for figures asks: the columns, what each figure means, and about the file as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from textwrap import shorten
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lemniscaat.collection.models import PermittedUse
from lemniscaat.datapoints.models import About, Indicator, IndicatorKind
from lemniscaat.figures import shapes
from lemniscaat.figures.amounts import COMMA, POINT, span
from lemniscaat.figures.columns import OF_WHOLE, ONE_ONLY, Choice, Column, Holds
from lemniscaat.figures.facts import Reading
from lemniscaat.figures.preview import about_of
from lemniscaat.figures.standing import known_indicators
from lemniscaat.figures.waiting import File, Meaning, Told, may_bring
from lemniscaat.figures.wording import HOLDS
from lemniscaat.people.access import Access
from lemniscaat.people.tables import plain
from lemniscaat.vision.models import Criterion

MOST_MEANINGS = 60
_PEOPLE = re.compile(
    r"student|stagiair|lera|docent|leerling|mensen|persone?n|starter|begeleider|opleider|deelnemer|medewerker|wpb",
    re.IGNORECASE,
)
_QUESTIONS = frozenset({"vraag", "vraagtekst", "stelling", "item"})


class ColumnsForm(forms.Form):
    """What each column holds, and of which column a part is a part."""

    sign = forms.ChoiceField(
        label=gettext_lazy("Teken voor de decimalen"),
        choices=[(COMMA, gettext_lazy("komma: 1.234,5")), (POINT, gettext_lazy("punt: 1,234.5"))],
    )

    def __init__(self, *args: Any, choice: Choice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice = choice
        self.initial["sign"] = choice.sign
        every = [(holds.value, label) for holds, label in HOLDS.items()]
        heads = [(str(one.at), self.name_of(one)) for one in choice.columns]
        for one in choice.columns:
            holds = forms.ChoiceField(
                label=_("Wat staat in ‘%(head)s’?") % {"head": self.name_of(one)},
                choices=every,
                initial=one.holds.value,
            )
            of = forms.ChoiceField(
                label=_("Van welk geheel is ‘%(head)s’ een deel?") % {"head": self.name_of(one)},
                choices=[("-1", _("van niets")), *(pair for pair in heads if pair[0] != str(one.at))],
                initial=str(one.of),
                required=False,
            )
            self.fields[f"holds{one.at}"], self.fields[f"of{one.at}"] = holds, of

    @staticmethod
    def name_of(column: Column) -> str:
        """The heading of a column, or which one it is."""
        return column.head or _("kolom %(n)d") % {"n": column.at + 1}

    def clean(self) -> dict[str, Any]:
        """There is one column of a sort where there can be but one; a percentage is of something."""
        found = super().clean() or {}
        seen: dict[Holds, str] = {}
        for column in self.choice.columns:
            name = f"holds{column.at}"
            holds = Holds(found.get(name, Holds.SKIP))
            if holds in ONE_ONLY and holds in seen:
                self.add_error(
                    name,
                    _("‘%(other)s’ is dit al. Kies er één.") % {"other": seen[holds]},
                )
            seen.setdefault(holds, self.name_of(column))
        return found

    def chosen(self) -> Choice:
        """The columns as they were chosen; a part without a whole takes the nearest whole there is."""
        given = self.cleaned_data
        columns = []
        for one in self.choice.columns:
            holds = Holds(given[f"holds{one.at}"])
            of = int(given.get(f"of{one.at}") or -1) if holds in OF_WHOLE else -1
            columns.append(replace(one, holds=holds, of=of))
        wholes = [one.at for one in columns if one.holds == Holds.WHOLE]
        if wholes:
            # as when it was guessed: the whole to the left, else the first
            near = {one.at: max((at for at in wholes if at < one.at), default=wholes[0]) for one in columns}
            columns = [
                replace(one, of=near[one.at]) if one.holds in OF_WHOLE and one.of < 0 else one
                for one in columns
            ]
        return replace(self.choice, sign=given["sign"], columns=tuple(columns))


class AboutForm(forms.Form):
    """About the file as a whole: from where, who keeps it, what it may be used for, where it hangs."""

    title = forms.CharField(label=gettext_lazy("Hoe heet dit cijfer?"), max_length=160)
    period = forms.CharField(
        label=gettext_lazy("Over welke periode gaat dit?"),
        max_length=40,
        help_text=gettext_lazy("Bijvoorbeeld 2025-2026, 2025 of 1-10-2025."),
    )
    place = forms.TypedChoiceField(label=gettext_lazy("Over welke organisatie gaat dit?"), coerce=int)
    source = forms.CharField(
        label=gettext_lazy("Waar komt het vandaan?"),
        max_length=160,
        help_text=gettext_lazy("Bijvoorbeeld: studentadministratie van de pabo, telling van 1 oktober."),
    )
    owner = forms.CharField(
        label=gettext_lazy("Wie houdt het bij?"),
        max_length=160,
        help_text=gettext_lazy("Een functie is genoeg: kwaliteitsmedewerker."),
    )
    use = forms.ChoiceField(
        label=gettext_lazy("Waar mag dit voor dienen?"),
        choices=PermittedUse.choices,
        help_text=gettext_lazy("Wat er al stond houdt wat er eerder beloofd is."),
    )
    criterion = forms.TypedChoiceField(
        label=gettext_lazy("Bij welke lat hoort dit?"),
        coerce=int,
        help_text=gettext_lazy("Mag leeg blijven."),
    )

    def __init__(
        self, *args: Any, access: Access, file: File, criteria: list[Criterion], **kwargs: Any
    ) -> None:
        told = file.told
        initial = {
            name: getattr(told, name) for name in ("title", "period", "place", "source", "owner", "use")
        }
        kwargs["initial"] = {**initial, "criterion": told.criterion}
        super().__init__(*args, **kwargs)
        layers = access.tree.ordered(may_bring(access))
        self._choices("place", [(layer.id, layer.name) for layer in layers])
        hung = [
            (one.pk, f"{one.point.title}: {shorten(one.sentence, 70, placeholder=' …')}") for one in criteria
        ]
        self._choices("criterion", [(0, _("nog nergens bij")), *hung])
        self._only_what_is_needed(file)

    def _choices(self, name: str, choices: list[tuple[int, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = choices

    def _only_what_is_needed(self, file: File) -> None:
        """What a column says is not asked; a column may leave a cell open, but then its row says so."""
        choice = file.choice
        if choice.one(Holds.PERIOD) is not None:
            del self.fields["period"]
        if choice.one(Holds.PLACE) is not None or choice.one(Holds.CODE) is not None:
            del self.fields["place"]
        named = choice.one(Holds.NAME) is not None or not choice.all(Holds.SPREAD)
        if named:
            del self.fields["title"]

    def clean_period(self) -> str:
        """A period that can be read."""
        text = str(self.cleaned_data["period"])
        if span(text) is None:
            raise forms.ValidationError(_("Dit is geen periode. Schrijf bijvoorbeeld 2025-2026."))
        return text

    def told(self, before: Told) -> Told:
        """What was told, on top of what was told before."""
        return replace(before, **self.cleaned_data)


class MeaningForm(forms.Form):
    """What one figure is called and what it counts."""

    title = forms.CharField(
        label=gettext_lazy("Hoe heet dit cijfer?"),
        max_length=160,
        help_text=gettext_lazy("Elk jaar dezelfde naam: dan komt het in dezelfde lijn."),
    )
    definition = forms.CharField(
        label=gettext_lazy("Wat telt precies mee?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    unit = forms.CharField(
        label=gettext_lazy("Waarvan?"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Bijvoorbeeld: studenten, uren, euro."),
    )
    about = forms.ChoiceField(label=gettext_lazy("Wat is dit?"), choices=About.choices, required=False)

    def __init__(self, *args: Any, name: str, kind: str, known: Indicator | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name, self.known = name, known
        self.kind = IndicatorKind(kind).label
        if known is not None or kind == IndicatorKind.SPREAD:
            # what a figure is about does not change later: people stay people
            del self.fields["about"]

    def clean(self) -> dict[str, Any]:
        """People are no things: what protects them is not put aside by a choice."""
        found = super().clean() or {}
        if found.get("about") == About.THINGS and _PEOPLE.search(found.get("unit") or ""):
            self.add_error(
                "about", _("‘%(unit)s’ zijn mensen. Kies ‘mensen tellen’.") % {"unit": found["unit"]}
            )
        return found


def meaning_forms(
    access: Access, file: File, reading: Reading, data: Mapping[str, Any] | None = None
) -> list[MeaningForm]:
    """A form per figure in the file, filled with what is known of it or of the ready-made table."""
    known = known_indicators(access.partnership)
    column = file.choice.one(Holds.NAME)
    asked = column is not None and plain(column.head) in _QUESTIONS
    found = []
    for at, (name, kind) in enumerate(reading.names[:MOST_MEANINGS]):
        meant = shapes.meant_by(name)
        title = file.told.names.get(name) or (meant.name if meant else name[:1].upper() + name[1:])
        row, told = known.get(plain(title)), file.told.meanings.get(title)
        start = told or _start(row, meant)
        about = start.about or about_of(kind, Meaning(about=About.ANSWERS if asked else ""), row)
        initial = {"title": title, "definition": start.definition, "unit": start.unit, "about": about}
        found.append(MeaningForm(data, prefix=f"m{at}", name=name, kind=kind, known=row, initial=initial))
    return found


def _start(row: Indicator | None, meant: shapes.Meant | None) -> Meaning:
    if row is not None:
        return Meaning(row.definition, row.unit, row.about)
    if meant is not None:
        return Meaning(meant.definition, meant.unit, meant.about)
    return Meaning()


def names(forms_: list[MeaningForm]) -> dict[str, str]:
    """What each figure is called, by what stands above it in the file."""
    return {form.name: " ".join(form.cleaned_data["title"].split()) for form in forms_}


def meanings(forms_: list[MeaningForm]) -> dict[str, Meaning]:
    """What was said of each figure, by its name."""
    return {
        " ".join(form.cleaned_data["title"].split()): Meaning(
            form.cleaned_data["definition"].strip(),
            form.cleaned_data["unit"].strip(),
            form.cleaned_data.get("about") or "",
        )
        for form in forms_
    }
