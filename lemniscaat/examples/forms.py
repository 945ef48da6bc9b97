"""What an example asks, what a thank and a question ask."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lemniscaat.agenda import queries as agenda
from lemniscaat.agenda.models import Agreement, Goal
from lemniscaat.base.numbers import number_in
from lemniscaat.examples.actions import Told
from lemniscaat.examples.models import Example
from lemniscaat.instruments.shelf import shelf
from lemniscaat.instruments.wording import ELEMENTS
from lemniscaat.people.access import Access
from lemniscaat.people.tree import Layer
from lemniscaat.vision import queries as vision
from lemniscaat.vision.models import Criterion

MYSELF = "ik"
POINT, CRITERION = "punt", "lat"


def _lines(label: Any, help_text: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=2000,
        required=required,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ExampleForm(forms.Form):
    """An example: the story in three questions, then where it belongs so that others find it."""

    title = forms.CharField(
        label=_("Hoe heet jullie voorbeeld?"), max_length=160, help_text=_("Eén zin, of de vraag waarmee het begon.")
    )  # fmt: skip
    tried = _lines(_("Wat probeerden jullie?"), _("Zo concreet dat een ander het morgen kan doen."))
    happened = _lines(_("Wat gebeurde er?"), _("Ook wat je niet verwachtte."))
    again = _lines(_("Wat zouden jullie weer doen?"), "")
    not_again = _lines(_("En wat niet meer?"), _("Daar heeft een ander vaak het meest aan."), required=False)
    question = forms.CharField(
        label=_("Op welke vraag is dit een antwoord?"),
        max_length=200,
        required=False,
        help_text=_("Zoals een collega het zou vragen."),
    )
    about = forms.ChoiceField(label=_("Bij welk visiepunt of welke lat?"), required=False)
    element = forms.ChoiceField(label=_("Bij welk werkend element?"), required=False)
    instrument = forms.ChoiceField(label=_("Gebruikten jullie iets uit de kast?"), required=False)
    layer = forms.ChoiceField(label=_("Van wie is dit voorbeeld?"))
    signed = forms.BooleanField(
        label=_("Zet mijn naam eronder"),
        required=False,
        help_text=_("Anders staat er alleen de naam van jullie team of school."),
    )
    goal = forms.CharField(required=False, widget=forms.HiddenInput)
    agreement = forms.CharField(required=False, widget=forms.HiddenInput)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    STORY = ("title", "tried", "happened", "again", "not_again")
    PLACE = ("question", "about", "element", "instrument", "layer", "signed")

    def __init__(
        self, *args: Any, access: Access, layer_id: int, layers: Iterable[Layer], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self._choose("about", _("Dat weten we niet"), _places(access, layer_id))
        self._choose("element", _("Geen"), [(key, str(label)) for key, label in ELEMENTS.items()])
        self._choose("instrument", _("Nee"), _instruments(access))
        self.fields["layer"].choices = [(str(one.id), one.name) for one in layers]  # type: ignore[attr-defined]  # a choice field

    def _choose(self, name: str, nothing: Any, options: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = [("", nothing), *options]  # type: ignore[attr-defined]  # a choice field

    @property
    def story(self) -> list[forms.BoundField]:
        """The fields that tell what happened."""
        return [self[name] for name in self.STORY]

    @property
    def place(self) -> list[forms.BoundField]:
        """The fields that say where it belongs."""
        return [self[name] for name in self.PLACE if name in self.fields]

    def told(self) -> Told:
        """What was written, with what it hangs on."""
        given = self.cleaned_data
        kind, _sign, number = given["about"].partition("-")
        pk = number_in(number)
        words = ("title", "tried", "happened", "again", "not_again", "question", "element", "instrument")
        return Told(
            **{name: given[name] for name in words},
            point=vision.point(self.access, pk) if kind == POINT else None,
            criterion=vision.criterion(self.access, pk) if kind == CRITERION else None,
            goal=kept_goal(self.access, given["goal"]),
            agreement=kept_agreement(self.access, given["agreement"]),
            signed=given["signed"],
        )


class ChangeForm(ExampleForm):
    """The same example again. Whose it is stays, and what it hangs on even when that is no longer among the choices."""

    def __init__(self, *args: Any, access: Access, row: Example, **kwargs: Any) -> None:
        now = as_written(access, row)
        super().__init__(*args, access=access, layer_id=row.organisation_id, layers=(), initial=now, **kwargs)
        del self.fields["layer"]
        here = {key for _point, options in self.fields["about"].choices[1:] for key, _label in options}  # type: ignore[attr-defined]  # a choice field
        if now["about"] and now["about"] not in here:
            self.fields["about"].choices += [(now["about"], row.criterion or row.point)]  # type: ignore[attr-defined]  # a choice field


def as_written(access: Access, row: Example) -> dict[str, Any]:
    """An example as its form shows it to somebody: the box for his own name says whether that is under it."""
    names = (
        "title",
        "tried",
        "happened",
        "again",
        "not_again",
        "question",
        "element",
        "instrument",
        "version",
    )
    about = f"{POINT}-{row.point_id}" if row.point_id else ""
    return {
        **{name: getattr(row, name) for name in names},
        "about": f"{CRITERION}-{row.criterion_id}" if row.criterion_id else about,
        "goal": row.goal_id or "",
        "agreement": row.agreement_id or "",
        "signed": row.signed_by.filter(pk=access.person.pk).exists(),
    }


def kept_agreement(access: Access, text: str) -> Agreement | None:
    """The agreement that an example came from, when I may see it; not one that is of two people alone."""
    row = agenda.agreements(access).filter(pk=number_in(text)).first() if number_in(text) else None
    return row if row is not None and row.body_id is None else None


def kept_goal(access: Access, text: str) -> Goal | None:
    """The point of an agenda that an example came from, likewise."""
    row = agenda.goals(access).filter(pk=number_in(text)).first() if number_in(text) else None
    return row if row is not None and row.body_id is None else None


def about_of(criterion: Criterion | None) -> str:
    """The choice of 'about' for a criterion."""
    return f"{CRITERION}-{criterion.pk}" if criterion is not None else ""


def _places(access: Access, layer_id: int) -> list[tuple[str, Any]]:
    """The vision points around a layer, each with its criteria under it."""
    under: dict[int, list[tuple[str, str]]] = {}
    for one in vision.criteria(access, layer_id):
        under.setdefault(one.point_id, []).append(
            (f"{CRITERION}-{one.pk}", shorten(one.sentence, 90, placeholder=" …"))
        )
    return [
        (point.title, [(f"{POINT}-{point.pk}", point.title), *under.get(point.pk, [])])
        for point in vision.points(access, layer_id)
    ]


def _instruments(access: Access) -> list[tuple[str, Any]]:
    tongue = get_language() or "nl"
    named = [
        (one.key, one.instrument.titles.say(tongue)) for one in shelf(access) if not one.instrument.frame
    ]
    return sorted(named, key=lambda one: one[1].casefold())


class ThankForm(forms.Form):
    """One sentence to the writers."""

    text = forms.CharField(
        label=_("Eén zin: wat hadden jullie eraan?"), max_length=200, initial=_("Bedankt, wij ")
    )
    as_whom = forms.ChoiceField(label=_("Namens wie?"))

    def __init__(self, *args: Any, layers: Iterable[Layer], name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [*((str(one.id), one.name) for one in layers), (MYSELF, name)]
        self.fields["as_whom"].choices = options  # type: ignore[attr-defined]  # a choice field

    def clean_text(self) -> str:
        """The opening that stood there is no sentence yet."""
        text = str(self.cleaned_data["text"]).strip()
        if text == str(self.fields["text"].initial).strip():
            raise forms.ValidationError(_("Maak de zin af."))
        return text

    @property
    def layer_id(self) -> int | None:
        """The layer in whose name it is; None for oneself."""
        chosen = self.cleaned_data["as_whom"]
        return None if chosen == MYSELF else int(chosen)


class QuestionForm(forms.Form):
    """A question to the writers."""

    text = forms.CharField(
        label=_("Wat wil je hen vragen?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    to = forms.ChoiceField(
        label=_("Wie leest het?"),
        choices=[("open", _("Iedereen die dit voorbeeld leest")), ("writers", _("Alleen wie dit schreef"))],
        initial="open",
        widget=forms.RadioSelect,
    )


class AnswerForm(forms.Form):
    """The answer of the writers."""

    text = forms.CharField(
        label=_("Jullie antwoord"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
