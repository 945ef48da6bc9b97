"""The measuring rod: uvicorn and nothing else, that puts the same form as one JSON row in SQLite.

Same durability, same server, no framework: what a submit costs at the very least.
"""

import json
import sqlite3
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl

import uvicorn

Message = MutableMapping[str, Any]


class Bare:
    """GET / says yes; POST / stores."""

    def __init__(self, database: str, synchronous: str) -> None:
        self.connection = sqlite3.connect(database, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute(f"PRAGMA synchronous={synchronous}")
        self.connection.execute("CREATE TABLE IF NOT EXISTS response (id INTEGER PRIMARY KEY, answers TEXT)")

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        """One request."""
        if scope["type"] != "http":
            return
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        if scope["method"] == "POST":
            answers = json.dumps(dict(parse_qsl(body.decode())))
            self.connection.execute("BEGIN IMMEDIATE")
            self.connection.execute("INSERT INTO response (answers) VALUES (?)", [answers])
            self.connection.execute("COMMIT")
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})


def main(database: str, synchronous: str, port: int) -> None:
    """Serve until told to stop."""
    config = uvicorn.Config(
        Bare(database, synchronous), port=port, access_log=False, log_level="warning", lifespan="off"
    )
    uvicorn.Server(config).run()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
