"""Themes of texts: the codebook of a series, and which texts speak of what."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from survey.language.wording import Wording
from survey.model.theme import Theme

if TYPE_CHECKING:
    from survey.storage.connection import Connection


def of_series(connection: Connection, organisation: str, series: str) -> tuple[Theme, ...]:
    """The codebook, by name."""
    rows = connection.execute(
        """
        SELECT code, name_de, name_en, description, item
        FROM theme
        WHERE organisation = :organisation AND series = :series
        ORDER BY name_de, code
        """,
        {"organisation": organisation, "series": series},
    )
    return tuple(
        Theme(
            row["code"],
            Wording(row["name_de"], en=row["name_en"]),
            row["description"],
            row["item"],
        )
        for row in rows
    )


def insert(connection: Connection, organisation: str, series: str, theme: Theme) -> None:
    """The codebook has this theme."""
    connection.execute(
        """
        INSERT INTO theme (organisation, series, code, name_de, name_en, description, item)
        VALUES (:organisation, :series, :code, :name_de, :name_en, :description, :item)
        """,
        _values(organisation, series, theme),
    )


def update(connection: Connection, organisation: str, series: str, theme: Theme) -> int:
    """The theme is called and described anew; how many that was (0 or 1)."""
    changed: int = connection.execute(
        """
        UPDATE theme
        SET name_de = :name_de, name_en = :name_en, description = :description, item = :item
        WHERE organisation = :organisation AND series = :series AND code = :code
        """,
        _values(organisation, series, theme),
    ).rowcount
    return changed


def delete(connection: Connection, organisation: str, series: str, *, code: str) -> int:
    """The codebook has lost the theme; how many that was (0 or 1)."""
    deleted: int = connection.execute(
        """
        DELETE FROM theme
        WHERE organisation = :organisation AND series = :series AND code = :code
        """,
        {"organisation": organisation, "series": series, "code": code},
    ).rowcount
    return deleted


def uses(connection: Connection, organisation: str, series: str, *, code: str) -> int:
    """How many texts of all editions of the series speak of it."""
    row = connection.execute(
        """
        SELECT COUNT(*) AS n
        FROM text_theme
        JOIN edition ON edition.id = text_theme.edition
        WHERE edition.owner = :organisation AND edition.series = :series AND theme = :code
        """,
        {"organisation": organisation, "series": series, "code": code},
    ).fetchone()
    return int(row["n"])


def coding(connection: Connection, edition_id: str) -> dict[str, frozenset[str]]:
    """Which themes each text of the edition speaks of."""
    rows = connection.execute(
        "SELECT text, theme FROM text_theme WHERE edition = :edition", {"edition": edition_id}
    )
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row["text"]].add(row["theme"])
    return {text: frozenset(themes) for text, themes in found.items()}


def code_text(
    connection: Connection, edition_id: str, text: str, *, themes: frozenset[str]
) -> None:
    """The text speaks of these themes and no others."""
    key = {"edition": edition_id, "text": text}
    connection.execute("DELETE FROM text_theme WHERE edition = :edition AND text = :text", key)
    connection.executemany(
        "INSERT INTO text_theme (edition, text, theme) VALUES (:edition, :text, :theme)",
        [{**key, "theme": theme} for theme in sorted(themes)],
    )


def _values(organisation: str, series: str, theme: Theme) -> dict[str, str]:
    return {
        "organisation": organisation,
        "series": series,
        "code": theme.code,
        "name_de": theme.name.de,
        "name_en": theme.name.en,
        "description": theme.description,
        "item": theme.item,
    }
