"""Organisations: the tenants of an installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model.workplace import Organisation

if TYPE_CHECKING:
    from survey.storage.connection import Connection


def insert(connection: Connection, organisation: Organisation) -> None:
    """Keep a new organisation."""
    connection.execute(
        "INSERT INTO organisation (id, name) VALUES (:id, :name)",
        {"id": organisation.id, "name": organisation.name},
    )


def rename(connection: Connection, organisation: str, *, name: str) -> None:
    """Give the organisation another name."""
    connection.execute(
        "UPDATE organisation SET name = :name WHERE id = :id", {"id": organisation, "name": name}
    )


def find(connection: Connection, organisation: str) -> Organisation | None:
    """The organisation with that id."""
    row = connection.execute(
        "SELECT id, name FROM organisation WHERE id = :id", {"id": organisation}
    ).fetchone()
    return None if row is None else Organisation(row["id"], row["name"])


def all_organisations(connection: Connection) -> tuple[Organisation, ...]:
    """Every organisation, by name."""
    rows = connection.execute("SELECT id, name FROM organisation ORDER BY name, id").fetchall()
    return tuple(Organisation(row["id"], row["name"]) for row in rows)
