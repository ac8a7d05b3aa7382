"""What planners decided: from one edition, for the next."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from survey.language.wording import Wording
from survey.model.planning import Course, PlannedDecision

if TYPE_CHECKING:
    from survey.storage.connection import Connection


def of_edition(connection: Connection, edition_id: str) -> tuple[PlannedDecision, ...]:
    """Every decision made from the edition."""
    rows = connection.execute(
        """
        SELECT subject, course, de, easy, en, responsible, until, is_public
        FROM planned_decision
        WHERE edition = :edition
        ORDER BY subject
        """,
        {"edition": edition_id},
    )
    return tuple(
        PlannedDecision(
            subject=row["subject"],
            course=Course(row["course"]),
            text=Wording(row["de"], row["easy"], row["en"]),
            responsible=row["responsible"],
            until=date.fromisoformat(row["until"]) if row["until"] else None,
            is_public=bool(row["is_public"]),
        )
        for row in rows
    )


def put(connection: Connection, edition_id: str, decision: PlannedDecision) -> None:
    """This is decided about its subject, whatever was decided about it before."""
    delete(connection, edition_id, subject=decision.subject)
    connection.execute(
        """
        INSERT INTO planned_decision (edition, subject, course, de, easy, en, responsible, until, is_public)
        VALUES (:edition, :subject, :course, :de, :easy, :en, :responsible, :until, :is_public)
        """,
        {
            "edition": edition_id,
            "subject": decision.subject,
            "course": decision.course.value,
            "de": decision.text.de,
            "easy": decision.text.easy,
            "en": decision.text.en,
            "responsible": decision.responsible,
            "until": decision.until.isoformat() if decision.until else None,
            "is_public": int(decision.is_public),
        },
    )


def delete(connection: Connection, edition_id: str, *, subject: str) -> int:
    """Nothing is decided about the subject any longer; how many decisions that were (0 or 1)."""
    deleted: int = connection.execute(
        "DELETE FROM planned_decision WHERE edition = :edition AND subject = :subject",
        {"edition": edition_id, "subject": subject},
    ).rowcount
    return deleted
