"""What an organiser fills in to say whom a round asks and what its mail says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lemniscaat.base.numbers import number_in
from lemniscaat.collection.budget import Asked, asked_before
from lemniscaat.collection.forms import ASKABLE
from lemniscaat.collection.guest_lists import MOST_BYTES, Whom, is_workbook, text_of_workbook
from lemniscaat.collection.letters import MOST_REMINDERS, Cover
from lemniscaat.collection.models import Round
from lemniscaat.collection.round_page import role_labels
from lemniscaat.collection.whom import spread
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tables import TableError, text_of

AHEAD = ((7, gettext_lazy("Een week voor de laatste dag")), (3, gettext_lazy("Drie dagen ervoor")), (1, gettext_lazy("De dag ervoor")))  # fmt: skip


@dataclass(frozen=True)
class Group:
    """One role as it can be chosen: how many people, where, how often asked, and how many of them are asked now."""

    role: str
    label: str
    people: int
    places: tuple[tuple[str, int], ...]
    asked: Asked
    chosen: bool
    number: str

    @property
    def field(self) -> str:
        return f"aantal-{self.role}"


class RolesForm(forms.Form):
    """Everybody with these roles, or of a role a number."""

    over_budget_because = forms.CharField(
        label=gettext_lazy("Deze vraag kan erbij, want"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("De groep ziet je reden."),
    )

    def __init__(self, data: Any = None, *, access: Access, round_: Round) -> None:
        super().__init__(data, initial={"over_budget_because": round_.over_budget_because})
        self.access, self.round = access, round_
        roles = [role.value for role in ASKABLE]
        self.asked = {
            one.role: one for one in asked_before(access, layer_id=round_.organisation_id, roles=roles)
        }

    @cached_property
    def groups(self) -> list[Group]:
        """The roles that somebody has here, and those that were chosen before."""
        labels, places = role_labels(self.access), spread(self.access, self.round)
        told = self.access.where(Verb.DO, Noun.ROUND) | self.access.where(Verb.SEE, Noun.PEOPLE)
        names = self.access.tree.layers
        chosen = set(self.chosen)
        sample = self.numbers if self.is_bound else dict(Whom.read(self.round.whom).sample)
        return [
            Group(
                role,
                labels[role],
                asked.people,
                # a board sees no list of schools: a place is named only to who asks or keeps the register there
                tuple(
                    (names[at].name, n)
                    for at, n in places.get(role, {}).items()
                    if at in told and len(places[role]) > 1
                ),
                asked,
                role in chosen,
                str(sample.get(role, "")),
            )
            for role, asked in self._in_order()
            if asked.people or role in chosen
        ]

    @property
    def others(self) -> bool:
        """Whether there are roles here that are not chosen."""
        return any(not group.chosen for group in self.groups)

    @property
    def chosen(self) -> list[str]:
        return list(self.data.getlist("rol")) if self.is_bound else list(self.round.roles)  # type: ignore[attr-defined]  # what a request posts

    @property
    def numbers(self) -> dict[str, int]:
        """The number per role, where one was typed."""
        typed = {role: number_in(str(self.data.get(f"aantal-{role}", "")).strip()) for role in self.asked}
        return {role: number for role, number in typed.items() if number}

    @property
    def needs_reason(self) -> bool:
        return self.round.by_mail and any(self.asked[role].full for role in self.chosen if role in self.asked)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        roles = [role for role in self.chosen if role in self.asked]
        if not roles:
            raise forms.ValidationError(_("Kies minstens één rol."))
        if any(
            str(self.data.get(f"aantal-{role}", "")).strip() and role not in self.numbers for role in roles
        ):
            raise forms.ValidationError(
                _("Vul bij ‘hoeveel’ een heel getal in, of laat het leeg voor iedereen.")
            )
        sampled = set(self.numbers) & set(roles)
        full = [role for role in roles if self.asked[role].full and role not in sampled]
        if full and self.round.by_mail and not found.get("over_budget_because", "").strip():
            self.add_error(
                "over_budget_because",
                _(
                    "Zij kregen dit halfjaar al zo vaak een vraag als we afspraken. Schrijf waarom deze erbij kan."
                ),
            )
        return found

    def _in_order(self) -> list[tuple[str, Asked]]:
        return [(role.value, self.asked[role.value]) for role in ASKABLE]


class ListForm(forms.Form):
    """A pasted list, or a file."""

    people = forms.CharField(
        label=gettext_lazy("Plak je lijst"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Eén mens per regel, met een mailadres erin. Een naam erbij mag."),
    )
    file = forms.FileField(
        label=gettext_lazy("Of kies een bestand"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.xls,.ods"}),
        help_text=gettext_lazy("CSV of Excel, hoogstens 2 MB."),
    )

    def clean(self) -> dict[str, Any]:
        """The text of both, under `people`."""
        found = super().clean() or {}
        file = found.get("file")
        if file is not None:
            found["people"] = "\n".join(part for part in (found.get("people", ""), self._read(file)) if part)
        if not found.get("people", "").strip() and not self.errors:
            self.add_error("people", _("Plak een lijst met mailadressen, of kies een bestand."))
        return found

    def _read(self, file: Any) -> str:
        if file.size > MOST_BYTES:
            self.add_error(
                "file", _("Dit bestand is groter dan 2 MB. Deel het op, of plak alleen de adressen.")
            )
            return ""
        raw = file.read()
        try:
            return text_of_workbook(raw) if is_workbook(raw) else text_of(raw)
        except (ValueError, TableError):
            self.add_error(
                "file", _("In dit bestand vonden we geen mailadressen. Kies een ander, of plak de adressen.")
            )
            return ""


class CoverForm(forms.Form):
    """What the mail of a round says, and when it comes again."""

    opening = forms.CharField(
        label=gettext_lazy("Eerste regel"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Een persoonlijk begin, na ‘Dag Samira,’. Leeg mag."),
    )
    why = forms.CharField(
        label=gettext_lazy("Waarom vragen jullie dit?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Staat in de mail en boven de vragen."),
    )
    replies = forms.BooleanField(
        label=gettext_lazy("Wie de uitnodiging beantwoordt, schrijft aan mij"),
        required=False,
        help_text=gettext_lazy("Dan staat jouw mailadres in de uitnodiging. In een herinnering nooit."),
    )
    days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Wanneer herinneren we?"),
        required=False,
        coerce=int,
        choices=AHEAD,
        widget=CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Hoogstens twee keer, en alleen aan wie nog niets stuurde. Niemand ziet wie dat zijn."
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)

    def __init__(self, data: Any = None, *, round_: Round, seen: str = "") -> None:
        cover = Cover.read(round_.letter)
        initial = {
            "opening": cover.opening,
            "why": round_.why,
            "replies": cover.replies,
            "days": list(cover.days),
            "seen": seen,
        }
        super().__init__(data, initial=initial)
        if round_.stops_on is None:
            self.fields["days"].disabled = True
            self.fields["days"].help_text = _(
                "Dat kan zodra de ronde een laatste dag heeft. Je kunt ook met de hand herinneren."
            )

    def clean_days(self) -> list[int]:
        days: list[int] = self.cleaned_data["days"]
        if len(days) > MOST_REMINDERS:
            raise forms.ValidationError(_("Kies er hoogstens twee. Vaker vragen we het niet."))
        return days
