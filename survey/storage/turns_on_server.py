"""Turns that several machines take by their PostgreSQL server: locks that end with their connection."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg

from survey.errors import StorageUnavailable
from survey.storage.postgresql import open_durably

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_OURS = 0x6E61_6368
"""What begins every lock of this kind; the one for writing is of another."""


@contextmanager
def turn_by_server(address: str, number: int) -> Iterator[Callable[[], bool]]:
    """Says whether nobody else has that turn, on whatever machine; StorageUnavailable if the server is away."""
    # Durably, for that is looked after: the server notices a machine that is gone, and gives its turn to another.
    connection = open_durably(address)
    try:
        try:
            row = connection.execute(
                "SELECT pg_try_advisory_lock(%(ours)s::int, %(number)s::int) AS is_ours",
                {"ours": _OURS, "number": number},
            ).fetchone()
        except psycopg.Error as error:
            raise StorageUnavailable(str(error)) from error
        is_ours = row is not None and bool(row["is_ours"])
        yield lambda: is_ours and _lives(connection)
    finally:
        connection.close()


def _lives(connection: psycopg.Connection[dict[str, Any]]) -> bool:
    """True if the server still knows the connection, and with it the lock."""
    try:
        connection.execute("SELECT 1")
    except psycopg.Error:
        return False
    return True
