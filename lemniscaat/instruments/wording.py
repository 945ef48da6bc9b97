"""What the closed lists of the vocabulary are called on screen."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lemniscaat.instruments.grammar import GroupSize, Instrument
from lemniscaat.instruments.language import Language
from lemniscaat.instruments.vocabulary import ROLES
from lemniscaat.people.models import Partnership
from lemniscaat.people.queries import role_name

Labels = Mapping[str, str | Promise]

SITUATIONS: Labels = {
    "start": _("We beginnen net"),
    "newcomer": _("Er is iemand nieuw"),
    "vision-on-paper": _("Onze visie blijft op papier"),
    "numbers-unread": _("We hebben cijfers, maar praten er niet over"),
    "students-unheard": _("We horen studenten te weinig"),
    "good-enough": _("Zijn we goed genoeg?"),
    "friction": _("Het knelt ergens"),
    "support": _("Leidinggevenden zijn nog niet mee"),
    "ownership": _("Wie voelt zich eigenaar?"),
    "induction": _("We begeleiden starters"),
    "working-student": _("Een student wordt gevraagd te komen werken"),
    "learning-together": _("We willen samen leren"),
    "agreements-fade": _("Afspraken zakken weg"),
    "account": _("We moeten het uitleggen"),
    "look-closely": _("We willen in de praktijk kijken"),
}
ELEMENTS: Labels = {
    "vision": _("Gedeelde doorleefde visie"),
    "leadership": _("Integraal leiderschap"),
    "data": _("Vanuit visie datagedreven cyclisch werken"),
    "learning": _("Leren en professionaliseren"),
    "content": _("Participatief werken aan de inhoud"),
}
ACTIVITIES: Labels = {
    "inform": _("Informeren"),
    "mean": _("Betekenis geven"),
    "direct": _("Richting geven"),
    "account": _("Verantwoorden"),
}
WAARBORGEN: Labels = {
    "lerende-leraar": _("De lerende leraar"),
    "leeromgeving": _("De leeromgeving"),
    "organisatie": _("De organisatie"),
    "kwaliteitscultuur": _("De kwaliteitscultuur"),
}
SCHOOLS: Labels = {
    "empirical": _("meten: wat zien we als we tellen?"),
    "normative": _("toetsen: hoe verhoudt het zich tot onze lat?"),
    "reflective": _("spiegelen: wat betekent het voor ons?"),
}
LAYERS: Labels = {
    "pair": _("Tweetal"),
    "team": _("Team"),
    "school": _("School"),
    "institute": _("Opleiding"),
    "board": _("Bestuur"),
    "partnership": _("Partnerschap"),
    "network": _("Netwerk"),
}
WAYS: Labels = {
    "alone": _("Alleen"),
    "table": _("Aan tafel"),
    "live": _("Met een scherm in de zaal"),
    "paper": _("Op papier"),
    "interview": _("In een interview"),
}
MINUTES: Labels = {
    "10": _("10 minuten of korter"),
    "20": _("Tot 20 minuten"),
    "45": _("Tot 45 minuten"),
    "meer": _("Langer dan 45 minuten"),
}
SERIES: Labels = {"passietool": _("Zelfevaluatietool Passie voor Leren (Passietool)")}
SERIES_SHORT: Labels = {"passietool": _("Passietool")}
SERIES_PURPOSE: Labels = {
    "passietool": _(
        "In een gemengde groep zien waar jullie staan. Elk thema heeft een opdracht, een werkblad, kaarten en vier "
        "beschrijvingen."
    )
}
KINDS: Labels = {
    "scale": _("kies één antwoord"),
    "choice": _("kies één antwoord"),
    "choices": _("kies wat klopt"),
    "text": _("schrijf"),
    "number": _("vul een getal in"),
    "date": _("vul een dag in"),
    "ranking": _("zet op volgorde"),
    "placement": _("zoek je plek"),
    "wanted": _("nu en straks"),
    "polarity": _("tussen twee polen"),
    "table": _("vul een tabel in"),
    "statements": _("eens of oneens"),
    "cards": _("pak een kaart"),
    "notes": _("schrijf briefjes"),
    "checklist": _("loop de lijst langs"),
    "roadmap": _("loop de route langs"),
    "opportunities": _("vul het bord"),
    "picture": _("wijs een plek in de plaat aan"),
    "file": _("voeg iets toe"),
}


def label(labels: Labels, key: str) -> str:
    """What a key is called; the key itself where nobody named it yet."""
    return str(labels.get(key, key.replace("-", " ").capitalize()))


def series_title(series: str) -> str:
    """What the files of a series are called together."""
    return label(SERIES, series)


def activities(partnership: Partnership) -> Labels:
    """The four core activities as this partnership calls them."""
    return {key: partnership.activity_labels.get(key) or name for key, name in ACTIVITIES.items()}


def for_whom(partnership: Partnership, roles: Collection[str], shown: int = len(ROLES)) -> str:
    """The roles in one line; the first few by name where there are more than `shown`."""
    if not roles or set(ROLES).issubset(roles):
        return gettext("iedereen")
    names = [role_name(partnership, role) for role in roles]
    rest = len(names) - shown
    if rest < 2:
        return ", ".join(names)
    more = ngettext("nog %(n)d rol", "nog %(n)d rollen", rest) % {"n": rest}
    return ", ".join([*names[:shown], more])


def ways_in_words(instrument: Instrument) -> str:
    """How it can be used, in one line."""
    return ", ".join(str(WAYS[way]).lower() for way in instrument.ways)


def minutes_in_words(minutes: int) -> str:
    return ngettext("%(n)d minuut", "%(n)d minuten", minutes) % {"n": minutes}


def time_in_words(instrument: Instrument) -> str:
    """How long it takes; from the least to all of it where parts may be left out."""
    scripts = [(s.module, sum(cue.minutes for cue in s.script)) for s in instrument.sections if s.script]
    always = sum(minutes for module, minutes in scripts if not module)
    optional = [minutes for module, minutes in scripts if module and minutes]
    if instrument.minutes_written or not optional:
        return minutes_in_words(instrument.minutes)
    least, most = always or min(optional), always + sum(optional)
    if least == most:
        return minutes_in_words(most)
    return gettext("%(least)d tot %(most)d minuten") % {"least": least, "most": most}


def group_in_words(size: GroupSize) -> str:
    """For how many people at one table."""
    if size.max is None:
        return gettext("vanaf %(min)d mensen") % {"min": size.min} if size.min > 1 else gettext("elk aantal")
    if size.max == size.min:
        return ngettext("%(n)d mens", "%(n)d mensen", size.min) % {"n": size.min}
    return gettext("%(min)d tot %(max)d mensen") % {"min": size.min, "max": size.max}


def language() -> Language:
    """The language of the page at hand, for what is thought without Django."""
    return Language(get_language() or "nl", gettext, ngettext)
