"""What files of earlier editions count, between their upload and their import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.storage.moments import moment_to_text

if TYPE_CHECKING:
    from datetime import datetime

    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Place:
    """Whose file it is, and for which series."""

    organisation: str
    series: str
    account: str


def put(
    connection: Connection, place: Place, *, held: str, content: str, expires: datetime
) -> None:
    """Hold it under the id `held`; what the same account held for the series goes."""
    connection.execute(
        """
        INSERT INTO held_earlier (organisation, series, account, id, content, expires)
        VALUES (:organisation, :series, :account, :id, :content, :expires)
        ON CONFLICT (organisation, series, account) DO UPDATE SET id = excluded.id,
            content = excluded.content, expires = excluded.expires
        """,
        {**_key(place), "id": held, "content": content, "expires": moment_to_text(expires)},
    )


def find(connection: Connection, place: Place, *, now: datetime) -> tuple[str, str] | None:
    """Its id and content; None once its time is over."""
    row = connection.execute(
        """
        SELECT id, content FROM held_earlier
        WHERE organisation = :organisation AND series = :series AND account = :account
          AND expires > :now
        """,
        {**_key(place), "now": moment_to_text(now)},
    ).fetchone()
    return None if row is None else (row["id"], row["content"])


def set_content(connection: Connection, place: Place, *, held: str, content: str) -> bool:
    """What has been chosen is kept; False if another file is held now."""
    changed = connection.execute(
        """
        UPDATE held_earlier SET content = :content
        WHERE organisation = :organisation AND series = :series AND account = :account
          AND id = :id
        """,
        {**_key(place), "id": held, "content": content},
    )
    return bool(changed.rowcount == 1)


def delete(connection: Connection, place: Place) -> None:
    """Nothing is held any longer."""
    connection.execute(
        """
        DELETE FROM held_earlier
        WHERE organisation = :organisation AND series = :series AND account = :account
        """,
        _key(place),
    )


def delete_expired(connection: Connection, now: datetime) -> int:
    """How many were held long enough and are gone now."""
    deleted: int = connection.execute(
        "DELETE FROM held_earlier WHERE expires <= :now", {"now": moment_to_text(now)}
    ).rowcount
    return deleted


def _key(place: Place) -> dict[str, str]:
    return {"organisation": place.organisation, "series": place.series, "account": place.account}
