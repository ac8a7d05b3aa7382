"""What was decided about wordings that earlier editions of the series said otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model.comparability import WordingChange, WordingDecision

if TYPE_CHECKING:
    from survey.storage.connection import Connection


def of_edition(connection: Connection, edition_id: str) -> dict[str, WordingDecision]:
    """The decisions by the code of their question."""
    found = connection.execute(
        "SELECT item, wording, decision FROM wording_decision WHERE edition = :edition",
        {"edition": edition_id},
    )
    return {
        row["item"]: WordingDecision(row["item"], row["wording"], WordingChange(row["decision"]))
        for row in found
    }


def put(connection: Connection, edition_id: str, decision: WordingDecision) -> None:
    """The decision stands, instead of an earlier one about the same question."""
    connection.execute(
        """
        INSERT INTO wording_decision (edition, item, wording, decision)
        VALUES (:edition, :item, :wording, :decision)
        ON CONFLICT (edition, item)
        DO UPDATE SET wording = excluded.wording, decision = excluded.decision
        """,
        {
            "edition": edition_id,
            "item": decision.item,
            "wording": decision.wording,
            "decision": decision.change.value,
        },
    )
