"""A real server with the small demo, and a real Chromium that may talk to nobody else."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

HOUSE = Path(__file__).resolve().parents[2]
SHOTS = HOUSE / "var" / "screenshots"
LOAD = "import lemniscaat.cli; from lemniscaat.demo import actions; from django.core.management import call_command; call_command('migrate', verbosity=0); actions.load(small=True)"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running demo."""
    var = tmp_path_factory.mktemp("demo")
    environment = {**os.environ, "LEMNISCAAT_VAR": str(var), "LEMNISCAAT_DEMO": "1"}
    environment.pop("DATABASE_URL", None)
    port = free_port()
    environment["SITE_URL"] = f"http://127.0.0.1:{port}"
    subprocess.run([sys.executable, "-c", LOAD], env=environment, cwd=HOUSE, check=True)
    command = [str(Path(sys.executable).with_name("lemniscaat")), "demo", "--port", str(port)]
    with (var / "server.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, cwd=HOUSE, stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}/", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=10)
    told = (var / "server.log").read_text()
    assert "Traceback" not in told, told[-3000:]


def _wait(url: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(150):
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

    def __init__(self, browser: Browser, site: str, *, width: int, scripts: bool, dark: bool = False) -> None:
        self.site = site
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 900},
            java_script_enabled=scripts,
            locale="nl-NL",
            color_scheme="dark" if dark else "light",
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(8000)
        self.faults: list[str] = []
        self.page.on("request", self._asked)
        self.page.on("console", lambda m: self.faults.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda e: self.faults.append(str(e)))

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

    def shot(self, name: str) -> None:
        """Take a picture of the whole page, for people to look at."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png", full_page=True)

    def done(self) -> None:
        self.context.close()
        assert not self.faults, self.faults


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[object]:
    """visit(width=390, scripts=True) -> Visitor; all are checked at the end."""
    made: list[Visitor] = []

    def start(*, width: int = 390, scripts: bool = True, dark: bool = False) -> Visitor:
        made.append(Visitor(chromium, site, width=width, scripts=scripts, dark=dark))
        return made[-1]

    yield start
    for visitor in made:
        visitor.done()
