"""Puts what the long form printed into docs/anonymity.md: ``python -m tests.auditing.results FILE``."""

from __future__ import annotations

import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.proofs.documents import DOCUMENTS, with_block

DOCUMENT = DOCUMENTS / "anonymity.md"
BLOCK = "long form"


def block(printed: str, *, day: str) -> str:
    """The last line, how it came about, and every line that says of how many how many were linked."""
    lines = printed.rstrip().splitlines()
    rows = [line[2:].rpartition(": ") for line in lines if line.startswith("- ") and " of " in line]
    return "\n".join(
        [
            f"`scripts/audit`, {day}, Python {platform.python_version()}:",
            "",
            f"    {lines[-1]}",
            "",
            *(line for line in lines if line.startswith(("After the count", "None of", "Better"))),
            *(line for line in lines if line[:1].isdigit() and "ways of guessing" in line),
            "",
            "| Tried | Linked |",
            "|---|---|",
            *(f"| {what} | {found.removesuffix(' linked')} |" for what, _, found in rows),
        ]
    )


def main(arguments: list[str]) -> int:
    """The document holds the result."""
    printed = Path(arguments[0]).read_text(encoding="utf-8")
    document = DOCUMENT.read_text(encoding="utf-8")
    renewed = with_block(document, BLOCK, block(printed, day=f"{datetime.now(UTC):%Y-%m-%d}"))
    DOCUMENT.write_text(renewed, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
