"""A proxy between people and the service that writes down all a provider's proxy can see, but for what is encrypted."""

from __future__ import annotations

import http.client
import json
import threading
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

_WAIT_SECONDS = 1800
_OWN_BUSINESS = frozenset({"connection", "keep-alive", "transfer-encoding"})


@dataclass(frozen=True, slots=True)
class Line:
    """What the proxy writes about one request and its reply."""

    at: str
    seconds: float
    method: str
    path: str
    request_bytes: int
    """Of the body that the client sent."""
    status: int
    reply_bytes: int
    """Of head and body together."""


class LoggingProxy(ThreadingHTTPServer):
    """Passes everything on to a port of this machine, and writes a line of JSON about it."""

    daemon_threads = True

    def __init__(self, log: Path, clock: Callable[[], datetime]) -> None:
        super().__init__(("127.0.0.1", 0), _Relay)
        self.port = int(self.server_address[1])
        self.upstream = 0
        """Where the service listens."""
        self.clock = clock
        self._log = log
        self._writing = threading.Lock()

    def note(self, line: dict[str, object]) -> None:
        """One more line."""
        with self._writing, self._log.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


@contextmanager
def proxying(log: Path, clock: Callable[[], datetime]) -> Iterator[LoggingProxy]:
    """A proxy on a free port of this machine."""
    proxy = LoggingProxy(log, clock)
    thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        thread.join()
        proxy.server_close()


def read_lines(log: bytes) -> tuple[Line, ...]:
    """The log, read by somebody who has got hold of it."""
    found = (json.loads(line) for line in log.splitlines())
    return tuple(
        Line(
            line["at"],
            line["seconds"],
            line["method"],
            line["path"],
            line["request"]["body"],
            line["reply"]["status"],
            line["reply"]["head"] + line["reply"]["body"],
        )
        for line in found
    )


class _Relay(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _WAIT_SECONDS
    disable_nagle_algorithm = True
    server: LoggingProxy

    def _relay(self) -> None:
        started = perf_counter()
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        sent = [(n, v) for n, v in self.headers.items() if n.lower() not in _OWN_BUSINESS]
        # A connection of its own: one kept open would be closed by the service while people think.
        service = http.client.HTTPConnection(
            "127.0.0.1", self.server.upstream, timeout=_WAIT_SECONDS
        )
        with closing(service):
            headers = dict(sent) | {"X-Forwarded-For": "192.0.2.1"}
            service.request(self.command, self.path, body or None, headers)
            reply = service.getresponse()
            content = reply.read()
        head = [(n, v) for n, v in reply.getheaders() if n.lower() not in _OWN_BUSINESS]
        self.send_response_only(reply.status, reply.reason)
        for name, value in head:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()
        self.server.note(
            {
                "at": self.server.clock().isoformat(),
                "seconds": perf_counter() - started,
                "method": self.command,
                "path": self.path,
                "request": {"head": sent, "body": len(body)},
                "reply": {
                    "status": reply.status,
                    "headers": head,
                    "head": sum(len(n) + len(v) + 4 for n, v in head),
                    "body": len(content),
                },
            }
        )

    do_GET = do_HEAD = do_POST = _relay  # noqa: N815 -- as its base calls them

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 -- as its base has it
        """It writes its own log."""
