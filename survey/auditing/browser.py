"""A plain client that comes through the proxy, and keeps nothing."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Mapping

_WAIT_SECONDS = 1800
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    body: bytes

    @property
    def bare_length(self) -> int:
        """How long the page would be if it were not brought to one length."""
        return len(self.body.rstrip(b" "))


class Browser:
    """Fetches pages and sends forms; RuntimeError where another status comes back than was expected."""

    def __init__(self, port: int) -> None:
        self._port = port

    def get(self, path: str, *, expect: int = 200, cookie: str = "", token: str = "") -> Reply:
        """The page."""
        headers = {"Cookie": cookie} if cookie else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return self._ask("GET", path, None, headers, expect)

    def head(self, path: str) -> None:
        """The page's headers: link scanners want no more."""
        self._ask("HEAD", path, None, {}, 0)

    def post(self, path: str, fields: Mapping[str, str], *, expect: int) -> Reply:
        """The reply to a form."""
        return self._ask("POST", path, urlencode(fields), _FORM, expect)

    def _ask(
        self, method: str, path: str, body: str | None, headers: Mapping[str, str], expect: int
    ) -> Reply:
        with closing(HTTPConnection("127.0.0.1", self._port, timeout=_WAIT_SECONDS)) as connection:
            connection.request(method, path, body, dict(headers))
            reply = connection.getresponse()
            content = reply.read()
        if expect and reply.status != expect:
            raise RuntimeError(f"{method} {path}: {reply.status} instead of {expect}")
        return Reply(reply.status, content)
