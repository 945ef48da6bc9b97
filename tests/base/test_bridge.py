"""The bridge against the letter of WSGI, and against browsers that misbehave."""

import asyncio
import threading
import tracemalloc
from wsgiref.validate import validator

import pytest

from lemniscaat.base.bridge import MEGABYTE, WHOLE, Bridge

OK = [("Content-Type", "text/plain")]


def scope_of(method="GET", path="/", query=b"", headers=(), root="", raw=None):
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": raw if raw is not None else path.encode(),
        "query_string": query,
        "root_path": root,
        "scheme": "https",
        "headers": list(headers),
        "server": ("school.example", 443),
        "client": ("192.0.2.7", 1234),
    }


class Browser:
    """The other side of one request: gives the body in pieces, keeps what comes back."""

    def __init__(self, body=(b"",), leaves_after=None):
        self.body, self.leaves_after = list(body), leaves_after
        self.sent = []
        self.left = asyncio.Event()

    async def receive(self):
        if self.body:
            piece = self.body.pop(0)
            if piece is None:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": piece, "more_body": bool(self.body)}
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.sent.append(message)
        if self.leaves_after is not None and len(self.sent) > self.leaves_after:
            self.left.set()

    @property
    def status(self):
        return self.sent[0]["status"]

    @property
    def headers(self):
        return dict(self.sent[0]["headers"])

    @property
    def text(self):
        return b"".join(m.get("body", b"") for m in self.sent[1:])


def visit(app, scope=None, body=(b"",), leaves_after=None, **options):
    async def run():
        browser = Browser(body, leaves_after)
        bridge = Bridge(app, **options)
        try:
            await asyncio.wait_for(bridge(scope or scope_of(), browser.receive, browser.send), 20)
        finally:
            bridge.close()
        return browser

    return asyncio.run(run())


def echo(seen):
    def app(environ, start_response):
        seen.update(environ)
        seen["body"] = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"] or 0))
        start_response("200 OK", [*OK, ("Content-Length", "2")])
        return [b"ok"]

    return app


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS"])
def test_it_keeps_to_the_letter_of_wsgi(method):
    def app(environ, start_response):
        environ["wsgi.input"].read(3)
        start_response("200 OK", [*OK, ("Content-Length", "4")] if method != "HEAD" else OK)
        return [b"ja", b"ja"] if method != "HEAD" else []

    browser = visit(validator(app), scope_of(method=method, query=b"a=1"), body=[b"abc", b"def"])
    assert browser.status == 200
    assert browser.text == (b"" if method == "HEAD" else b"jaja")
    assert browser.sent[-1]["more_body"] is False


def test_a_small_answer_is_one_piece():
    browser = visit(echo({}))
    assert len(browser.sent) == 2


def test_environ_tells_the_address_as_wsgi_wants_it():
    seen = {}
    scope = scope_of(path="/app/caf\u00e9/x y", raw=b"/app/caf%C3%A9/x%20y", root="/app", query=b"q=%20")
    visit(echo(seen), scope)
    assert seen["SCRIPT_NAME"] == "/app"
    assert seen["PATH_INFO"].encode("latin-1").decode() == "/caf\u00e9/x y"
    assert seen["QUERY_STRING"] == "q=%20"
    assert seen["wsgi.url_scheme"] == "https"
    assert (seen["SERVER_NAME"], seen["SERVER_PORT"]) == ("school.example", "443")


def test_headers_that_could_pass_for_others_are_dropped():
    seen = {}
    headers = [
        (b"x_forwarded_proto", b"https"),
        (b"x-forwarded-for", b"198.51.100.1"),
        (b"proxy", b"http://elsewhere"),
        (b"content-type", b"text/plain"),
        (b"content-length", b"3"),
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"accept", b"x"),
        (b"accept", b"y"),
    ]
    visit(echo(seen), scope_of(method="POST", headers=headers), body=[b"abc"])
    assert "HTTP_X_FORWARDED_PROTO" not in seen
    assert "HTTP_X_FORWARDED_FOR" not in seen
    assert "HTTP_PROXY" not in seen
    assert "HTTP_CONTENT_LENGTH" not in seen
    assert seen["CONTENT_TYPE"] == "text/plain"
    assert seen["CONTENT_LENGTH"] == "3"
    assert seen["HTTP_COOKIE"] == "a=1; b=2"
    assert seen["HTTP_ACCEPT"] == "x,y"


