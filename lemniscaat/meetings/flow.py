"""The steps of a twenty-minute talk, with what the leader says. Pure: no database, no web.

Wording: our own; the order follows the four core activities, entered at any door.
"""

from dataclasses import dataclass

ARRIVE, THINK, SHARE, SHOW, LOOK, TALK, WRITE, DECIDE, TELL = (
    "arrive",
    "think",
    "share",
    "show",
    "look",
    "talk",
    "write",
    "decide",
    "tell",
)
"""What everybody does in a step: come in with what returns, think alone, choose what one shares, look at what was laid
open, look at the data, talk, write one text together, agree, say who hears it."""


def gettext_noop(text: str) -> str:
    """Mark a sentence for the catalogue; it is translated where it is shown."""
    return text


@dataclass(frozen=True)
class Step:
    """One step: a key, its name, minutes that suggest, a line to say aloud, and what everybody does.

    `section`: the part of `twintig-minuten.yaml` that is filled in, or lies beside what is done here.
    """

    key: str
    kind: str
    name: str
    minutes: int
    say: str
    do: str
    paper: str
    hint: str = ""
    section: int = 0


STEPS: tuple[Step, ...] = (
    Step(
        "arrive",
        ARRIVE,
        gettext_noop("Aankomen"),
        2,
        gettext_noop("Dit is onze lat. Wie zit er aan tafel, en wie missen we?"),
        gettext_noop("Lees samen de lat hardop. Kijk eerst wat terugkomt: wat hielp, wat zat in de weg?"),
        gettext_noop("Lees samen de visie en onze lat hardop. Wie is er, wie missen we? Wat komt terug?"),
    ),
    Step(
        "expect",
        THINK,
        gettext_noop("Eerst zelf verwachten"),
        2,
        gettext_noop("Twee minuten stil. Wat verwacht je zo te zien?"),
        gettext_noop("Ieder schrijft voor zich. Niemand ziet nog iets, jij ook niet."),
        gettext_noop("Het vel is dichtgevouwen. Schrijf voor jezelf: wat verwacht je te zien?"),
        gettext_noop("Raden mag. Het gaat om het verschil met wat er straks staat."),
        section=1,
    ),
    Step(
        "see",
        LOOK,
        gettext_noop("Wat zien we?"),
        4,
        gettext_noop("Noem alleen wat er staat. Nog geen oorzaak."),
        gettext_noop("De student begint. Ga daarna de kring rond: ieder één ding."),
        gettext_noop("Vouw open. Noem alleen wat er staat, nog geen oorzaak. De student begint."),
        gettext_noop("Gaat het snel over oorzaken? Zeg: ‘Die bewaren we voor de volgende stap.’"),
        section=1,
    ),
    Step(
        "alone",
        THINK,
        gettext_noop("Betekenis: eerst alleen"),
        3,
        gettext_noop("Drie minuten stil. Schrijf één zin: wat betekent dit voor onze lat?"),
        gettext_noop("Jij schrijft ook mee. Niemand ziet nog iets, jij ook niet."),
        gettext_noop("Stil. Schrijf één zin op de achterkant. ‘We weten het nog niet’ mag ook."),
        gettext_noop("Hierna leest de student als eerste voor. ‘We weten het nog niet’ is ook een zin."),
        section=2,
    ),
    Step(
        "together",
        WRITE,
        gettext_noop("Betekenis: samen"),
        4,
        gettext_noop("Welke zin kan iedereen hier morgen uitleggen?"),
        gettext_noop("Schrijf één zin samen. Past hij iemand niet? Dan staat dat ernaast."),
        gettext_noop("Lees voor, de student eerst. Kies samen één zin. Bewaar het andere geluid."),
        gettext_noop("Twee verklaringen zijn beter dan één. Hoe kom je erachter welke klopt?"),
        section=2,
    ),
    Step(
        "direct",
        DECIDE,
        gettext_noop("Houden of verleggen"),
        3,
        gettext_noop("Wat doen wij maandag anders, of juist weer?"),
        gettext_noop("Eén afspraak is genoeg: wie let erop, waaraan merken we het, waar komt het terug?"),
        gettext_noop("Wat doen wij maandag anders, of juist weer? Wie let erop?"),
        gettext_noop("Houden is even veel waard als verleggen."),
    ),
    Step(
        "tell",
        TELL,
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


WELCOME = gettext_noop("Fijn dat jullie er zijn. Wat spraken we eerder af, en waarover praten we vandaag?")
"""What is said aloud on arriving at a talk with an instrument."""


def opening(entry: str) -> str:
    """What is said aloud on arriving."""
    return OPENING.get(entry, STEPS[0].say)


def plan(entry: str) -> tuple[Step, ...]:
    """The steps of a talk that enters at a core activity."""
    return tuple(BY_KEY[key] for key in ORDER.get(entry, ORDER["inform"]))


def whole(entry: str) -> tuple[tuple[Step, bool], ...]:
    """The same with the steps that this door passes by, each before the one that naturally follows it; True where it
    is passed by. The leader may take such a step after all."""
    natural = [step.key for step in STEPS]
    keys = [step.key for step in plan(entry)]
    passed = [key for key in natural if key not in keys]
    for key in passed:
        follow = next(one for one in natural[natural.index(key) + 1 :] if one in keys)
        keys.insert(keys.index(follow), key)
    return tuple((BY_KEY[key], key in passed) for key in keys)


def minutes(entry: str) -> int:
    """How long the talk takes; a suggestion, nothing counts down."""
    return sum(step.minutes for step in plan(entry))
