"""A congress that was held and counted, with a rating for all of it and for one workshop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.comparing.counted_series import chosen, store_counted

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import Edition

OVERALL = {2018: (60, 60, 40, 20, 20), 2019: (40, 60, 50, 30, 20), 2020: (110, 60, 20, 6, 4)}
"""How many rated the congress of each year, the best first."""


def hold(inst: Installation, edition: Edition, overall: tuple[int, ...]) -> None:
    """The congress was held, and 205 answered."""
    n = sum(overall)
    general = {
        "overall": chosen(edition, "overall", *overall),
        "next_format": chosen(edition, "next_format", n // 2, n // 4, n - n // 2 - n // 4),
    }
    sessions = {"ws01": {"rating": general["overall"]}}
    store_counted(inst, edition, invited=420, answered=205, general=general, sessions=sessions)
