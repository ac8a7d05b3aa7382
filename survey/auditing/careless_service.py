"""A service that stores something whenever a link is fetched: only to show that link scanners would be noticed."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class _Careless(HTTPServer):
    def __init__(self, store: Callable[[str], None]) -> None:
        super().__init__(("127.0.0.1", 0), _Storing)
        self.store = store


class _Storing(BaseHTTPRequestHandler):
    server: _Careless

    def do_GET(self) -> None:
        self.server.store(self.path)
        self.send_response_only(200)
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815 -- as its base calls it

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 -- as its base has it
        """Nobody reads it."""


@contextmanager
def careless_service(store: Callable[[str], None]) -> Iterator[int]:
    """It listens on that port of this machine, and stores the path of every link that is fetched."""
    service = _Careless(store)
    thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield int(service.server_address[1])
    finally:
        service.shutdown()
        thread.join()
        service.server_close()
