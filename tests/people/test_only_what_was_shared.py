"""Whatever is done on four layers, no page shows words that were not shared with a layer of its reader.

And what was taken back is nowhere but in accounts that were frozen before.
"""

import os
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from lemniscaat.datapoints.listing import BELOW
from lemniscaat.datapoints.models import DataPoint
from tests.cast import World, build, signed_in
from tests.house.test_addresses import MEMBERS
from tests.people.layers import DEEDS, MARK, READERS, TABLE, Layers

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LOOKED_AT = re.compile(
    r"^(home|people|goals|agenda|deciding|interpretation|accountability|meetings|datapoints|year|vision|examples):"
)
"""The rooms in which words of a layer can be read; their addresses come from the URLconf itself."""
NEAR = re.compile(
    r"^(home:(layer|school$|board$|meeting$|programme$|mine|places|pattern)|people:(shared|trail|body$)"
    r"|goals:|examples:|interpretation:|accountability:account|agenda:(agreement|share|resting|for_)"
    r"|deciding:|meetings:(record|talks|body)|datapoints:(ledger|data_point|criterion))"
)
"""Those where it is likeliest: looked at with every commit."""
LEFT_OUT = re.compile(r"qr/$|pdf$|inlezen|partnerschap|attachment|adressen|/tafel/<int:pk>/")
ACCOUNT = re.compile(r"^/verantwoording/(\d+)/")
WHAT = (
    (re.compile(r"laag/<int:pk>"), "layer"),
    (re.compile(r"<int:layer>"), "layer"),
    (re.compile(r"^betekenis/<int:pk>|aannames/<int:pk>"), "meaning"),
    (re.compile(r"^afspraak/<int:pk>"), "agreement"),
    (re.compile(r"besluit/<int:pk>"), "decision"),
    (re.compile(r"^agenda/(punt|stap)/"), "goal"),
    (re.compile(r"gedeeld/<int:pk>"), "share"),
    (re.compile(r"^gesprek/<int:pk>"), "meeting"),
    (re.compile(r"^verantwoording/<int:pk>"), "account"),
    (re.compile(r"lat/<int:pk>"), "criterion"),
    (re.compile(r"punt/<int:pk>"), "point"),
    (re.compile(r"overleg/<int:\w+>"), "body"),
    (re.compile(r"datapunt/<int:pk>|^weten/<int:pk>"), "known"),
)
STORY = st.lists(
    st.tuples(st.sampled_from(DEEDS), *(st.integers(0, 59) for _each in range(3))), min_size=14, max_size=30
)


def told(
    story: list[tuple[str, int, int, int]], every: int, names: Iterable[str], pages: re.Pattern[str]
) -> None:
    """Do a story, and look at these pages every so many deeds and at the end."""
    layers = Layers(build())
    for number, (deed, *picks) in enumerate(story, 1):
        getattr(layers, deed)(*picks)
        if number % every == 0 or number == len(story):
            looked(layers, names, pages)


def looked(layers: Layers, names: Iterable[str], pages: re.Pattern[str]) -> None:
    """Every one of these pages for each of these readers, and what may not stand there."""
    anywhere = layers.open_to()
    known = set(re.findall(MARK, " ".join(f"Merk{n:04d}x" for n in range(1, layers.number + 1))))
    for name in names:
        client = signed_in(layers.who(name))
        hidden = {mark for mark in known if name not in anywhere[mark]}
        for path in paths(layers, pages):
            seen = set(MARK.findall(read(client, path)))
            wrong = seen & hidden
            if account := ACCOUNT.match(path):
                wrong -= layers.kept_in(int(account[1]), name)
            assert not wrong, f"{name} reads {sorted(wrong)} at {path}"
    for one in layers.given:
        reader = sorted(TABLE[one.target])[0]
        client = signed_in(layers.who(reader))
        way = f"/mensen/laag/{layers.place(one.target).pk}/gedeeld/"
        html = "".join(read(client, f"{way}?bladzijde={leaf}&wij={leaf}") for leaf in (1, 2))
        if one.stands:
            assert one.marks <= set(MARK.findall(html)), "what was shared is read"


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code < 500, path
    if answer.status_code != 200 or answer.streaming:
        return ""
    if answer.content.startswith(b"PK"):
        with ZipFile(BytesIO(answer.content)) as document:
            return " ".join(document.read(name).decode(errors="ignore") for name in document.namelist())
    return answer.content.decode(errors="ignore")


