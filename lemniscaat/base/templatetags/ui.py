"""Components for templates: `{% load ui %}`; each is described in COMPONENTS.md."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.forms.forms import BaseForm
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lemniscaat.base.drawings.icons import ICONS
from lemniscaat.base.drawings.lemniscate import small
from lemniscaat.base.drawings.voices import HOLLOW, MARKERS, look_of
from lemniscaat.base.templatetags import pictures

register = template.Library()

Context = dict[str, Any]


@register.filter
def groups(code: object, size: int = 3) -> str:
    """A code in groups that can be read aloud: '482913' becomes '482 913'; a code with spaces stays as it is."""
    text = str(code)
    if " " in text or not text.isdigit():
        return text
    return " ".join(text[i : i + size] for i in range(0, len(text), size))


@register.inclusion_tag("base/ui/icon.html")
def icon(name: str) -> Context:
    """A line icon, as decoration beside words."""
    return {"path": ICONS[name]}


@register.inclusion_tag("base/ui/logo.html")
def logo() -> Context:
    return {"loop": small("", 17.0, 1.3)}


@register.inclusion_tag("base/ui/voice_marker.html")
def voice_marker(slug: str) -> Context:
    """The shape of a perspective; nothing for a group that is no perspective."""
    voice = look_of(slug)
    return {"voice": voice, "path": MARKERS.get(voice, ""), "hollow": voice in HOLLOW}


@register.inclusion_tag("base/ui/crumbs.html")
def crumbs(trail: Iterable[tuple[str, str]]) -> Context:
    """The way back up: (name, url) pairs, the last one without a link."""
    return {"trail": list(trail)}


@register.inclusion_tag("base/ui/attention_item.html")
def attention_item(
    title: str, url: str, text: str = "", activity: str = "", first: bool = False, button_label: str = ""
) -> Context:
    """One thing that asks for attention; only the first has a button."""
    return {
        "title": title,
        "url": url,
        "text": text,
        "activity": activity,
        "first": first,
        "button_label": button_label if first else "",
    }


@register.inclusion_tag("base/ui/choice.html")
def choice(
    name: str,
    value: object,
    label: str,
    checked: bool = False,
    apart: bool = False,
    kind: str = "radio",
    hint: str = "",
    required: bool = False,
) -> Context:
    """One possible answer: a native radio or checkbox, the whole row is the target."""
    return {
        "name": name,
        "value": value,
        "label": label,
        "checked": checked,
        "apart": apart,
        "kind": kind,
        "hint": hint,
        "required": required,
    }


@register.inclusion_tag("base/ui/choice_field.html")
def choice_field(field: BoundField, apart: str = "", question: bool = False) -> Context:
    """A form field with radios or checkboxes as rows; values named in `apart` stand lower."""
    lower = set(apart.split())
    options = [
        (option, str(option.data.get("value", "")) in lower)
        for option in field
        if option.data.get("value") != ""
    ]
    return {"field": field, "options": options, "question": question}


@register.inclusion_tag("base/ui/field.html")
def field(bound: BoundField, apart: str = "") -> Context:
    """Any form field: label, help, widget and what went wrong."""
    widget = bound.field.widget
    several = isinstance(widget, (RadioSelect, CheckboxSelectMultiple))
    return {
        "field": bound,
        "apart": apart,
        "as_choices": several,
        "as_tick": isinstance(widget, CheckboxInput),
        "ticked": bool(bound.value()) if isinstance(widget, CheckboxInput) else False,
    }


@register.inclusion_tag("base/ui/form_errors.html")
def form_errors(form: BaseForm) -> Context:
    """What is wrong with the whole form, first, with a link to each field."""
    wrong = [bound for bound in form if bound.errors] if form.is_bound else []
    return {"general": form.non_field_errors() if form.is_bound else [], "wrong": wrong}


@register.inclusion_tag("base/ui/meaning.html")
def meaning(text: str, said: str = "", title: str = "", level: int = 3) -> Context:
    """What a group says it means."""
    return {"text": text, "said": said, "title": title or _("Onze betekenis"), "level": level}


@register.inclusion_tag("base/ui/dissent.html")
def dissent(text: str, said: str = "", title: str = "", level: int = 3) -> Context:
    """The other voice: as wide as the meaning, never folded away."""
    return {"text": text, "said": said, "title": title or _("Het andere geluid"), "level": level}


@register.inclusion_tag("base/ui/quote.html")
def quote(text: str, said: str = "") -> Context:
    """Somebody's words, and where they come from."""
    return {"text": text, "said": said}


@register.inclusion_tag("base/ui/agreement.html")
def agreement(
    course: str,
    text: str,
    who: str = "",
    notice: str = "",
    returns: str = "",
    because: str = "",
    url: str = "",
    state: str = "",
) -> Context:
    """A card of an agreement; `course` is adjust or sustain, in the same ink."""
    facts = (
        (_("Omdat"), because),
        (_("Wie let erop"), who),
        (_("We merken het"), notice),
        (_("Komt terug"), returns),
    )
    return {
        "adjust": course == "adjust",
        "text": text,
        "url": url,
        "state": state,
        "facts": [(label, value) for label, value in facts if value],
    }


@register.inclusion_tag("base/ui/steps.html")
def steps(items: Iterable[Any]) -> Context:
    """The steps of a talk; each has name, minutes, state (done, now, next) and url."""
    return {"items": list(items)}


@register.inclusion_tag("base/ui/written.html")
def written(done: int, total: int) -> Context:
    """How many at this table wrote something: filled dots first, so nobody has a place."""
    return {"places": [i < done for i in range(total)]}


@register.simple_block_tag
def notice(
    content: SafeString, icon_name: str = "info", kind: str = "", title: str = "", **kwargs: Any
) -> SafeString:
    """A message with an icon and a bold opening; `kind`: '', empty, mark, asks or soft; `small=True`."""
    return render_to_string(
        "base/ui/notice.html",
        {
            "content": content,
            "icon_name": icon_name,
            "kind": kind,
            "title": title,
            "small": kwargs.get("small"),
        },
    )


@register.inclusion_tag("base/ui/table.html")
def table(
    head: Sequence[str], rows: Iterable[Sequence[object]], caption: str = "", numeric: str = ""
) -> Context:
    """A table in a box that scrolls; `numeric` names the columns of figures, counted from 1."""
    right = {int(number) for number in numeric.split()}
    return {
        "head": [(label, i in right) for i, label in enumerate(head, 1)],
        "rows": [[(cell, i in right) for i, cell in enumerate(row, 1)] for row in rows],
        "caption": caption,
    }


@register.filter
def current_name(layers: Iterable[Mapping[str, Any]]) -> str:
    """The name of the layer somebody is on; '' when on none."""
    return next((str(layer["name"]) for layer in layers if layer.get("current")), "")


@register.filter
def get(mapping: Mapping[Any, Any], key: object) -> Any:
    """A value of a mapping by a key that is itself a variable."""
    return mapping.get(key)


# one `{% load ui %}` brings the drawings too
register.tags.update(pictures.register.tags)
register.filters.update(pictures.register.filters)
