"""Participants of an edition and what they booked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from survey.model.invitation import Participant

if TYPE_CHECKING:
    from survey.storage.connection import Connection


def insert(connection: Connection, participant: Participant, *, identity: str) -> None:
    """Keep a new participant with the bookings; ConstraintBroken if the identity is taken."""
    connection.execute(
        """
        INSERT INTO participant (edition, id, address, name, language, number, identity,
                                 has_answered, is_no_show, has_opted_out, is_withdrawn)
        VALUES (:edition, :id, :address, :name, :language, :number, :identity,
                :has_answered, :is_no_show, :has_opted_out, :is_withdrawn)
        """,
        {
            "edition": participant.edition,
            "id": participant.id,
            "address": participant.address,
            "name": participant.name,
            "language": participant.language,
            "number": participant.number,
            "identity": identity,
            "has_answered": int(participant.has_answered),
            "is_no_show": int(participant.is_no_show),
            "has_opted_out": int(participant.has_opted_out),
            "is_withdrawn": int(participant.is_withdrawn),
        },
    )
    _insert_bookings(connection, participant)


def update(connection: Connection, participant: Participant, *, identity: str) -> None:
    """Keep what a new registration list says; whether the person has answered stays as it is."""
    connection.execute(
        """
        UPDATE participant
        SET address = :address, name = :name, language = :language, number = :number,
            identity = :identity, is_no_show = :is_no_show, has_opted_out = :has_opted_out,
            is_withdrawn = :is_withdrawn
        WHERE edition = :edition AND id = :id
        """,
        {
            "edition": participant.edition,
            "id": participant.id,
            "address": participant.address,
            "name": participant.name,
            "language": participant.language,
            "number": participant.number,
            "identity": identity,
            "is_no_show": int(participant.is_no_show),
            "has_opted_out": int(participant.has_opted_out),
            "is_withdrawn": int(participant.is_withdrawn),
        },
    )
    connection.execute(
        "DELETE FROM booking WHERE edition = :edition AND participant = :participant",
        {"edition": participant.edition, "participant": participant.id},
    )
    _insert_bookings(connection, participant)


def find(connection: Connection, edition_id: str, participant_id: str) -> Participant | None:
    """The participant with that id."""
    row = connection.execute(
        """
        SELECT edition, id, address, name, language, number,
               has_answered, is_no_show, has_opted_out, is_withdrawn,
               (SELECT string_agg(session, '|') FROM booking
                WHERE booking.edition = participant.edition
                  AND booking.participant = participant.id) AS sessions
        FROM participant WHERE edition = :edition AND id = :id
        """,
        {"edition": edition_id, "id": participant_id},
    ).fetchone()
    return None if row is None else _participant(row)


def of_link(connection: Connection, edition_id: str, hashed: str) -> Participant | None:
    """The participant whose link has that hash."""
    row = connection.execute(
        """
        SELECT participant.edition, id, address, name, language, number,
               has_answered, is_no_show, has_opted_out, is_withdrawn,
               (SELECT string_agg(session, '|') FROM booking
                WHERE booking.edition = participant.edition
                  AND booking.participant = participant.id) AS sessions
        FROM link
        JOIN participant ON participant.edition = link.edition AND participant.id = link.participant
        WHERE link.edition = :edition AND link.hash = :hash
        """,
        {"edition": edition_id, "hash": hashed},
    ).fetchone()
    return None if row is None else _participant(row)


def of_edition(connection: Connection, edition_id: str) -> tuple[Participant, ...]:
    """Every participant of an edition, by address and name."""
    rows = connection.execute(
        """
        SELECT edition, id, address, name, language, number,
               has_answered, is_no_show, has_opted_out, is_withdrawn,
               (SELECT string_agg(session, '|') FROM booking
                WHERE booking.edition = participant.edition
                  AND booking.participant = participant.id) AS sessions
        FROM participant WHERE edition = :edition ORDER BY address, name, id
        """,
        {"edition": edition_id},
    ).fetchall()
    return tuple(_participant(row) for row in rows)


def with_address(connection: Connection, edition_id: str, address: str) -> tuple[Participant, ...]:
    """The participants who share that address, by name."""
    rows = connection.execute(
        """
        SELECT edition, id, address, name, language, number,
               has_answered, is_no_show, has_opted_out, is_withdrawn,
               (SELECT string_agg(session, '|') FROM booking
                WHERE booking.edition = participant.edition
                  AND booking.participant = participant.id) AS sessions
        FROM participant WHERE edition = :edition AND address = :address ORDER BY name, id
        """,
        {"edition": edition_id, "address": address},
    ).fetchall()
    return tuple(_participant(row) for row in rows)


def count(connection: Connection, edition_id: str) -> int:
    """How many participants an edition has."""
    row = connection.execute(
        "SELECT COUNT(*) AS n FROM participant WHERE edition = :edition", {"edition": edition_id}
    ).fetchone()
    return int(row["n"])


def identities(connection: Connection, edition_id: str) -> dict[str, str]:
    """Each participant's id by the identity a registration list recognises the person by."""
    rows = connection.execute(
        "SELECT identity, id FROM participant WHERE edition = :edition", {"edition": edition_id}
    ).fetchall()
    return {row["identity"]: row["id"] for row in rows}


