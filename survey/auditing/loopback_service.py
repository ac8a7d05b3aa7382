"""The real application behind a real HTTP server on this machine, and a plain client that notes sizes."""

from __future__ import annotations

import http.client
import logging
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import uvicorn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from starlette.applications import Starlette

_WAIT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Reply:
    """What a proxy in between sees of a reply, and its body for whoever was asked."""

    status: int
    size: int
    body: bytes


@contextmanager
def bound_port() -> Iterator[socket.socket]:
    """A listening socket on a free port of this machine."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening


@contextmanager
def serving(application: Starlette, listening: socket.socket, *, log: Path) -> Iterator[None]:
    """The application answers on the socket; everything anybody logs meanwhile lies in the file."""
    handler = logging.FileHandler(log, encoding="utf-8")
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    config = uvicorn.Config(
        application, log_config=None, access_log=False, lifespan="off", ws="none"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(_WAIT_SECONDS)
        root.setLevel(level)
        root.removeHandler(handler)
        handler.close()


def ask(port: int, path: str, fields: Mapping[str, str] | None = None) -> Reply:
    """The reply to a GET, or to a form sent with these fields."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_WAIT_SECONDS)
    try:
        if fields is None:
            connection.request("GET", path)
        else:
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", path, urlencode(fields), headers)
        reply = connection.getresponse()
        body = reply.read()
        head = sum(len(name) + len(value) for name, value in reply.getheaders())
        return Reply(reply.status, head + len(body), body)
    finally:
        connection.close()
