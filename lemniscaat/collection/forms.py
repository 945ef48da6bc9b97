"""What an organiser fills in to start a round."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lemniscaat.collection.budget import asked_before, labelled
from lemniscaat.collection.models import PermittedUse, Plan, Round
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.shelf import Entry, shelf
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Role

NO_TALK = "none"
PLANS = (
    (Plan.ROLE, _("Eerst per rol: een uitkomst mengt rollen alleen als dat erbij staat.")),
    (Plan.PLACE, _("Eerst per school: handig voor een vraag over het team, waarbij rollen minder uitmaken.")),
    (Plan.BOARD_ROLE, _("Per bestuur, en daarbinnen per rol.")),
)
USES = (
    (PermittedUse.LEARN, _("Om van te leren")),
    (PermittedUse.POOL, _("Om van te leren en later jaren samen te nemen")),
    (PermittedUse.DECIDE, _("Om samen op te besluiten")),
)
ASKABLE = [role for role in Role if role != Role.ADMIN]


class RoundForm(forms.Form):
    """A new round at a layer; the reasons of 'yes, because' are asked only where they are needed."""

    instrument = forms.ChoiceField(label=_("Waarmee"), widget=RadioSelect)
    title = forms.CharField(
        label=_("Titel"),
        max_length=160,
        help_text=_("Zo zien mensen hem, bijvoorbeeld: Halverwege: hoe leer jij hier?"),
    )
    why = forms.CharField(
        label=_("Waarom vragen jullie dit?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Eén of twee zinnen. Ze staan bovenaan en in de uitnodiging."),
    )
    asked_by = forms.CharField(
        label=_("Wie vraagt dit?"),
        max_length=160,
        help_text=_("Voornamen zijn genoeg, bijvoorbeeld: Noor en Joost."),
    )
    roles = forms.MultipleChoiceField(label=_("In welke rol?"), widget=CheckboxSelectMultiple)
    appointment = forms.ChoiceField(
        label=_("Waar bespreken jullie het?"),
        required=False,
        help_text=_("Kies het overleg waarin de uitkomst op tafel ligt."),
    )
    no_appointment_because = forms.CharField(
        label=_("Nog geen overleg, want"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Alleen als je geen overleg kiest. De groep ziet je reden."),
    )  # fmt: skip
    over_budget_because = forms.CharField(
        label=_("Deze vraag kan erbij, want"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("De groep ziet je reden."),
    )  # fmt: skip
    return_by = forms.DateField(
        label=_("Wanneer hoort iedereen wat ermee gebeurt?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Een ronde is pas klaar als wie meedeed iets terughoorde."),
    )
    stops_on = forms.DateField(
        label=_("Laatste dag om mee te doen"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leeg: jij stopt de ronde zelf."),
    )  # fmt: skip
    by_mail = forms.BooleanField(
        label=_("Ieder krijgt een eigen link per mail"), required=False, initial=True
    )
    by_link = forms.BooleanField(
        label=_("Met een code of link voor iedereen"),
        help_text=_(
            "Wie de code heeft, kan meer dan één keer meedoen. Telt het nauw? Kies dan de eigen link."
        ),
        required=False,
    )
    by_paper = forms.BooleanField(
        label=_("Op papier"),
        help_text=_(
            "Jij drukt de bladen af en typt ze over, zonder te weten van wie ze zijn. Kan ook later nog."
        ),
        required=False,
    )
    plan = forms.ChoiceField(
        label=_("Hoe zie je de uitkomst?"), choices=PLANS, widget=RadioSelect, initial=Plan.ROLE,
        help_text=_("Groepen van minder dan zes mensen gaan op in een grotere. Dit ligt vast zodra de ronde opent."),
    )  # fmt: skip
    permitted_use = forms.ChoiceField(
        label=_("Waarvoor mag je de uitkomst gebruiken?"), choices=USES, widget=RadioSelect, initial=PermittedUse.LEARN,
        help_text=_("Dit staat bij de vragen en verandert niet meer."),
    )  # fmt: skip

    def __init__(self, *args: Any, access: Access, layer_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access, self.layer_id = access, layer_id
        labels = {**dict(Role.choices), **access.partnership.role_labels}
        entries = [entry for entry in shelf(access) if entry.instrument.round and not entry.instrument.frame]
        named = [(entry.key, _told(entry, access)) for entry in entries]
        self.fields["instrument"].choices = named  # type: ignore[attr-defined]  # a choice field
        self.fields["roles"].choices = [  # type: ignore[attr-defined]  # a choice field
            (role.value, str(labels[role]).capitalize()) for role in ASKABLE
        ]
        self.appointments = {str(one.pk): one for one in people.future_appointments(access, layer_id)}
        self.fields["appointment"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", gettext("Nog geen overleg")),
            *((key, _when(one)) for key, one in self.appointments.items()),
        ]
        asked = asked_before(access, layer_id=layer_id, roles=[role.value for role in ASKABLE])
        order = [role.value for role in ASKABLE]
        self.asked = labelled(
            sorted(asked, key=lambda one: order.index(one.role)),
            {role: str(label) for role, label in labels.items()},
        )
        self.fresh = [one.label for one in self.asked if not one.times]

    @property
    def full(self) -> bool:
        """Whether some role was asked as often as agreed."""
        return any(one.full for one in self.asked)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not (found.get("by_mail") or found.get("by_link") or found.get("by_paper")):
            self.add_error(
                "by_mail",
                gettext("Kies hoe mensen binnenkomen: met een eigen link, met een code of op papier."),
            )
        stops, back = found.get("stops_on"), found.get("return_by")
        if stops and stops < self.access.day:
            self.add_error("stops_on", gettext("Deze dag is al voorbij. Kies een dag die nog komt."))
        if stops and back and back < stops:
            self.add_error(
                "return_by", gettext("Dit is vóór de laatste dag om mee te doen. Kies een latere dag.")
            )
        return found

    @property
    def chosen_appointment(self) -> Appointment | None:
        return self.appointments.get(self.cleaned_data.get("appointment", ""))


class TicketForm(forms.Form):
    """An exit ticket: what it is called, until when, and where it is discussed."""

    title = forms.CharField(
        label=_("Waarover?"),
        max_length=160,
        help_text=_("Zo zien mensen het, bijvoorbeeld: Exitticket studiedag."),
    )
    stops_on = forms.DateField(
        label=_("Tot en met"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Daarna stopt het vanzelf."),
    )
    appointment = forms.ChoiceField(label=_("Waar bespreken jullie het?"), required=False)
    no_appointment_because = forms.CharField(
        label=_("Nog geen overleg, want"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Wie meedoet, ziet je reden."),
    )  # fmt: skip
    permitted_use = forms.ChoiceField(
        label=_("Waarvoor mag je de uitkomst gebruiken?"), choices=USES, widget=RadioSelect,
        help_text=_("Dit staat bij de vragen en verandert niet meer."),
    )  # fmt: skip

    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, access: Access, layer_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = access.day
        self.appointments = {str(one.pk): one for one in people.future_appointments(access, layer_id)}
        self.fields["appointment"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", gettext("Nog geen overleg")),
            *((key, _when(one)) for key, one in self.appointments.items()),
        ]

    def clean_stops_on(self) -> Any:
        """A day that has still to come, or today."""
        if self.cleaned_data["stops_on"] < self.day:
            raise forms.ValidationError(gettext("Deze dag is al voorbij. Kies een dag die nog komt."))
        return self.cleaned_data["stops_on"]

    @property
    def chosen_appointment(self) -> Appointment | None:
        return self.appointments.get(self.cleaned_data.get("appointment", ""))

    @property
    def asks_reason(self) -> bool:
        """Only where no talk is chosen, or none is in the diary."""
        return (
            not self.appointments
            or bool(self["no_appointment_because"].errors)
            or not self["appointment"].value()
        )


class ItemsForm(forms.Form):
    """Which questions tell something about our criterion."""

    items = forms.MultipleChoiceField(
        label=_("Deze vragen zeggen iets over onze lat"), widget=CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, round_: Round, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round_
        asked = [(item.key, item.text.say()) for item in instrument.items]
        self.fields["items"].choices = asked  # type: ignore[attr-defined]  # a choice field


def _told(entry: Entry, access: Access) -> str:
    """What an instrument is called, of whom a copy is, and how much it asks without the parts that may be added."""
    instrument = entry.instrument
    always = sum(len(part.items) for part in instrument.sections if not part.module) or len(instrument.items)
    minutes = ngettext("%(n)d vraag, %(m)d min.", "%(n)d vragen, %(m)d min.", always) % {
        "n": always,
        "m": instrument.answering_minutes,
    }
    place = access.tree.layers.get(entry.layer_id) if entry.layer_id else None
    of_whom = f", {place.name}" if place else ""
    return f"{instrument.titles.say()}{of_whom} ({minutes})"


def _when(appointment: Appointment) -> str:
    day = date_format(localtime(appointment.starts_at), "j F Y, H:i")
    return f"{appointment.body.name}, {day}"
