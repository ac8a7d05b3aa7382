"""What is held on a person, as a file to hand over: plain text for reading, JSON for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    Parts = Sequence[tuple[str, Sequence[tuple[str, str]]]]
    """Per edition its title, and what it holds as names and values."""


def personal_data_text(heading: str, parts: Parts, notes: Sequence[str]) -> bytes:
    """The text file, with Windows line ends, as town halls open it."""
    lines = [heading, "=" * len(heading), ""]
    for title, facts in parts:
        lines += [title, "-" * len(title), *(f"{name}: {value}" for name, value in facts), ""]
    for note in notes:
        lines += [note, ""]
    return "\r\n".join(lines).encode("utf-8-sig")


def personal_data_json(parts: Parts, notes: Sequence[str]) -> bytes:
    """The same as JSON."""
    told = {
        "editions": [{"title": title, "facts": dict(facts)} for title, facts in parts],
        "notes": list(notes),
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()
