"""The steps of a twenty-minute talk, with what the leader says. Pure: no database, no web.

Wording: our own; the order follows the four core activities, entered at any door.
"""

from dataclasses import dataclass


def gettext_noop(text: str) -> str:
    """Mark a sentence for the catalogue; it is translated where it is shown."""
    return text


@dataclass(frozen=True)
class Step:
    """One step: a key, its name, minutes that suggest, a line to say aloud, and what everybody does."""

    key: str
    name: str
    minutes: int
    say: str
    do: str
    hint: str = ""
    alone: bool = False


STEPS: tuple[Step, ...] = (
    Step(
        "arrive",
        gettext_noop("Aankomen"),
        2,
        gettext_noop("Dit is onze lat. Wie zit er aan tafel, en wie missen we?"),
        gettext_noop("Lees samen de lat hardop. Kijk eerst wat terugkomt: wat hielp, wat zat in de weg?"),
    ),
    Step(
        "expect",
        gettext_noop("Eerst zelf verwachten"),
        2,
        gettext_noop("Twee minuten stil. Wat verwacht je zo te zien?"),
        gettext_noop("Ieder schrijft voor zich. Niemand ziet nog iets, jij ook niet."),
        gettext_noop("Raden mag. Het gaat om het verschil met wat er straks staat."),
        alone=True,
    ),
    Step(
        "see",
        gettext_noop("Wat zien we?"),
        4,
        gettext_noop("Noem alleen wat er staat. Nog geen oorzaak."),
        gettext_noop("De student begint. Ga daarna de kring rond: ieder één ding."),
        gettext_noop("Gaat het snel over oorzaken? Zeg: ‘Die bewaren we voor de volgende stap.’"),
    ),
    Step(
        "alone",
        gettext_noop("Betekenis: eerst alleen"),
        3,
        gettext_noop("Drie minuten stil. Schrijf één zin: wat betekent dit voor onze lat?"),
        gettext_noop("Jij schrijft ook mee. Niemand ziet nog iets, jij ook niet."),
        gettext_noop("Hierna leest de student als eerste voor. ‘We weten het nog niet’ is ook een zin."),
        alone=True,
    ),
    Step(
        "together",
        gettext_noop("Betekenis: samen"),
        4,
        gettext_noop("Welke zin kan iedereen hier morgen uitleggen?"),
        gettext_noop("Schrijf één zin samen. Past hij iemand niet? Dan staat dat ernaast."),
        gettext_noop("Twee verklaringen zijn beter dan één. Hoe kom je erachter welke klopt?"),
    ),
    Step(
        "direct",
        gettext_noop("Houden of verleggen"),
        3,
        gettext_noop("Wat doen wij maandag anders, of juist weer?"),
        gettext_noop("Eén afspraak is genoeg: wie let erop, waaraan merken we het, waar komt het terug?"),
        gettext_noop("Houden is even veel waard als verleggen."),
    ),
    Step(
        "tell",
        gettext_noop("Wie hoort dit?"),
        2,
        gettext_noop("Aan wie leggen we dit uit, en wiens bezwaar noemen we daarbij?"),
        gettext_noop("Lees de afspraak nog één keer voor. Hoe ging dit gesprek zelf?"),
    ),
)
BY_KEY = {step.key: step for step in STEPS}

FIRST_AFTER_ARRIVING = {"inform": "expect", "mean": "alone", "direct": "direct", "account": "tell"}
"""Every door starts with arriving, for what was agreed comes first; then the talk begins where one came in."""


def plan(entry: str) -> tuple[Step, ...]:
    """The steps of a talk that enters at a core activity; what lies before the door can still be gone to."""
    start = FIRST_AFTER_ARRIVING.get(entry, "expect")
    place = next(i for i, step in enumerate(STEPS) if step.key == start)
    return (STEPS[0], *STEPS[place:])


def skipped(entry: str) -> tuple[Step, ...]:
    """The steps that this door passes by."""
    kept = {step.key for step in plan(entry)}
    return tuple(step for step in STEPS if step.key not in kept)


def after(entry: str, key: str) -> Step | None:
    """The step that follows, or None at the end. A step outside the plan is followed by its neighbour."""
    steps = plan(entry) if key in {step.key for step in plan(entry)} else STEPS
    place = [step.key for step in steps].index(key)
    return steps[place + 1] if place + 1 < len(steps) else None


def before(entry: str, key: str) -> Step | None:
    """The step that came before, or None at the start."""
    steps = plan(entry) if key in {step.key for step in plan(entry)} else STEPS
    place = [step.key for step in steps].index(key)
    return steps[place - 1] if place else None


def minutes(entry: str) -> int:
    """How long the talk takes."""
    return sum(step.minutes for step in plan(entry))


def left(entry: str, key: str) -> int:
    """Minutes from the start of this step to the end, as a suggestion."""
    steps = plan(entry)
    keys = [step.key for step in steps]
    return sum(step.minutes for step in (steps[keys.index(key) :] if key in keys else STEPS))
