"""What a line of the year asks: as little as planning needs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from lemniscaat.collection.forms import ASKABLE
from lemniscaat.instruments.shelf import shelf
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Body, Membership, Person, Role
from lemniscaat.people.tree import valid_on
from lemniscaat.vision.models import Criterion
from lemniscaat.year.models import Intent, Way
from lemniscaat.year.planning import Wish
from lemniscaat.year.schoolyear import SchoolYear, month_end, school_year
from lemniscaat.year.shifting import Window
from lemniscaat.year.words import capital

WAYS = (
    (Way.ROUND, _("Een ronde: een vragenlijst voor velen")),
    (Way.TICKET, _("Een exitticket of peiling in een bijeenkomst")),
    (Way.PANEL, _("Een panel")),
    (Way.TALK, _("Een gesprek")),
    (Way.FIGURES, _("Cijfers inlezen die er al zijn")),
    (Way.REPORT, _("Een verslag of bezoek vastleggen")),
)
EXACT = "dagen"


class IntentForm(forms.Form):
    """A line of the year of a layer: what, of whom, when, where it is discussed, when it comes back."""

    way = forms.ChoiceField(label=_("Hoe halen jullie het op?"), choices=WAYS, widget=RadioSelect)
    title = forms.CharField(
        label=_("Titel"),
        max_length=160,
        help_text=_("Zo staat het in het jaar, bijvoorbeeld: Halverwege: hoe leer jij hier?"),
    )
    instrument = forms.ChoiceField(label=_("Met welk instrument?"), required=False)
    roles = forms.MultipleChoiceField(label=_("Van wie?"), widget=CheckboxSelectMultiple, required=False)
    criteria = forms.MultipleChoiceField(
        label=_("Bij welke lat?"), widget=CheckboxSelectMultiple, required=False
    )
    month = forms.ChoiceField(label=_("Wanneer?"))
    begins_on = forms.DateField(
        label=_("Eerste dag"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ends_on = forms.DateField(
        label=_("Laatste dag"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    talk = forms.ChoiceField(
        label=_("Waar bespreken jullie het?"),
        required=False,
        help_text=_("Weet je de dag nog niet? Kies dan alleen het overleg."),
    )
    return_by = forms.DateField(
        label=_("Wanneer hoort wie meedeed wat ermee gebeurt?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    owner = forms.ChoiceField(label=_("Wie zorgt ervoor?"), required=False)
    note = forms.CharField(
        label=_("Wil je er iets bij zetten?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        access: Access,
        layer_id: int,
        year: SchoolYear,
        criteria: list[Criterion],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.access, self.layer_id, self.year = access, layer_id, year
        tongue = (get_language() or "nl")[:2]
        labels = {**dict(Role.choices), **access.partnership.role_labels}
        self.known = {str(one.pk): one for one in criteria}
        self.bodies, self.moments = _bodies(access, layer_id), _moments(access, layer_id, year)
        self.owners = _owners(access, layer_id)
        named = sorted((entry.instrument.titles.say(tongue), entry.key) for entry in shelf(access))
        kept = self.initial.get("instrument", "")
        gone = [(kept, kept)] if kept and kept not in {key for _name, key in named} else []
        self._choose(
            "instrument",
            [("", gettext("Nog niet gekozen")), *((key, name) for name, key in named), *gone],
        )
        self._choose("roles", [(role.value, capital(str(labels[role]))) for role in ASKABLE])
        self._choose(
            "criteria", [(key, f"{one.point.title}: {one.sentence}") for key, one in self.known.items()]
        )
        self._choose("month", _months(year))
        self._choose("talk", _talks(self.bodies, self.moments))
        self._choose("owner", _owner_words(access, labels, self.owners))

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("month") == EXACT:
            self._check_days(found)
        back, window = found.get("return_by"), self.window(found)
        if back and window and back < window[0]:
            self.add_error("return_by", gettext("Dit is vóór het begin. Kies een latere dag."))
        return found

    def _check_days(self, found: dict[str, Any]) -> None:
        begins, ends = found.get("begins_on"), found.get("ends_on")
        if not begins:
            if "begins_on" not in self.errors:
                self.add_error("begins_on", gettext("Kies de eerste dag, of kies hierboven een maand."))
        elif ends and ends < begins:
            self.add_error("ends_on", gettext("Dit is vóór de eerste dag. Kies een latere dag."))

    def window(self, found: dict[str, Any]) -> tuple[date, date] | None:
        """The first and last day, of a whole month or as chosen."""
        if found.get("month") == EXACT:
            begins = found.get("begins_on")
            return (begins, found.get("ends_on") or begins) if begins else None
        chosen = found.get("month")
        first = date.fromisoformat(chosen) if chosen else None
        return (first, month_end(first)) if first else None

    def wish(self) -> Wish:
        """What was filled in, as a line of the year."""
        data = self.cleaned_data
        window = self.window(data)
        assert window is not None
        kind, _sep, number = data["talk"].partition("-")
        owner_kind, _sep, owner = data["owner"].partition("-")
        return Wish(
            way=data["way"],
            title=data["title"],
            begins_on=window[0],
            ends_on=window[1],
            instrument=data["instrument"],
            roles=tuple(data["roles"]),
            criteria=tuple(self.known[key] for key in data["criteria"]),
            body=self.bodies.get(number) if kind == "overleg" else None,
            appointment=self.moments.get(number) if kind == "moment" else None,
            return_by=data["return_by"],
            note=data["note"],
            owner=self.owners.get(owner) if owner_kind == "mens" else None,
            owner_role=owner if owner_kind == "rol" else "",
        )


def filled(row: Intent, year: SchoolYear) -> dict[str, Any]:
    """A line as the form shows it."""
    month = row.begins_on.isoformat() if _is_month(row, year) else EXACT
    talk = (
        f"moment-{row.appointment_id}"
        if row.appointment_id
        else f"overleg-{row.body_id}"
        if row.body_id
        else ""
    )
    owner = f"mens-{row.owner_id}" if row.owner_id else f"rol-{row.owner_role}" if row.owner_role else ""
    return {
        "way": row.way,
        "title": row.title,
        "instrument": row.instrument,
        "roles": row.roles,
        "criteria": [str(pk) for pk in row.criteria.values_list("pk", flat=True)],
        "month": month,
        "begins_on": row.begins_on,
        "ends_on": row.ends_on,
        "talk": talk,
        "return_by": row.return_by,
        "owner": owner,
        "note": row.note,
        "version": row.version,
    }


def _is_month(row: Intent, year: SchoolYear) -> bool:
    one = row.begins_on.replace(day=1) == row.ends_on.replace(day=1)
    return one and Window(row.begins_on, row.ends_on).whole_months and year.holds(row.begins_on)


def _months(year: SchoolYear) -> list[tuple[str, str]]:
    months = [(first.isoformat(), date_format(first, "F Y")) for first in year.months]
    return [*months, (EXACT, gettext("Op andere dagen, hieronder"))]


def _bodies(access: Access, layer_id: int) -> dict[str, Body]:
    around = (layer_id, *access.tree.above(layer_id))
    rows = Body.objects.filter(partnership=access.partnership, organisation_id__in=around, pair=False)
    return {
        str(body.pk): body for body in sorted(rows, key=lambda b: (around.index(b.organisation_id), b.name))
    }


def _moments(access: Access, layer_id: int, year: SchoolYear) -> dict[str, Appointment]:
    around = (layer_id, *access.tree.above(layer_id))
    rows = Appointment.objects.filter(
        body__partnership=access.partnership,
        body__organisation_id__in=around,
        body__pair=False,
        cancelled_on__isnull=True,
        starts_at__date__range=(year.first, year.last),
    )
    return {str(row.pk): row for row in rows.select_related("body").order_by("starts_at", "id")}


def _talks(bodies: dict[str, Body], moments: dict[str, Appointment]) -> list[tuple[str, str]]:
    dated = [
        (f"moment-{key}", f"{row.body.name}, {date_format(localtime(row.starts_at), 'j F Y, H:i')}")
        for key, row in moments.items()
    ]
    loose = [
        (f"overleg-{key}", gettext("%(body)s, dag nog onbekend") % {"body": body.name})
        for key, body in bodies.items()
    ]
    return [("", gettext("Nog geen overleg")), *dated, *loose]


def _owners(access: Access, layer_id: int) -> dict[str, Person]:
    """Who may take care of it: the people with a role at the very layer."""
    rows = Membership.objects.filter(
        valid_on(access.day), partnership=access.partnership, organisation_id=layer_id, person__is_active=True
    )
    people = Person.objects.filter(pk__in=rows.values("person_id")).order_by("name")
    return {str(person.pk): person for person in people}


def _owner_words(access: Access, labels: dict[str, Any], owners: dict[str, Person]) -> list[tuple[str, str]]:
    roles = [(f"rol-{role.value}", gettext("een %(role)s") % {"role": labels[role]}) for role in ASKABLE]
    people = [(f"mens-{key}", person.name) for key, person in owners.items()]
    return [("", gettext("Nog niet afgesproken")), *people, *roles]


def year_of(text: str, day: date) -> SchoolYear:
    """The school year asked for in an address; that of today where it is none or far away."""
    now = school_year(day)
    asked = int(text) if text.isdecimal() and len(text) == 4 else now.year
    near = asked if abs(asked - now.year) <= 6 else now.year
    return SchoolYear(date(near, 8, 1), date(near + 1, 7, 31))


class DropForm(forms.Form):
    """Why a line does not go on."""

    because = forms.CharField(
        label=_("Waarom gaat dit niet door?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Schrijf in één zin waarom. Iedereen op deze laag kan het lezen.")},
    )