def test_the_application_does_not_learn_the_address():
    seen = {}
    visit(echo(seen))
    assert not any("192.0.2.7" in str(value) for value in seen.values())
    visit(echo(seen), remote=lambda address: "fd00::1")
    assert seen["REMOTE_ADDR"] == "fd00::1"


def test_a_body_in_pieces_arrives_whole():
    seen = {}
    visit(echo(seen), scope_of(method="POST"), body=[b"a" * MEGABYTE, b"b" * MEGABYTE, b"c" * MEGABYTE])
    assert seen["CONTENT_LENGTH"] == str(3 * MEGABYTE)
    assert seen["body"] == b"a" * MEGABYTE + b"b" * MEGABYTE + b"c" * MEGABYTE


@pytest.mark.parametrize(
    ("headers", "body"), [([(b"content-length", b"11")], [b""]), ([], [b"123456", b"78901", b"more"])]
)
def test_a_body_that_is_too_large_gets_a_clear_answer(headers, body):
    seen = {}
    scope = scope_of(method="POST", headers=headers)
    browser = visit(echo(seen), scope, body=body, body_limit=10, too_large="Te groot.")
    assert (browser.status, browser.text) == (413, b"Te groot.")
    assert seen == {}


def test_a_body_that_does_not_come_gets_a_clear_answer():
    async def run():
        browser = Browser()

        async def never():
            await asyncio.sleep(60)

        bridge = Bridge(echo({}), body_seconds=0.01, too_slow="Te traag.")
        await bridge(scope_of(method="POST"), never, browser.send)
        return browser

    browser = asyncio.run(run())
    assert (browser.status, browser.text) == (408, b"Te traag.")


def test_a_browser_that_goes_before_the_body_is_whole_has_sent_nothing():
    seen = {}
    browser = visit(echo(seen), scope_of(method="POST"), body=[b"half", None])
    assert seen == {}
    assert browser.sent == []


def test_a_whole_request_is_carried_out_even_when_the_browser_goes():
    done = threading.Event()

    def app(environ, start_response):
        done.set()
        start_response("200 OK", [*OK, ("Content-Length", "2")])
        return [b"ok"]

    async def run():
        browser = Browser([b"all"])
        browser.left.set()
        await Bridge(app)(scope_of(method="POST"), browser.receive, browser.send)

    asyncio.run(run())
    assert done.is_set()


class Export:
    """A large answer that counts how far it came and whether it was closed."""

    def __init__(self, blocks, size=100_000):
        self.blocks, self.size, self.made, self.closed = blocks, size, 0, 0

    def __call__(self, environ, start_response):
        start_response("200 OK", OK)
        return self

    def __iter__(self):
        for _ in range(self.blocks):
            self.made += 1
            yield b"x" * self.size

    def close(self):
        self.closed += 1


