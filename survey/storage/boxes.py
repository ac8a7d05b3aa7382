"""The urn: sealed boxes by slot, without any word of who or when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class UrnState:
    """The numbers that must agree while an edition is open: has_answered + remembered + open_boxes == boxes."""

    has_answered: int
    remembered: int
    """Deleted participants who had answered."""
    open_boxes: int
    boxes: int

    @property
    def agrees(self) -> bool:
        """True if every box has its person, and every person who answered a box."""
        return self.has_answered + self.remembered + self.open_boxes == self.boxes


def insert(connection: Connection, edition_id: str, slot: str, box: bytes) -> None:
    """Put a box into a slot that is empty."""
    connection.execute(
        "INSERT INTO urn (edition, slot, box) VALUES (:edition, :slot, :box)",
        {"edition": edition_id, "slot": slot, "box": box},
    )


def replace(connection: Connection, edition_id: str, slot: str, box: bytes) -> bool:
    """Put a box in place of the one in that slot; False if the slot is empty."""
    changed = connection.execute(
        "UPDATE urn SET box = :box WHERE edition = :edition AND slot = :slot",
        {"edition": edition_id, "slot": slot, "box": box},
    )
    return bool(changed.rowcount == 1)


def delete(connection: Connection, edition_id: str, slot: str) -> bool:
    """Take the box out of a slot; False if the slot is empty."""
    changed = connection.execute(
        "DELETE FROM urn WHERE edition = :edition AND slot = :slot",
        {"edition": edition_id, "slot": slot},
    )
    return bool(changed.rowcount == 1)


def has(connection: Connection, edition_id: str, slot: str) -> bool:
    """True if a box lies in that slot."""
    row = connection.execute(
        "SELECT 1 AS found FROM urn WHERE edition = :edition AND slot = :slot",
        {"edition": edition_id, "slot": slot},
    ).fetchone()
    return row is not None


def count(connection: Connection, edition_id: str) -> int:
    """How many boxes lie in the urn of an edition."""
    row = connection.execute(
        "SELECT COUNT(*) AS n FROM urn WHERE edition = :edition", {"edition": edition_id}
    ).fetchone()
    return int(row["n"])


def of_edition(connection: Connection, edition_id: str) -> tuple[tuple[str, bytes], ...]:
    """Every box of an edition with its slot, ordered by slot."""
    rows = connection.execute(
        "SELECT slot, box FROM urn WHERE edition = :edition ORDER BY slot", {"edition": edition_id}
    ).fetchall()
    return tuple((row["slot"], bytes(row["box"])) for row in rows)


def slots(connection: Connection, edition_id: str) -> tuple[str, ...]:
    """Where the boxes of an edition lie, in order."""
    rows = connection.execute(
        "SELECT slot FROM urn WHERE edition = :edition ORDER BY slot", {"edition": edition_id}
    ).fetchall()
    return tuple(row["slot"] for row in rows)


def behind(
    connection: Connection, edition_id: str, slot: str, *, most: int
) -> tuple[tuple[str, bytes], ...]:
    """The next boxes behind that slot, so many at most, ordered by slot; behind the empty one lie all."""
    rows = connection.execute(
        """
        SELECT slot, box FROM urn
        WHERE edition = :edition AND slot > :slot
        ORDER BY slot
        LIMIT :most
        """,
        {"edition": edition_id, "slot": slot, "most": most},
    ).fetchall()
    return tuple((row["slot"], bytes(row["box"])) for row in rows)


def delete_several(connection: Connection, *, edition_id: str, slots: Iterable[str]) -> None:
    """Burn the boxes in these slots; one that is gone already stays gone."""
    connection.executemany(
        "DELETE FROM urn WHERE edition = :edition AND slot = :slot",
        [{"edition": edition_id, "slot": slot} for slot in slots],
    )


def state(connection: Connection, edition_id: str) -> UrnState:
    """The urn's numbers, all of one moment."""
    row = connection.execute(
        """
        SELECT (SELECT COUNT(*) FROM participant
                WHERE edition = :edition AND has_answered = 1) AS has_answered,
               (SELECT COUNT(*) FROM remembered
                WHERE edition = :edition AND has_answered = 1) AS remembered,
               (SELECT COALESCE(SUM(open_boxes), 0) FROM edition
                WHERE id = :edition) AS open_boxes,
               (SELECT COUNT(*) FROM urn WHERE edition = :edition) AS boxes
        """,
        {"edition": edition_id},
    ).fetchone()
    return UrnState(row["has_answered"], row["remembered"], row["open_boxes"], row["boxes"])
