"""What a report asks: its three headings, who was there in roles, who reads it and what it may serve for."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lemniscaat.collection.models import PermittedUse
from lemniscaat.datapoints.capture_forms import ONLY_ME
from lemniscaat.datapoints.forms import VOICES
from lemniscaat.datapoints.reporting import OWN, Told, Wording, may_write
from lemniscaat.datapoints.sorts import PANEL, REFLECTION, Sort
from lemniscaat.datapoints.themes import Topic
from lemniscaat.people.access import Access
from lemniscaat.people.models import Role
from lemniscaat.vision.models import Criterion

MOST = 2000
USES = (
    (PermittedUse.LEARN, _("Om van te leren")),
    (PermittedUse.POOL, _("Om van te leren, en later naast andere te leggen")),
    (PermittedUse.DECIDE, _("Er mag ook een besluit op rusten")),
)


def _day_field() -> forms.DateField:
    return forms.DateField(
        label=_("Wanneer?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def _use_field(help_text: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Waar mag dit voor dienen?"), choices=USES, widget=forms.RadioSelect, help_text=help_text
    )


def _heading_fields(sort: Sort, *, start: str = "", rows: int = 4) -> Iterable[tuple[str, forms.CharField]]:
    tongue = get_language() or "nl"
    for heading in sort.headings:
        box = forms.Textarea(attrs={"rows": rows})
        yield (
            f"{start}{heading.key}",
            forms.CharField(
                label=heading.name.say(tongue),
                help_text=heading.help.say(tongue),
                max_length=MOST,
                required=False,
                widget=box,
            ),
        )


def _roles(access: Access) -> list[tuple[str, str]]:
    labels = {**dict(Role.choices), **access.partnership.role_labels}
    return [(role.value, str(labels[role]).capitalize()) for role in Role if role != Role.ADMIN]


class ReportForm(forms.Form):
    """A report with a light template."""

    title = forms.CharField(label=_("Waar ging het over?"), max_length=160)
    happened_on = _day_field()
    present = forms.MultipleChoiceField(
        label=_("Wie waren erbij?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Alleen rollen, geen namen."),
    )
    perspective = forms.ChoiceField(label=_("Wiens stem is dit?"), choices=VOICES)
    criterion = forms.ChoiceField(label=_("Bij welke lat hoort het?"), required=False)
    permitted_use = _use_field(
        _("Dit beloof je wie iets vertelde. Wijder kan later alleen als zij dat goed vinden.")
    )
    circle = forms.ChoiceField(label=_("Wie mag dit lezen?"))
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(
        self, *args: Any, access: Access, sort: Sort, criteria: Iterable[Criterion], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sort = sort
        for name, box in _heading_fields(sort):
            self.fields[name] = box
        self._choose("present", _roles(access))
        self._choose("circle", readers(access, sort.key))
        self._choose("criterion", [("", _("Nog geen, of geen ervan")), *of_criteria(criteria)])
        if sort.key == REFLECTION:
            del self.fields["perspective"]

    def _choose(self, name: str, options: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = options  # type: ignore[attr-defined]  # a choice field

    @property
    def headings(self) -> list[forms.BoundField]:
        """The fields of the template, in their order."""
        return [self[heading.key] for heading in self.sort.headings]

    @property
    def passages(self) -> Told:
        """What was written under each heading."""
        return [(one.key, self.cleaned_data.get(one.key, "")) for one in self.sort.headings]

    def wording(self, own_role: str) -> Wording:
        """What the report says; a reflection speaks in one's own role."""
        given = self.cleaned_data
        voice = given.get("perspective") or own_role
        return Wording(given["title"], self.passages, given["present"], given["happened_on"], voice)

    def clean(self) -> dict[str, Any]:
        """Something stands under at least one heading."""
        found = super().clean() or {}
        first = self.sort.headings[0].key
        if not any(found.get(one.key, "").strip() for one in self.sort.headings):
            self.add_error(first, _("Schrijf onder minstens één kopje een zin. Meer hoeft niet."))
        return found