def test_a_large_answer_streams_in_bounded_memory():
    export = Export(300)

    async def run():
        size, peak_behind = 0, 0
        browser = Browser()

        async def send(message):
            nonlocal size, peak_behind
            size += len(message.get("body", b""))
            peak_behind = max(peak_behind, export.made - size // export.size)

        tracemalloc.start()
        try:
            await Bridge(export)(scope_of(), browser.receive, send)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        return size, peak_behind, peak

    size, behind, peak = asyncio.run(run())
    assert size == 300 * 100_000
    assert behind <= 2
    assert peak < 3 * MEGABYTE
    assert export.closed == 1


def test_a_large_answer_of_known_size_streams_too():
    def app(environ, start_response):
        start_response("200 OK", [*OK, ("Content-Length", str(2 * WHOLE))])
        return [b"x" * WHOLE] * 2

    browser = visit(app)
    assert len(browser.text) == 2 * WHOLE
    assert len(browser.sent) == 4


def test_a_large_answer_stops_when_the_browser_goes():
    export = Export(10_000)
    visit(export, leaves_after=3)
    assert export.made < 10_000
    assert export.closed == 1


def test_a_browser_that_takes_nothing_lets_go_of_the_thread():
    export = Export(10)

    async def run():
        browser = Browser()

        async def stuck(message):
            await asyncio.sleep(60)

        await asyncio.wait_for(
            Bridge(export, stall_seconds=0.05)(scope_of(), browser.receive, stuck), timeout=10
        )

    asyncio.run(run())
    assert export.made == 1
    assert export.closed == 1


def test_stopping_the_server_lets_go_of_the_thread():
    export = Export(10)

    async def run():
        browser, stuck = Browser(), asyncio.Event()

        async def send(message):
            stuck.set()
            await asyncio.sleep(60)

        task = asyncio.create_task(Bridge(export)(scope_of(), browser.receive, send))
        await stuck.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        for _ in range(200):
            if export.closed:
                break
            await asyncio.sleep(0.01)
        # here, and not after: the end of the loop lets go of everything
        assert export.closed == 1

    asyncio.run(run())


def test_head_has_the_head_only_and_makes_one_block_at_most():
    export = Export(100)
    browser = visit(export, scope_of(method="HEAD"))
    assert browser.text == b""
    assert export.made <= 1
    assert export.closed == 1


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
def test_an_answer_without_body_announces_none(status):
    def app(environ, start_response):
        start_response(status, [("Content-Length", "5"), ("ETag", '"x"')])
        return [b"12345"]

    browser = visit(app)
    assert browser.text == b""
    assert b"content-length" not in browser.headers


def test_a_fault_before_the_answer_reaches_the_server_as_a_fault():
    def app(environ, start_response):
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        visit(app)


def test_a_fault_halfway_is_not_passed_off_as_the_end():
    closed = []

    class Half:
        def __iter__(self):
            yield b"x"
            raise ValueError("halfway")

        def close(self):
            closed.append(1)

    def app(environ, start_response):
        start_response("200 OK", OK)
        return Half()

    with pytest.raises(ValueError, match="halfway"):
        visit(app)
    assert closed == [1]


def test_the_error_page_replaces_an_answer_that_has_not_begun():
    def app(environ, start_response):
        start_response("200 OK", OK)
        try:
            raise ValueError
        except ValueError as fault:
            start_response("500 Oops", [*OK, ("Content-Length", "4")], (ValueError, fault, None))
        return [b"oops"]

    browser = visit(app)
    assert (browser.status, browser.text) == (500, b"oops")


def test_the_old_write_callable_works():
    def app(environ, start_response):
        write = start_response("200 OK", OK)
        write(b"first ")
        return [b"second"]

    assert visit(app).text == b"first second"


@pytest.mark.parametrize("result", [[b"x"], []])
def test_an_application_without_start_response_is_a_fault(result):
    with pytest.raises(RuntimeError):
        visit(lambda environ, start_response: result)


def test_requests_run_beside_each_other():
    together = threading.Barrier(3, timeout=10)

    def app(environ, start_response):
        together.wait()
        start_response("200 OK", [*OK, ("Content-Length", "2")])
        return [b"ok"]

    async def run():
        bridge = Bridge(app, threads=3)
        browsers = [Browser() for _ in range(3)]
        await asyncio.gather(*(bridge(scope_of(), b.receive, b.send) for b in browsers))
        return [b.text for b in browsers]

    assert asyncio.run(run()) == [b"ok"] * 3


def test_blocks_are_passed_on_at_once():
    """PEP 3333: a block may not wait for the next one."""
    arrived = threading.Event()

    def app(environ, start_response):
        start_response("200 OK", OK)
        yield b"one"
        assert arrived.wait(10)
        yield b"two"

    async def run():
        browser = Browser()

        async def send(message):
            browser.sent.append(message)
            if message.get("body") == b"one":
                arrived.set()

        await Bridge(app)(scope_of(), browser.receive, send)
        return browser

    assert asyncio.run(run()).text == b"onetwo"


def test_waiting_for_the_thread_does_not_hold_the_loop():
    release = threading.Event()

    def app(environ, start_response):
        release.wait(10)
        start_response("200 OK", [*OK, ("Content-Length", "2")])
        return [b"ok"]

    async def run():
        browser = Browser()
        task = asyncio.create_task(Bridge(app)(scope_of(), browser.receive, browser.send))
        for _ in range(20):
            await asyncio.sleep(0)
        release.set()  # only possible when the loop runs
        await task
        return browser.text

    assert asyncio.run(run()) == b"ok"
