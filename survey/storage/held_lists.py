"""Registration lists between their upload and their confirmation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.storage.moments import moment_to_text

if TYPE_CHECKING:
    from datetime import datetime

    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class HeldList:
    """One uploaded list, and what has been chosen about it so far."""

    edition: str
    account: str
    id: str
    file_name: str
    content: bytes
    choices: str
    """JSON: meanings of columns, sessions, corrected cells, lines left out."""


def put(connection: Connection, held: HeldList, *, expires: datetime) -> None:
    """Hold the list; one that the same account held for the edition goes."""
    connection.execute(
        """
        INSERT INTO held_list (edition, account, id, file_name, content, choices, expires)
        VALUES (:edition, :account, :id, :file_name, :content, :choices, :expires)
        ON CONFLICT (edition, account) DO UPDATE SET id = excluded.id,
            file_name = excluded.file_name, content = excluded.content,
            choices = excluded.choices, expires = excluded.expires
        """,
        {
            "edition": held.edition,
            "account": held.account,
            "id": held.id,
            "file_name": held.file_name,
            "content": held.content,
            "choices": held.choices,
            "expires": moment_to_text(expires),
        },
    )


def find(connection: Connection, edition: str, *, account: str, now: datetime) -> HeldList | None:
    """The list that the account holds for the edition; None once its time is over."""
    row = connection.execute(
        """
        SELECT edition, account, id, file_name, content, choices FROM held_list
        WHERE edition = :edition AND account = :account AND expires > :now
        """,
        {"edition": edition, "account": account, "now": moment_to_text(now)},
    ).fetchone()
    if row is None:
        return None
    return HeldList(
        row["edition"],
        row["account"],
        row["id"],
        row["file_name"],
        row["content"],
        row["choices"],
    )


def set_choices(connection: Connection, held: HeldList, *, choices: str) -> bool:
    """What has been chosen is kept; False if another list is held now."""
    changed = connection.execute(
        """
        UPDATE held_list SET choices = :choices
        WHERE edition = :edition AND account = :account AND id = :id
        """,
        {"edition": held.edition, "account": held.account, "id": held.id, "choices": choices},
    )
    return bool(changed.rowcount == 1)


def delete(connection: Connection, edition: str, *, account: str) -> None:
    """The list is gone."""
    connection.execute(
        "DELETE FROM held_list WHERE edition = :edition AND account = :account",
        {"edition": edition, "account": account},
    )


def delete_expired(connection: Connection, now: datetime) -> int:
    """How many lists were held long enough and are gone now."""
    deleted: int = connection.execute(
        "DELETE FROM held_list WHERE expires <= :now", {"now": moment_to_text(now)}
    ).rowcount
    return deleted
