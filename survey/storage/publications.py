"""Publications: which groups of people, texts and themes each version of a report showed.

Rows are added, never changed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from survey.language.wording import Wording
from survey.model.summary import ThemeCount

if TYPE_CHECKING:
    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Publication:
    """One published version."""

    version: int
    groups: tuple[str, ...]
    published: datetime
    texts: frozenset[tuple[str, int]] = frozenset()
    """Each quoted text with the number of its release: a wording of another day is not in this version."""
    themes: tuple[ThemeCount, ...] = ()
    themes_among: int = 0
    """How many texts its themes were counted in."""


def insert(connection: Connection, edition_id: str, publication: Publication) -> None:
    """This version was published."""
    connection.execute(
        """
        INSERT INTO publication (edition, version, groups, published, themes_among)
        VALUES (:edition, :version, :groups, :published, :themes_among)
        """,
        {
            "edition": edition_id,
            "version": publication.version,
            "groups": json.dumps(publication.groups, ensure_ascii=False),
            "published": publication.published.isoformat(),
            "themes_among": publication.themes_among,
        },
    )
    key = {"edition": edition_id, "version": publication.version}
    connection.executemany(
        """
        INSERT INTO publication_text (edition, version, text, release)
        VALUES (:edition, :version, :text, :release)
        """,
        [{**key, "text": text, "release": number} for text, number in sorted(publication.texts)],
    )
    connection.executemany(
        """
        INSERT INTO publication_theme (edition, version, theme, name_de, name_en, texts)
        VALUES (:edition, :version, :theme, :name_de, :name_en, :texts)
        """,
        [
            {
                **key,
                "theme": theme.code,
                "name_de": theme.label.de,
                "name_en": theme.label.en,
                "texts": theme.texts,
            }
            for theme in publication.themes
        ],
    )


def of_edition(connection: Connection, edition_id: str) -> tuple[Publication, ...]:
    """Everything published of the edition, oldest version first."""
    found = connection.execute(
        """
        SELECT version, groups, published, themes_among
        FROM publication
        WHERE edition = :edition
        ORDER BY version
        """,
        {"edition": edition_id},
    )
    texts = _texts(connection, edition_id)
    themes = _themes(connection, edition_id)
    return tuple(
        Publication(
            row["version"],
            tuple(json.loads(row["groups"])),
            datetime.fromisoformat(row["published"]),
            frozenset(texts[row["version"]]),
            tuple(themes[row["version"]]),
            row["themes_among"],
        )
        for row in found.fetchall()
    )


def _texts(connection: Connection, edition_id: str) -> dict[int, list[tuple[str, int]]]:
    rows = connection.execute(
        "SELECT version, text, release FROM publication_text WHERE edition = :edition",
        {"edition": edition_id},
    )
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for row in rows:
        found[row["version"]].append((row["text"], row["release"]))
    return found


def _themes(connection: Connection, edition_id: str) -> dict[int, list[ThemeCount]]:
    rows = connection.execute(
        """
        SELECT version, theme, name_de, name_en, texts
        FROM publication_theme
        WHERE edition = :edition
        ORDER BY texts DESC, theme
        """,
        {"edition": edition_id},
    )
    found: dict[int, list[ThemeCount]] = defaultdict(list)
    for row in rows:
        label = Wording(row["name_de"], en=row["name_en"])
        found[row["version"]].append(ThemeCount(row["theme"], label, row["texts"]))
    return found
