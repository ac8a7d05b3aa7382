"""Colleagues who are invited and have not come yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from survey.model.workplace import Role, WorkLanguage
from survey.storage.moments import moment_to_text

if TYPE_CHECKING:
    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Invitation:
    """One of them."""

    organisation: str
    id: str
    address: str
    role: Role
    language: WorkLanguage
    invited: datetime


def insert(connection: Connection, invitation: Invitation) -> None:
    """Keep an invitation; an earlier one of that address to that organisation is replaced."""
    connection.execute(
        "DELETE FROM invitation WHERE organisation = :organisation AND address = :address",
        {"organisation": invitation.organisation, "address": invitation.address},
    )
    connection.execute(
        """
        INSERT INTO invitation (organisation, id, address, role, language, invited)
        VALUES (:organisation, :id, :address, :role, :language, :invited)
        """,
        {
            "organisation": invitation.organisation,
            "id": invitation.id,
            "address": invitation.address,
            "role": invitation.role.value,
            "language": invitation.language,
            "invited": moment_to_text(invitation.invited),
        },
    )


def find(connection: Connection, organisation: str, invitation: str) -> Invitation | None:
    """The organisation's invitation with that id."""
    row = connection.execute(
        """
        SELECT organisation, id, address, role, language, invited FROM invitation
        WHERE organisation = :organisation AND id = :id
        """,
        {"organisation": organisation, "id": invitation},
    ).fetchone()
    return None if row is None else _invitation(row)


def of_organisation(connection: Connection, organisation: str) -> tuple[Invitation, ...]:
    """The organisation's invitations, oldest first."""
    rows = connection.execute(
        """
        SELECT organisation, id, address, role, language, invited FROM invitation
        WHERE organisation = :organisation ORDER BY invited, address
        """,
        {"organisation": organisation},
    ).fetchall()
    return tuple(_invitation(row) for row in rows)


def delete(connection: Connection, organisation: str, *, invitation: str) -> bool:
    """The invitation is taken back, or accepted; True for exactly one of those who try."""
    deleted = connection.execute(
        "DELETE FROM invitation WHERE organisation = :organisation AND id = :id",
        {"organisation": organisation, "id": invitation},
    )
    return bool(deleted.rowcount == 1)


def _invitation(row: Any) -> Invitation:  # noqa: ANN401 -- driver's row
    return Invitation(
        row["organisation"],
        row["id"],
        row["address"],
        Role(row["role"]),
        row["language"],
        datetime.fromisoformat(row["invited"]),
    )
