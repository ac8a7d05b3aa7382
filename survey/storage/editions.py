"""Editions: what their organiser defined, and the dates and counts the service itself sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from survey.errors import NotFound
from survey.model.event import EditionRecord
from survey.storage.edition_text import edition_from_text, edition_to_text
from survey.storage.moments import moment_to_text, text_to_moment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from survey.model.event import Edition
    from survey.storage.connection import Connection


def insert(connection: Connection, record: EditionRecord) -> None:
    """Keep a new edition; its definition names the box size."""
    connection.execute(
        """
        INSERT INTO edition (id, owner, name, series, definition, revision, public_key, box_size)
        VALUES (:id, :owner, :name, :series, :definition, :revision, :public_key, :box_size)
        """,
        {
            "id": record.id,
            "owner": record.owner,
            "name": record.edition.name,
            "series": record.edition.series,
            "definition": edition_to_text(record.edition),
            "revision": record.revision,
            "public_key": record.public_key,
            "box_size": record.edition.box_size,
        },
    )


def find(connection: Connection, name: str) -> EditionRecord | None:
    """The edition with that short name."""
    row = connection.execute(
        """
        SELECT id, owner, definition, revision, public_key, opens, closes, size_class, open_boxes,
               count_started, counted, key_destroyed, addresses_deleted, invited, answered, passed
        FROM edition WHERE name = :name
        """,
        {"name": name},
    ).fetchone()
    return None if row is None else _record(row)


def require(connection: Connection, name: str) -> EditionRecord:
    """The edition with that short name; NotFound if there is none."""
    record = find(connection, name)
    if record is None:
        raise NotFound("edition", name)
    return record


def find_by_id(connection: Connection, edition_id: str) -> EditionRecord | None:
    """The edition with that id."""
    row = connection.execute(
        """
        SELECT id, owner, definition, revision, public_key, opens, closes, size_class, open_boxes,
               count_started, counted, key_destroyed, addresses_deleted, invited, answered, passed
        FROM edition WHERE id = :id
        """,
        {"id": edition_id},
    ).fetchone()
    return None if row is None else _record(row)


def all_editions(connection: Connection) -> tuple[EditionRecord, ...]:
    """Every edition, the latest event first."""
    rows = connection.execute(
        """
        SELECT id, owner, definition, revision, public_key, opens, closes, size_class, open_boxes,
               count_started, counted, key_destroyed, addresses_deleted, invited, answered, passed
        FROM edition
        """
    ).fetchall()
    return _latest_first(rows)


def with_keys(connection: Connection) -> tuple[EditionRecord, ...]:
    """Every edition whose key is not destroyed, the latest event first: the others were counted, maybe years ago."""
    rows = connection.execute(
        """
        SELECT id, owner, definition, revision, public_key, opens, closes, size_class, open_boxes,
               count_started, counted, key_destroyed, addresses_deleted, invited, answered, passed
        FROM edition WHERE key_destroyed IS NULL
        """
    ).fetchall()
    return _latest_first(rows)


@dataclass(frozen=True, slots=True)
class KeyedEdition:
    """What a backup has to know of an edition."""

    id: str
    name: str
    public_key: bytes
    counted: str | None
    invited: int | None
    answered: int | None

    @property
    def is_tallied(self) -> bool:
        """True once the count has written its numbers down."""
        return self.answered is not None


def keyed_editions(connection: Connection) -> tuple[KeyedEdition, ...]:
    """Every edition, by columns of the first schema only: a backup comes before an upgrade, from any schema."""
    rows = connection.execute(
        "SELECT id, name, public_key, counted, invited, answered FROM edition ORDER BY id"
    )
    return tuple(
        KeyedEdition(
            row["id"],
            row["name"],
            bytes(row["public_key"]),
            row["counted"],
            row["invited"],
            row["answered"],
        )
        for row in rows
    )


def of_owner(connection: Connection, owner: str) -> tuple[EditionRecord, ...]:
    """Every edition of that organisation, the latest event first."""
    rows = connection.execute(
        """
        SELECT id, owner, definition, revision, public_key, opens, closes, size_class, open_boxes,
               count_started, counted, key_destroyed, addresses_deleted, invited, answered, passed
        FROM edition WHERE owner = :owner
        """,
        {"owner": owner},
    ).fetchall()
    return _latest_first(rows)


def of_series(connection: Connection, owner: str, series: str) -> tuple[EditionRecord, ...]:
    """Every edition of that organisation's series, the latest event first; none other is read."""
    rows = connection.execute(
        """
        SELECT id, owner, definition, revision, public_key, opens, closes, size_class, open_boxes,
               count_started, counted, key_destroyed, addresses_deleted, invited, answered, passed
        FROM edition WHERE owner = :owner AND series = :series
        """,
        {"owner": owner, "series": series},
    ).fetchall()
    return _latest_first(rows)


def series_names(connection: Connection, owner: str) -> tuple[str, ...]:
    """Names of that organisation's series that have editions."""
    rows = connection.execute(
        "SELECT DISTINCT series FROM edition WHERE owner = :owner ORDER BY series",
        {"owner": owner},
    )
    return tuple(row["series"] for row in rows)


