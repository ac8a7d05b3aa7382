"""Many browsers in one process, each with a connection that stays open; plain, for the server is what is measured."""

from __future__ import annotations

import select
import socket
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEADERS = (
    b"Host: feedback.example.org\r\n"
    b"User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n"
    b"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
    b"Accept-Language: de,en-US;q=0.7,en;q=0.3\r\n"
    b"Accept-Encoding: gzip, deflate, br, zstd\r\n"
)
"""What a browser of these years sends."""
FORM_TYPE = b"Content-Type: application/x-www-form-urlencoded\r\n"
PATIENCE = 30.0


class BadReply(AssertionError):
    """A reply with another status than the one asked for: what was measured means nothing."""


@dataclass(slots=True)
class Load:
    """What came of a number of requests."""

    seconds: list[float] = field(default_factory=list)
    """How long each reply took, from the moment its request was due."""
    sizes: list[int] = field(default_factory=list)
    """Bytes of each reply, without its headers."""
    due: list[float] = field(default_factory=list)
    """When each of their requests was due, by a clock that all processes of the machine share."""


@dataclass(slots=True)
class _Browser:
    connection: socket.socket
    due: float = 0.0
    received: bytearray = field(default_factory=bytearray)


def get(path: str) -> bytes:
    """The request for a page."""
    return b"GET " + path.encode("ascii") + b" HTTP/1.1\r\n" + HEADERS + b"\r\n"


def post(path: str, body: bytes) -> bytes:
    """The request that sends a form."""
    length = b"Content-Length: %d\r\n\r\n" % len(body)
    return b"POST " + path.encode("ascii") + b" HTTP/1.1\r\n" + HEADERS + FORM_TYPE + length + body


def browse(
    port: int,
    requests: Sequence[bytes],
    *,
    browsers: int,
    status: int = 200,
    per_second: float | None = None,
) -> Load:
    """All requests sent by so many browsers, as fast as replies come or at a steady pace; BadReply if one fails.

    At a steady pace a reply's time counts from when its request was due: a server that falls behind shows it.
    """
    connections = [_Browser(_connect(port)) for _ in range(browsers)]
    try:
        return _exchange(connections, requests, status=b"HTTP/1.1 %d " % status, pace=per_second)
    finally:
        for browser in connections:
            browser.connection.close()


def _connect(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _exchange(
    browsers: Iterable[_Browser], requests: Sequence[bytes], *, status: bytes, pace: float | None
) -> Load:
    idle = deque(browsers)
    busy: dict[int, _Browser] = {}
    waiting = select.epoll()
    load = Load()
    began = time.perf_counter()
    sent = 0
    while len(load.seconds) < len(requests):
        now = time.perf_counter()
        while idle and sent < len(requests) and (pace is None or began + sent / pace <= now):
            browser = idle.popleft()
            browser.due = now if pace is None else began + sent / pace
            browser.connection.sendall(requests[sent])
            number = browser.connection.fileno()
            busy[number] = browser
            waiting.register(number, select.EPOLLIN)
            sent += 1
        pause = PATIENCE
        if pace is not None and idle and sent < len(requests):
            pause = max(0.0, began + sent / pace - time.perf_counter())
        ready = waiting.poll(pause)
        if not ready and pause >= PATIENCE:
            raise BadReply("no reply")
        for number, _ in ready:
            browser = busy[number]
            size = _reply(browser, status)
            if size is not None:
                load.sizes.append(size)
                load.seconds.append(time.perf_counter() - browser.due)
                load.due.append(browser.due)
                waiting.unregister(number)
                del busy[number]
                idle.append(browser)
    waiting.close()
    return load


def _reply(browser: _Browser, status: bytes) -> int | None:
    part = browser.connection.recv(262_144)
    if not part:
        raise BadReply("the connection was closed")
    browser.received += part
    end = browser.received.find(b"\r\n\r\n")
    if end < 0:
        return None
    if not browser.received.startswith(status):
        raise BadReply(bytes(browser.received[:200]))
    place = browser.received.find(b"content-length: ", 0, end)
    if place < 0:
        length = 0
    else:
        stop = browser.received.find(b"\r\n", place)
        length = int(browser.received[place + 16 : stop])
    if len(browser.received) < end + 4 + length:
        return None
    browser.received.clear()
    return length
