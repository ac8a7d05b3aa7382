"""Answers kept the usual way: apart from names, under random ids, without times. Only to show that it does not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.storage.connection import Connection


def create(connection: Connection, people: int) -> None:
    """The two tables of a naive store, and its people."""
    connection.execute(
        """
        CREATE TABLE person (id INTEGER PRIMARY KEY, has_answered INTEGER NOT NULL)
        STRICT, WITHOUT ROWID
        """
    )
    connection.execute(
        "CREATE TABLE answer (id TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID"
    )
    connection.executemany(
        "INSERT INTO person (id, has_answered) VALUES (:id, 0)",
        [{"id": person} for person in range(people)],
    )


def answer(connection: Connection, person: int, *, answer_id: str, text: str) -> None:
    """One person answers, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE person SET has_answered = 1 WHERE id = :id", {"id": person})
    connection.execute(
        "INSERT INTO answer (id, text) VALUES (:id, :text)", {"id": answer_id, "text": text}
    )
    connection.execute("COMMIT")


def who_answered(connection: Connection) -> frozenset[int]:
    """The people of the store who have answered."""
    rows = connection.execute("SELECT id FROM person WHERE has_answered = 1")
    return frozenset(row["id"] for row in rows)
