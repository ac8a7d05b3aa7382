"""Links that show one session's results to its speakers, until they expire."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.storage.moments import moment_to_text, text_to_moment

if TYPE_CHECKING:
    from datetime import datetime

    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Share:
    """One link."""

    id: str
    session: str
    expires: datetime


def insert(connection: Connection, edition_id: str, share: Share) -> None:
    """There is this link."""
    connection.execute(
        """
        INSERT INTO share (edition, id, session, expires)
        VALUES (:edition, :id, :session, :expires)
        """,
        {
            "edition": edition_id,
            "id": share.id,
            "session": share.session,
            "expires": moment_to_text(share.expires),
        },
    )


def of_edition(connection: Connection, edition_id: str) -> tuple[Share, ...]:
    """Every link of the edition, the first to expire first."""
    rows = connection.execute(
        """
        SELECT id, session, expires FROM share WHERE edition = :edition ORDER BY expires, id
        """,
        {"edition": edition_id},
    )
    return tuple(
        Share(row["id"], row["session"], _moment(row["expires"])) for row in rows.fetchall()
    )


def delete(connection: Connection, edition_id: str, share_id: str) -> int:
    """The link is gone; how many that was (0 or 1)."""
    deleted: int = connection.execute(
        "DELETE FROM share WHERE edition = :edition AND id = :id",
        {"edition": edition_id, "id": share_id},
    ).rowcount
    return deleted


def _moment(text: str) -> datetime:
    moment = text_to_moment(text)
    if moment is None:
        raise ValueError(text)
    return moment
