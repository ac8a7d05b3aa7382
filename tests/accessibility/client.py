"""The test client: every page it fetches must pass the static half of the accessibility checklist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import httpx2
from starlette.testclient import TestClient

from tests.accessibility.rules import Element, Markup, everything_wrong, read_markup, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.applications import Starlette

    Fields = Mapping[str, str | Sequence[str]]

HOST = "https://feedback.example.org"


@dataclass(frozen=True, slots=True)
class Page:
    """A reply, and what a browser would make of it."""

    status: int
    headers: Mapping[str, str]
    html: str
    markup: Markup
    size: int

    @property
    def heading(self) -> str:
        """Text of its h1; empty for a redirect."""
        return next((text(e) for e in self.markup.all("h1")), "")

    @property
    def location(self) -> str:
        """Where a redirect leads."""
        return self.headers["location"]

    def text(self) -> str:
        """Everything a person can read on it."""
        return " ".join(text(e) for e in self.markup.all("body"))

    def fields(self, button: str = "") -> dict[str, tuple[str, ...]]:
        """What a browser would send if the form were sent untouched, buttons left out.

        Where a page has several forms, of the one with that button.
        """
        found: dict[str, tuple[str, ...]] = {}
        pressed = next((b for b in self.markup.all("button")[::-1] if text(b) == button), None)
        above = () if pressed is None else self.markup.above(pressed)
        form = next((e for e in above if e.tag == "form"), self.markup.root)
        for control in form.iter():
            if control.tag not in {"input", "textarea", "select"}:
                continue
            name, value = control.get("name"), _value(control)
            if name and value is not None:
                found[name] = (*found.get(name, ()), value)
        return found

    def buttons(self) -> list[tuple[str, str, str]]:
        """Text, name and value of each button."""
        return [(text(e), e.get("name", ""), e.get("value", "")) for e in self.markup.all("button")]


class AccessibleClient:
    """A browser without eyes: fetches pages and refuses inaccessible ones."""

    def __init__(self, application: Starlette) -> None:
        self._client = TestClient(application, base_url=HOST, follow_redirects=False)
        self._footers: dict[str, list[str]] = {}

    def set_cookie(self, name: str, value: str) -> None:
        """The browser got that cookie before."""
        self._client.cookies.set(name, value, domain="feedback.example.org")

    def cookie(self, name: str) -> str:
        """What the browser holds under that name; empty if nothing."""
        return next((c.value or "" for c in self._client.cookies.jar if c.name == name), "")

    def get(self, path: str, *, headers: Mapping[str, str] | None = None) -> Page:
        """The page at that address."""
        return self.request("GET", path, headers=headers)

    def post(self, path: str, fields: Fields) -> Page:
        """The reply to a sent form."""
        body = urlencode(
            [(k, v) for k, vs in fields.items() for v in ([vs] if isinstance(vs, str) else vs)]
        )
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.request("POST", path, body.encode(), kind)

    def send_file(
        self, path: str, fields: Mapping[str, str], *, name: str, file_name: str, content: bytes
    ) -> Page:
        """The reply to a sent form with one file."""
        made = httpx2.Request(
            "POST", HOST + path, data=dict(fields), files={name: (file_name, content)}
        )
        kind = {"Content-Type": made.headers["content-type"]}
        return self.request("POST", path, made.read(), kind)

    def press(self, page: Page, path: str, button: str, fields: Fields | None = None) -> Page:
        """Fill in the page's form and press the button with that text."""
        name, value = next((n, v) for label, n, v in page.buttons()[::-1] if label == button)
        pressed = {name: value} if name else {}
        return self.post(path, page.fields(button) | dict(fields or {}) | pressed)

    def request(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Page:
        """Any request."""
        reply = self._client.request(method, path, content=body, headers=dict(headers or {}))
        page = Page(
            reply.status_code,
            reply.headers,
            reply.text,
            read_markup(reply.text or "<!DOCTYPE html><title></title>"),
            len(reply.content),
        )
        if reply.headers.get("content-type", "").startswith("text/html") and method != "HEAD":
            wrong = everything_wrong(page.markup)
            assert not wrong, f"{method} {path}: {wrong}"
            self._compare_footer(page)
        return page

    def _compare_footer(self, page: Page) -> None:
        language = page.markup.root.get("lang") + page.markup.root.get("class", "")
        links = [text(e) for f in page.markup.all("footer") for e in f.iter() if e.tag == "a"]
        assert self._footers.setdefault(language, links) == links


def _value(element: Element) -> str | None:
    tag, get = element.tag, element.get
    if tag == "textarea":
        return "".join(element.itertext()).removeprefix("\n")
    if tag == "select":
        options = [o for o in element.iter() if o.tag == "option"]
        chosen = next((o for o in options if o.get("selected") is not None), options[0])
        return str(chosen.get("value"))
    if get("type") in {"radio", "checkbox"} and get("checked") is None:
        return None
    return str(get("value") or "")
