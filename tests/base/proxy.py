"""A proxy that passes an answer on once it is whole, as some schools have: a stream never arrives."""

import asyncio
import re

LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


class Proxy:
    """Listens on `port`; `held` is all that ever waited in it."""

    def __init__(self, behind):
        self.behind, self.held, self.ends = behind, b"", []

    async def __aenter__(self):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self.server.close()
        for end in self.ends:
            end.close()

    async def serve(self, reader, writer):
        """One connection of a browser."""
        above, up = await asyncio.open_connection("127.0.0.1", self.behind)
        self.ends += [up, writer]
        holding = asyncio.create_task(self.hold(above, writer))
        while piece := await reader.read(65536):
            up.write(piece)
        up.close()
        await holding

    async def hold(self, above, writer):
        """Give an answer that says how long it is when it is whole; any other when the server hangs up."""
        kept = b""
        while piece := await above.read(65536):
            kept += piece
            self.held += piece
            head, split, body = kept.partition(b"\r\n\r\n")
            length = LENGTH.search(head)
            if split and length and len(body) >= int(length[1]):
                writer.write(kept)
                kept = b""
        if not writer.is_closing():
            writer.write(kept)
        writer.close()
