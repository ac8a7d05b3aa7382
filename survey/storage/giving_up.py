"""Giving up a planned edition: everything of it that can be there before its first mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.storage.expiry import delete_people

if TYPE_CHECKING:
    from survey.storage.connection import Connection

PLANS = {
    "campaign": "DELETE FROM campaign WHERE edition = :edition",
    "count_order": "DELETE FROM count_order WHERE edition = :edition",
    "due_act": "DELETE FROM due_act WHERE edition = :edition",
    "mail_text": "DELETE FROM mail_text WHERE edition = :edition",
    "recent_mail": "DELETE FROM recent_mail WHERE edition = :edition",
    "sending_plan": "DELETE FROM sending_plan WHERE edition = :edition",
    "warnings_read": "DELETE FROM warnings_read WHERE edition = :edition",
    "way_in": "DELETE FROM way_in WHERE edition = :edition",
    "wording_decision": "DELETE FROM wording_decision WHERE edition = :edition",
}
"""By table: what an organiser prepares. Answers and results are not among them: they keep their edition alive."""


def delete_planned(connection: Connection, edition_id: str) -> None:
    """The edition, its people and its plans are gone; ConstraintBroken if there are answers or results of it."""
    delete_people(connection, edition_id)
    for statement in PLANS.values():
        connection.execute(statement, {"edition": edition_id})
    connection.execute("DELETE FROM edition WHERE id = :edition", {"edition": edition_id})
