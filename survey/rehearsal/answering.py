"""A made-up person with a browser: opens the link of a mail, fills in what the page offers, checks, sends."""

from __future__ import annotations

import http.client
import re
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from survey.rehearsal.people import Field, answers

if TYPE_CHECKING:
    from random import Random

    from survey.rehearsal.people import Temper

_STORED = 303
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


class AnswerNotTaken(Exception):
    """The service did not thank for an answer; the reply says why."""


class Browser:
    """One kept connection to the service."""

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port)

    def answer(self, link: str, temper: Temper, chance: Random) -> None:
        """Answer the form behind a personal link, all the way to the thanks page."""
        path = urlsplit(link).path
        form = _read_form(self._reply("GET", path))
        sent = answers(tuple(form.fields.values()), temper, chance)
        check = self._reply("POST", path, sent | form.press("check"))
        self._reply("POST", path, _hidden_fields(check) | {"_action": ["submit"]})

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _reply(self, method: str, path: str, fields: dict[str, list[str]] | None = None) -> str:
        body = None if fields is None else urlencode(fields, doseq=True)
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        self._connection.request(method, path, body, headers)
        reply = self._connection.getresponse()
        page = reply.read().decode()
        if reply.status not in {200, _STORED}:
            raise AnswerNotTaken(f"{reply.status} {_read_form(page).errors}")
        return page


@lru_cache(maxsize=128)
def _read_form(page: str) -> _FormReader:
    """The form of a page; people with the same workshops get the same page."""
    reader = _FormReader()
    reader.feed(page)
    return reader


def _hidden_fields(page: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for name, value in _HIDDEN.findall(page):
        fields.setdefault(unescape(name), []).append(unescape(value))
    return fields


class _FormReader(HTMLParser):
    """The fields and buttons of a page's form."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self._buttons: list[tuple[str, str]] = []
        self._select = ""
        self._is_in_errors = False
        self.errors = ""

    def press(self, value: str) -> dict[str, list[str]]:
        """What pressing the button with that value adds to the form."""
        for name, offered in self._buttons:
            if offered == value:
                return {name: [value]}
        raise AnswerNotTaken(f"no button {value}, only {self._buttons}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if given.get("role") == "alert" or "error" in given.get("class", "").split("-"):
            self._is_in_errors = True
        elif tag in {"fieldset", "section"}:
            self._is_in_errors = False
        match tag, given.get("type", ""):
            case "input", "radio" | "checkbox" as kind:
                self._add(name, kind, given.get("value", ""))
            case ("input", "text") | ("input", "") | ("textarea", _):
                self._add(name, "text", "")
            case "select", _:
                self._select = name
            case "option", _:
                self._add(self._select, "select", given.get("value", ""))
            case "button", _ if name:
                self._buttons.append((name, given.get("value", "")))
            case _:
                pass

    def handle_data(self, data: str) -> None:
        """Remember what the error summary says."""
        if self._is_in_errors and data.strip():
            self.errors += f"{data.strip()} "

    def _add(self, name: str, kind: str, option: str) -> None:
        known = self.fields.get(name)
        options = (*known.options, option) if known else (option,)
        self.fields[name] = Field(name, kind, options)
