"""A real server with the small demo, and a real Chromium that may talk to nobody else."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

from tests.conftest import made_once

HOUSE = Path(__file__).resolve().parents[2]
SHOTS = HOUSE / "var" / "screenshots"
# tables as they are today: that every migration leads there is seen by the deep tests, and takes ten seconds
LOAD = """
import lemniscaat.cli
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from lemniscaat.demo import actions
settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
call_command("migrate", run_syncdb=True, verbosity=0)
settings.MIGRATION_MODULES = {}
call_command("migrate", fake=True, verbosity=0)
actions.load(small=True)
"""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # a microphone that hears a tone, and may
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]


FIRST = (
    *("test_class", "test_live", "test_every_page", "test_paper", "test_year", "test_cabinet"),
    *(
        "test_talk_faults",
        "test_offline",
        "test_offline_round",
        "test_story",
        "test_talk_live",
        "test_talk_hall",
    ),
)
"""A worker takes a whole file, so that its demo is started once. What is long, and what needs no demo and can run
while it is made, comes first; then short ones, that go with the first as a second file."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The stories of `FIRST` before the others; nothing else moves."""
    here = [n for n, item in enumerate(items) if item.path.parent == Path(__file__).parent]
    order = {name: n for n, name in enumerate(FIRST)}
    stories = sorted((items[n] for n in here), key=lambda item: order.get(item.path.stem, len(FIRST)))
    for n, item in zip(here, stories, strict=True):
        items[n] = item


# a machine that does much else at the same time is no fault
expect.set_options(timeout=15_000)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """A running demo. It can be killed as by a crash, and started again at the same address with the same database."""

    def __init__(self, var: Path) -> None:
        self.var, self.port = var, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Open the door, and wait until somebody can come in."""
        command = [str(Path(sys.executable).with_name("lemniscaat")), "demo", "--port", str(self.port)]
        environment = {**surroundings(self.var), "SITE_URL": self.url}
        with (self.var / "server.log").open("a") as log:
            self.process = subprocess.Popen(command, env=environment, cwd=HOUSE, stdout=log, stderr=log)
        _wait(f"{self.url}/", self.process)

    def kill(self) -> None:
        """As when the power goes: nothing is said to anybody."""
        if self.process:
            self.process.kill()
            self.process.wait(timeout=10)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=10)
        told = (self.var / "server.log").read_text()
        assert "Traceback" not in told, told[-3000:]


def surroundings(var: Path) -> dict[str, str]:
    """The environment of a demo that lives in this folder."""
    environment = {**os.environ, "LEMNISCAAT_VAR": str(var), "LEMNISCAAT_DEMO": "1"}
    environment.pop("DATABASE_URL", None)
    return environment


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small demo in it, to copy from."""

    def make(var: Path) -> None:
        subprocess.run([sys.executable, "-c", LOAD], env=surroundings(var), cwd=HOUSE, check=True)

    return made_once(tmp_path_factory, "loaded", make)


@contextmanager
def serving(loaded: Path, var: Path) -> Iterator[Server]:
    """A server with a demo of its own."""
    shutil.copytree(loaded, var, dirs_exist_ok=True)
    server = Server(var)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="module")
def site(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running demo, for the stories of one file: what happens there is no part of the others."""
    with serving(loaded, tmp_path_factory.mktemp("demo")) as server:
        yield server.url


def _wait(url: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise AssertionError("the server stopped")
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the server did not start")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """Somebody with a phone or a laptop; fails on a request to another host or an error in the console."""

    def __init__(
        self,
        browser: Browser,
        site: str,
        *,
        width: int,
        scripts: bool,
        dark: bool = False,
        height: int = 0,
    ) -> None:
        self.site = site
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": height or (844 if width < 600 else 900)},
            java_script_enabled=scripts,
            locale="nl-NL",
            color_scheme="dark" if dark else "light",
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.faults: list[str] = []
        self.page.on("request", self._asked)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda e: self.faults.append(str(e)))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"{message.text} ({message.location.get('url')}, on {self.page.url})")

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in {"127.0.0.1", None}:
            self.faults.append(f"asked another host: {request.url}")

    def be(self, slug: str) -> "Visitor":
        """Come in as somebody of the demo."""
        self.go(f"/demo/als/{slug}/")
        return self

    def go(self, path: str) -> "Visitor":
        self.page.goto(path if path.startswith("http") else self.site + path)
        return self

    def shot(self, name: str, *, whole: bool = True) -> None:
        """Take a picture of the page, for people to look at: the whole of it, or what stands on the screen.
        Nobody looks where `make test` runs, and a picture takes as long as a page."""
        if "LEMNISCAAT_UNSEEN" in os.environ:
            return
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png", full_page=whole)

    def expected(self, *words: str) -> None:
        """Errors with these words were made on purpose; the others stay."""
        self.faults = [fault for fault in self.faults if not any(one in fault for one in words)]

    def done(self) -> None:
        self.context.close()
        assert not self.faults, self.faults


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[object]:
    """visit(width=390, scripts=True) -> Visitor; all are checked at the end."""
    made: list[Visitor] = []

    def start(*, width: int = 390, scripts: bool = True, dark: bool = False, height: int = 0) -> Visitor:
        made.append(Visitor(chromium, site, width=width, scripts=scripts, dark=dark, height=height))
        return made[-1]

    yield start
    for visitor in made:
        visitor.done()
