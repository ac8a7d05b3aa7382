"""What a schema must not have: times in rows about persons or answers, and rows in the order of their coming."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

PERSONAL_TABLES = (
    "participant",
    "booking",
    "link",
    "urn",
    "draft",
    "text",
    "tally",
    "session_total",
    "remembered",
    "soft_bounce",
)
TIME_WORDS = ("time", "date", "moment", "stamp", "created", "updated", "answered_at", "day", "seen")
ALLOWED = frozenset({"link_request.day"})
"""How often somebody has asked for a new link today: rows of earlier days go with the next request."""
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?")


def personal_tables(tables: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Tables about persons or answers: the known ones, and all that name a participant."""
    found = {table for table, columns in tables.items() if "participant" in columns}
    return tuple(sorted(found | set(PERSONAL_TABLES)))


def columns_with_time(
    tables: Mapping[str, Sequence[str]], *, personal: Iterable[str]
) -> tuple[str, ...]:
    """Columns of tables about persons or answers whose names speak of time."""
    found = (
        f"{table}.{column}"
        for table in personal
        for column in tables.get(table, ())
        if any(word in column for word in TIME_WORDS)
    )
    return tuple(column for column in found if column not in ALLOWED)


def tables_in_order_of_coming(definitions: Mapping[str, str]) -> tuple[str, ...]:
    """Tables whose rows carry a number that grows with each of them."""
    return tuple(
        table
        for table, definition in sorted(definitions.items())
        if "WITHOUT ROWID" not in definition.upper() or "AUTOINCREMENT" in definition.upper()
    )


def moments_in(row: Iterable[object], moments: Mapping[int, datetime]) -> frozenset[int]:
    """People whose moment stands in the row: as a text to the minute, or as a number of seconds or milliseconds."""
    found: set[int] = set()
    for value in row:
        match value:
            case str():
                minutes = {text[:16].replace(" ", "T") for text in _ISO.findall(value)}
                if minutes:
                    found |= {p for p, m in moments.items() if f"{m:%Y-%m-%dT%H:%M}" in minutes}
            case bool() | None:
                continue
            case int() | float():
                found |= {p for p, m in moments.items() if _is_moment(value, m)}
            case _:
                continue
    return frozenset(found)


def _is_moment(number: float, moment: datetime) -> bool:
    seconds = moment.timestamp()
    return any(abs(number - seconds * unit) < unit * 30 for unit in (1, 1000, 1_000_000))
