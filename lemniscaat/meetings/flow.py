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
    paper: str
    hint: str = ""
    alone: bool = False


STEPS: tuple[Step, ...] = (
    Step(
        "arrive",
        gettext_noop("Aankomen"),
        2,
        gettext_noop("Dit is onze lat. Wie zit er aan tafel, en wie missen we?"),
        gettext_noop("Lees samen de lat hardop. Kijk eerst wat terugkomt: wat hielp, wat zat in de weg?"),
        gettext_noop("Lees samen de visie en onze lat hardop. Wie is er, wie missen we? Wat komt terug?"),
    ),
    Step(
        "expect",
        gettext_noop("Eerst zelf verwachten"),
        2,
        gettext_noop("Twee minuten stil. Wat verwacht je zo te zien?"),
        gettext_noop("Ieder schrijft voor zich. Niemand ziet nog iets, jij ook niet."),
        gettext_noop("Het vel is dichtgevouwen. Schrijf voor jezelf: wat verwacht je te zien?"),
        gettext_noop("Raden mag. Het gaat om het verschil met wat er straks staat."),
        alone=True,
    ),
    Step(
        "see",
        gettext_noop("Wat zien we?"),
        4,
        gettext_noop("Noem alleen wat er staat. Nog geen oorzaak."),
        gettext_noop("De student begint. Ga daarna de kring rond: ieder één ding."),
        gettext_noop("Vouw open. Noem alleen wat er staat, nog geen oorzaak. De student begint."),
        gettext_noop("Gaat het snel over oorzaken? Zeg: ‘Die bewaren we voor de volgende stap.’"),
    ),
    Step(
        "alone",
        gettext_noop("Betekenis: eerst alleen"),
        3,
        gettext_noop("Drie minuten stil. Schrijf één zin: wat betekent dit voor onze lat?"),
        gettext_noop("Jij schrijft ook mee. Niemand ziet nog iets, jij ook niet."),
        gettext_noop("Stil. Schrijf één zin op de achterkant. ‘We weten het nog niet’ mag ook."),
        gettext_noop("Hierna leest de student als eerste voor. ‘We weten het nog niet’ is ook een zin."),
        alone=True,
    ),
    Step(
        "together",
        gettext_noop("Betekenis: samen"),
        4,
        gettext_noop("Welke zin kan iedereen hier morgen uitleggen?"),
        gettext_noop("Schrijf één zin samen. Past hij iemand niet? Dan staat dat ernaast."),
        gettext_noop("Lees voor, de student eerst. Kies samen één zin. Bewaar het andere geluid."),
        gettext_noop("Twee verklaringen zijn beter dan één. Hoe kom je erachter welke klopt?"),
    ),
    Step(
        "direct",
        gettext_noop("Houden of verleggen"),
        3,
        gettext_noop("Wat doen wij maandag anders, of juist weer?"),
        gettext_noop("Eén afspraak is genoeg: wie let erop, waaraan merken we het, waar komt het terug?"),
        gettext_noop("Wat doen wij maandag anders, of juist weer? Wie let erop?"),
        gettext_noop("Houden is even veel waard als verleggen."),
    ),
    Step(
        "tell",
        gettext_noop("Wie hoort dit?"),
        2,
        gettext_noop("Aan wie leggen we dit uit, en wiens bezwaar noemen we daarbij?"),
        gettext_noop("Lees de afspraak nog één keer voor. Hoe ging dit gesprek zelf?"),
        gettext_noop("Aan wie leggen we het uit, en wiens bezwaar noemen we erbij? Hoe ging dit gesprek?"),
    ),
)
BY_KEY = {step.key: step for step in STEPS}

ORDER: dict[str, tuple[str, ...]] = {
    "inform": ("arrive", "expect", "see", "alone", "together", "direct", "tell"),
    "mean": ("arrive", "see", "alone", "together", "direct", "tell"),
    "direct": ("arrive", "direct", "see", "alone", "together", "tell"),
    "account": ("arrive", "alone", "see", "together", "direct", "tell"),
}
"""The steps per door. What was agreed always comes first, telling always last; the rest starts where one came in.
Expecting belongs to gathering: whoever comes to give meaning or direction has seen something already."""

OPENING: dict[str, str] = {
    "inform": gettext_noop("Dit is onze lat. Wie zit er aan tafel, en wie missen we?"),
    "mean": gettext_noop("We weten hier al iets van. Vandaag gaat het erom wat het ons zegt."),
    "direct": gettext_noop(
        "We beginnen bij wat we willen doen. Daarna kijken we of dat klopt met wat we zien."
    ),
    "account": gettext_noop(
        "Stel dat iemand ernaar vraagt: wat kunnen we hierover uitleggen, en wat nog niet?"
    ),
}
"""What is said aloud on arriving, per door."""


def at(key: str) -> Step:
    """A step by its key; the first one for a talk that has not begun."""
    return BY_KEY.get(key, STEPS[0])


def opening(entry: str) -> str:
    """What is said aloud on arriving."""
    return OPENING.get(entry, STEPS[0].say)


def plan(entry: str, now: str = "") -> tuple[Step, ...]:
    """The steps of a talk that enters at a core activity, with the present step where it was not planned."""
    keys = list(ORDER.get(entry, ORDER["inform"]))
    if now in BY_KEY and now not in keys:
        natural = [step.key for step in STEPS]
        follow = next(key for key in natural[natural.index(now) + 1 :] if key in keys)
        keys.insert(keys.index(follow), now)
    return tuple(BY_KEY[key] for key in keys)


def skipped(entry: str) -> tuple[Step, ...]:
    """The steps that this door passes by; the leader may take them after all."""
    kept = {step.key for step in plan(entry)}
    return tuple(step for step in STEPS if step.key not in kept)


def after(entry: str, key: str) -> Step | None:
    """The step that follows, or None at the end."""
    return _beside(entry, key, 1)


def before(entry: str, key: str) -> Step | None:
    """The step that came before, or None at the start."""
    return _beside(entry, key, -1)


def _beside(entry: str, key: str, way: int) -> Step | None:
    steps = plan(entry, key)
    place = [step.key for step in steps].index(at(key).key) + way
    return steps[place] if 0 <= place < len(steps) else None


def minutes(entry: str) -> int:
    """How long the talk takes; a suggestion, nothing counts down."""
    return sum(step.minutes for step in plan(entry))
