"""The one style sheet and the one small script, read once; the sheet is inlined and allowed by its hash."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from survey.model.colour import Accent
    from survey.model.profile import Logo

SHEETS = ("style/tokens.css", "style/site.css")
WORKPLACE_SHEET = "style/workplace.css"
RESULTS_SHEET = "style/results.css"
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
    results_sheet: bytes
    """What pages with charts need beside it."""
    results_address: str
    """Changes with that sheet."""
    logo: Logo | None = None
    """The organisation's picture, at the head of its participants' pages."""

    @property
    def look(self) -> str:
        """Tells apart what is drawn in different colours or with different pictures."""
        return self.sheet_hash + (self.logo.hash if self.logo else "")

    @property
    def policy(self) -> str:
        """The content security policy that allows this sheet and nothing else inline."""
        return (
            "default-src 'none'; "
            f"style-src 'self' '{self.sheet_hash}'; "
            "img-src 'self' data:; script-src 'self'; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'"
        )


def read_style(templates: Path) -> Style:
    """The style under templates/style."""
    sheet = _dense("\n".join((templates / name).read_text(encoding="utf-8") for name in SHEETS))
    script = (templates / SCRIPT).read_bytes()
    workplace = _dense((templates / WORKPLACE_SHEET).read_text(encoding="utf-8")).encode()
    results = _dense((templates / RESULTS_SHEET).read_text(encoding="utf-8")).encode()
    return Style(
        sheet,
        _digest(sheet),
        script,
        f"/stil/{_version(script)}.js",
        workplace,
        f"/stil/{_version(workplace)}.css",
        results,
        f"/stil/{_version(results)}.css",
    )


@lru_cache(maxsize=64)
def dressed(style: Style, accent: Accent | None, logo: Logo | None) -> Style:
    """The same style in an organisation's colour, with its picture."""
    sheet = style.sheet + (accent.sheet if accent else "")
    return replace(style, sheet=sheet, sheet_hash=_digest(sheet), logo=logo)


def _digest(sheet: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode("ascii")


def _version(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


@lru_cache(maxsize=8)
def _dense(sheet: str) -> str:
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    sheet = re.sub(r"\s+", " ", sheet)
    # A space before ":" or inside calc() means something; around braces, semicolons, commas and > it never does.
    return re.sub(r" ?([{};,>]) ?", r"\1", sheet).replace(": ", ":").replace(";}", "}").strip()
