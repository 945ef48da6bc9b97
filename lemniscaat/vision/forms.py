"""What the vision asks: in words, each field with an opening to write on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lemniscaat.base import clock
from lemniscaat.people.models import Body
from lemniscaat.people.tree import Layer
from lemniscaat.vision.actions import CriterionText, PointText
from lemniscaat.vision.models import Framework, FrameworkNode

LONG = 4000
ALONE = {
    "meaning": _("Als dit lukt, wat zie je dan gebeuren in jouw klas of werk?"),
    "importance": _("Waarom gaat dit je aan het hart, of juist niet?"),
    "practice": _("De laatste keer dat je dit deed: wat deed je precies?"),
    "satisfied": _("Waaraan merk je dat het voor jou goed is?"),
}
TOGETHER = {
    "meaning": _("Wat betekent dit voor ons?"),
    "importance": _("Waarom vinden wij dit belangrijk?"),
    "practice": _("Hoe doen wij dit nu?"),
    "satisfied": _("Wanneer zijn wij tevreden?"),
}


def _text(label: Any, rows: int = 0, help_text: Any = "", size: int = LONG, required: bool = True) -> Any:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    missing = {"required": _("Vul dit nog in. Eén zin is genoeg.")}
    return forms.CharField(
        label=label,
        max_length=size,
        required=required,
        widget=widget,
        help_text=help_text,
        error_messages=missing,
    )


def _told(node: FrameworkNode) -> str:
    return f"{node.parent.name}: {node.name}" if node.parent else node.name


class Versioned(forms.Form):
    """A text that more people may change: the form knows which version it started from."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)


class ProfileForm(Versioned):
    """One of the three texts a layer stands for."""

    text = _text(_("De tekst"), 14, _("Een witregel begint een nieuwe alinea."), size=12_000)
    agreed_by = _text(
        _("Wie staat erachter?"),
        0,
        _("Bijvoorbeeld: stuurgroep en studentenpanel."),
        size=200,
        required=False,
    )


class PointForm(Versioned):
    """A vision point; a change asks why."""

    title = _text(_("Hoe heet dit punt?"), 0, _("Een paar woorden die iedereen onthoudt."), size=80)
    what = _text(_("Wat willen we?"), 3, _("De stip: wat is er dan zo?"))
    how = _text(_("Hoe doen we dat?"), 3, _("Wat doen mensen dan, morgen al?"))
    signs = _text(_("Wat zie of hoor je als het goed gaat?"), 4, _("Eén teken per regel."), required=False)
    because = _text(
        _("Waarom verander je dit?"),
        2,
        _("Dit leest iedereen terug in de geschiedenis van het punt."),
        size=1000,
    )

    def __init__(self, *args: Any, first: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["because"]

    @property
    def words(self) -> PointText:
        """The cleaned words of the point."""
        return PointText(**{name: self.cleaned_data[name] for name in ("title", "what", "how", "signs")})


class CriterionForm(Versioned):
    """Onze lat: one sentence and three steps, and how we would know."""

    sentence = _text(_("Onze lat in één zin"), 2, _("Wie doet wat, en wanneer?"), size=1000)
    good = _text(_("Goed is"), 0, _("Zo zien we het het liefst."), size=300)
    good_enough = _text(_("Goed genoeg is"), 0, _("Hier zijn we tevreden mee."), size=300)
    not_yet = _text(_("Nog niet is"), 0, _("Zo is het als we er nog niet zijn."), size=300)
    measurable = _text(_("Meetbaar"), 0, _("Wat kun je tellen?"), size=300, required=False)
    noticeable = _text(_("Merkbaar"), 0, _("Wat hoor of zie je bij mensen?"), size=300, required=False)
    layer = forms.TypedChoiceField(label=_("Voor wie geldt deze lat?"), coerce=int, widget=forms.RadioSelect)
    nodes = forms.ModelMultipleChoiceField(
        label="",
        queryset=FrameworkNode.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Meer dan één mag. Het verandert niets aan de lat."),
    )

    def __init__(self, *args: Any, layers: Iterable[Layer], lens: Framework | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(layer.id, layer.name) for layer in layers]
        field = self.fields["layer"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = choices
        if len(choices) == 1:
            field.widget = forms.HiddenInput()
            field.initial = choices[0][0]
        self._lens(lens)

    def _lens(self, lens: Framework | None) -> None:
        if lens is None:
            del self.fields["nodes"]
            return
        nodes = self.fields["nodes"]
        assert isinstance(nodes, forms.ModelMultipleChoiceField)
        nodes.queryset = (
            FrameworkNode.objects.filter(framework=lens).select_related("parent").order_by("order", "id")
        )
        nodes.label = _("Waar past dit in: %(lens)s?") % {"lens": lens.name}
        nodes.label_from_instance = _told  # type: ignore[assignment]  # as Django documents

    @property
    def words(self) -> CriterionText:
        """The cleaned words of the criterion."""
        names = ("sentence", "good", "good_enough", "not_yet", "measurable", "noticeable")
        return CriterionText(**{name: self.cleaned_data[name] for name in names})


class AgreeForm(forms.Form):
    """Who stands behind a vision point as it reads now."""

    body = forms.ModelChoiceField(
        label=_("Welk overleg?"),
        queryset=Body.objects.none(),
        empty_label=_("Kies een overleg"),
        error_messages={"required": _("Kies het overleg dat dit afsprak.")},
    )
    with_whom = _text(
        _("Wie zaten erbij?"),
        0,
        _("Bijvoorbeeld: drie studenten. Geen namen nodig."),
        size=200,
        required=False,
    )
    agreed_on = forms.DateField(
        label=_("Wanneer?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, bodies: Iterable[Body], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"agreed_on": clock.today()})
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Body.objects.filter(pk__in=[body.pk for body in bodies])

    def clean_agreed_on(self) -> date:
        """Not later than today."""
        day: date = self.cleaned_data["agreed_on"]
        if day > clock.today():
            raise forms.ValidationError(_("Deze dag moet nog komen. Kies de dag waarop het is afgesproken."))
        return day


class AloneForm(forms.Form):
    """One of the four questions, alone. Empty is allowed."""

    text = forms.CharField(max_length=LONG, required=False, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, question: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = ALONE[question]


class TogetherForm(Versioned):
    """The four questions as us, and the voice that differs."""

    meaning = _text(TOGETHER["meaning"], 3, _("Eén zin die ieder van jullie morgen kan uitleggen."))
    importance = _text(TOGETHER["importance"], 3, required=False)
    practice = _text(TOGETHER["practice"], 3, required=False)
    satisfied = _text(
        TOGETHER["satisfied"],
        3,
        _("Vanaf wanneer noemen jullie het goed genoeg? Dit wordt jullie lat."),
        required=False,
    )
    dissent = _text(
        _("Het andere geluid"),
        3,
        _("Kan iedereen hiermee leven? Schrijf op wat iemand anders ziet, en laat het staan."),
        required=False,
    )
