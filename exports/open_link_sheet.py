"""The sheet with an open link, for walls and tables, as HTML for the accessible PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.link_code import link_code
from survey.language.catalogue import catalogue
from survey.rendering import render

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from survey.language.wording import Language
    from survey.model.event import Edition


def open_link_sheet_html(
    edition: Edition, language: Language, *, address: str, closes: datetime, zone: ZoneInfo
) -> str:
    """One page: what it is about, the code, the address to type, until when."""
    return render(
        "report/open_link_sheet.html",
        language,
        summary=edition,
        created=f"{edition.starts.isoformat()}T00:00:00Z",
        code=link_code(address),
        address=address.partition("://")[2],
        closes=catalogue(language).moment(closes, zone),
    )
