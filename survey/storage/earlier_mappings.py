"""Kept mappings: how another tool's questions and answers are ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.storage.connection import Connection


def put(connection: Connection, organisation: str, name: str, *, content: str) -> None:
    """Keep it under that name; one that was kept under it goes."""
    connection.execute(
        """
        INSERT INTO earlier_mapping (organisation, name, content)
        VALUES (:organisation, :name, :content)
        ON CONFLICT (organisation, name) DO UPDATE SET content = excluded.content
        """,
        {"organisation": organisation, "name": name, "content": content},
    )


def of_organisation(connection: Connection, organisation: str) -> dict[str, str]:
    """Every kept mapping by its name."""
    rows = connection.execute(
        """
        SELECT name, content FROM earlier_mapping
        WHERE organisation = :organisation ORDER BY name
        """,
        {"organisation": organisation},
    )
    return {row["name"]: row["content"] for row in rows}


def delete(connection: Connection, organisation: str, name: str) -> int:
    """It is gone; how many that was (0 or 1)."""
    deleted: int = connection.execute(
        "DELETE FROM earlier_mapping WHERE organisation = :organisation AND name = :name",
        {"organisation": organisation, "name": name},
    ).rowcount
    return deleted
