"""How the year is told: days, roles, and who is silent; short Dutch, no numbers of people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lemniscaat.collection.figures import plural
from lemniscaat.collection.models import PermittedUse
from lemniscaat.datapoints.models import SourceKind
from lemniscaat.year.coverage import HARD, Again, Coverage, Ear, Heard, Often
from lemniscaat.year.schoolyear import Line, Standing
from lemniscaat.year.shifting import Window

STANDINGS = {
    Standing.PLANNED: gettext_lazy("gepland"),
    Standing.MISSED: gettext_lazy("stond gepland"),
    Standing.DRAFT: gettext_lazy("in voorbereiding"),
    Standing.OPEN: gettext_lazy("nu gevraagd"),
    Standing.WAITING: gettext_lazy("wacht op terugkoppeling"),
    Standing.RETURNED: gettext_lazy("teruggegeven"),
    Standing.DONE: gettext_lazy("gedaan"),
}
METHODS = {
    "ronde": gettext_lazy("een ronde"),
    SourceKind.NOTE: gettext_lazy("geeltjes"),
    SourceKind.TICKET: gettext_lazy("exittickets"),
    SourceKind.REFLECTION: gettext_lazy("reflectieverslagen"),
    SourceKind.OBSERVATION: gettext_lazy("observaties"),
    SourceKind.REPORT: gettext_lazy("gespreksverslagen"),
    SourceKind.PANEL: gettext_lazy("panels"),
    SourceKind.FIGURE: gettext_lazy("cijfers"),
    SourceKind.TALK: gettext_lazy("gesprekken"),
    SourceKind.TEXT: gettext_lazy("open antwoorden"),
}


def listed(words: Sequence[str]) -> str:
    """'a', 'a en b', 'a, b en c'."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s en %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def several(roles: Iterable[str]) -> str:
    """Roles in words: 'studenten, WPB's en schoolopleiders'."""
    return listed([plural(role) for role in roles])


def whom(roles: Sequence[str], voices: Sequence[str]) -> str:
    """Who is asked; 'iedereen' where that is every voice there is here."""
    if len(voices) > 2 and set(voices) <= set(roles):
        return _("iedereen")
    return several(roles)


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def days(begins: date, ends: date) -> str:
    """'in november', 'in juni en juli', '3 november', '3 tot en met 21 november', '28 oktober tot en met 9 november'."""
    if Window(begins, ends).whole_months:
        first, last = date_format(begins, "F"), date_format(ends, "F")
        if first == last:
            return _("in %(month)s") % {"month": first}
        return _("%(first)s tot en met %(last)s") % {"first": first, "last": last}
    last = date_format(ends, "j F")
    if begins == ends:
        return last
    first = date_format(begins, "j" if (begins.year, begins.month) == (ends.year, ends.month) else "j F")
    return _("%(first)s tot en met %(last)s") % {"first": first, "last": last}


def when(line: Line) -> str:
    """When something is asked; of what runs only until when."""
    if line.standing is Standing.OPEN and line.begins != line.ends:
        return _("sinds %(day)s, tot en met %(last)s") % {
            "day": date_format(line.begins, "j F"),
            "last": date_format(line.ends, "j F"),
        }
    return days(line.begins, line.ends)


def talk(line: Line) -> str:
    """Where it is discussed: 'SO-netwerk, 3 december'."""
    if line.discussed:
        return f"{line.where}, {date_format(line.discussed, 'j F')}"
    return line.where


def back(line: Line, today: date) -> str:
    """When those who gave hear what came of it."""
    if line.back is None:
        return ""
    day = date_format(line.back, "j F")
    if line.standing is Standing.RETURNED:
        return _("Terug op %(day)s") % {"day": day}
    if line.standing is Standing.WAITING and line.back < today:
        return _("Beloofd op %(day)s, nog niet terug") % {"day": day}
    return _("Terug uiterlijk %(day)s") % {"day": day}


def ear(heard: Heard) -> str:
    """How a voice was heard, in a few words."""
    month = date_format(heard.day, "F Y") if heard.day else ""
    return {
        Ear.HEARD: date_format(heard.day, "F") if heard.day else "",
        Ear.TOGETHER: _("telt mee in het geheel"),
        Ear.LONG_AGO: _("het laatst in %(month)s") % {"month": month},
        Ear.SILENT: _("nog niet"),
    }[heard.ear]


def silence(found: Coverage, *, point: str, one_of_several: bool) -> str:
    """What we do not know yet about one criterion; empty where every voice was heard in both ways."""
    about = _("Bij één lat van ‘%(point)s’") if one_of_several else _("Over ‘%(point)s’")
    told = {"about": about % {"point": point}, "who": several(found.silent)}
    if found.nothing:
        return _("%(about)s weten we dit jaar nog niets.") % told
    if not found.silent:
        return _only(found.only) % told
    if not found.only:
        return _("%(about)s weten we dit jaar nog niets van %(who)s.") % told
    if found.only == HARD:
        return _("%(about)s weten we dit jaar nog niets van %(who)s, en alleen meetbaar.") % told
    return _("%(about)s weten we dit jaar nog niets van %(who)s, en alleen merkbaar.") % told


def _only(kind: str) -> str:
    if not kind:
        return ""
    if kind == HARD:
        return _("%(about)s weten we alleen wat meetbaar is.")
    return _("%(about)s weten we alleen wat merkbaar is.")


def missed(found: Coverage) -> str:
    """'WPB's hoorden we hier dit jaar nog niet.'"""
    if not found.silent:
        return ""
    return _("%(who)s hoorden we hier dit jaar nog niet.") % {"who": capital(several(found.silent))}


def remarks(found: Coverage) -> list[str]:
    """What else is missing about a criterion, a sentence each."""
    said = []
    if found.only == HARD:
        said.append(_("Alleen meetbaar: niemand vertelde er nog over."))
    elif found.only:
        said.append(_("Alleen merkbaar: er is nog niets geteld."))
    if found.only_method:
        method = METHODS.get(found.only_method, found.only_method)
        said.append(_("Alles kwam langs één weg: %(method)s.") % {"method": method})
    if not found.nothing and not found.on_table:
        said.append(_("Het staat nog in geen overleg."))
    if found.uses == {PermittedUse.LEARN}:
        said.append(_("Alles is om van te leren, niet om op te beslissen."))
    return said


def too_often(found: Sequence[Often]) -> list[str]:
    """A sentence for those who get as many questions and have the same agreement."""
    groups: dict[tuple[int, int], list[str]] = {}
    for one in found:
        groups.setdefault((one.times, one.budget), []).append(one.role)
    said = _(
        "%(who)s krijgen dit halfjaar %(times)d keer een vraag, met wat er gepland staat. De afspraak is %(budget)d."
    )
    return [
        said % {"who": capital(several(roles)), "times": times, "budget": budget}
        for (times, budget), roles in groups.items()
    ]


def soon_again(one: Again, title: str) -> str:
    told = {
        "who": capital(several(one.roles)),
        "title": title,
        "first": date_format(one.first, "j F"),
        "then": date_format(one.then, "j F"),
    }
    return _("%(who)s krijgen ‘%(title)s’ op %(first)s en op %(then)s. Kan het ook één keer?") % told


def only_gave(role: str) -> str:
    told = {"who": capital(plural(role))}
    return _("%(who)s gaven dit jaar iets en hoorden nog niet wat ermee gebeurde.") % told
