"""Deleting what has been kept long enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.storage.connection import Connection


def delete_people(connection: Connection, edition_id: str) -> None:
    """Everybody of the edition is gone, with addresses, names, bookings, links, mails and drafts."""
    for statement in (
        "DELETE FROM link WHERE edition = :edition",
        "DELETE FROM outbox WHERE edition = :edition",
        "DELETE FROM draft WHERE edition = :edition",
        "DELETE FROM held_list WHERE edition = :edition",
        "DELETE FROM recent_mail WHERE edition = :edition",
        "DELETE FROM participant WHERE edition = :edition",
        "DELETE FROM remembered WHERE edition = :edition",
    ):
        connection.execute(statement, {"edition": edition_id})


def blank_people(connection: Connection, edition_id: str) -> None:
    """Nobody of the edition can be known any longer, though its urn still waits to be counted."""
    for statement in (
        "DELETE FROM link WHERE edition = :edition",
        "DELETE FROM outbox WHERE edition = :edition",
        "DELETE FROM draft WHERE edition = :edition",
        "DELETE FROM link_request WHERE edition = :edition",
        "DELETE FROM recent_mail WHERE edition = :edition",
        "DELETE FROM soft_bounce WHERE edition = :edition",
        "DELETE FROM held_list WHERE edition = :edition",
        """
        UPDATE participant SET address = '', name = '', number = '', identity = id
        WHERE edition = :edition
        """,
    ):
        connection.execute(statement, {"edition": edition_id})


def delete_person(connection: Connection, edition_id: str, participant_id: str) -> int:
    """One person is gone again, after an older copy of the database brought them back; how many that was."""
    deleted: int = connection.execute(
        "DELETE FROM participant WHERE edition = :edition AND id = :participant",
        {"edition": edition_id, "participant": participant_id},
    ).rowcount
    return deleted
