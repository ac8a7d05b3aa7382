"""What a schema must not have: times in rows about persons or answers, and rows in the order of their coming."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
TIME_WORDS = ("time", "date", "moment", "stamp", "created", "updated", "day", "seen")
ALLOWED = frozenset({"link_request.day"})
"""How often somebody has asked for a new link today: rows of earlier days go with the next request."""


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
        if any(word in column for word in TIME_WORDS) or f"_{column}".endswith("_at")
    )
    return tuple(column for column in found if column not in ALLOWED)


def tables_in_order_of_coming(definitions: Mapping[str, str]) -> tuple[str, ...]:
    """Tables whose rows carry a number that grows with each of them."""
    return tuple(
        table
        for table, definition in sorted(definitions.items())
        if "WITHOUT ROWID" not in definition.upper() or "AUTOINCREMENT" in definition.upper()
    )
