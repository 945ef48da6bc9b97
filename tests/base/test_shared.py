"""Pages for a whole hall: drawn once, about nobody, kept for a moment."""

import asyncio
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.base.bell import Bell
from lemniscaat.base.bridge import Bridge
from lemniscaat.base.shared import LARGEST, PREFIX, Shared, key_of, nobodys
from lemniscaat.server import House

PATH = PREFIX + "7/3/"


def scope_of(path=PATH, *, query=b"", method="GET", headers=()):
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query,
        "root_path": "",
        "headers": [(b"host", b"school.example"), *headers],
        "server": ("school.example", 443),
        "client": ("192.0.2.7", 1234),
    }


class Phone:
    """One asker."""

    def __init__(self):
        self.sent, self.asked = [], False

    async def receive(self):
        if self.asked:  # it never hangs up
            await asyncio.Event().wait()
        self.asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(self, message):
        self.sent.append(message)

    @property
    def status(self):
        return self.sent[0]["status"]

    @property
    def names(self):
        return {name for name, _ in self.sent[0]["headers"]}

    @property
    def body(self):
        return b"".join(m.get("body", b"") for m in self.sent[1:])


class Inner:
    """What is behind: counts, waits until it may go on, and answers what it was told to."""

    def __init__(self, *, status=200, headers=(), body=b"", held=False, fault=None):
        self.scopes, self.status, self.headers, self.body, self.fault = [], status, headers, body, fault
        self.may_go_on = asyncio.Event()
        if not held:
            self.may_go_on.set()

    async def __call__(self, scope, receive, send):
        self.scopes.append(scope)
        number = len(self.scopes)
        await self.may_go_on.wait()
        if self.fault:
            raise self.fault
        body = self.body or b"drawing %d" % number
        await send({"type": "http.response.start", "status": self.status, "headers": list(self.headers)})
        await send({"type": "http.response.body", "body": body, "more_body": False})


async def ask(shared, *args, **options):
    phone = Phone()
    await shared(scope_of(*args, **options), phone.receive, phone.send)
    return phone


def run(story):
    return asyncio.run(asyncio.wait_for(story(), 20))


def test_a_thousand_at_once_are_one_drawing():
    async def story():
        inner = Inner(held=True)
        shared = Shared(inner)
        asking = [asyncio.create_task(ask(shared)) for _ in range(1000)]
        while not inner.scopes:
            await asyncio.sleep(0)
        inner.may_go_on.set()
        phones = await asyncio.gather(*asking)
        return len(inner.scopes), {(phone.status, phone.body) for phone in phones}

    assert run(story) == (1, {(200, b"drawing 1")})


def test_who_goes_away_does_not_take_the_page_from_the_others():
    async def story():
        inner = Inner(held=True)
        shared = Shared(inner)
        first, second = (asyncio.create_task(ask(shared)) for _ in range(2))
        while not inner.scopes:
            await asyncio.sleep(0)
        first.cancel()
        await asyncio.sleep(0)
        inner.may_go_on.set()
        return (await second).body, len(inner.scopes)

    assert run(story) == (b"drawing 1", 1)


def test_the_application_does_not_learn_who_asks():
    secret = [
        (b"cookie", b"sessionid=samira"),
        (b"accept-language", b"en"),
        (b"authorization", b"Basic x"),
        (b"hx-request", b"true"),
        (b"if-none-match", b'"x"'),
        (b"x-forwarded-for", b"192.0.2.9"),
        (b"user-agent", b"a rare phone"),
    ]

    async def story():
        inner = Inner()
        await ask(Shared(inner), headers=[*secret, (b"accept-encoding", b"br, gzip")])
        return inner.scopes[0]

    scope = run(story)
    assert scope["headers"] == [(b"host", b"school.example"), (b"accept-encoding", b"gzip")]
    assert scope["client"] is None


def test_a_cookie_reaches_nobody_and_such_a_page_is_not_kept():
    async def story():
        inner = Inner(headers=[(b"Set-Cookie", b"sessionid=x"), (b"x-kind", b"y")], held=True)
        shared = Shared(inner)
        asking = [asyncio.create_task(ask(shared)) for _ in range(3)]
        await asyncio.sleep(0)
        inner.may_go_on.set()
        phones = [*await asyncio.gather(*asking), await ask(shared)]
        return [phone.names for phone in phones], len(inner.scopes)

    names, drawings = run(story)
    assert names == [{b"x-kind", b"content-length"}] * 4
    assert drawings == 2


