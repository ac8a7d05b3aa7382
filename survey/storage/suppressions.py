"""Who gets no more mail from an organisation: fingerprints that outlive every deletion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.storage.connection import Connection

Cause = Literal["opt_out", "bounce"]
"""An opt-out acts on a person, a bounce on an address: their fingerprints are of different texts."""


def add(connection: Connection, organisation: str, *, fingerprint: str, cause: Cause) -> None:
    """The fingerprint gets no more mail from the organisation."""
    connection.execute(
        """
        INSERT INTO suppression (organisation, address_hmac, cause)
        VALUES (:organisation, :fingerprint, :cause)
        ON CONFLICT (organisation, address_hmac, cause) DO NOTHING
        """,
        {"organisation": organisation, "fingerprint": fingerprint, "cause": cause},
    )


def lift(connection: Connection, organisation: str, *, fingerprint: str, cause: Cause) -> None:
    """Mail may go there again."""
    connection.execute(
        """
        DELETE FROM suppression
        WHERE organisation = :organisation AND address_hmac = :fingerprint AND cause = :cause
        """,
        {"organisation": organisation, "fingerprint": fingerprint, "cause": cause},
    )


def holds(
    connection: Connection, organisation: str, *, fingerprints: Iterable[tuple[str, Cause]]
) -> Cause | None:
    """The first cause for which one of the fingerprints gets no mail."""
    for fingerprint, cause in fingerprints:
        row = connection.execute(
            """
            SELECT cause FROM suppression
            WHERE organisation = :organisation AND address_hmac = :fingerprint AND cause = :cause
            """,
            {"organisation": organisation, "fingerprint": fingerprint, "cause": cause},
        ).fetchone()
        if row is not None:
            return cause
    return None


def of_organisation(
    connection: Connection, organisation: str, *, most: int
) -> frozenset[tuple[str, Cause]] | None:
    """Each as fingerprint and cause; None if there are more than that."""
    rows = connection.execute(
        """
        SELECT address_hmac, cause FROM suppression WHERE organisation = :organisation LIMIT :limit
        """,
        {"organisation": organisation, "limit": most + 1},
    ).fetchall()
    return None if len(rows) > most else frozenset((r["address_hmac"], r["cause"]) for r in rows)


def everything(connection: Connection) -> tuple[tuple[str, str, Cause], ...]:
    """Each as organisation, fingerprint and cause."""
    rows = connection.execute(
        "SELECT organisation, address_hmac, cause FROM suppression ORDER BY 1, 2, 3"
    ).fetchall()
    return tuple((row["organisation"], row["address_hmac"], row["cause"]) for row in rows)
