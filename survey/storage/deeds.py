"""Deeds: what organisers and the service did, and who, append-only, without a word about participants.

Each deed's id holds its number and a digest over itself and the deed before it, so that a deed
changed or taken out later shows.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from survey.storage.moments import moment_to_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Deed:
    """One act: when, on which edition, what, its facts, and who did it for which organisation."""

    id: str
    at: str
    edition: str
    deed: str
    facts: str
    actor: str = ""
    """Id of an account; empty for the service itself and the command line."""
    organisation: str = ""


def write_deed(
    connection: Connection,
    deed: str,
    *,
    at: datetime,
    edition: str,
    facts: Mapping[str, str | int] | None = None,
) -> None:
    """Add a deed in the transaction of the act itself; its facts must not name a participant.

    Who did it is known to the connection.
    """
    last = connection.execute("SELECT MAX(id) AS id FROM deed").fetchone()["id"]
    text = json.dumps(dict(facts or {}), ensure_ascii=False, sort_keys=True)
    moment = moment_to_text(at)
    actor = connection.actor
    connection.execute(
        """
        INSERT INTO deed (id, at, edition, deed, facts, actor, organisation)
        VALUES (:id, :at, :edition, :deed, :facts, :actor, :organisation)
        """,
        {
            "id": _identify(
                last, moment, edition, deed, text, *_who(actor.account, actor.organisation)
            ),
            "actor": actor.account,
            "organisation": actor.organisation,
            "at": moment,
            "edition": edition,
            "deed": deed,
            "facts": text,
        },
    )


def all_deeds(connection: Connection) -> tuple[Deed, ...]:
    """Every deed, in order."""
    rows = connection.execute(
        "SELECT id, at, edition, deed, facts, actor, organisation FROM deed ORDER BY id"
    ).fetchall()
    return tuple(_deed(row) for row in rows)


def of_edition(connection: Connection, edition_id: str) -> tuple[Deed, ...]:
    """What was done on that edition, in order."""
    rows = connection.execute(
        """
        SELECT id, at, edition, deed, facts, actor, organisation
        FROM deed WHERE edition = :edition ORDER BY id
        """,
        {"edition": edition_id},
    ).fetchall()
    return tuple(_deed(row) for row in rows)


def of_organisation(
    connection: Connection, organisation: str, *, edition: str = "", most: int, after: int = 0
) -> tuple[Deed, ...]:
    """What was done for the organisation or on its editions, newest first; on one edition where it is named by id."""
    rows = connection.execute(
        """
        SELECT id, at, edition, deed, facts, actor, organisation
        FROM deed
        WHERE (organisation = :organisation
               OR edition IN (SELECT id FROM edition WHERE owner = :organisation)
               OR (organisation = '' AND edition = '' AND deed = 'backup restored'))
          AND (:edition = '' OR edition = :edition)
        ORDER BY id DESC
        LIMIT :most OFFSET :after
        """,
        {"organisation": organisation, "edition": edition, "most": most, "after": after},
    ).fetchall()
    return tuple(_deed(row) for row in rows)


def count_of_organisation(connection: Connection, organisation: str, *, edition: str = "") -> int:
    """How many of them there are."""
    row = connection.execute(
        """
        SELECT COUNT(*) AS n
        FROM deed
        WHERE (organisation = :organisation
               OR edition IN (SELECT id FROM edition WHERE owner = :organisation)
               OR (organisation = '' AND edition = '' AND deed = 'backup restored'))
          AND (:edition = '' OR edition = :edition)
        """,
        {"organisation": organisation, "edition": edition},
    ).fetchone()
    return int(row["n"])


def first_altered(connection: Connection) -> Deed | None:
    """The first deed that does not follow from the one before it; None if the chain is whole."""
    last: str | None = None
    for deed in all_deeds(connection):
        who = _who(deed.actor, deed.organisation)
        if deed.id != _identify(last, deed.at, deed.edition, deed.deed, deed.facts, *who):
            return deed
        last = deed.id
    return None


def _identify(last: str | None, *parts: str) -> str:
    number = 1 if last is None else int(last.partition("-")[0]) + 1
    digest = hashlib.sha256("\x1f".join((last or "", *parts)).encode()).hexdigest()
    return f"{number:08d}-{digest}"


def _deed(row: Any) -> Deed:  # noqa: ANN401 -- driver's row
    return Deed(
        row["id"],
        row["at"],
        row["edition"],
        row["deed"],
        row["facts"],
        row["actor"],
        row["organisation"],
    )


def _who(actor: str, organisation: str) -> tuple[str, ...]:
    # Deeds of the service itself keep the digest they had before there were accounts.
    return (actor, organisation) if actor or organisation else ()
