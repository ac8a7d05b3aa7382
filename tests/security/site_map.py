"""Every address of the service, as its own route table has it, and which of them a reply leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.routing import Route
from starlette.testclient import TestClient

from survey.rendering import TEMPLATES
from survey.signing_in import begin
from survey.web.routes import routes
from survey.web.style import read_style
from tests.accessibility.client import HOST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import httpx2
    from starlette.applications import Starlette

    from survey.installation import Installation
    from survey.model.workplace import Account

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH")
_LINK = re.compile(r"""(?:href|action|src)="(/[^"#]*)""")
_SELECTED = re.compile(r"\{(\w+)(?::\w+)?\}")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@cache
def site_map() -> tuple[Route, ...]:
    """Every route, in the order in which they are asked."""
    found = routes(read_style(TEMPLATES))
    assert all(isinstance(route, Route) for route in found)
    return tuple(route for route in found if isinstance(route, Route))


@cache
def methods_of() -> Mapping[str, frozenset[str]]:
    """By address: what can be done there."""
    found: dict[str, frozenset[str]] = {}
    for route in site_map():
        found[route.path] = found.get(route.path, frozenset()) | (route.methods or set())
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """One address that leads somewhere, with what stands in each of its places."""

    path: str
    """As the site map has it: ``/arbeit/ausgaben/{edition}``."""
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def address(self) -> str:
        """As a browser asks for it."""
        return self.with_parts(dict(self.parts))

    def with_parts(self, parts: Mapping[str, str]) -> str:
        """The address with other things in its places."""
        return _SELECTED.sub(lambda found: parts[found[1]], self.path)


def place_of(address: str) -> Place | None:
    """What the site map knows the address as."""
    path = urlsplit(address).path
    for route in site_map():
        found = route.path_regex.match(path)
        if found is not None:
            return Place(route.path, tuple(found.groupdict().items()))
    return None


@dataclass(frozen=True, slots=True)
class Browser:
    """Somebody's browser that checks nothing and follows nothing."""

    client: TestClient = field(repr=False)
    proof: str = field(default="", repr=False)
    """What its forms carry."""

    def ask(self, method: str, address: str, body: str = "") -> httpx2.Response:
        """Any reply."""
        sent = (
            f"_proof={self.proof}&{body}".rstrip("&") if method == "POST" and self.proof else body
        )
        headers = FORM if method == "POST" else {}
        return self.client.request(method, address, content=sent.encode(), headers=headers)


def stranger_at(application: Starlette) -> Browser:
    """A browser that is nobody's."""
    return Browser(TestClient(application, base_url=HOST, follow_redirects=False))


def browser_of(
    application: Starlette, inst: Installation, account: Account, *, organisation: str
) -> Browser:
    """A browser in which that person is signed in."""
    cookie = begin(inst, account.id, organisation)
    client = TestClient(application, base_url=HOST, follow_redirects=False)
    client.cookies.set("__Host-nachklang", cookie, domain="feedback.example.org")
    used = inst.cookies.read(cookie)
    assert used is not None
    return Browser(client, inst.cookies.form_token(used.hash))


def links_in(html: str) -> list[str]:
    """Every address of this service that the page leads to, in order."""
    return [unescape(found) for found in _LINK.findall(html)]


def walk(
    browser: Browser,
    starts: Iterable[str],
    *,
    most: int,
    unopened: frozenset[str],
    replies: dict[str, httpx2.Response] | None = None,
) -> dict[Place, str]:
    """Everything of the workplace that can be reached by reading: up to so many pages of each kind, with what they say.

    What is `unopened` is known, not fetched; what only takes forms is known too. `replies` takes what came back.
    """
    seen: dict[Place, str] = {}
    counted: dict[str, int] = {}
    waiting = list(starts)
    while waiting:
        address = waiting.pop(0)
        place = place_of(address)
        if (
            place is None
            or not address.startswith("/arbeit")
            or place in seen
            or counted.get(place.path, 0) >= most
        ):
            continue
        counted[place.path] = counted.get(place.path, 0) + 1
        seen[place] = ""
        if place.path in unopened or "GET" not in methods_of()[place.path]:
            continue
        reply = browser.ask("GET", address)
        if replies is not None:
            replies[address] = reply
        assert reply.status_code in {200, 303, 409, 422}, (address, reply.status_code)
        if reply.headers.get("content-type", "").startswith("text/html"):
            seen[place] = reply.text
            waiting += links_in(reply.text)
        elif reply.status_code == 200:  # a file
            seen[place] = reply.content.decode("latin-1")
    return seen
