"""The one style sheet and the one small script, read once; the sheet is inlined and allowed by its hash."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SHEETS = ("style/tokens.css", "style/site.css")
WORKPLACE_SHEET = "style/workplace.css"
SCRIPT = "style/page.js"


@dataclass(frozen=True, slots=True)
class Style:
    """What every page looks like."""

    sheet: str
    """Without comments and spare space; goes into each page as it is."""
    sheet_hash: str
    """For the content security policy."""
    script: bytes
    script_address: str
    """Changes with the script, so that browsers may keep it for ever."""
    workplace_sheet: bytes
    """What pages of the workplace need beside it; a file of its own, so that participants' pages stay small."""
    workplace_address: str
    """Changes with that sheet."""


def read_style(templates: Path) -> Style:
    """The style under templates/style."""
    sheet = _dense("\n".join((templates / name).read_text(encoding="utf-8") for name in SHEETS))
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode("ascii")
    script = (templates / SCRIPT).read_bytes()
    workplace = _dense((templates / WORKPLACE_SHEET).read_text(encoding="utf-8")).encode()
    return Style(
        sheet,
        f"sha256-{digest}",
        script,
        f"/stil/{_version(script)}.js",
        workplace,
        f"/stil/{_version(workplace)}.css",
    )


def _version(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _dense(sheet: str) -> str:
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    sheet = re.sub(r"\s+", " ", sheet)
    # A space before ":" or inside calc() means something; around braces, semicolons and commas it never does.
    return re.sub(r" ?([{};,]) ?", r"\1", sheet).replace(": ", ":").replace(";}", "}").strip()
