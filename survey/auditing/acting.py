"""What made-up people do over HTTP, and the link scanners of their mail providers before them."""

from __future__ import annotations

import html
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from survey.auditing.cast import OVERWRITTEN, Conduct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from survey.auditing.browser import Browser
    from survey.auditing.cast import Person

_SECRET = re.compile(r'name="_secret" value="([\w-]+)"')
_RESUME = re.compile(r"/f/[\w.-]+/weiter/[\w-]+")
SUBMIT = {"_action": "submit"}


@dataclass(frozen=True, slots=True)
class Stage:
    """Where people act: their browser, and who looks on whenever something was stored."""

    browser: Browser
    key: Path
    """The edition's key, that is lost for a moment."""
    stored: Callable[[Person], None]
    """Called after everything that a person has stored."""


def scan(browser: Browser, links: tuple[str, ...]) -> None:
    """A link scanner asks for the head of each link in a mail, and fetches it."""
    for link in links:
        browser.head(link)
        browser.get(link, expect=0)


def act(stage: Stage, person: Person, token: str) -> int:
    """The person answers; how long the page to be checked would have been in its own length."""
    path = f"/f/{token}"
    stage.browser.get(path)
    match person.conduct:
        case Conduct.ERROR:
            _err(stage, person, path)
        case Conduct.DRAFT:
            path = _keep_draft(stage, person, path)
        case Conduct.CHANGE:
            _submit(stage, person, path, place=OVERWRITTEN)
        case Conduct.TAKE_BACK:
            _submit(stage, person, path, place=OVERWRITTEN)
            _take_back(stage, person, path)
        case _:
            pass
    length = stage.browser.post(path, person.fields(), expect=200).bare_length
    _submit(stage, person, path)
    stage.browser.get(f"/f/{token}/danke")
    if person.conduct is Conduct.GONE:
        _take_back(stage, person, path)
    return length


def answer_openly(stage: Stage, person: Person, path: str) -> None:
    """Somebody without a personal link answers by the open one."""
    page = stage.browser.get(path).body.decode()
    found = _SECRET.search(page)
    if found is None:
        raise RuntimeError("no secret in the form behind the open link")
    own = {"_secret": found[1]}
    fields = {name: value for name, value in person.fields().items() if "--" not in name} | own
    stage.browser.post(path, fields, expect=200)
    stage.browser.post(path, fields | SUBMIT, expect=200)
    stage.stored(person)


def _submit(stage: Stage, person: Person, path: str, *, place: str = "") -> None:
    fields = person.fields(place=place) if place else person.fields()
    stage.browser.post(path, fields | SUBMIT, expect=303)
    stage.stored(person)


def _take_back(stage: Stage, person: Person, path: str) -> None:
    stage.browser.get(f"{path}/zurueck")
    stage.browser.post(f"{path}/zurueck", {}, expect=200)
    stage.stored(person)


def _err(stage: Stage, person: Person, path: str) -> None:
    stage.browser.post(path, person.fields() | {"overall": "off the scale"}, expect=422)
    with _lost(stage.key):
        stage.browser.post(path, person.fields() | SUBMIT, expect=503)


def _keep_draft(stage: Stage, person: Person, path: str) -> str:
    kept = stage.browser.post(path, person.fields() | {"_action": "draft"}, expect=200)
    found = _RESUME.search(html.unescape(kept.body.decode()))
    if found is None:
        raise RuntimeError("no link to go on with")
    stage.stored(person)
    resumed = urlsplit(found[0]).path
    stage.browser.get(resumed)
    return resumed


@contextmanager
def _lost(key: Path) -> Iterator[None]:
    elsewhere = key.with_suffix(".elsewhere")
    key.rename(elsewhere)
    try:
        yield
    finally:
        elsewhere.rename(key)