class ChangeForm(ReportForm):
    """The same report again: its words, not what it may serve for or who reads it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("circle", "criterion", "permitted_use", "form_key"):
            del self.fields[name]
        if self.sort.key == PANEL:
            del self.fields["present"], self.fields["perspective"]

    def wording(self, own_role: str) -> Wording:
        """What the report says now; of a panel, who sat in it stays."""
        given = self.cleaned_data
        voice = given.get("perspective", own_role)
        return Wording(given["title"], self.passages, given.get("present", ()), given["happened_on"], voice)


def of_criteria(criteria: Iterable[Criterion]) -> list[tuple[str, Any]]:
    """Criteria to choose from, with their vision point."""
    return [
        (str(one.pk), f"{one.point.title}: {shorten(one.sentence, 80, placeholder=' …')}") for one in criteria
    ]


def readers(access: Access, sort: str) -> list[tuple[str, Any]]:
    """The circles that a report may be written for; one's own may stay with oneself."""
    below = [layer for place in access.layers for layer in access.tree.below(place.id)]
    layers = [*access.layers, *access.tree.ordered({*below} - {layer.id for layer in access.layers})]
    circles = [(str(layer.id), layer.name) for layer in layers if may_write(access, sort, layer.id)]
    return [*circles, *([(ONLY_ME, _("Alleen ik"))] if sort in OWN else [])]


class PanelForm(forms.Form):
    """The report of a panel, theme by theme."""

    title = forms.CharField(label=_("Hoe heet dit panel?"), max_length=120)
    happened_on = _day_field()
    people = forms.IntegerField(
        label=_("Met hoeveel waren jullie?"), min_value=1, max_value=40,
        help_text=_("Zes tot acht is goed. De gespreksleider telt niet mee."),
    )  # fmt: skip
    schools = forms.IntegerField(
        label=_("Van hoeveel scholen?"), min_value=1, max_value=40, help_text=_("Minstens drie is goed.")
    )
    present = forms.MultipleChoiceField(
        label=_("In welke rollen?"), widget=forms.CheckboxSelectMultiple, help_text=_("Nooit namen.")
    )
    perspective = forms.ChoiceField(label=_("Wiens stem is dit vooral?"), choices=VOICES)
    led_by_outsider = forms.BooleanField(
        label=_("Wie het gesprek leidde, beoordeelt niemand van hen"), required=False
    )
    read_back = forms.BooleanField(label=_("Het panel las dit na en vindt het goed zo"), required=False)
    because = forms.CharField(
        label=_("Het ging anders dan bedoeld, want"), required=False, max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Alleen als aantal, scholen of gespreksleider anders was. Wie leest, ziet je reden."),
    )  # fmt: skip
    permitted_use = _use_field(_("Dit beloofde je het panel."))
    circle = forms.ChoiceField(label=_("Wie mag dit lezen?"))
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(
        self,
        *args: Any,
        access: Access,
        sort: Sort,
        topics: Iterable[Topic],
        criteria: Iterable[Criterion],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sort, self.topics = sort, tuple(topics)
        self.fields["present"].choices = _roles(access)  # type: ignore[attr-defined]  # a choice field
        self.fields["circle"].choices = readers(access, PANEL)  # type: ignore[attr-defined]  # a choice field
        options = [("", _("Geen lat")), *of_criteria(criteria)]
        for topic in self.topics:
            for name, box in _heading_fields(sort, start=f"{topic.key}_", rows=3):
                self.fields[name] = box
            self.fields[f"{topic.key}_lat"] = forms.ChoiceField(
                label=_("Hangt bij"), required=False, choices=options, initial=topic.criterion_id or ""
            )

    @property
    def themes(self) -> list[tuple[Topic, list[forms.BoundField]]]:
        """Each theme with its fields."""
        names = [*(one.key for one in self.sort.headings), "lat"]
        return [(topic, [self[f"{topic.key}_{name}"] for name in names]) for topic in self.topics]

    def told(self, topic: Topic) -> Told:
        """What was written on one theme."""
        return [(one.key, self.cleaned_data.get(f"{topic.key}_{one.key}", "")) for one in self.sort.headings]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        keys = [f"{topic.key}_{one.key}" for topic in self.topics for one in self.sort.headings]
        if not any(found.get(key, "").strip() for key in keys):
            self.add_error(None, _("Schrijf bij minstens één thema op wat je hoorde."))
        return found
