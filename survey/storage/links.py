"""Links of participants: only a hash of each, one for every mail that was sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.model.invitation import Campaign

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class StoredLink:
    """One link of a participant, known by its hash."""

    hash: str
    participant: str
    campaign: Campaign


def insert(
    connection: Connection,
    edition_id: str,
    *,
    hashed: str,
    participant: str,
    campaign: Campaign,
) -> None:
    """Keep the hash of a fresh link of a participant."""
    insert_all(connection, [(edition_id, hashed, participant, campaign)])


def insert_all(connection: Connection, fresh: Iterable[tuple[str, str, str, Campaign]]) -> None:
    """Keep the hashes of fresh links: edition, hash, participant and campaign of each."""
    connection.executemany(
        """
        INSERT INTO link (edition, hash, participant, campaign)
        VALUES (:edition, :hash, :participant, :campaign)
        """,
        (
            {
                "edition": edition,
                "hash": hashed,
                "participant": participant,
                "campaign": campaign.value,
            }
            for edition, hashed, participant, campaign in fresh
        ),
    )


def find(connection: Connection, edition_id: str, hashed: str) -> StoredLink | None:
    """The link with that hash."""
    row = connection.execute(
        """
        SELECT hash, participant, campaign FROM link WHERE edition = :edition AND hash = :hash
        """,
        {"edition": edition_id, "hash": hashed},
    ).fetchone()
    if row is None:
        return None
    return StoredLink(row["hash"], row["participant"], Campaign(row["campaign"]))


def of_participant(
    connection: Connection, edition_id: str, participant: str
) -> tuple[StoredLink, ...]:
    """Every link of a participant."""
    rows = connection.execute(
        """
        SELECT hash, participant, campaign FROM link
        WHERE edition = :edition AND participant = :participant ORDER BY hash
        """,
        {"edition": edition_id, "participant": participant},
    ).fetchall()
    return tuple(
        StoredLink(row["hash"], row["participant"], Campaign(row["campaign"])) for row in rows
    )


def delete_of_edition(connection: Connection, edition_id: str) -> None:
    """Delete every link of an edition."""
    connection.execute("DELETE FROM link WHERE edition = :edition", {"edition": edition_id})
