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
    seen_by: tuple[str, ...]
    """Checks that must find it, each with the way of seeing in which it does."""


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
        # It is sent as it is, and no longer as the service compressed it.
        gone = ("content-length", "content-encoding")
        headers = {k: v for k, v in sent.headers.items() if k not in gone}
        route.fulfill(status=200, headers=headers, body=source.replace(good, bad, 1))

    page.route(address, answer)
    page.goto(address)
    yield
    page.unroute(address)


PLANTED: dict[str, Fault] = {
    "no language": Fault(
        '<html lang="de">',
        "<html>",
        (
            "language is named (desktop)",
            "vnu (desktop)",
            "axe (desktop)",
            "IBM (desktop)",
        ),
    ),
    "no title": Fault(
        "<title>",
        "<title></title><meta content='",
        (
            "title starts with the heading (desktop)",
            "vnu (desktop)",
            "axe (desktop)",
            "IBM (desktop)",
        ),
    ),
    "heading left out": Fault(
        "<h3>Digitale Stadt</h3>",
        "<h5>Digitale Stadt</h5>",
        (
            "one first heading and no level left out (desktop)",
            "vnu (desktop)",
            "axe (desktop)",
        ),
    ),
    "skip link leads nowhere": Fault(
        'href="#inhalt"',
        'href="#anfang"',
        (
            "skip link comes first (desktop)",
            "references lead somewhere (desktop)",
            "skip link (desktop)",
            "axe (desktop)",
        ),
    ),
    "choices without a question": Fault(
        '<legend><span class="vh">Digitale Stadt: </span>Wie war dieser Workshop?</legend>',
        "<p>Wie war dieser Workshop?</p>",
        (
            "choices stand in a fieldset with legend (desktop)",
            "IBM (desktop)",
        ),
    ),
    "other name than label": Fault(
        'id="ws01--remark"', 'id="ws01--remark" aria-label="Feld"', ("IBM (desktop)",)
    ),
    "placeholder instead of a label": Fault(
        'id="ws01--remark"',
        'id="remark" placeholder="Was möchten Sie dazu sagen?"',
        (
            "placeholders are no labels (desktop)",
            "controls have visible labels (desktop)",
            "references lead somewhere (desktop)",
            "vnu (desktop)",
            "axe (desktop)",
        ),
    ),
    "hint that is not there": Fault(
        'aria-describedby="ws01--remark-hint"',
        'aria-describedby="hint"',
        (
            "references lead somewhere (desktop)",
            "IBM (desktop)",
        ),
    ),
    "one id twice": Fault(
        'id="ws01--remark-hint"',
        'id="change-hint"',
        (
            "ids are unique (desktop)",
            "vnu (desktop)",
            "IBM (desktop)",
        ),
    ),
    "markup that does not close": Fault(
        "<h3>Digitale Stadt</h3>", "<h3>Digitale Stadt", ("vnu (desktop)",)
    ),
    "upside down": Fault(
        *style("section .part { display: flex; flex-direction: column-reverse; }"),
        ("out of order (telephone)",),
    ),
    "place in the queue": Fault(
        'id="ws01--remark"',
        'id="ws01--remark" tabindex="3"',
        (
            "nothing jumps the queue (desktop)",
            "axe (desktop)",
            "tabbing (focus)",
        ),
    ),
    "not reached by keyboard": Fault(
        'id="change"', 'id="change" tabindex="-1"', ("out of reach (desktop)",)
    ),
    "trap": Fault(
        *script(
            "addEventListener('keydown', e => e.target.id == 'change' && e.key == 'Tab' && e.preventDefault())"
        ),
        ("tabbing (focus)",),
    ),
    "border that vanishes on focus": Fault(
        *style(
            "*:focus-visible, .opt:has(:focus-visible) { outline: 0 !important; border-color: #fff !important; }"
        ),
        (
            "invisible focus (focus)",
            "invisible focus (dark)",
            "invisible focus (forced colours)",
        ),
    ),
    "focus as a shadow only": Fault(
        *style(
            "*:focus-visible, .opt:has(:focus-visible) { outline: 0 !important; box-shadow: 0 0 0 4px #000; }"
            "@media (prefers-color-scheme: dark) { *:focus-visible, .opt:has(:focus-visible)"
            " { box-shadow: 0 0 0 4px #fff; } } input:focus-visible + span { outline: 0; }"
        ),
        ("invisible focus (forced colours)",),
    ),
    "focus too dark in the dark": Fault(
        *style("@media (prefers-color-scheme: dark) { :root { --focus: #333 !important; } }"),
        ("invisible focus (dark)",),
    ),
    "bar that covers": Fault(
        *style("footer { position: sticky; bottom: 0; min-height: 20rem; }"),
        (
            "sticky parts (desktop)",
            "covered focus (telephone)",
            "covered focus (focus at 400 %)",
            "covered focus (landscape)",
        ),
    ),
    "wide": Fault(
        *style("fieldset { min-width: 30rem; }"),
        (
            "reflow (telephone)",
            "reflow (390 px)",
            "reflow (400 %)",
        ),
    ),
    "wide when large": Fault(
        *style("@media (max-width: 640px) { legend { white-space: nowrap; } }"),
        ("reflow (200 % text)",),
    ),
    "wide when spaced": Fault(
        *style("h1 { white-space: nowrap; font-size: 2rem; }"), ("reflow (widely spaced)",)
    ),
    "cut when spaced": Fault(
        *style("legend { height: 1.6em; overflow: hidden; }"), ("cut off (widely spaced)",)
    ),
    "cut when large": Fault(
        *style("@media (max-width: 640px) { legend { max-height: 42px; overflow: hidden; } }"),
        (
            "cut off (200 % text)",
            "cut off (400 %)",
        ),
    ),
    "small targets": Fault(
        *style(".opt { min-height: 1.25rem !important; padding: 0 !important; }"),
        ("small targets (telephone)",),
    ),
    "grey on grey": Fault(*style(".hint { color: #999; }"), ("axe (desktop)",)),
    "grey that is enough for AA": Fault(
        *style(".hint { color: #666; }"),  # 5.7:1 on white
        ("axe (desktop)",),
    ),
    "grey in the dark that is enough for AA": Fault(
        *style("@media (prefers-color-scheme: dark) { .hint { color: #8a97a3 !important; } }"),
        (
            "axe (dark)",
            "axe (dark telephone)",
        ),
    ),
    "number nobody can read in a chart": Fault(
        "</h1>",
        '</h1><svg width="40" height="40" role="img" aria-label="Drei"><rect width="40" height="40" fill="#0a4a80"/>'
        '<text x="10" y="25" fill="#14202b">30</text></svg>',
        (
            "pale in pictures (desktop)",
            "pale in pictures (dark)",
            "pale in pictures (dark telephone)",
        ),
    ),
    "dark on dark": Fault(
        *style("@media (prefers-color-scheme: dark) { .hint { color: #555; } }"),
        (
            "axe (dark)",
            "axe (dark telephone)",
        ),
    ),
    "pale edges": Fault(
        *style("input[type=text], textarea { border-color: #ddd !important; }"),
        ("pale edges (desktop)",),
    ),
    "restless": Fault(
        *style("h1 { animation: x 1s infinite; } @keyframes x { to { opacity: .95; } }"),
        (
            "movements (folded)",
            "movements (at rest)",
        ),
    ),
    "tip under the pointer": Fault(
        'id="change"', 'id="change" title="Bis 250 Zeichen"', ("only under the pointer (desktop)",)
    ),
    "text cut by its length": Fault(
        'id="change"', 'id="change" maxlength="250"', ("untold limits (desktop)",)
    ),
    "error nobody hears": Fault(
        '<div class="field">',
        '<div class="field bad"><p class="err">Zu lang</p>',
        (
            "untold errors (desktop)",
            "errors are linked and summed up (desktop)",
        ),
    ),
    "link that says nothing": Fault(
        ">So halten wir das Versprechen<", ">hier<", ("links mean something alone (desktop)",)
    ),
    "no zoom": Fault(
        "initial-scale=1",
        "initial-scale=1, maximum-scale=1",
        (
            "zooming is allowed (desktop)",
            "axe (desktop)",
        ),
    ),
    "only upright": Fault(
        *style("@media (orientation: landscape) { html { transform: rotate(-90deg); } }"),
        (
            "axe (desktop)",
            "reflow (landscape)",
        ),
    ),
    "browser bubbles": Fault(" novalidate", "", ("forms post to their own address (desktop)",)),
    "letter as a key": Fault(
        'id="change"',
        'id="change" accesskey="k"',
        ("nothing is styled or scripted inline (desktop)",),
    ),
    "language entry without language": Fault(
        ' lang="en"', "", ("language entries carry their language (desktop)",)
    ),
    "no main part": Fault(
        '<main id="inhalt"',
        '<div id="inhalt"',
        (
            "landmarks are there (desktop)",
            "axe (desktop)",
        ),
    ),
    "reloads": Fault(
        '<meta charset="utf-8">',
        '<meta charset="utf-8"><meta http-equiv="refresh" content="600">',
        ("nothing reloads by itself (desktop)", "axe (desktop)"),
    ),
    "footer in another order": Fault(
        '<a href="/datenschutz', '<a href="/hilfe', ("footer is complete (desktop)",)
    ),
    "wide on paper": Fault(
        *style("@media print { fieldset { min-width: 60rem; } }"), ("reflow (print)",)
    ),
    "nothing to send with": Fault(
        '<form method="post" novalidate>',
        '<form method="post" novalidate></form><form method="post" novalidate>',
        ("forms can be sent (desktop)", "IBM (desktop)"),
    ),
    "heavy": Fault(
        *style(
            "".join(f".a{number * 7919 % 99991} {{ top: {number}px }}" for number in range(3000))
        ),
        ("bytes (desktop)",),
    ),
    "picture from elsewhere": Fault(
        *script("new Image().src = 'http://127.0.0.1:9/pixel.gif'"), ("strangers (desktop)",)
    ),
    "memory of the visit": Fault(
        *script("document.cookie = 'seen=yes'"), ("left behind (desktop)",)
    ),
}