def test_an_address_is_one_path_one_host_and_one_way_of_packing():
    async def story():
        inner = Inner()
        shared = Shared(inner)
        for _ in range(2):
            await ask(shared)
            await ask(shared, PREFIX + "7/4/")
            await ask(shared, headers=[(b"accept-encoding", b"gzip, br")])
            await ask(shared, headers=[(b"accept-encoding", b"identity")])
            await ask(shared, headers=[(b"x-forwarded-proto", b"https")])
        return len(inner.scopes)

    assert run(story) == 4


def test_what_stands_behind_a_question_mark_makes_no_page_of_its_own():
    async def story():
        inner = Inner()
        shared = Shared(inner)
        for number in range(100):
            await ask(shared, query=b"v=%d" % number)
        return {scope["query_string"] for scope in inner.scopes}, len(inner.scopes), len(shared._kept)

    assert run(story) == ({b""}, 1, 1)


async def heard(bell, topic, event=1):
    """Something happened, and the loop knows it."""
    bell.ring(topic, event, "stap")
    await asyncio.sleep(0)
    await asyncio.sleep(0)


def test_after_a_knock_the_same_address_is_drawn_anew():
    """Whoever polls, or missed the number of the event, sees the newest as well."""

    async def story():
        bell = Bell()
        bell.attach()
        shared = Shared(Inner(), bell=bell)
        before = [(await ask(shared)).body for _ in range(2)]
        await heard(bell, "elders")
        still = (await ask(shared)).body
        await heard(bell, "7")
        after = [(await ask(shared)).body for _ in range(2)]
        bell.everybody_again()  # the database's bell was away for a moment
        return before, still, after, (await ask(shared)).body

    assert run(story) == ([b"drawing 1"] * 2, b"drawing 1", [b"drawing 2"] * 2, b"drawing 3")


def test_a_drawing_begun_before_a_knock_is_for_nobody_who_comes_after_it():
    async def story():
        bell = Bell()
        bell.attach()
        inner = Inner(held=True)
        shared = Shared(inner, bell=bell)
        early = asyncio.create_task(ask(shared))
        while not inner.scopes:
            await asyncio.sleep(0)
        await heard(bell, "7")
        late = [asyncio.create_task(ask(shared)) for _ in range(3)]
        while len(inner.scopes) < 2:
            await asyncio.sleep(0)
        inner.may_go_on.set()
        bodies = [phone.body for phone in await asyncio.gather(early, *late)]
        return bodies, (await ask(shared)).body, shared._under_way

    assert run(story) == ([b"drawing 1"] + [b"drawing 2"] * 3, b"drawing 2", {})


def test_a_slow_old_drawing_does_not_take_the_place_of_a_new_one():
    async def story():
        bell, gates = Bell(), [asyncio.Event(), asyncio.Event()]
        bell.attach()
        number = iter(range(9))

        async def inner(scope, receive, send):
            mine = next(number)
            await gates[mine].wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"%d" % mine})

        shared = Shared(inner, bell=bell)
        old = asyncio.create_task(ask(shared))
        await asyncio.sleep(0.01)
        await heard(bell, "7")
        new = asyncio.create_task(ask(shared))
        await asyncio.sleep(0.01)
        gates[1].set()
        await new
        gates[0].set()
        return (await old).body, (await ask(shared)).body

    assert run(story) == (b"0", b"1")


@given(
    st.lists(st.tuples(st.sampled_from([b"cookie", b"accept", b"hx-target", b"dnt"]), st.binary(max_size=5)))
)
def test_no_header_of_the_asker_makes_another_page(headers):
    assert key_of(nobodys(scope_of(headers=headers))) == key_of(nobodys(scope_of()))


def test_a_page_is_kept_for_so_long():
    async def story():
        now = [100.0]
        shared = Shared(Inner(), seconds=20, clock=lambda: now[0])
        bodies = []
        for moment in (100, 119.9, 120.1, 139):
            now[0] = moment
            bodies.append((await ask(shared)).body)
        return bodies

    assert run(story) == [b"drawing 1", b"drawing 1", b"drawing 2", b"drawing 2"]


