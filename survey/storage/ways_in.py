"""Other ways into an edition's form, and the boxes that came through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model.ways_in import PERSONAL_ONLY, OpenLink, WaysIn

if TYPE_CHECKING:
    from survey.storage.connection import Connection


def of_edition(connection: Connection, edition_id: str) -> WaysIn:
    """The ways into that edition; personal links alone where nobody chose anything else."""
    row = connection.execute(
        """
        SELECT link, takes_paper, typist, return_to, attended FROM way_in WHERE edition = :edition
        """,
        {"edition": edition_id},
    ).fetchone()
    if row is None:
        return PERSONAL_ONLY
    return WaysIn(
        OpenLink(row["link"]),
        bool(row["takes_paper"]),
        row["typist"],
        row["return_to"],
        row["attended"],
    )


def keep(connection: Connection, edition_id: str, ways: WaysIn) -> None:
    """These are the ways into that edition from now on."""
    connection.execute(
        """
        INSERT INTO way_in (edition, link, takes_paper, typist, return_to, attended)
        VALUES (:edition, :link, :takes_paper, :typist, :return_to, :attended)
        ON CONFLICT (edition)
        DO UPDATE SET link = excluded.link, takes_paper = excluded.takes_paper,
                      typist = excluded.typist, return_to = excluded.return_to,
                      attended = excluded.attended
        """,
        {
            "edition": edition_id,
            "link": ways.link.value,
            "takes_paper": int(ways.takes_paper),
            "typist": ways.typist,
            "return_to": ways.return_to,
            "attended": ways.attended,
        },
    )


def count_box(connection: Connection, edition_id: str) -> None:
    """One more box in the urn that has no person."""
    connection.execute(
        "UPDATE edition SET open_boxes = open_boxes + 1 WHERE id = :edition",
        {"edition": edition_id},
    )


def discount_box(connection: Connection, edition_id: str) -> None:
    """One box without a person less."""
    connection.execute(
        "UPDATE edition SET open_boxes = open_boxes - 1 WHERE id = :edition",
        {"edition": edition_id},
    )
