"""A mail server that takes everything and keeps nothing: `python -m bench.smtp_server` prints its port."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class _Taking(asyncio.Protocol):
    """One connection, as cheap for its clients as a server can be."""

    def __init__(self) -> None:
        self._rest = b""
        self._is_in_mail = False
        self._send: Callable[[bytes], None] = lambda _reply: None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Say hello."""
        if isinstance(transport, asyncio.Transport):
            self._send = transport.write
        self._send(b"220 ready\r\n")

    def data_received(self, data: bytes) -> None:
        """Take what comes."""
        self._rest += data
        replies = []
        while True:
            end = b"\r\n.\r\n" if self._is_in_mail else b"\r\n"
            line, found, rest = self._rest.partition(end)
            if not found:
                break
            self._rest = rest
            if self._is_in_mail:
                self._is_in_mail = False
                replies.append(b"250 taken\r\n")
            elif line[:4].upper() == b"DATA":
                self._is_in_mail = True
                replies.append(b"354 go on\r\n")
            elif line[:4].upper() == b"EHLO":
                replies.append(b"250-here\r\n250 PIPELINING\r\n")
            elif line[:4].upper() == b"QUIT":
                replies.append(b"221 bye\r\n")
            else:
                replies.append(b"250 fine\r\n")
        if replies:
            self._send(b"".join(replies))


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(_Taking, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
