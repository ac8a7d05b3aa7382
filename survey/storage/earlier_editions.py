"""Editions from elsewhere: their sums under our questions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from survey.model.earlier import EarlierEdition, EarlierQuestion
from survey.model.event import EditionFormat
from survey.storage.edition_text import item_from_text, item_to_text
from survey.storage.moments import moment_to_text

if TYPE_CHECKING:
    from datetime import datetime

    from survey.storage.connection import Connection


def insert(
    connection: Connection, edition: EarlierEdition, *, organisation: str, imported: datetime
) -> None:
    """Keep the edition with everything that was counted in it."""
    connection.execute(
        """
        INSERT INTO earlier_edition (id, organisation, series, title, format, starts, source,
                                     invited, answered, is_made_up, disclosure_threshold, imported)
        VALUES (:id, :organisation, :series, :title, :format, :starts, :source,
                :invited, :answered, :is_made_up, :disclosure_threshold, :imported)
        """,
        {
            "id": edition.id,
            "organisation": organisation,
            "series": edition.series,
            "title": edition.title,
            "format": edition.format.value,
            "starts": edition.starts.isoformat(),
            "source": edition.source,
            "invited": edition.invited,
            "answered": edition.answered,
            "is_made_up": int(edition.is_made_up),
            "disclosure_threshold": edition.disclosure_threshold,
            "imported": moment_to_text(imported),
        },
    )
    for place, question in enumerate(edition.questions):
        _insert_question(connection, edition.id, place, question)


def of_series(connection: Connection, organisation: str, series: str) -> tuple[EarlierEdition, ...]:
    """Those of one series, the oldest first."""
    rows = connection.execute(
        """
        SELECT id, series, title, format, starts, source, invited, answered, is_made_up,
               disclosure_threshold
        FROM earlier_edition
        WHERE organisation = :organisation AND series = :series
        ORDER BY starts, id
        """,
        {"organisation": organisation, "series": series},
    ).fetchall()
    return tuple(_edition(connection, row) for row in rows)


def series_names(connection: Connection, organisation: str) -> tuple[str, ...]:
    """Every series that has editions from elsewhere."""
    rows = connection.execute(
        """
        SELECT DISTINCT series FROM earlier_edition
        WHERE organisation = :organisation ORDER BY series
        """,
        {"organisation": organisation},
    )
    return tuple(row["series"] for row in rows)


def delete(connection: Connection, edition_id: str, *, organisation: str) -> int:
    """The edition is gone; how many that was (0 or 1)."""
    deleted: int = connection.execute(
        "DELETE FROM earlier_edition WHERE id = :id AND organisation = :organisation",
        {"id": edition_id, "organisation": organisation},
    ).rowcount
    return deleted


def _insert_question(
    connection: Connection, edition_id: str, place: int, question: EarlierQuestion
) -> None:
    key = {"edition": edition_id, "item": question.item.code}
    connection.execute(
        """
        INSERT INTO earlier_question (edition, item, place, definition, their_question,
                                      is_worded_alike, has_same_scale, is_of_everybody, population)
        VALUES (:edition, :item, :place, :definition, :their_question,
                :is_worded_alike, :has_same_scale, :is_of_everybody, :population)
        """,
        {
            **key,
            "place": place,
            "definition": item_to_text(question.item),
            "their_question": question.their_question,
            "is_worded_alike": int(question.is_worded_alike),
            "has_same_scale": int(question.has_same_scale),
            "is_of_everybody": int(question.is_of_everybody),
            "population": question.population,
        },
    )
    connection.executemany(
        """
        INSERT INTO earlier_count (edition, item, value, n)
        VALUES (:edition, :item, :value, :n)
        """,
        [{**key, "value": value, "n": n} for value, n in question.counts],
    )


def _edition(connection: Connection, row: Any) -> EarlierEdition:  # noqa: ANN401 -- driver's row
    return EarlierEdition(
        id=row["id"],
        series=row["series"],
        title=row["title"],
        format=EditionFormat(row["format"]),
        starts=date.fromisoformat(row["starts"]),
        source=row["source"],
        invited=row["invited"],
        answered=row["answered"],
        questions=_questions(connection, row["id"]),
        is_made_up=bool(row["is_made_up"]),
        disclosure_threshold=row["disclosure_threshold"],
    )


def _questions(connection: Connection, edition_id: str) -> tuple[EarlierQuestion, ...]:
    counts: dict[str, list[tuple[str, int]]] = {}
    for row in connection.execute(
        "SELECT item, value, n FROM earlier_count WHERE edition = :edition ORDER BY item, value",
        {"edition": edition_id},
    ):
        counts.setdefault(row["item"], []).append((row["value"], row["n"]))
    rows = connection.execute(
        """
        SELECT item, definition, their_question, is_worded_alike, has_same_scale, is_of_everybody,
               population
        FROM earlier_question WHERE edition = :edition ORDER BY place, item
        """,
        {"edition": edition_id},
    ).fetchall()
    return tuple(
        EarlierQuestion(
            item=item_from_text(row["definition"]),
            their_question=row["their_question"],
            is_worded_alike=bool(row["is_worded_alike"]),
            has_same_scale=bool(row["has_same_scale"]),
            is_of_everybody=bool(row["is_of_everybody"]),
            counts=tuple(counts.get(row["item"], ())),
            population=row["population"],
        )
        for row in rows
    )
