"""Tokens of the programming interface, known by their hash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from survey.storage.moments import moment_to_text, text_to_moment

if TYPE_CHECKING:
    from datetime import datetime

    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class InterfaceToken:
    """A token without its secret."""

    organisation: str
    id: str
    purpose: str
    made: datetime


def insert(connection: Connection, token: InterfaceToken, *, hashed: str) -> None:
    """Keep a fresh token."""
    connection.execute(
        """
        INSERT INTO interface_token (organisation, id, hash, purpose, made)
        VALUES (:organisation, :id, :hash, :purpose, :made)
        """,
        {
            "organisation": token.organisation,
            "id": token.id,
            "hash": hashed,
            "purpose": token.purpose,
            "made": moment_to_text(token.made),
        },
    )


def find_by_hash(connection: Connection, hashed: str) -> InterfaceToken | None:
    """The token with that hash."""
    row = connection.execute(
        "SELECT organisation, id, purpose, made FROM interface_token WHERE hash = :hash",
        {"hash": hashed},
    ).fetchone()
    return None if row is None else _token(row)


def of_organisation(connection: Connection, organisation: str) -> tuple[InterfaceToken, ...]:
    """The organisation's tokens, the oldest first."""
    rows = connection.execute(
        """
        SELECT organisation, id, purpose, made FROM interface_token
        WHERE organisation = :organisation ORDER BY made, id
        """,
        {"organisation": organisation},
    ).fetchall()
    return tuple(_token(row) for row in rows)


def delete(connection: Connection, organisation: str, token: str) -> bool:
    """The token opens nothing any more; False if the organisation has none with that id."""
    deleted = connection.execute(
        "DELETE FROM interface_token WHERE organisation = :organisation AND id = :id",
        {"organisation": organisation, "id": token},
    )
    return bool(deleted.rowcount == 1)


def _token(row: Any) -> InterfaceToken:  # noqa: ANN401 -- driver's row
    made = text_to_moment(row["made"])
    assert made is not None  # noqa: S101 -- NOT NULL in the schema
    return InterfaceToken(row["organisation"], row["id"], row["purpose"], made)
