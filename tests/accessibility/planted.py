"""Faults to plant in a good page, and who must see each of them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page, Route

KEPT = ("ws01--rating", "ws01--remark", "recommendation", "change")
"""One question of each kind is enough to break."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A piece of the page, and what a careless hand makes of it."""

    good: str
    bad: str
    seen_by: frozenset[str]
    """Every check that finds it, with the way of seeing in which it does."""


def style(rules: str) -> tuple[str, str]:
    """A fault in the style sheet."""
    return "</style>", f"{rules}</style>"


def script(text: str) -> tuple[str, str]:
    """A fault in a script."""
    return "</head>", f"<script>{text}</script></head>"


def small(source: str) -> str:
    """The form, with one question of each kind."""
    page = html.document_fromstring(source)
    for part in page.xpath("//details | //fieldset | //div[contains(@class, 'field')]"):
        if not any(part.xpath(f".//*[@id='{name}']") for name in KEPT):
            part.getparent().remove(part)
    for part in page.xpath("//section | //div[@class='part']"):
        if not part.xpath(".//input | .//textarea"):
            part.getparent().remove(part)
    made: str = html.tostring(page, doctype="<!DOCTYPE html>", encoding="unicode")
    return made


@contextmanager
def changed(page: Page, address: str, good: str, bad: str) -> Iterator[None]:
    """The page at that address as the careless hand leaves it."""

    def answer(route: Route) -> None:
        sent = route.fetch()
        source = small(sent.text())
        assert good in source
        headers = {k: v for k, v in sent.headers.items() if k != "content-length"}
        route.fulfill(status=200, headers=headers, body=source.replace(good, bad, 1))

    page.route(address, answer)
    page.goto(address)
    yield
    page.unroute(address)


PLANTED: dict[str, tuple[str, str]] = {
    "none": ("</style>", "</style>"),
    "no language": ('<html lang="de">', "<html>"),
    "no title": ("<title>", "<title></title><meta content='"),
    "heading left out": ("<h3>Digitale Stadt</h3>", "<h5>Digitale Stadt</h5>"),
    "skip link leads nowhere": ('href="#inhalt"', 'href="#anfang"'),
    "choices without a question": (
        '<legend><span class="vh">Digitale Stadt: </span>Wie war dieser Workshop?</legend>',
        "<p>Wie war dieser Workshop?</p>",
    ),
    "other name than label": ('id="ws01--remark"', 'id="ws01--remark" aria-label="Feld"'),
    "placeholder instead of a label": (
        '<label for="ws01--remark">',
        '<label for="nothing">',
    ),
    "hint that is not there": ('aria-describedby="ws01--remark-hint"', 'aria-describedby="hint"'),
    "one id twice": ('id="ws01--remark-hint"', 'id="change-hint"'),
    "markup that does not close": ("<h3>Digitale Stadt</h3>", "<h3>Digitale Stadt"),
    "upside down": style("section .part { display: flex; flex-direction: column-reverse; }"),
    "place in the queue": ('id="ws01--remark"', 'id="ws01--remark" tabindex="3"'),
    "not reached by keyboard": ('id="change"', 'id="change" tabindex="-1"'),
    "trap": script(
        "addEventListener('keydown', e => e.target.id == 'change' && e.key == 'Tab' && e.preventDefault())"
    ),
    "border that vanishes on focus": style(
        "*:focus-visible, .opt:has(:focus-visible) { outline: 0 !important; border-color: #fff !important; }"
    ),
    "focus as a shadow only": style(
        "*:focus-visible, .opt:has(:focus-visible) { outline: 0 !important; box-shadow: 0 0 0 4px #000; }"
        "@media (prefers-color-scheme: dark) { *:focus-visible, .opt:has(:focus-visible)"
        " { box-shadow: 0 0 0 4px #fff; } } input:focus-visible + span { outline: 0; }"
    ),
    "focus too dark in the dark": style(
        "@media (prefers-color-scheme: dark) { :root { --focus: #333 !important; } }"
    ),
    "bar that covers": style("footer { position: sticky; bottom: 0; min-height: 20rem; }"),
    "wide": style("fieldset { min-width: 30rem; }"),
    "wide when large": style("@media (max-width: 640px) { legend { white-space: nowrap; } }"),
    "cut when spaced": style("legend { height: 1.6em; overflow: hidden; }"),
    "small targets": style(".opt { min-height: 1.25rem !important; padding: 0 !important; }"),
    "grey on grey": style(".hint { color: #999; }"),
    "dark on dark": style("@media (prefers-color-scheme: dark) { .hint { color: #555; } }"),
    "pale edges": style("input[type=text], textarea { border-color: #ddd !important; }"),
    "restless": style("h1 { animation: x 1s infinite; } @keyframes x { to { opacity: .5; } }"),
    "tip under the pointer": ('id="change"', 'id="change" title="Bis 250 Zeichen"'),
    "text cut by its length": ('id="change"', 'id="change" maxlength="250"'),
    "link that says nothing": (">So halten wir das Versprechen<", ">hier<"),
    "no zoom": ("initial-scale=1", "initial-scale=1, maximum-scale=1"),
    "only upright": style(
        "@media (orientation: landscape) { html { transform: rotate(-90deg); } }"
    ),
}
