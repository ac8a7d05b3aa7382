"""Recipients' domains, and the relay itself, that asked to be left alone for a while: fingerprints until a moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from survey.storage.moments import moment_to_text

if TYPE_CHECKING:
    from survey.storage.connection import Connection

RELAY = "*"
"""Stands for the relay itself."""
LONGEST_REST = timedelta(hours=2)
"""Nobody asks for more: a longer one was written by a clock that ran ahead."""


def rest(connection: Connection, fingerprint: str, *, until: datetime) -> None:
    """Nothing goes there before that moment."""
    connection.execute(
        """
        INSERT INTO domain_rest (fingerprint, until) VALUES (:fingerprint, :until)
        ON CONFLICT (fingerprint) DO UPDATE SET until = excluded.until
        """,
        {"fingerprint": fingerprint, "until": moment_to_text(until)},
    )


def resting(connection: Connection, now: datetime) -> dict[str, datetime]:
    """Who rests now, and until when; those whose rest is over are forgotten."""
    connection.execute(
        "DELETE FROM domain_rest WHERE until <= :now OR until > :beyond",
        {"now": moment_to_text(now), "beyond": moment_to_text(now + LONGEST_REST)},
    )
    rows = connection.execute("SELECT fingerprint, until FROM domain_rest").fetchall()
    return {row["fingerprint"]: datetime.fromisoformat(row["until"]) for row in rows}
