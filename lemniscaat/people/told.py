"""The table of who may do what, told in plain Dutch; and the lines of the trail."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lemniscaat.people.models import Role, TrailEntry
from lemniscaat.people.policy import POLICY, Cell, Noun, Reach, Verb

Words = str | Promise

WORDS: dict[tuple[Noun, Verb], Words] = {
    (Noun.VISION, Verb.SEE): gettext_lazy("de visie en de lat lezen"),
    (Noun.VISION, Verb.DO): gettext_lazy("meeschrijven aan de visie en de lat"),
    (Noun.VISION, Verb.SHARE): gettext_lazy("de visie en de lat met een andere laag delen"),
    (Noun.ROUND, Verb.SEE): gettext_lazy(
        "zien welke rondes er zijn, en bij benadering hoeveel mensen meededen"
    ),
    (Noun.ROUND, Verb.DO): gettext_lazy("een ronde maken, openen en stoppen"),
    (Noun.ROUND, Verb.SHARE): gettext_lazy("een ronde met een andere laag delen"),
    (Noun.OUTCOME, Verb.SEE): gettext_lazy("uitkomsten zien van groepen van zes of meer mensen"),
    (Noun.OUTCOME, Verb.DO): gettext_lazy("uitkomsten klaarzetten"),
    (Noun.OUTCOME, Verb.SHARE): gettext_lazy("uitkomsten met een andere laag delen"),
    (Noun.NOTE, Verb.SEE): gettext_lazy("geeltjes lezen die de schrijver voor deze kring bedoelde"),
    (Noun.NOTE, Verb.DO): gettext_lazy("een geeltje plakken"),
    (Noun.NOTE, Verb.SHARE): gettext_lazy("je eigen geeltje aan meer mensen laten zien"),
    (Noun.FIGURE, Verb.SEE): gettext_lazy("cijfers zien die van elders komen, met hun bron"),
    (Noun.FIGURE, Verb.DO): gettext_lazy("cijfers van elders toevoegen, met hun bron"),
    (Noun.FIGURE, Verb.SHARE): gettext_lazy("cijfers van elders met een andere laag delen"),
    (Noun.MEETING, Verb.SEE): gettext_lazy("gesprekken en hun verslag zien"),
    (Noun.MEETING, Verb.DO): gettext_lazy("aan tafel zitten: gesprekken plannen, leiden en meedoen"),
    (Noun.MEETING, Verb.SHARE): gettext_lazy("een verslag met een andere laag delen"),
    (Noun.MEANING, Verb.SEE): gettext_lazy("lezen welke betekenis er gegeven is, met het andere geluid"),
    (Noun.MEANING, Verb.DO): gettext_lazy("samen betekenis geven"),
    (Noun.MEANING, Verb.SHARE): gettext_lazy("een betekenis met een andere laag delen, en dat terugnemen"),
    (Noun.AGREEMENT, Verb.SEE): gettext_lazy("afspraken zien, en of ze hielpen"),
    (Noun.AGREEMENT, Verb.DO): gettext_lazy("afspraken maken en erop terugkijken"),
    (Noun.AGREEMENT, Verb.SHARE): gettext_lazy("een afspraak met een andere laag delen, en dat terugnemen"),
    (Noun.SHARED, Verb.SEE): gettext_lazy("lezen wat andere lagen met jullie delen"),
    (Noun.SHARED, Verb.DO): gettext_lazy("namens jullie antwoorden op wat gedeeld is"),
    (Noun.SHARED, Verb.SHARE): gettext_lazy("doorgeven wat gedeeld is"),
    (Noun.RETURN, Verb.SEE): gettext_lazy("lezen wat er met antwoorden gedaan is"),
    (Noun.RETURN, Verb.DO): gettext_lazy("deelnemers vertellen wat er met hun antwoorden gedaan is"),
    (Noun.RETURN, Verb.SHARE): gettext_lazy("een terugkoppeling met een andere laag delen"),
    (Noun.ACCOUNT, Verb.SEE): gettext_lazy("de verantwoording van het jaar lezen"),
    (Noun.ACCOUNT, Verb.DO): gettext_lazy("de verantwoording van het jaar maken en het jaar afsluiten"),
    (Noun.ACCOUNT, Verb.SHARE): gettext_lazy("de verantwoording met een andere laag delen"),
    (Noun.PEOPLE, Verb.SEE): gettext_lazy("zien wie welke rol heeft"),
    (Noun.PEOPLE, Verb.DO): gettext_lazy("mensen en organisaties toevoegen, en namen wissen"),
    (Noun.PEOPLE, Verb.SHARE): gettext_lazy("de lijst van mensen met een andere laag delen"),
    (Noun.TEXT, Verb.SEE): gettext_lazy("open antwoorden lezen voordat ze vrijgegeven zijn"),
    (Noun.TEXT, Verb.DO): gettext_lazy(
        "open antwoorden als eerste lezen, en weghalen wat iemand herkenbaar maakt"
    ),
    (Noun.TEXT, Verb.SHARE): gettext_lazy("open antwoorden met een andere laag delen"),
    (Noun.TRAIL, Verb.SEE): gettext_lazy(
        "het spoor zien: wie iets veranderde en wie naar iets gevoeligs keek"
    ),
    (Noun.TRAIL, Verb.DO): gettext_lazy("in het spoor schrijven"),
    (Noun.TRAIL, Verb.SHARE): gettext_lazy("het spoor met een andere laag delen"),
    (Noun.CONCERNS, Verb.SEE): gettext_lazy("zien bij wie je terechtkunt als je ergens mee zit"),
    (Noun.CONCERNS, Verb.DO): gettext_lazy("bijhouden bij wie mensen terechtkunnen"),
    (Noun.CONCERNS, Verb.SHARE): gettext_lazy("namen van contactpersonen met een andere laag delen"),
}
"""One phrase for every noun and verb, also for those that no role has today."""

PLACES: dict[Reach, Words] = {
    Reach.OWN: gettext_lazy("Op de plek waar je deze rol hebt"),
    Reach.ABOVE: gettext_lazy("Bij de lagen daarboven"),
    Reach.BELOW: gettext_lazy("Bij de lagen daaronder"),
}
NEVER = (Noun.NOTE, Noun.MEETING, Noun.MEANING, Noun.AGREEMENT, Noun.TEXT)
"""What somebody might think that a role sees, and that is worth saying when it does not."""


@dataclass(frozen=True)
class Part:
    """What somebody may do within one reach, and what stays closed there."""

    reach: Reach
    place: str
    may: tuple[str, ...]
    closed: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """What some roles with the same rights may do, in words."""

    roles: tuple[str, ...]
    mine: bool
    parts: tuple[Part, ...]


def stories(mine: Collection[str] = (), labels: Mapping[str, str] | None = None) -> list[Story]:
    """What each role may see and do; roles with the same rights are told together, mine first."""
    groups: list[tuple[dict[Reach, Cell], list[Role]]] = []
    for role, row in POLICY.items():
        known = next((roles for same, roles in groups if same == row), None)
        if known is None:
            groups.append((row, [role]))
        else:
            known.append(role)
    names = labels or {}
    told = [
        Story(
            tuple(str(names.get(role) or role.label) for role in roles),
            any(role in mine for role in roles),
            tuple(_part(reach, row.get(reach, {})) for reach in Reach),
        )
        for row, roles in groups
    ]
    return sorted(told, key=lambda story: not story.mine)


def _part(reach: Reach, cell: Cell) -> Part:
    may = tuple(sentence for noun, verbs in cell.items() for sentence in sentences(noun, verbs))
    closed = tuple(str(WORDS[noun, Verb.SEE]) for noun in NEVER if not cell.get(noun)) if cell else ()
    return Part(reach, str(PLACES[reach]), may, closed if reach is Reach.BELOW else ())


def sentences(noun: Noun, verbs: Collection[Verb]) -> list[str]:
    """The rights on one thing in words; who may do something also sees it, and that need not be said twice."""
    told = [verb for verb in Verb if verb in verbs and not (verb is Verb.SEE and Verb.DO in verbs)]
    return [str(WORDS[noun, verb]) for verb in told]


THINGS: dict[str, Words] = {
    "agreement": gettext_lazy("een afspraak"),
    "goal": gettext_lazy("een punt op de agenda"),
    "step": gettext_lazy("een stap"),
    "appointment": gettext_lazy("een moment in de agenda"),
    "account": gettext_lazy("een verantwoording"),
    "assumption": gettext_lazy("een aanname"),
    "body": gettext_lazy("een overleg"),
    "callrequest": gettext_lazy("een vraag om gebeld te worden"),
    "contact": gettext_lazy("een contactpersoon"),
    "criterion": gettext_lazy("een lat"),
    "datapoint": gettext_lazy("iets wat we weten"),
    "decision": gettext_lazy("een besluit"),
    "interpretation": gettext_lazy("een betekenis"),
    "meeting": gettext_lazy("een gesprek"),
    "meetingpack": gettext_lazy("wat er bij een overleg op tafel ligt"),
    "membership": gettext_lazy("een rol van iemand"),
    "organisation": gettext_lazy("een organisatie"),
    "partnership": gettext_lazy("het partnerschap"),
    "instrumentcopy": gettext_lazy("een instrument"),
    "period": gettext_lazy("een schooljaar"),
    "chair": gettext_lazy("een stoel aan tafel"),
    "table": gettext_lazy("een tafel"),
    "person": gettext_lazy("iemand"),
    "collectiveview": gettext_lazy("een gezamenlijke tekst"),
    "dissentingvoice": gettext_lazy("een ander geluid"),
    "example": gettext_lazy("een voorbeeld"),
    "thank": gettext_lazy("een bedankje"),
    "question": gettext_lazy("een vraag bij een voorbeeld"),
    "figure": gettext_lazy("een cijfer van elders"),
    "figureimport": gettext_lazy("een bestand met cijfers"),
    "freetext": gettext_lazy("een open antwoord"),
    "indicator": gettext_lazy("een reeks cijfers"),
    "profile": gettext_lazy("het beroepsbeeld"),
    "report": gettext_lazy("een verslag"),
    "recognition": gettext_lazy("een herkenning"),
    "return": gettext_lazy("een terugkoppeling"),
    "intent": gettext_lazy("iets in het jaar"),
    "round": gettext_lazy("een ronde"),
    "share": gettext_lazy("een betekenis, afspraak of punt"),
    "upload": gettext_lazy("een tabel"),
    "visionpoint": gettext_lazy("een visiepunt"),
}
DEEDS: dict[str, Words] = {
    "adapted": gettext_lazy("paste %(thing)s aan"),
    "added": gettext_lazy("voegde %(thing)s toe"),
    "agreed": gettext_lazy("sprak %(thing)s af"),
    "answered": gettext_lazy("beantwoordde %(thing)s"),
    "approved": gettext_lazy("gaf %(thing)s vrij"),
    "asked": gettext_lazy("stelde %(thing)s"),
    "asked_again": gettext_lazy("vraagt in een ronde na of %(thing)s helpt"),
    "asked_use": gettext_lazy("vroeg of %(thing)s voor meer mag dienen"),
    "assumed": gettext_lazy("schreef %(thing)s op"),
    "attached": gettext_lazy("hing %(thing)s aan een lat"),
    "cancelled": gettext_lazy("zegde %(thing)s af"),
    "chose_people": gettext_lazy("koos wie %(thing)s krijgt"),
    "confirmed": gettext_lazy("keek %(thing)s na"),
    "closed": gettext_lazy("rondde %(thing)s af"),
    "decided": gettext_lazy("nam %(thing)s"),
    "done": gettext_lazy("zette %(thing)s op gedaan"),
    "dropped": gettext_lazy("liet %(thing)s niet doorgaan"),
    "copied": gettext_lazy("zette %(thing)s in de kast"),
    "corrected": gettext_lazy("verbeterde het adres van %(thing)s"),
    "differs": gettext_lazy("las %(thing)s anders dan een ander"),
    "erased": gettext_lazy("wiste de naam van %(thing)s"),
    "finished": gettext_lazy("sloot %(thing)s"),
    "froze": gettext_lazy("zette %(thing)s vast"),
    "imported": gettext_lazy("las %(thing)s in"),
    "invited": gettext_lazy("nodigde iedereen uit voor %(thing)s"),
    "hung": gettext_lazy("hing %(thing)s onder een punt"),
    "judged": gettext_lazy("toetste %(thing)s"),
    "looked": gettext_lazy("keek naar %(thing)s"),
    "looked_at_goal": gettext_lazy("keek of %(thing)s helpt"),
    "looked_back": gettext_lazy("keek terug op %(thing)s"),
    "mapped": gettext_lazy("legde %(thing)s naast een kader"),
    "moved": gettext_lazy("wijzigde %(thing)s"),
    "moved_place": gettext_lazy("zette %(thing)s op een andere plek"),
    "moved_phase": gettext_lazy("zette %(thing)s een stap verder"),
    "narrowed": gettext_lazy("liet %(thing)s voor minder dienen"),
    "opened": gettext_lazy("opende %(thing)s"),
    "opened_paper": gettext_lazy("liet papier toe bij %(thing)s"),
    "picked_up": gettext_lazy("pakte %(thing)s op"),
    "planned": gettext_lazy("plande %(thing)s"),
    "prepared": gettext_lazy("koos %(thing)s"),
    "published": gettext_lazy("maakte %(thing)s bekend"),
    "read_back": gettext_lazy("liet %(thing)s nalezen"),
    "reminded": gettext_lazy("herinnerde aan %(thing)s"),
    "read": gettext_lazy("las %(thing)s als eerste"),
    "readers": gettext_lazy("koos hoeveel mensen open antwoorden lezen voor %(thing)s"),
    "reads": gettext_lazy("ging de open antwoorden lezen van %(thing)s"),
    "released": gettext_lazy("gaf %(thing)s vrij"),
    "removed": gettext_lazy("haalde %(thing)s weg"),
    "renewed": gettext_lazy("maakte een nieuw agenda-adres voor %(thing)s"),
    "revised": gettext_lazy("herschreef %(thing)s"),
    "revoked": gettext_lazy("nam %(thing)s terug"),
    "sent": gettext_lazy("verstuurde het verslag van %(thing)s"),
    "shared": gettext_lazy("deelde %(thing)s"),
    "shared_out": gettext_lazy("verdeelde het werk van %(thing)s"),
    "shared_anew": gettext_lazy("deelde %(thing)s met nieuwe woorden"),
    "linked": gettext_lazy("legde een verband voor %(thing)s"),
    "unlinked": gettext_lazy("haalde een verband weg van %(thing)s"),
    "started": gettext_lazy("zette %(thing)s klaar"),
    "stopped": gettext_lazy("stopte %(thing)s"),
    "ticked": gettext_lazy("zette %(thing)s op gedaan of niet gedaan"),
    "took_up": gettext_lazy("pakte %(thing)s op"),
    "widened": gettext_lazy("liet %(thing)s voor meer dienen"),
    "withheld": gettext_lazy("hield %(thing)s achter"),
    "wrote": gettext_lazy("schreef %(thing)s"),
}


def trail_line(row: TrailEntry) -> str:
    """One line of the trail in words: who, did what, with what."""
    who = row.person.name if row.person else _("Iemand vanaf de server")
    thing = str(THINGS.get(row.noun, row.noun))
    if row.looked and row.detail.get("what") == "texts":
        n = int(row.detail.get("n", 0))
        thing = ngettext("%(n)d open antwoord", "%(n)d open antwoorden", n) % {"n": n}
    deed = str(DEEDS.get(row.verb, f"{row.verb} %(thing)s")) % {"thing": thing}
    return f"{who} {deed}"
