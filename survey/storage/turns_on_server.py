"""Turns that several machines take by their PostgreSQL server: locks that end with their connection."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

from survey.errors import StorageUnavailable
from survey.storage.postgresql import open_plainly

if TYPE_CHECKING:
    from collections.abc import Iterator

_OURS = 0x6E61_6368
"""What begins every lock of this kind; the one for writing is of another."""


@contextmanager
def turn_by_server(address: str, number: int) -> Iterator[bool]:
    """True if nobody else has that turn, on whatever machine; StorageUnavailable if the server is away."""
    connection = open_plainly(address)
    try:
        try:
            row = connection.execute(
                "SELECT pg_try_advisory_lock(%(ours)s::int, %(number)s::int) AS is_ours",
                {"ours": _OURS, "number": number},
            ).fetchone()
        except psycopg.Error as error:
            raise StorageUnavailable(str(error)) from error
        yield row is not None and bool(row["is_ours"])
    finally:
        connection.close()
