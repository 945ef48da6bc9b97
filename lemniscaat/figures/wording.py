"""What is wrong with a file of figures or with a row of it, in Dutch, and what to do."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lemniscaat.figures.columns import Holds
from lemniscaat.figures.values import Fault

HOLDS = {
    Holds.SKIP: gettext_lazy("overslaan"),
    Holds.PLACE: gettext_lazy("organisatie: naam"),
    Holds.CODE: gettext_lazy("organisatie: code of BRIN"),
    Holds.PERIOD: gettext_lazy("periode"),
    Holds.NAME: gettext_lazy("naam van het cijfer of de vraag"),
    Holds.OPTION: gettext_lazy("welk antwoord"),
    Holds.WHOLE: gettext_lazy("het geheel: van hoeveel"),
    Holds.PART: gettext_lazy("cijfer: deel van een geheel"),
    Holds.PERCENT: gettext_lazy("cijfer: percentage van een geheel"),
    Holds.COUNT: gettext_lazy("cijfer: aantal"),
    Holds.NUMBER: gettext_lazy("cijfer: uren, geld of een ander getal"),
    Holds.YES_NO: gettext_lazy("cijfer: ja of nee"),
    Holds.SPREAD: gettext_lazy("hoe vaak dit antwoord"),
    Holds.MEAN: gettext_lazy("gemiddelde: nemen we niet over"),
    Holds.PERSON: gettext_lazy("iets van één persoon"),
}


def of_a_file(problem: str) -> str:
    """Why a file as a whole is not taken in."""
    return {
        "no file": _("Kies eerst een bestand."),
        "too large": _("Dit bestand is te groot: hoogstens 5 MB. Knip het in stukken."),
        "too many rows": _("Dit bestand heeft meer dan 20.000 rijen. Knip het in stukken."),
        "too many columns": _("Dit bestand heeft meer dan 200 kolommen. Laat weg wat je niet nodig hebt."),
        "broken": _(
            "Dit bestand is beschadigd of geen Excel-bestand. Open het in Excel en sla het opnieuw op."
        ),
        "locked": _("Op dit bestand zit een wachtwoord. Sla het op zonder wachtwoord en kies het opnieuw."),
        "no table": _(
            "Dit bestand is geen tabel die we kunnen lezen. Sla het op als CSV of als Excel (.xlsx)."
        ),
        "empty": _("Er staat niets in dit bestand."),
        "too many figures": _("Dit bestand heeft meer dan 20.000 cijfers. Knip het in stukken."),
        "no rows": _("Onder de koppen staat niets. Staat de goede rij bij ‘rij met de koppen’?"),
        "no figures": _("We vinden geen kolom met cijfers. Zeg hieronder welke kolom een cijfer is."),
        "only means": _(
            "Hier staan alleen gemiddelden. Een gemiddelde zegt niet hoe de antwoorden verdeeld zijn, dus nemen we"
            " het niet over. Vraag de opleiding hoe vaak elk antwoord is gegeven."
        ),
        "people in rows": _(
            "Dit lijkt een tabel met één regel per persoon. Die nemen we hier niet aan: wat iemand antwoordde moet"
            " anoniem blijven. De beheerder leest zo'n tabel in als ronde; dan tellen we de antwoorden op en tonen"
            " ze alleen in groepen van zes of meer. Klopt dit niet? Haal weg wat over personen gaat, of zeg wat elke"
            " kolom is."
        ),
    }[problem]


def _of_a_row() -> dict[str, str]:
    return _of_a_place() | _of_an_amount() | _set_aside()


def _of_a_place() -> dict[str, str]:
    return {
        "no place": _("De organisatie ontbreekt. Vul een naam of code in."),
        "unknown place": _("‘%(value)s’ kennen we niet. Kies bij ‘Wie is dit?’ welke organisatie dit is."),
        "several places": _("Er is meer dan één ‘%(value)s’. Gebruik de code."),
        "no period": _("De periode ontbreekt. Schrijf bijvoorbeeld 2025-2026."),
        "wrong period": _("‘%(value)s’ is geen periode. Schrijf bijvoorbeeld 2025-2026, 2025 of 1-10-2025."),
        "no name": _("De naam van het cijfer ontbreekt."),
        "twice": _("‘%(suggestion)s’ staat voor deze organisatie en periode ook al op regel %(value)s."),
        "other kind": _("‘%(value)s’ kennen we als een ander soort cijfer. Geef dit cijfer een andere naam."),
        "not your definition": _(
            "De omschrijving van ‘%(value)s’ is van %(suggestion)s en geldt ook voor anderen. Laat die staan, of geef"
            " jouw cijfer een eigen naam."
        ),
    }


def _of_an_amount() -> dict[str, str]:
    return {
        "no number": _("‘%(value)s’ bij ‘%(suggestion)s’ is geen getal."),
        "negative": _("‘%(value)s’ bij ‘%(suggestion)s’ is minder dan nul."),
        "no yes or no": _("‘%(value)s’ bij ‘%(suggestion)s’ is geen ja of nee."),
        "no whole": _("Bij ‘%(value)s’ ontbreekt van hoeveel: de kolom ‘%(suggestion)s’ is leeg."),
        "not whole": _("‘%(value)s’ bij ‘%(suggestion)s’ is geen heel getal. Klopt het decimaalteken?"),
        "larger than whole": _("Het deel is meer dan het geheel: %(value)s bij ‘%(suggestion)s’."),
        "percentage alone": _(
            "‘%(value)s’ is een percentage zonder aantal. Zet erbij van hoeveel, in een kolom ‘n’."
        ),
        "above hundred": _("‘%(value)s’ bij ‘%(suggestion)s’ is meer dan 100 procent."),
        "no such share": _("%(value)s kan niet bij %(suggestion)s: geen enkel aantal geeft dat percentage."),
        "answers as share": _(
            "‘%(value)s’ bij ‘%(suggestion)s’ is een aandeel. Vraag hoe vaak dit antwoord is gegeven."
        ),
    }


def _set_aside() -> dict[str, str]:
    return {
        "totals row": _(
            "Dit is een regel met totalen. Hoort hij bij het partnerschap, zet dan die naam erin; anders is hij"
            " niet nodig."
        ),
        "no figure here": _("Op deze regel staat geen cijfer: ‘%(value)s’."),
        "few": _("‘%(value)s’ bij ‘%(suggestion)s’: te weinig om over te nemen."),
        "too few": _(
            "‘%(suggestion)s’ gaat over minder dan vijf mensen. Dat nemen we niet over: het zou over iemand gaan."
            " Vraag het cijfer van het bestuur of van meer jaren samen."
        ),
        "too few answers": _(
            "‘%(suggestion)s’ rust op minder dan tien antwoorden. Dat nemen we niet over: ‘iedereen’ is dan bijna"
            " iemand. Vraag het van het bestuur of van meer jaren samen."
        ),
        "not your place": _("Voor ‘%(value)s’ kun jij geen cijfers inlezen. Vraag het de programmaleider."),
        "left out": _("‘%(value)s’ laat je weg."),
    }


def sentence(fault: Fault) -> str:
    """What is wrong and what to do, without the line."""
    words = _of_a_row()[fault.problem] % {"value": fault.value, "suggestion": fault.suggestion}
    if fault.problem == "unknown place" and fault.suggestion:
        words += " " + _("Bedoel je ‘%(suggestion)s’?") % {"suggestion": fault.suggestion}
    return words


def told(faults: Iterable[Fault]) -> list[tuple[int, str]]:
    """Line and sentence of each fault, for a page."""
    return [(fault.line, sentence(fault)) for fault in faults]
