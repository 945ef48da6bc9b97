"""What taking up a point asks: the essentials first, the rest only of who wants it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from lemniscaat.agenda import queries
from lemniscaat.agenda.forms import COURSES, moments
from lemniscaat.agenda.models import Anchor, Goal, Span
from lemniscaat.agenda.points.taking_up import MOST, Aim
from lemniscaat.base.keys import link_token
from lemniscaat.collection.forms import ASKABLE
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Body, Person, Role
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision import queries as vision
from lemniscaat.vision.models import Criterion, Period, VisionPoint

ONE_MORE = gettext_lazy(
    "Er staan al drie punten voor dit jaar. Een vierde mag. Schrijf dan waarom het niet kan wachten: "
    "iedereen op deze agenda leest dat."
)
SPANS = [(Span.YEAR.value, _("voor dit schooljaar")), (Span.YEARS.value, _("voor meer jaren"))]


def lines(rows: int) -> forms.Textarea:
    """A field for a few lines."""
    return forms.Textarea(attrs={"rows": rows})


class NamedField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """A choice of rows, each by one of its words."""

    def __init__(self, rows: QuerySet[Any], *, by: str, **kwargs: Any) -> None:
        super().__init__(rows, required=False, **kwargs)
        self.by = by

    def label_from_instance(self, obj: Any) -> str:
        words = str(getattr(obj, self.by))
        return words if len(words) <= 90 else words[:88].rstrip() + "…"


class AimForm(forms.Form):
    """A point on the agenda of a layer."""

    course = forms.ChoiceField(label=_("Houden of verleggen?"), choices=COURSES, widget=RadioSelect)
    sentence = forms.CharField(
        label=_("Wat willen we?"),
        max_length=300,
        widget=lines(2),
        help_text=_("Eén zin. Schrijf hoe het is als het lukt."),
    )
    why = forms.CharField(
        label=_("Waarom dit, en waarom nu?"), max_length=2000, required=False, widget=lines(3)
    )
    owner_text = forms.CharField(
        label=_("Wie let erop?"),
        max_length=160,
        required=False,
        help_text=_("Eén iemand, of met een maatje. Niet: wij allemaal."),
    )
    measurable = forms.CharField(
        label=_("Meetbaar"),
        max_length=300,
        required=False,
        widget=lines(2),
        help_text=_("Wat kunnen we tellen?"),
    )
    noticeable = forms.CharField(
        label=_("Merkbaar"),
        max_length=300,
        required=False,
        widget=lines(2),
        help_text=_("Wat horen of zien we, en van wie?"),
    )
    no_return_because = forms.CharField(
        label=_("Komt het niet terug? Zeg waarom niet."), max_length=300, required=False
    )
    more_because = forms.CharField(label=_("Waarom toch een vierde punt?"), max_length=300, required=False)
    now = forms.CharField(label=_("Zo is het nu"), max_length=1000, required=False, widget=lines(2))
    wanted = forms.CharField(label=_("Zo willen we het"), max_length=1000, required=False, widget=lines(2))
    span = forms.ChoiceField(label=_("Voor hoe lang?"), choices=SPANS, widget=RadioSelect, required=False)
    until = forms.DateField(
        label=_("Tot wanneer?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Alleen bij een doel voor meer jaren."),
    )
    raised_by = forms.MultipleChoiceField(
        label=_("Wie bracht dit in?"),
        required=False,
        widget=CheckboxSelectMultiple,
        help_text=_("Aan hen vragen we later of ze verschil merken."),
    )
    weighed = forms.CharField(
        label=_("Wiens zorg of bezwaar hebben we gewogen, en hoe?"),
        max_length=1000,
        required=False,
        widget=lines(2),
    )
    anchors = forms.MultipleChoiceField(
        label=_("Waar krijgt het een vaste plek?"),
        choices=Anchor.choices,
        required=False,
        widget=CheckboxSelectMultiple,
    )
    anchor_text = forms.CharField(label=_("Hoe dan?"), max_length=300, required=False)
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        access: Access,
        layer_id: int,
        body: Body | None = None,
        row: Goal | None = None,
        **kwargs: Any,
    ) -> None:
        initial = {"span": Span.YEAR, "form_key": link_token(), "version": row.version if row else 0}
        kwargs["initial"] = {**initial, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.access, self.layer_id, self.body, self.row = access, layer_id, body, row
        self._of_layer()

    def _of_layer(self) -> None:
        access, layer_id = self.access, self.layer_id
        labels = {**dict(Role.choices), **access.partnership.role_labels}
        roles = [(role.value, str(labels[role]).capitalize()) for role in ASKABLE]
        self.fields["raised_by"].choices = roles  # type: ignore[attr-defined]  # a choice field
        self.fields["owner_role"] = forms.ChoiceField(
            label=_("In welke rol?"), choices=[("", "-"), *roles], required=False
        )
        people = people_of(layer_id, self.body)
        self.fields["owner"] = NamedField(
            people, by="name", label=_("Iemand met een account?"), empty_label=_("nee, of iemand anders"),
            help_text=_("Dan staat het ook bij de eigen punten van die persoon."),
        )  # fmt: skip
        returns = moments(access, layer_id, body=self.body)
        if self.row is not None and self.row.returns_at_id:
            # where it comes back already stays to be chosen, also when that day has come
            here = Appointment.objects.filter(pk=self.row.returns_at_id).select_related("body")
            returns.queryset = (returns.queryset or here) | here
        self.fields["returns_at"] = returns
        years = queries.goals_of(access, layer_id, self.body).filter(span=Span.YEARS, state="running")
        self.fields["within"] = NamedField(
            years, by="sentence", label=_("Bij welk meerjarendoel hoort het?"), empty_label=_("geen")
        )
        # also for who leads talks in a layer below his own
        around = {layer_id, *access.tree.above(layer_id)} & access.where(Verb.SEE, Noun.VISION)
        hung = Q(partnership=access.partnership, organisation_id__in=around, retired_on__isnull=True)
        self.fields["criterion"] = NamedField(
            Criterion.objects.filter(hung).order_by("point__order", "id"), by="sentence", label=_("Bij welke lat hoort het?"), empty_label=_("geen"),
        )  # fmt: skip
        self.fields["point"] = NamedField(
            VisionPoint.objects.filter(hung).order_by("order", "id"), by="title", label=_("Bij welk visiepunt hoort het?"), empty_label=_("geen"),
            help_text=_("Kies je een lat, dan volgt het visiepunt vanzelf."),
        )  # fmt: skip
        self.fields["period"] = NamedField(
            Period.objects.filter(partnership=access.partnership, ends_on__gte=access.day).order_by("starts_on"),
            by="name", label=_("Voor welk schooljaar?"), empty_label=_("dit schooljaar"),
        )  # fmt: skip

    @property
    def full(self) -> bool:
        """Whether a point of the year would be the fourth, so that it asks for a reason."""
        period = vision.current_period(self.access.partnership, self.access.day)
        running = queries.year_goals(self.access, self.layer_id, period, self.body)
        return self.row is None and running.count() >= MOST

    def clean(self) -> dict[str, Any]:
        """Somebody minds it, and it comes back somewhere or somebody says why not."""
        given = super().clean() or {}
        owner: Person | None = given.get("owner")
        if owner is not None and not given.get("owner_text"):
            given["owner_text"] = owner.first_name
        if not given.get("owner_text") and "owner" not in self.errors:
            self.add_error("owner_text", gettext("Schrijf wie erop let. Zonder iemand blijft het papier."))
        if not given.get("returns_at") and not given.get("no_return_because"):
            self.add_error("returns_at", gettext("Kies waar dit terugkomt, of zeg eronder waarom niet."))
        return given

    def aim(self, interpretation: Interpretation | None) -> Aim:
        """The words of the point, as they were given."""
        given = dict(self.cleaned_data)
        for own in ("form_key", "version"):
            given.pop(own)
        given["span"] = given["span"] or Span.YEAR
        return Aim(interpretation=interpretation, **given)

    def need_reason(self) -> None:
        """Say that a fourth point asks for a reason; all that was typed stays."""
        self.add_error("more_because", str(ONE_MORE))


def people_of(layer_id: int, body: Body | None) -> QuerySet[Person]:
    """Who may be chosen to mind a point: those who sit in a body of the layer, or in this body alone."""
    bodies = Body.objects.filter(Q(pk=body.pk) if body else Q(organisation_id=layer_id, pair=False))
    sitting = bodies.filter(people__is_active=True, people__erased_on__isnull=True)
    return Person.objects.filter(pk__in=sitting.values("people")).order_by("name")


LABELS: Sequence[str] = (
    *("course", "sentence", "why", "owner_text", "owner", "measurable", "noticeable", "returns_at"),
    *("no_return_because", "now", "wanted", "within", "criterion", "point", "period", "until", "raised_by"),
    *("weighed", "anchors", "anchor_text", "owner_role", "span", "more_because"),
)
"""The fields in which two versions of a point may differ, in the order of the form."""
