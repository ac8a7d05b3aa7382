"""Which warnings of the check before the first mail somebody has read, as a digest of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.storage.connection import Connection


def find(connection: Connection, edition_id: str) -> str:
    """The digest that was read last; empty if none was."""
    row = connection.execute(
        "SELECT digest FROM warnings_read WHERE edition = :edition", {"edition": edition_id}
    ).fetchone()
    return "" if row is None else str(row["digest"])


def remember(connection: Connection, edition_id: str, digest: str) -> None:
    """These warnings were read."""
    connection.execute(
        """
        INSERT INTO warnings_read (edition, digest) VALUES (:edition, :digest)
        ON CONFLICT (edition) DO UPDATE SET digest = excluded.digest
        """,
        {"edition": edition_id, "digest": digest},
    )
