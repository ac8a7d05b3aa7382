"""Publications: which groups of people each version of a report showed; rows are added, never changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Publication:
    """One published version."""

    version: int
    groups: tuple[str, ...]
    published: datetime


def insert(connection: Connection, edition_id: str, publication: Publication) -> None:
    """This version was published."""
    connection.execute(
        """
        INSERT INTO publication (edition, version, groups, published)
        VALUES (:edition, :version, :groups, :published)
        """,
        {
            "edition": edition_id,
            "version": publication.version,
            "groups": json.dumps(publication.groups, ensure_ascii=False),
            "published": publication.published.isoformat(),
        },
    )


def of_edition(connection: Connection, edition_id: str) -> tuple[Publication, ...]:
    """Everything published of the edition, oldest version first."""
    found = connection.execute(
        """
        SELECT version, groups, published
        FROM publication
        WHERE edition = :edition
        ORDER BY version
        """,
        {"edition": edition_id},
    )
    return tuple(
        Publication(
            row["version"],
            tuple(json.loads(row["groups"])),
            datetime.fromisoformat(row["published"]),
        )
        for row in found
    )
