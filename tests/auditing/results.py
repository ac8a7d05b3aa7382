"""Puts what the long form printed into docs/anonymity.md: ``python -m tests.auditing.results FILE``."""

from __future__ import annotations

import platform
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tests.proofs.documents import DOCUMENTS, with_block

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT = DOCUMENTS / "anonymity.md"
BLOCK = "long form"
_ROW = re.compile(r"- (?P<what>.+): (?P<found>[\d,]+ of [\d,]+)(?: linked)?")
_TABLES = {
    "What the attacker tried": (
        "Attacks: nobody may be linked",
        "What was tried on the service, and how many it linked of those who were exposed to it.",
        ("Attack", "Linked, of all exposed"),
    ),
    "Controls: the same attacks where they must succeed": (
        "Controls: everybody must be linked",
        "The same attacks where they must succeed: on careless stand-ins, or with the key in hand. This is no leak.",
        ("Control", "Linked, of all it must link"),
    ),
    "What cannot be hidden": (
        "What cannot be hidden",
        "This an onlooker does learn, from this service as from any of its kind.",
        ("What an onlooker learns", "Of whom"),
    ),
}
"""By the protocol's headings: heading, explanation and columns in the document."""


def block(printed: str, *, day: str) -> str:
    """The last line, how it came about, and a table each of attacks, controls, and what cannot be hidden."""
    lines = printed.rstrip().splitlines()
    return "\n".join(
        [
            f"`scripts/audit`, {day}, Python {platform.python_version()}:",
            "",
            f"    {lines[-1]}",
            "",
            *(line for line in lines if line.startswith(("After the count", "None of", "Better"))),
            *(line for line in lines if line[:1].isdigit() and "ways of guessing" in line),
            *(line for heading in _TABLES for line in _table(heading, lines)),
        ]
    )


def _table(heading: str, lines: list[str]) -> Iterator[str]:
    title, explanation, columns = _TABLES[heading]
    yield from ("", f"### {title}", "", explanation, "")
    yield from (f"| {columns[0]} | {columns[1]} |", "|---|---|")
    for line in lines[lines.index(heading) :]:
        if not line:
            return  # the next part begins
        found = _ROW.fullmatch(line)
        if found:
            yield f"| {found['what']} | {found['found']} |"


def main(arguments: list[str]) -> int:
    """The document holds the result."""
    printed = Path(arguments[0]).read_text(encoding="utf-8")
    document = DOCUMENT.read_text(encoding="utf-8")
    renewed = with_block(document, BLOCK, block(printed, day=f"{datetime.now(UTC):%Y-%m-%d}"))
    DOCUMENT.write_text(renewed, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
