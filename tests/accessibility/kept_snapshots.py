"""What a screen reader is told of a page, kept as a file that people can read, and compared."""

from __future__ import annotations

import os
import re
from collections import Counter
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from playwright.sync_api import Page

PLACE = Path(__file__).parent / "snapshots"
STATEMENT = "/barrierefreiheit"
"""Its numbers follow the checks themselves, and are compared with them."""
_NUMBERS = re.compile(r"\b\d+(?:\.\d+)*\b")
IS_WRITING = os.environ.get("NACHKLANG_SNAPSHOTS") == "write"
# What is different each time: links of people and forms, names of people and texts, ports, prints of keys and files.
_VOLATILE = (
    (re.compile(r"(Fassung|Version) [0-9a-f]{4}-[0-9a-f]{4}"), r"\1 VERSION"),
    (re.compile(r"/[\w./-]*/(?:office|hall)\d+"), "DIRECTORY"),
    (re.compile(r"127\.0\.0\.1(:\d+)?"), "HOST"),
    (
        re.compile(r"(/(?:f|o|abmelden|geteilt|anfang|einladung|passwort|link)/)[\w.~-]{12,}"),
        r"\1TOKEN",
    ),
    (re.compile(r"(/weiter/)[\w-]+"), r"\1CODE"),
    # The statement, whether or not this version has been tested as a whole by now.
    (
        re.compile(
            r'(- paragraph: )"?(?:Zuletzt (?:ganz|haben wir alles) geprüft am|Last tested completely on'
            r"|Diese Fassung wurde bisher|Bisher haben wir nur|This version has been tested in)[^\n]*"
        ),
        r"\1HOW MUCH WAS TESTED",
    ),
    (re.compile(r"\bnk_[\w-]{20,}"), "TOKEN"),
    (re.compile(r"\b(?=[a-z]*\d)[0-9a-f]{12,64}\b"), "NUMBER"),
    (
        re.compile(r"\b(?:[A-Z2-7]{4}(?: [A-Z2-7]{4}){3,}|[a-z0-9]{4}(?:-[a-z0-9]{4}){3})\b"),
        "SECRET",
    ),
    (re.compile(r"Kanarienvogel Nummer \d+"), "Kanarienvogel"),
)


def snapshot_of(page: Page) -> str:
    """Names and roles of everything on the page, without what is different each time."""
    text = page.locator("html").aria_snapshot()
    if urlsplit(page.url).path == STATEMENT:
        text = _NUMBERS.sub("N", text)
    for pattern, instead in _VOLATILE:
        text = pattern.sub(instead, text)
    return text + "\n"


def compare(area: str, name: str, found: str) -> list[str]:
    """Lines that differ from what is kept; with NACHKLANG_SNAPSHOTS=write nothing does, and it is kept anew."""
    path = PLACE / area / f"{file_name(name)}.yaml"
    if IS_WRITING:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found, encoding="utf-8")
        return []
    if not path.exists():
        return [
            f"{path.relative_to(PLACE)} is missing: NACHKLANG_SNAPSHOTS=write scripts/test tests/accessibility"
        ]
    kept = path.read_text(encoding="utf-8")
    return list(
        unified_diff(kept.splitlines(), found.splitlines(), "kept", "found", n=2, lineterm="")
    )


def out_of_place(kept: Iterable[str], wanted: Sequence[str]) -> list[str]:
    """Files that no state is compared with, states without a file, and files that several states share."""
    there = set(kept)
    return [
        *(f"kept of no state: {one}" for one in sorted(there - set(wanted))),
        *(f"not kept: {one}" for one in sorted(set(wanted) - there)),
        *(f"kept of several: {one}" for one, n in sorted(Counter(wanted).items()) if n > 1),
    ]


def file_name(name: str) -> str:
    """A state's name as the name of a file."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
