"""Which editions are compared with which base: chosen in the address, so that every view can be sent on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from survey.comparing.comparison import comparable_names, compare
from survey.errors import NotAllowed, problem

if TYPE_CHECKING:
    from survey.comparing.series import Series
    from survey.errors import Problem
    from survey.model.comparison import Comparison
    from survey.web.workplace.desk import Desk

EDITIONS = "ausgabe"
BASE = "basis"


@dataclass(frozen=True, slots=True)
class Choice:
    """One edition that can be compared."""

    name: str
    title: str
    is_chosen: bool
    is_base: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """What was asked for: the comparison, or why there is none."""

    comparison: Comparison | None
    refused: Problem | None
    choices: tuple[Choice, ...]
    """The newest first."""
    query: str
    """What of the address says all this; empty where nothing was chosen."""


def compared(desk: Desk, series: Series) -> Compared:
    """The comparison that the address asks for; NotFound if it names an edition that is not there."""
    asked = tuple(dict.fromkeys(desk.visit.request.query_params.getlist(EDITIONS)))
    base = desk.asked(BASE) or None
    query = urlencode([*((EDITIONS, name) for name in asked), *([(BASE, base)] if base else [])])
    comparison, refused = None, None
    try:
        comparison = _compare(desk, series, asked, base)
    except NotAllowed as error:
        refused = error.why
    shown = {e.name for e in comparison.editions} if comparison else set(asked)
    return Compared(
        comparison,
        refused,
        tuple(
            Choice(
                name,
                title,
                name in shown,
                is_base=name == (comparison.base if comparison and base else base),
            )
            for name, title in reversed(_titles(series).items())
        ),
        f"?{query}" if query else "",
    )


def _compare(desk: Desk, series: Series, asked: tuple[str, ...], base: str | None) -> Comparison:
    known = comparable_names(series)
    if base in known and asked and base not in asked:
        raise NotAllowed(
            problem("Kreuzen Sie auch die Ausgabe an, mit der verglichen werden soll.")
        )
    return compare(desk.inst, series, names=asked or None, base=base)


def _titles(series: Series) -> dict[str, str]:
    titles = {record.name: record.edition.title for record in series.counted}
    titles |= {earlier.name: earlier.title for earlier in series.earlier}
    return {name: titles[name] for name in comparable_names(series)}
