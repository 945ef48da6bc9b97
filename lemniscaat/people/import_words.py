"""What is wrong with a line of a table, in Dutch."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from lemniscaat.people.tables import Fault


def _sentences() -> dict[str, str]:
    return _of_a_file() | _of_a_line()


def _of_a_file() -> dict[str, str]:
    return {
        "no file": _("Kies eerst een bestand."),
        "too large": _("Dit bestand is te groot: hoogstens 2 MB. Knip het in stukken."),
        "spreadsheet": _(
            "Dit is een Excel-bestand. Kies in Excel ‘Opslaan als’ en dan ‘CSV’, en kies dat bestand."
        ),
        "no text": _("Dit bestand is geen tabel die we kunnen lezen. Sla de tabel op als CSV."),
        "no table": _(
            "Dit bestand is geen tabel die we kunnen lezen. Staat er een aanhalingsteken te veel of te weinig?"
        ),
        "empty": _("Er staat niets in, of alleen een regel met koppen."),
        "no column name": _("Een kolom ‘naam’ ontbreekt. We zien: %(value)s."),
        "no column email": _("Een kolom ‘e-mail’ ontbreekt. We zien: %(value)s."),
        "no column role": _("Een kolom ‘rol’ ontbreekt. We zien: %(value)s."),
        "no column place": _("Een kolom ‘organisatie’ ontbreekt. We zien: %(value)s."),
        "no column kind": _("Een kolom ‘soort’ ontbreekt. We zien: %(value)s."),
    }


def _of_a_line() -> dict[str, str]:
    return {
        "no name": _("De naam ontbreekt."),
        "name too long": _("De naam is te lang: ‘%(value)s…’."),
        "no mail": _("Het mailadres ontbreekt."),
        "wrong mail": _("‘%(value)s’ is geen mailadres."),
        "no role": _("De rol ontbreekt."),
        "no place": _("De organisatie ontbreekt."),
        "no kind": _("De soort ontbreekt: team, school, bestuur of opleiding."),
        "wrong day": _("‘%(value)s’ is geen datum. Schrijf bijvoorbeeld 1-8-2026."),
        "ends before it begins": _("Het einde ligt voor het begin: %(value)s."),
        "twice": _("Dit staat ook al op regel %(value)s."),
        "two names": _(
            "Dit mailadres heeft op een andere regel een andere naam: %(suggestion)s. Welke klopt?"
        ),
        "odd domain": _("‘%(value)s’ lijkt een tikfout. Bedoel je @%(suggestion)s?"),
        "other name": _("Wij kennen dit adres als %(suggestion)s. Die naam blijft staan."),
        "unknown role": _("De rol ‘%(value)s’ kennen we niet."),
        "role too high": _("De rol ‘%(value)s’ kan alleen een programmaleider of beheerder geven."),
        "unknown place": _("Een organisatie ‘%(value)s’ kennen we niet."),
        "several places": _("Er is meer dan één ‘%(value)s’. Gebruik de code, of schrijf ‘%(suggestion)s’."),
        "not your place": _("Bij ‘%(value)s’ mag jij niemand toevoegen."),
        "unknown kind": _("De soort ‘%(value)s’ kennen we niet. Kies team, school, bestuur of opleiding."),
        "part of itself": _("‘%(value)s’ hoort zo bij zichzelf. Kijk naar ‘onderdeel van’."),
        "other kind": _("De code %(value)s is al van iets anders: %(suggestion)s."),
    }


def sentence(fault: Fault) -> str:
    """What is wrong and what was probably meant, without the line."""
    words = _sentences()[fault.problem] % {"value": fault.value, "suggestion": fault.suggestion}
    if fault.problem in {"unknown role", "unknown place", "unknown kind"} and fault.suggestion:
        words += " " + _("Bedoel je ‘%(suggestion)s’?") % {"suggestion": fault.suggestion}
    return words


def line(fault: Fault) -> str:
    """The same with its line, for the console."""
    return (
        _("regel %(line)d: %(words)s") % {"line": fault.line, "words": sentence(fault)}
        if fault.line
        else sentence(fault)
    )


def told(faults: Iterable[Fault]) -> list[tuple[int, str]]:
    """Line and sentence of each fault, for a page."""
    return [(fault.line, sentence(fault)) for fault in faults]