def mark_answered(connection: Connection, edition_id: str, participant_id: str) -> bool:
    """The person has answered; False if so before."""
    changed = connection.execute(
        """
        UPDATE participant SET has_answered = 1
        WHERE edition = :edition AND id = :id AND has_answered = 0
        """,
        {"edition": edition_id, "id": participant_id},
    )
    return bool(changed.rowcount == 1)


def unmark_answered(connection: Connection, edition_id: str, participant_id: str) -> bool:
    """The person has not answered any more; False if not before."""
    changed = connection.execute(
        """
        UPDATE participant SET has_answered = 0
        WHERE edition = :edition AND id = :id AND has_answered = 1
        """,
        {"edition": edition_id, "id": participant_id},
    )
    return bool(changed.rowcount == 1)


def set_withdrawn(connection: Connection, edition_id: str, participant_id: str) -> bool:
    """The person is no longer registered; False if there is no such person."""
    changed = connection.execute(
        "UPDATE participant SET is_withdrawn = 1 WHERE edition = :edition AND id = :id",
        {"edition": edition_id, "id": participant_id},
    )
    return bool(changed.rowcount == 1)


def set_opted_out(connection: Connection, edition_id: str, participant_id: str) -> bool:
    """The person gets no more mail; False if there is no such person."""
    changed = connection.execute(
        "UPDATE participant SET has_opted_out = 1 WHERE edition = :edition AND id = :id",
        {"edition": edition_id, "id": participant_id},
    )
    return bool(changed.rowcount == 1)


def delete(connection: Connection, edition_id: str, participant_id: str) -> bool:
    """Delete a participant with bookings, links and mails; False if there is no such person."""
    changed = connection.execute(
        "DELETE FROM participant WHERE edition = :edition AND id = :id",
        {"edition": edition_id, "id": participant_id},
    )
    return bool(changed.rowcount == 1)


def remember(
    connection: Connection, edition_id: str, *, fingerprint: str, has_answered: bool
) -> None:
    """Keep that a deleted person was here, so that a new import cannot make the person answer twice."""
    connection.execute(
        """
        INSERT INTO remembered (edition, identity_hmac, has_answered)
        VALUES (:edition, :fingerprint, :has_answered)
        ON CONFLICT (edition, identity_hmac)
        DO UPDATE SET has_answered = excluded.has_answered
        WHERE excluded.has_answered > remembered.has_answered
        """,
        {"edition": edition_id, "fingerprint": fingerprint, "has_answered": int(has_answered)},
    )


def remembered(connection: Connection, edition_id: str) -> dict[str, bool]:
    """Fingerprints of deleted people, and whether each had answered."""
    rows = connection.execute(
        "SELECT identity_hmac, has_answered FROM remembered WHERE edition = :edition",
        {"edition": edition_id},
    ).fetchall()
    return {row["identity_hmac"]: bool(row["has_answered"]) for row in rows}


def forget_remembered(connection: Connection, edition_id: str, *, fingerprint: str) -> None:
    """A deleted person is registered again: the new row says what was remembered."""
    connection.execute(
        "DELETE FROM remembered WHERE edition = :edition AND identity_hmac = :fingerprint",
        {"edition": edition_id, "fingerprint": fingerprint},
    )


def booked_sessions(connection: Connection, edition_id: str) -> dict[str, int]:
    """How many people booked each session."""
    rows = connection.execute(
        """
        SELECT session, COUNT(*) AS n FROM booking WHERE edition = :edition GROUP BY session
        """,
        {"edition": edition_id},
    ).fetchall()
    return {row["session"]: row["n"] for row in rows}


def _insert_bookings(connection: Connection, participant: Participant) -> None:
    connection.executemany(
        """
        INSERT INTO booking (edition, participant, session)
        VALUES (:edition, :participant, :session)
        """,
        [
            {"edition": participant.edition, "participant": participant.id, "session": session}
            for session in participant.sessions
        ],
    )


def _participant(row: Any) -> Participant:  # noqa: ANN401 -- driver's row
    sessions = row["sessions"]
    return Participant(
        edition=row["edition"],
        id=row["id"],
        address=row["address"],
        name=row["name"],
        language=row["language"],
        number=row["number"],
        sessions=tuple(sorted(sessions.split("|"))) if sessions else (),
        has_answered=bool(row["has_answered"]),
        is_no_show=bool(row["is_no_show"]),
        has_opted_out=bool(row["has_opted_out"]),
        is_withdrawn=bool(row["is_withdrawn"]),
    )
