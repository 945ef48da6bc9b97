"""What a return and an account ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lemniscaat.accountability.actions import Promise, ReturnText
from lemniscaat.accountability.models import ReturnKind
from lemniscaat.agenda.models import Agreement

EXTRA = 2


def _area(label: Any, *, rows: int = 3, required: bool = False, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ReturnForm(forms.Form):
    """What we heard, what we think, and what we do, keep, or do not and why."""

    heard = _area(
        _("Dit hoorden we"), required=True, help_text=_("In twee of drie zinnen, zoals je het zou vertellen.")
    )
    meaning = _area(_("Dit denken we ervan"))
    dissent = _area(_("Het andere geluid"), rows=2)
    spoke = forms.CharField(
        label=_("Wie spraken erover?"),
        required=False,
        max_length=200,
        help_text=_(
            "In één zin, zonder namen. Bijvoorbeeld: vijf mensen spraken erover, onder wie een student."
        ),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, agreements: list[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreements = agreements
        for row in agreements:
            self.fields[f"agreement_{row.pk}"] = forms.BooleanField(
                label=f"{row.get_course_display()}: {row.sentence}", required=False
            )
        for i in range(EXTRA):
            self.fields[f"do_{i}"] = forms.CharField(
                label=_("Dit doen we (ook)"), required=False, max_length=300
            )
        for i in range(EXTRA):
            self.fields[f"not_{i}"] = forms.CharField(
                label=_("Dit doen we niet"), required=False, max_length=300
            )
            self.fields[f"because_{i}"] = forms.CharField(label=_("want"), required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        """Who says no says why."""
        given = super().clean() or {}
        for i in range(EXTRA):
            if given.get(f"not_{i}") and not given.get(f"because_{i}"):
                self.add_error(f"because_{i}", _("Zeg er kort bij waarom niet. Daar wachten mensen op."))
        return given

    def text(self) -> ReturnText:
        """The words of the return."""
        given = self.cleaned_data
        return ReturnText(given["heard"], given["meaning"], given["dissent"], given["spoke"])

    def promises(self) -> list[Promise]:
        """What we do, keep, and do not."""
        given = self.cleaned_data
        found = []
        for row in self.agreements:
            if given.get(f"agreement_{row.pk}"):
                kind = ReturnKind.KEEP if row.course == "sustain" else ReturnKind.DO
                found.append(Promise(kind, row.sentence, _who_and_when(row), row))
        found += [Promise(ReturnKind.DO, given[f"do_{i}"]) for i in range(EXTRA) if given[f"do_{i}"]]
        for i in range(EXTRA):
            if given[f"not_{i}"]:
                found.append(Promise(ReturnKind.NOT, given[f"not_{i}"], given[f"because_{i}"]))
        return found


def _who_and_when(row: Agreement) -> str:
    """Under a promise: who watches over it and when we ask whether it helped."""
    told = [gettext("%(who)s let hierop.") % {"who": row.owner_text}] if row.owner_text else []
    if row.returns_at and row.returns_at.cancelled_on is None:
        month = date_format(timezone.localtime(row.returns_at.starts_at), "F")
        told.append(gettext("In %(month)s vragen we of het hielp.") % {"month": month})
    return " ".join(told)


class AccountForm(forms.Form):
    """The words around the records."""

    foreword = _area(_("Vooraf"), rows=4, help_text=_("Voor wie is dit, en wat wil je dat zij weten?"))
    lessons = _area(_("Wat nemen we mee naar volgend jaar?"), rows=4)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class CloseForm(forms.Form):
    """The lessons of a year."""

    lessons = _area(
        _("Wat leerden we dit jaar?"),
        rows=6,
        required=True,
        help_text=_("Dit staat volgend jaar bij onze visie."),
    )


class ChangeForm(forms.Form):
    """What changed since a round was given back."""

    changed = _area(
        _("Dit veranderde er sindsdien"),
        rows=4,
        required=True,
        help_text=_("Bijvoorbeeld: in maart vroegen we of het hielp. Dit hoorden we."),
    )


class CodeForm(forms.Form):
    """The code of a round, as it stood on the end page."""

    code = forms.CharField(
        label=_("Jouw code"), max_length=30, help_text=_("Een woord en vier cijfers, bijvoorbeeld BRUG 4716.")
    )
