"""How it is told whether we know enough: short sentences, no numbers of people, no score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lemniscaat.agenda.decisions.richness import STAKES, Need, Richness, Size
from lemniscaat.collection.figures import plural
from lemniscaat.datapoints.models import SourceKind
from lemniscaat.year.words import METHODS, capital, listed, several

SIZES = [
    (Size.SMALL, gettext_lazy("Iets kleins"), gettext_lazy("volgende maand draaien we het zo terug")),
    (Size.YEAR, gettext_lazy("Voor dit schooljaar"), gettext_lazy("we richten ons werk ernaar in")),
    (Size.YEARS, gettext_lazy("Voor jaren"), gettext_lazy("er hangen uren, geld of plekken aan")),
]
FOR = {
    Size.SMALL: gettext_lazy("Voor iets kleins"),
    Size.YEAR: gettext_lazy("Voor een besluit over een schooljaar"),
    Size.YEARS: gettext_lazy("Voor een besluit van jaren"),
}
WAYS = {
    **METHODS,
    SourceKind.ROUND.value: gettext_lazy("een ronde"),
    "together": gettext_lazy("wat samen telt"),
}


def headline(rich: Richness) -> str:
    """Whether this is rich enough for a decision of this size, in one sentence."""
    told = {"size": FOR[rich.size]}
    if rich.enough:
        return _("%(size)s weten jullie genoeg.") % told
    if not rich.sources:
        return _("%(size)s is er nog niets wat mag meetellen.") % told
    return _("%(size)s missen jullie nog iets.") % told


def asks(size: Size) -> str:
    """What this size of decision asks."""
    return {
        Size.SMALL: _("Twee dingen die je weet, niet van één bron, en iets van het laatste jaar."),
        Size.YEAR: _("Drie bronnen langs twee wegen, geteld en verteld, van twee stemmen."),
        Size.YEARS: _("Vier bronnen langs drie wegen, geteld en verteld, van iedereen om wie het gaat."),
    }[size]


FEW = 5
"""From so many sources on their number is told."""


def there(rich: Richness) -> str:
    """What counts, in one line: how many sources, along which ways, how recent."""
    if not rich.sources:
        return ""
    ways = listed(sorted(str(WAYS.get(way, way)) for way in rich.ways))
    words = ngettext("Eén bron telt mee: %(ways)s.", "%(n)d bronnen tellen mee: %(ways)s.", rich.sources)
    if 1 < rich.sources < FEW:
        # each may be one person, and who reads the decision later may not see them
        words = _("Een paar bronnen tellen mee: %(ways)s.")
    told = words % {"n": rich.sources, "ways": ways}
    if rich.newest:
        told += " " + _("Het nieuwste is van %(day)s.") % {"day": date_format(rich.newest, "j F Y")}
    return told


def lacks(rich: Richness) -> list[tuple[Need, str]]:
    """What is missing, a sentence for each need that is told."""
    open_needs = rich.needs
    found = []
    for need in open_needs:
        hidden = need is Need.MORE and Need.SECOND in rich.lacking
        hidden |= need in {Need.FRESH, Need.WAY} and not rich.sources
        if not hidden:
            found.append((need, _lack(need, rich)))
    return found


def _lack(need: Need, rich: Richness) -> str:
    silent = several(rich.silent)
    stake = STAKES[rich.size]
    words = {
        Need.SECOND: _("Eén datapunt beslist nooit alleen. Er moet iets naast, van een andere bron.")
        if rich.sources
        else _("Nog niets van wat jullie weten, is gegeven om op te besluiten."),
        Need.MORE: ngettext(
            "Er mist nog %(n)d bron.", "Er missen nog %(n)d bronnen.", stake.sources - rich.sources
        )
        % {"n": stake.sources - rich.sources},
        Need.FRESH: _("Alles wat telt is ouder dan een jaar."),
        Need.VOICES: _("Nog niet gehoord het laatste jaar: %(who)s.") % {"who": silent},
        Need.HARD: _("Er is nog niets geteld wat mag meetellen."),
        Need.SOFT: _("Er is nog niets verteld wat mag meetellen."),
        Need.WAY: _("Alles kwam langs te weinig wegen. Wie het anders vraagt, hoort iets anders."),
    }
    return words[need]


def lack_then(need: str, silent: Sequence[str]) -> str:
    """What was missing at a decision, as a few words in a list."""
    return {
        Need.SECOND: _("iets naast het ene datapunt"),
        Need.MORE: _("meer bronnen"),
        Need.FRESH: _("iets van het laatste jaar"),
        Need.VOICES: several(silent),
        Need.HARD: _("iets wat geteld is"),
        Need.SOFT: _("iets wat verteld is"),
        Need.WAY: _("een andere manier van vragen"),
    }[Need(need)]


def line_said(source: str, voice: str, day: date, title: str = "") -> str:
    """One thing that counted, in one line: never a name."""
    told = {"day": date_format(day, "j F Y"), "title": title, "who": plural(voice) if voice else ""}
    if source == SourceKind.FIGURE:
        return _("%(title)s. Geteld, %(day)s.") % told
    if source == SourceKind.ROUND:
        return _("Ronde ‘%(title)s’, %(day)s") % told
    told["kind"] = capital(str(SourceKind(source).label))
    if not voice:
        return _("%(kind)s, %(day)s") % told
    if source in {SourceKind.REPORT, SourceKind.PANEL}:
        return _("%(kind)s: %(who)s, %(day)s") % told
    return _("%(kind)s van een van de %(who)s, %(day)s") % told


def together_said(kinds: Iterable[str]) -> list[str]:
    """What only counted together with others."""
    told = {
        "hard": _("Cijfers en rondes die alleen samen mogen tellen. Samen zijn het er genoeg."),
        "soft": _(
            "Wat mensen vertelden en alleen samen mag tellen. Samen zijn het er genoeg, en niemand staat apart."
        ),
    }
    return [told[kind] for kind in kinds]


def whom_and_how(voices: Sequence[str], kinds: frozenset[str]) -> str:
    """For an account: who was heard and how, in one sentence; empty where nothing is told."""
    who = several(voices)
    how = {
        frozenset({"hard", "soft"}): _("geteld en verteld"),
        frozenset({"hard"}): _("alleen geteld"),
        frozenset({"soft"}): _("alleen verteld"),
    }.get(kinds, "")
    if not how:
        return ""
    if not who:
        return _("Het rust op wat we weten, %(how)s.") % {"how": how}
    return _("Het rust op wat we weten van %(who)s, %(how)s.") % {"who": who, "how": how}