def paths(layers: Layers, pages: re.Pattern[str]) -> Iterator[str]:
    """Every address of the rooms, filled with every number that could mean something there."""
    numbers = layers.numbers()
    world = layers.world
    numbers |= {"layer": set(layers.layers()), "criterion": {world.criterion.pk}, "point": {world.point.pk}}
    numbers |= {"body": {world.body.pk, world.steering.pk, layers.pair.pk}}
    numbers["known"] = set(DataPoint.objects.values_list("pk", flat=True))
    everything = set.union(*numbers.values())
    for name, pattern in MEMBERS:
        if not pages.match(name) or LEFT_OUT.search(pattern):
            continue
        slot = re.search(r"<int:\w+>", pattern)
        kind = next((kind for shape, kind in WHAT if shape.search(pattern)), "")
        for number in sorted(numbers.get(kind, everything)) if slot else [0]:
            path = (
                "/" + re.sub(r"<int:layer>", str(world.root.pk), pattern)
                if pattern.count("<int:") > 1
                else ("/" + re.sub(r"<int:\w+>", str(number), pattern))
            )
            path = re.sub(r"<int:\w+>", str(number), path)
            yield re.sub(r"<(?:str|slug):\w+>", "account", path)
    yield from asides(layers, numbers)


def asides(layers: Layers, numbers: dict[str, set[int]]) -> Iterator[str]:
    """What is asked behind a question mark: the words that would be shared, with every layer; and the ledger with all below."""
    roads = (
        ("betekenis", "meaning"),
        ("afspraak", "agreement"),
        ("agenda/punt", "goal"),
        ("gesprek", "meeting"),
    )
    for way, kind in roads:
        for number in sorted(numbers[kind]):
            yield f"/{way}/{number}/delen/?met={layers.world.root.pk}"
    for layer in sorted(numbers["layer"]):
        yield f"/weten/laag/{layer}/?{urlencode({'ook': BELOW})}"


EXAMPLES = int(os.environ.get("LEMNISCAAT_EXAMPLES", "2"))
SLOW = [
    HealthCheck.function_scoped_fixture,
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.large_base_example,
]


@settings(
    max_examples=1, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=SLOW
)
@given(story=STORY)
def test_nobody_reads_what_was_not_shared(db: None, story: list[tuple[str, int, int, int]]) -> None:
    with transaction.atomic():
        told(story, 99, ("bea", "hans"), NEAR)
        transaction.set_rollback(True)


@pytest.mark.deep
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    # the same stories every time, and others for who asks for a number of them
    derandomize="LEMNISCAAT_EXAMPLES" not in os.environ,
    phases=[Phase.generate],
    suppress_health_check=SLOW,
)
@given(story=STORY)
def test_nobody_ever_reads_what_was_not_shared(db: None, story: list[tuple[str, int, int, int]]) -> None:
    note(f"{story}")
    with transaction.atomic():
        told(story, 9, READERS, NEAR)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("names", "pages"),
    [
        pytest.param(("stef", "willem"), NEAR, id="near"),
        pytest.param(READERS, LOOKED_AT, id="everywhere", marks=pytest.mark.deep),
    ],
)
def test_the_whole_way_there_and_back(world: World, names: tuple[str, ...], pages: re.Pattern[str]) -> None:
    """One story by hand, in which every deed does something: so that the stories above are about something."""
    layers = Layers(world)
    for deed, *picks in (
        ("write", 0, 1, 0),
        ("take_up", 0, 1, 0),
        ("take_up", 3, 1, 0),
        ("take_up", 0, 0, 0),
        ("agree", 1, 0, 0),
        ("talk", 0, 0, 0),
        ("talk", 1, 0, 0),
        ("share", 0, 2, 0),
        ("share", 1, 2, 0),
        ("share", 2, 0, 0),
        ("link", 0, 0, 0),
        ("take_up_share", 1, 0, 0),
        ("answer", 0, 1, 0),
        ("make_known", 0, 0, 0),
        ("decide", 3, 0, 0),
        ("decide", 0, 0, 0),
        ("account", 3, 1, 0),
        ("account", 0, 1, 0),
        ("account", 3, 0, 0),
        ("revise", 0, 0, 0),
    ):
        before = layers.number, len(layers.given)
        getattr(layers, deed)(*picks)
        assert deed in {"link", "take_up_share", "account"} or (layers.number, len(layers.given)) != before
    looked(layers, names, pages)
    while any(one.stands for one in layers.given):
        layers.revoke(0, 0, 0)
    layers.freeze(0, 0, 0)
    looked(layers, names, pages)
