"""Which addresses were invited to an answer in the last seven days, as fingerprints with a day, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from survey.storage.connection import Connection

KEPT = timedelta(days=7)


def remember(connection: Connection, invited: Iterable[tuple[str, str]], *, day: date) -> None:
    """Invitations to these editions went to these addresses (edition, fingerprint) on that day."""
    connection.executemany(
        """
        INSERT INTO recent_mail (edition, fingerprint, day) VALUES (:edition, :fingerprint, :day)
        ON CONFLICT (edition, fingerprint) DO UPDATE SET day = excluded.day
        """,
        (
            {"edition": edition, "fingerprint": fingerprint, "day": day.isoformat()}
            for edition, fingerprint in invited
        ),
    )


def count_elsewhere(
    connection: Connection, edition: str, *, fingerprints: Iterable[str], today: date
) -> int:
    """How many of the addresses were invited to another edition in the last seven days."""
    rows = connection.execute(
        """
        SELECT DISTINCT fingerprint FROM recent_mail WHERE edition <> :edition AND day > :since
        """,
        {"edition": edition, "since": (today - KEPT).isoformat()},
    )
    return len({row["fingerprint"] for row in rows}.intersection(fingerprints))


def delete_old(connection: Connection, *, today: date) -> None:
    """What is older than seven days is gone."""
    connection.execute(
        "DELETE FROM recent_mail WHERE day <= :since", {"since": (today - KEPT).isoformat()}
    )


def forget(connection: Connection, *, fingerprint: str) -> None:
    """Nothing is known of that address any longer."""
    connection.execute(
        "DELETE FROM recent_mail WHERE fingerprint = :fingerprint", {"fingerprint": fingerprint}
    )
