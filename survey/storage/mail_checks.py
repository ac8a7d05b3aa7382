"""The last mail that the service sent to itself for each sender, and what the receiving mail server said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from survey.storage.moments import moment_to_text, text_to_moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class MailCheckRow:
    """One check; verdicts are empty until the mail was read."""

    organisation: str
    sender: str
    message_id: str
    sent: datetime
    read: datetime | None
    dkim: str
    spf: str
    dmarc: str
    tls: str


def begin(
    connection: Connection, organisation: str, *, sender: str, message_id: str, at: datetime
) -> None:
    """A mail is on its way to ourselves; what an earlier one brought is forgotten."""
    connection.execute(
        "DELETE FROM mail_check WHERE organisation = :organisation AND sender = :sender",
        {"organisation": organisation, "sender": sender},
    )
    connection.execute(
        """
        INSERT INTO mail_check (organisation, sender, message_id, sent)
        VALUES (:organisation, :sender, :message_id, :sent)
        """,
        {
            "organisation": organisation,
            "sender": sender,
            "message_id": message_id,
            "sent": moment_to_text(at),
        },
    )


def finish(
    connection: Connection, message_id: str, *, at: datetime, verdicts: Mapping[str, str]
) -> None:
    """The mail was read: what the receiving server says of it."""
    connection.execute(
        """
        UPDATE mail_check SET read = :read, dkim = :dkim, spf = :spf, dmarc = :dmarc, tls = :tls
        WHERE message_id = :message_id AND read IS NULL
        """,
        {
            "message_id": message_id,
            "read": moment_to_text(at),
            "dkim": verdicts["dkim"],
            "spf": verdicts["spf"],
            "dmarc": verdicts["dmarc"],
            "tls": verdicts["tls"],
        },
    )


def of_organisation(connection: Connection, organisation: str) -> tuple[MailCheckRow, ...]:
    """The organisation's checks, by sender."""
    rows = connection.execute(
        """
        SELECT organisation, sender, message_id, sent, read, dkim, spf, dmarc, tls
        FROM mail_check WHERE organisation = :organisation ORDER BY sender
        """,
        {"organisation": organisation},
    ).fetchall()
    return tuple(_row(row) for row in rows)


def waiting(connection: Connection, *, since: datetime) -> tuple[MailCheckRow, ...]:
    """Checks whose mail was sent since then and has not been read."""
    rows = connection.execute(
        """
        SELECT organisation, sender, message_id, sent, read, dkim, spf, dmarc, tls
        FROM mail_check WHERE read IS NULL AND sent >= :since ORDER BY organisation, sender
        """,
        {"since": moment_to_text(since)},
    ).fetchall()
    return tuple(_row(row) for row in rows)


def _row(row: Any) -> MailCheckRow:  # noqa: ANN401 -- driver's row
    sent = text_to_moment(row["sent"])
    if sent is None:
        raise ValueError(row["sent"])
    return MailCheckRow(
        row["organisation"],
        row["sender"],
        row["message_id"],
        sent,
        text_to_moment(row["read"]),
        row["dkim"],
        row["spf"],
        row["dmarc"],
        row["tls"],
    )
