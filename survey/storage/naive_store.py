"""Answers kept the usual ways: only to show that they do not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from survey.storage.connection import Connection


def create(connection: Connection, addresses: tuple[str, ...]) -> None:
    """Stores of two kinds: names and answers apart, under random ids and without times; and rows as they come."""
    connection.execute(
        """
        CREATE TABLE participant (address TEXT PRIMARY KEY, has_answered INTEGER NOT NULL)
        STRICT, WITHOUT ROWID
        """
    )
    connection.execute(
        "CREATE TABLE urn (slot TEXT PRIMARY KEY, box BLOB NOT NULL) STRICT, WITHOUT ROWID"
    )
    connection.execute(
        "CREATE TABLE draft (slot TEXT PRIMARY KEY, box BLOB NOT NULL) STRICT, WITHOUT ROWID"
    )
    connection.execute(
        """
        CREATE TABLE answer (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            answered_at TEXT NOT NULL,
            first TEXT NOT NULL,
            second TEXT NOT NULL
        ) STRICT
        """
    )
    connection.execute(
        """
        CREATE TABLE last_change (address TEXT PRIMARY KEY, changed_at REAL NOT NULL)
        STRICT, WITHOUT ROWID
        """
    )
    connection.executemany(
        "INSERT INTO participant (address, has_answered) VALUES (:address, 0)",
        [{"address": address} for address in addresses],
    )


def answer(connection: Connection, address: str, *, slot: str, content: bytes) -> None:
    """One person answers, in one transaction, into the two tables that are kept apart."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "UPDATE participant SET has_answered = 1 WHERE address = :address", {"address": address}
    )
    connection.execute(
        "INSERT INTO urn (slot, box) VALUES (:slot, :box)", {"slot": slot, "box": content}
    )
    connection.execute("COMMIT")


def note_change(connection: Connection, address: str, *, at: float) -> None:
    """When the person's row was last changed, as many a framework notes by itself."""
    connection.execute(
        "INSERT INTO last_change (address, changed_at) VALUES (:address, :at)",
        {"address": address, "at": at},
    )


def forget_changes(connection: Connection) -> None:
    """The times are gone, as they would be after a count."""
    connection.execute("DELETE FROM last_change")


def lay_beside(connection: Connection, boxes: Iterable[tuple[str, bytes]]) -> None:
    """Each of these boxes under a key of its own, though some were meant to replace others."""
    connection.executemany(
        "INSERT INTO urn (slot, box) VALUES (hex(randomblob(32)), :box)",
        [{"box": box} for _, box in boxes],
    )


def keep_row(connection: Connection, at: datetime, *, first: str, second: str) -> None:
    """One person's texts in one row, with the moment, after all rows before."""
    connection.execute(
        "INSERT INTO answer (answered_at, first, second) VALUES (:at, :first, :second)",
        {"at": at.isoformat(), "first": first, "second": second},
    )


def texts_as_kept(connection: Connection) -> tuple[str, ...]:
    """The first texts, in the order of their rows."""
    rows = connection.execute("SELECT first FROM answer ORDER BY id")
    return tuple(row["first"] for row in rows)
