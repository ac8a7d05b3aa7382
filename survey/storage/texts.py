"""Free texts: each by itself, under a random id, so that their order tells nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from survey.model.tally import KeptText, Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from survey.storage.connection import Connection

_NO_MARKS = "[]"


def insert(connection: Connection, edition_id: str, texts: Iterable[KeptText]) -> None:
    """The edition has these texts, none released; they are written in the order of their random ids."""
    insert_rows(connection, rows_of(edition_id, texts))


def rows_of(edition_id: str, texts: Iterable[KeptText]) -> tuple[Mapping[str, object], ...]:
    """What is written of these texts, ready: a congress has thousands, and nobody can write while they are made."""
    return tuple(
        {
            "edition": edition_id,
            "id": text.id,
            "session": text.session,
            "item": text.item,
            "text": text.text,
            "marks": json.dumps([[m.start, m.end, m.kind] for m in text.marks])
            if text.marks
            else _NO_MARKS,
        }
        for text in sorted(texts, key=lambda text: text.id)
    )


def insert_rows(connection: Connection, rows: Iterable[Mapping[str, object]]) -> None:
    """These rows of `rows_of` are written."""
    connection.executemany(
        """
        INSERT INTO text (edition, id, session, item, text, marks)
        VALUES (:edition, :id, :session, :item, :text, :marks)
        """,
        rows,
    )


def ids_of_edition(connection: Connection, edition_id: str) -> frozenset[str]:
    """The ids of the edition's texts, in every schema."""
    rows = connection.execute(
        "SELECT id FROM text WHERE edition = :edition", {"edition": edition_id}
    )
    return frozenset(row["id"] for row in rows)


def of_edition(connection: Connection, edition_id: str) -> tuple[KeptText, ...]:
    """The edition's texts in the order of their random ids."""
    found = connection.execute(
        """
        SELECT id, session, item, text, marks, released, release
        FROM text
        WHERE edition = :edition
        ORDER BY id
        """,
        {"edition": edition_id},
    )
    return tuple(_text(row) for row in found)


def quoted(connection: Connection, edition_id: str, *, version: int) -> tuple[KeptText, ...]:
    """The texts that this version of the report quotes, in the wording it had then, as far as they still may be."""
    found = connection.execute(
        """
        SELECT text.id AS id, session, item, text.text AS text, marks, released, text.release AS release
        FROM publication_text
        -- In this order: of thousands of texts a version quotes a few.
        CROSS JOIN text
        WHERE publication_text.edition = :edition AND publication_text.version = :version
          AND text.edition = publication_text.edition
          AND text.id = publication_text.text
          AND text.release = publication_text.release
        ORDER BY text.id
        """,
        {"edition": edition_id, "version": version},
    )
    return tuple(_text(row) for row in found)


def release(connection: Connection, edition_id: str, text_id: str, *, released: str) -> int:
    """The text may be quoted in this wording; how many texts that was (0 or 1)."""
    changed: int = connection.execute(
        """
        UPDATE text SET released = :released, release = release + 1
        WHERE edition = :edition AND id = :id
        """,
        {"released": released, "edition": edition_id, "id": text_id},
    ).rowcount
    return changed


def withdraw_release(connection: Connection, edition_id: str, text_id: str) -> int:
    """The text may not be quoted any longer; how many texts that was (0 or 1)."""
    changed: int = connection.execute(
        "UPDATE text SET released = NULL WHERE edition = :edition AND id = :id",
        {"edition": edition_id, "id": text_id},
    ).rowcount
    return changed


def delete_unreleased(connection: Connection, edition_id: str) -> int:
    """Texts that nobody released are gone, and the raw wording of released ones; how many texts were deleted."""
    connection.execute(
        """
        UPDATE text SET text = released, marks = '[]'
        WHERE edition = :edition AND released IS NOT NULL
        """,
        {"edition": edition_id},
    )
    deleted: int = connection.execute(
        "DELETE FROM text WHERE edition = :edition AND released IS NULL", {"edition": edition_id}
    ).rowcount
    connection.execute(
        """
        DELETE FROM publication_text
        WHERE edition = :edition AND text NOT IN (SELECT id FROM text WHERE edition = :edition)
        """,
        {"edition": edition_id},
    )
    return deleted


def _text(row: Any) -> KeptText:  # noqa: ANN401 -- driver's row
    marks = row["marks"]
    return KeptText(
        row["id"],
        row["session"],
        row["item"],
        row["text"],
        () if marks == _NO_MARKS else _marks(marks),
        row["released"],
        row["release"],
    )


def _marks(text: str) -> tuple[Mark, ...]:
    return tuple(Mark(start, end, MarkKind(kind)) for start, end, kind in json.loads(text))
