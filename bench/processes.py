"""Servers under test: started on a free port, watched, stopped or killed by their own process id."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60.0


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Running:
    """One server process."""

    def __init__(
        self, command: Sequence[str], port: int, *, env: Mapping[str, str], log: Path | None = None
    ) -> None:
        self.port, self.log = port, log
        with (log or Path(os.devnull)).open("ab") as out:
            self.process = subprocess.Popen(
                list(command), env={**os.environ, **env}, stdout=out, stderr=out, stdin=subprocess.DEVNULL
            )
        self._wait_for_port()

    def _wait_for_port(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError(f"The server stopped at once: {self.last_words()}")
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        self.kill()
        raise RuntimeError(f"The server did not open its port: {self.last_words()}")

    def last_words(self) -> str:
        """The end of its log."""
        return self.log.read_text(errors="replace")[-2000:] if self.log and self.log.exists() else ""

    def cpu_seconds(self) -> float:
        """Processor time it used so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak_memory(self) -> float:
        """The most memory it had in use, in MB."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def memory(self) -> float:
        """The memory it has in use now, in MB."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def kill(self) -> None:
        """End it as a power cut would: SIGKILL."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> float:
        """Ask it to stop; returns the seconds that took."""
        began = time.monotonic()
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()
        return time.monotonic() - began


@contextmanager
def running(
    command: Sequence[str], port: int, *, env: Mapping[str, str], log: Path | None = None
) -> Iterator[Running]:
    """A server for the length of a block."""
    server = Running(command, port, env=env, log=log)
    try:
        yield server
    finally:
        server.stop()