def update_definition(connection: Connection, edition_id: str, edition: Edition) -> None:
    """Keep a changed definition as the next revision."""
    connection.execute(
        """
        UPDATE edition
        SET name = :name, series = :series, definition = :definition, box_size = :box_size,
            revision = revision + 1
        WHERE id = :id
        """,
        {
            "id": edition_id,
            "name": edition.name,
            "series": edition.series,
            "definition": edition_to_text(edition),
            "box_size": edition.box_size,
        },
    )


def open_for_answers(
    connection: Connection,
    edition_id: str,
    *,
    opens: datetime,
    closes: datetime,
    size_class: Literal["small", "large"],
) -> bool:
    """The first invitation opens an edition, once; False if it was open before."""
    changed = connection.execute(
        """
        UPDATE edition SET opens = :opens, closes = :closes, size_class = :size_class
        WHERE id = :id AND opens IS NULL
        """,
        {
            "id": edition_id,
            "opens": moment_to_text(opens),
            "closes": moment_to_text(closes),
            "size_class": size_class,
        },
    )
    return bool(changed.rowcount == 1)


def set_closes(connection: Connection, edition_id: str, closes: datetime) -> bool:
    """Another deadline is in force; False if the edition was never opened or its count has started."""
    changed = connection.execute(
        """
        UPDATE edition SET closes = :closes, passed = NULL
        WHERE id = :id AND opens IS NOT NULL AND count_started IS NULL AND counted IS NULL
        """,
        {"id": edition_id, "closes": moment_to_text(closes)},
    )
    return bool(changed.rowcount == 1)


def set_passed(connection: Connection, edition_id: str, moment: datetime) -> None:
    """That moment of the edition has passed, whatever the clock says from now on."""
    connection.execute(
        "UPDATE edition SET passed = :moment WHERE id = :id",
        {"id": edition_id, "moment": moment_to_text(moment)},
    )


def start_count(connection: Connection, edition_id: str, at: datetime) -> None:
    """From here on no answer is taken; starting again changes nothing."""
    connection.execute(
        "UPDATE edition SET count_started = :at WHERE id = :id AND count_started IS NULL",
        {"id": edition_id, "at": moment_to_text(at)},
    )


def set_tallied(
    connection: Connection, edition_id: str, *, invited: int, answered: int, unopenable: int
) -> bool:
    """N and n are frozen; False if they were before."""
    changed = connection.execute(
        """
        UPDATE edition
        SET invited = :invited, answered = :answered, unopenable = :unopenable
        WHERE id = :id AND counted IS NULL AND answered IS NULL
        """,
        {
            "id": edition_id,
            "invited": invited,
            "answered": answered,
            "unopenable": unopenable,
        },
    )
    return bool(changed.rowcount == 1)


def set_counted(connection: Connection, edition_id: str, at: datetime) -> bool:
    """Its numbers may be shown from now on; False if one of its boxes is still there, or it was counted before."""
    changed = connection.execute(
        """
        UPDATE edition SET counted = :at
        WHERE id = :id AND counted IS NULL AND answered IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM urn WHERE urn.edition = edition.id)
        """,
        {"id": edition_id, "at": moment_to_text(at)},
    )
    return bool(changed.rowcount == 1)


def unopenable(connection: Connection, edition_id: str) -> int:
    """How many boxes the count could not open."""
    row = connection.execute(
        "SELECT unopenable FROM edition WHERE id = :id", {"id": edition_id}
    ).fetchone()
    return 0 if row is None else int(row["unopenable"])


def set_key_destroyed(connection: Connection, edition_id: str, at: datetime) -> bool:
    """The key is gone since then; False if that was known before."""
    changed = connection.execute(
        "UPDATE edition SET key_destroyed = :at WHERE id = :id AND key_destroyed IS NULL",
        {"id": edition_id, "at": moment_to_text(at)},
    )
    return bool(changed.rowcount == 1)


def set_addresses_deleted(connection: Connection, edition_id: str, at: datetime) -> None:
    """Addresses, names and links are gone since then."""
    connection.execute(
        "UPDATE edition SET addresses_deleted = :at WHERE id = :id AND addresses_deleted IS NULL",
        {"id": edition_id, "at": moment_to_text(at)},
    )


def _latest_first(rows: Iterable[Any]) -> tuple[EditionRecord, ...]:
    records = (_record(row) for row in rows)
    return tuple(sorted(records, key=lambda r: (r.edition.starts, r.name), reverse=True))


def _record(row: Any) -> EditionRecord:  # noqa: ANN401 -- driver's row
    return EditionRecord(
        id=row["id"],
        owner=row["owner"],
        edition=edition_from_text(row["definition"]),
        revision=row["revision"],
        public_key=bytes(row["public_key"]),
        opens=text_to_moment(row["opens"]),
        closes=text_to_moment(row["closes"]),
        size_class=row["size_class"],
        open_boxes=row["open_boxes"],
        count_started=text_to_moment(row["count_started"]),
        counted=text_to_moment(row["counted"]),
        key_destroyed=text_to_moment(row["key_destroyed"]),
        addresses_deleted=text_to_moment(row["addresses_deleted"]),
        invited=row["invited"],
        answered=row["answered"],
        passed=text_to_moment(row["passed"]),
    )
