"""Campaigns: when each kind of mail was first sent for an edition, and whether it is paused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from survey.model.invitation import Campaign

if TYPE_CHECKING:
    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class StartedCampaign:
    """One kind of mail of an edition."""

    kind: Campaign
    started: datetime
    is_paused: bool
    paused_because: str = ""
    """``person``, ``failures``, or the relay's codes."""


def start(connection: Connection, edition: str, *, kind: Campaign, started: datetime) -> None:
    """The campaign has started; one that had started before keeps its moment."""
    connection.execute(
        """
        INSERT INTO campaign (edition, kind, started) VALUES (:edition, :kind, :started)
        ON CONFLICT (edition, kind) DO NOTHING
        """,
        {"edition": edition, "kind": kind.value, "started": started.isoformat()},
    )


def of_edition(connection: Connection, edition: str) -> dict[Campaign, StartedCampaign]:
    """The campaigns of an edition that have started."""
    rows = connection.execute(
        """
        SELECT kind, started, is_paused, paused_because FROM campaign WHERE edition = :edition
        """,
        {"edition": edition},
    )
    found = (
        StartedCampaign(
            Campaign(row["kind"]),
            datetime.fromisoformat(row["started"]),
            bool(row["is_paused"]),
            row["paused_because"],
        )
        for row in rows
    )
    return {campaign.kind: campaign for campaign in found}


def pause(connection: Connection, edition: str, *, kind: Campaign, because: str = "") -> bool:
    """No more mails of this campaign leave until it is resumed; False if there is no such campaign."""
    found = connection.execute(
        """
        UPDATE campaign
        SET paused_because = CASE WHEN is_paused = 1 THEN paused_because ELSE :because END,
            is_paused = 1
        WHERE edition = :edition AND kind = :kind
        """,
        {"edition": edition, "kind": kind.value, "because": because},
    )
    return bool(found.rowcount)


def resume(connection: Connection, edition: str) -> int:
    """How many paused campaigns of the edition go on."""
    found = connection.execute(
        """
        UPDATE campaign SET is_paused = 0, paused_because = '' WHERE edition = :edition AND is_paused = 1
        """,
        {"edition": edition},
    )
    return int(found.rowcount)
