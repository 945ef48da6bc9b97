"""The people one can be in the demo, with what there is to try."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lemniscaat.demo.crowd import CAST

Said = str | Promise


@dataclass(frozen=True)
class Card:
    """Somebody to be: `slug` is the key in the cast, `voice` the marker beside the name."""

    slug: str
    task: Said
    invitation: Said
    voice: str = ""

    @property
    def name(self) -> str:
        return dict(CAST)[self.slug]

    @property
    def short(self) -> str:
        return self.name.split(" ")[0]


CARDS: tuple[Card, ...] = (
    Card(
        "noor",
        _("schoolopleider van Het Waterrad"),
        _("Leid het gesprek van twintig minuten met het team. Twee afspraken komen terug."),
        "school_educator",
    ),
    Card(
        "joost",
        _("werkplekbegeleider in team onderbouw"),
        _("Schrijf een geeltje, en lees wat er van je eerste geeltje kwam."),
        "mentor",
    ),
    Card(
        "samira",
        _("student in team onderbouw"),
        _("Beantwoord een vraag op je telefoon en kijk wat er met eerdere antwoorden is gedaan."),
        "student",
    ),
    Card(
        "mariam",
        _("zij-instromer in team bovenbouw"),
        _("Bekijk bij wie je terechtkunt als je ergens mee zit."),
        "career_changer",
    ),
    Card(
        "tijmen",
        _("startende leraar in team onderbouw"),
        _("Vul voor jezelf een visiepunt in en leg het naast wat het team schreef."),
        "starter",
    ),
    Card(
        "hans",
        _("instituutsopleider bij Pabo De Oever"),
        _("Kijk met de opleiders wat begeleiders van jullie opdrachten merken."),
        "institute_educator",
    ),
    Card(
        "willem",
        _("schoolleider van Het Waterrad"),
        _("Zie in vijf minuten wat samen opleiden je school geeft en vraagt."),
        "school_leader",
    ),
    Card(
        "petra",
        _("programmaleider van De Brug"),
        _("Geef de ronde Halverwege terug, of begin een nieuwe ronde."),
    ),
    Card(
        "stef",
        _("lid van de stuurgroep"),
        _("Lees wat teams met de stuurgroep deelden, en geef antwoord."),
    ),
    Card(
        "bea",
        _("bestuurder van Stichting Rivierland"),
        _("Zie wat er met je bestuur is gedeeld. Een lijst van scholen is er niet."),
    ),
    Card(
        "quirine",
        _("kwaliteitsmedewerker"),
        _("Lees de open antwoorden voordat een ander ze ziet."),
    ),
    Card(
        "ad",
        _("beheerder"),
        _("Lees een lijst met mensen in en bekijk wie wat veranderde."),
    ),
)


def card_of(slug: str) -> Card | None:
    """The card with this key."""
    return next((card for card in CARDS if card.slug == slug), None)