def test_the_bell_of_the_house_makes_pages_old_and_a_count_does_not():
    drawn = []

    def application(environ, start_response):
        drawn.append(environ["PATH_INFO"])
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"x"]

    async def story():
        bell = Bell()
        house, started, ending = House(application, to=bell), asyncio.Event(), asyncio.Event()

        async def receive():
            await (ending.wait() if started.is_set() else asyncio.sleep(0))
            return {"type": "lifespan"}

        async def send(message):
            started.set()

        life = asyncio.create_task(house({"type": "lifespan"}, receive, send))
        await started.wait()
        made = []
        for event, name in ((0, "stand"), (7, "stap")):
            await ask(house)
            bell.ring("7", event, name)
            await asyncio.sleep(0)
            await ask(house)
            made.append(len(drawn))
        ending.set()
        await life
        return made

    assert run(story) == [1, 2]


def test_only_so_many_are_kept_and_what_is_asked_for_stays():
    async def story():
        inner = Inner()
        shared = Shared(inner, most=3)
        for number in range(50):
            await ask(shared)
            await ask(shared, f"{PREFIX}{number}/")
            assert len(shared._kept) <= 3
        return sum(scope["path"] == PATH for scope in inner.scopes)

    assert run(story) == 1


def test_what_is_out_of_date_leaves_the_memory():
    async def story():
        now = [0.0]
        shared = Shared(Inner(), clock=lambda: now[0], seconds=20)
        for number in range(10):
            await ask(shared, f"{PREFIX}{number}/")
        now[0] = 21
        await ask(shared)
        return len(shared._kept)

    assert run(story) == 1


@pytest.mark.parametrize("status", [302, 403, 404, 500, 503])
def test_another_answer_is_for_all_who_wait_and_is_not_kept(status):
    async def story():
        inner = Inner(status=status, held=True)
        shared = Shared(inner)
        asking = [asyncio.create_task(ask(shared)) for _ in range(5)]
        await asyncio.sleep(0)
        inner.may_go_on.set()
        phones = await asyncio.gather(*asking)
        inner.status = 200
        return {phone.status for phone in phones}, (await ask(shared)).status, len(inner.scopes)

    assert run(story) == ({status}, 200, 2)


def test_a_fault_is_told_once_and_the_next_who_asks_gets_a_new_try(caplog):
    async def story():
        inner = Inner(fault=ValueError("broken"), held=True)
        shared = Shared(inner)
        asking = [asyncio.create_task(ask(shared)) for _ in range(5)]
        await asyncio.sleep(0)
        inner.may_go_on.set()
        phones = await asyncio.gather(*asking)
        inner.fault = None
        return {phone.status for phone in phones}, (await ask(shared)).body

    assert run(story) == ({500}, b"drawing 2")
    assert caplog.text.count("A shared page failed") == 1


def test_a_page_that_is_too_large_is_drawn_for_each_apart():
    async def story():
        inner = Inner(body=b"x" * (LARGEST + 1), headers=[(b"set-cookie", b"a=1")])
        shared = Shared(inner)
        phones = [await ask(shared, headers=[(b"cookie", b"a=2")]) for _ in range(2)]
        told = {name for scope in inner.scopes for name, _ in scope["headers"]}
        return {len(phone.body) for phone in phones}, phones[0].names, told, len(shared._kept)

    assert run(story) == ({LARGEST + 1}, set(), {b"host"}, 0)


@pytest.mark.parametrize("size", [10, LARGEST, LARGEST + 1])
def test_it_stands_before_the_bridge_and_beside_all_other_pages(size):
    """With the real bridge, whose answers of unknown size come in blocks from a thread."""
    drawn, seen = [], []

    def application(environ, start_response):
        drawn.append(threading.get_ident())
        seen.append(environ.get("HTTP_COOKIE", ""))
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"x" * (size // 2), b"x" * (size - size // 2)]

    async def story():
        house = House(application, to=None)
        cookie = [(b"cookie", b"sessionid=samira")]
        try:
            phones = await asyncio.gather(*(ask(house, headers=cookie) for _ in range(20)))
            made = len(drawn)
            await ask(house, "/elders/", headers=cookie)
            await ask(house, PATH, method="POST", headers=cookie)
        finally:
            house.bridge.close()
        return {len(phone.body) for phone in phones}, made

    sizes, made = run(story)
    assert sizes == {size}
    assert made == (1 if size <= LARGEST else 21)
    assert seen == [""] * made + ["sessionid=samira"] * 2


def test_the_bridge_is_done_after_a_page_in_blocks():
    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"x"] * 3

    async def story():
        bridge, before = Bridge(application), asyncio.all_tasks()
        body = (await ask(Shared(bridge))).body
        bridge.close()
        while asyncio.all_tasks() != before:
            await asyncio.sleep(0)
        return body

    assert run(story) == b"xxx"
