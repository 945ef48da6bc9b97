"""What the register of assumptions asks."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lemniscaat.base import clock
from lemniscaat.datapoints.models import DataPoint, SourceKind
from lemniscaat.datapoints.telling import said
from lemniscaat.interpretation.models import Assumption, Verdict
from lemniscaat.interpretation.queries import could_answer
from lemniscaat.people.access import Access
from lemniscaat.people.forms import MomentField
from lemniscaat.people.models import Appointment
from lemniscaat.people.queries import future_appointments
from lemniscaat.vision.queries import criteria

SHORT = 90
VERDICTS = [
    (Verdict.TRUE.value, gettext_lazy("Het klopt")),
    (Verdict.FALSE.value, gettext_lazy("Het klopt niet")),
    (Verdict.UNCLEAR.value, gettext_lazy("Het blijft onduidelijk")),
]


def _moments(access: Access, layer_id: int, now: int | None = None) -> MomentField:
    """When we look: a moment to come of a body of mine or of this layer; and the one that was chosen before."""
    coming = future_appointments(access, layer_id).filter(starts_at__date__gte=clock.today())
    chosen = Q(pk__in=coming.order_by().values("pk")) | Q(pk=now or 0)
    return MomentField(
        Appointment.objects.filter(chosen).select_related("body").order_by("starts_at"),
        required=False,
        label=_("Wanneer kijken we?"),
        help_text=_("Dan komt het vanzelf terug, bij het klaarzetten van dat gesprek."),
        empty_label=_("nog niet gekozen"),
    )


class CriterionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    def label_from_instance(self, obj: Any) -> str:
        return shorten(f"{obj.point.title}: {obj.sentence}", SHORT, placeholder=" …")


class AssumptionForm(forms.Form):
    """A new assumption."""

    text = forms.CharField(
        label=gettext_lazy("We denken dat"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    test = forms.CharField(label=gettext_lazy("Hoe toetsen we dat?"), max_length=1000, required=False)

    def __init__(self, *args: Any, access: Access, layer_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criterion"] = CriterionField(
            criteria(access, layer_id),
            required=False,
            label=_("Over welke lat?"),
            empty_label=_("geen, of ik weet het nog niet"),
        )
        self.fields["returns_at"] = _moments(access, layer_id)


class PlanForm(forms.Form):
    """How an assumption is tested, and when we look."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    test = forms.CharField(label=gettext_lazy("Hoe toetsen we dat?"), max_length=1000, required=False)

    def __init__(self, *args: Any, access: Access, row: Assumption, **kwargs: Any) -> None:
        first = {"version": row.version, "test": row.test, "returns_at": row.returns_at_id}
        super().__init__(*args, **{**kwargs, "initial": first})
        self.fields["returns_at"] = _moments(access, row.organisation_id, row.returns_at_id)


class AnswerField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """The data points that answered it."""

    def label_from_instance(self, obj: Any) -> str:
        return told(obj)


def told(row: DataPoint) -> str:
    """A data point in one line: what it is called or says, and where it comes from."""
    words = row.title or row.text
    words = words if len(words) <= SHORT else words[:SHORT].rpartition(" ")[0] + "…"
    if row.source in {SourceKind.ROUND, SourceKind.FIGURE, SourceKind.REPORT, SourceKind.PANEL}:
        return f"{str(row.get_source_display()).capitalize()}: {words}"
    return f"‘{words}’ ({said(row)})"


class VerdictForm(forms.Form):
    """What the test told."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Wat liet de toets zien?"),
        choices=VERDICTS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies wat de toets liet zien.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Wat hoorden of zagen we?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, access: Access, row: Assumption, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = could_answer(access, row)
        if points:
            self.fields["rests_on"] = AnswerField(
                DataPoint.objects.filter(pk__in=[one.pk for one in points]),
                required=False,
                label=_("Wat gaf het antwoord?"),
                widget=forms.CheckboxSelectMultiple,
            )
        again = _moments(access, row.organisation_id)
        again.label = _("Nog onduidelijk? Kies wanneer jullie weer kijken.")
        again.help_text = ""
        self.fields["returns_at"] = again
