"""Public result pages: from when they can be read, who is named there, and what the organisers decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.language.wording import Wording
from survey.storage.moments import moment_to_text, text_to_moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class PublicPage:
    """How one edition's results are told to everybody."""

    visible_from: datetime
    has_sessions: bool
    """Whether results of single sessions are told."""
    named_sessions: frozenset[str] = frozenset()
    """Sessions whose speakers agreed to be named."""


def put(connection: Connection, edition_id: str, page: PublicPage) -> None:
    """The page is to be seen so from then on, whatever was planned before."""
    take_away(connection, edition_id)
    connection.execute(
        """
        INSERT INTO public_page (edition, visible_from, has_sessions)
        VALUES (:edition, :visible_from, :has_sessions)
        """,
        {
            "edition": edition_id,
            "visible_from": moment_to_text(page.visible_from),
            "has_sessions": int(page.has_sessions),
        },
    )
    connection.executemany(
        "INSERT INTO public_speaker (edition, session) VALUES (:edition, :session)",
        [{"edition": edition_id, "session": code} for code in sorted(page.named_sessions)],
    )


def find(connection: Connection, edition_id: str) -> PublicPage | None:
    """The edition's page, where one is planned or to be seen."""
    key = {"edition": edition_id}
    row = connection.execute(
        "SELECT visible_from, has_sessions FROM public_page WHERE edition = :edition", key
    ).fetchone()
    if row is None:
        return None
    named = connection.execute(
        "SELECT session FROM public_speaker WHERE edition = :edition", key
    ).fetchall()
    visible_from = text_to_moment(row["visible_from"])
    if visible_from is None:
        raise ValueError(row["visible_from"])
    return PublicPage(
        visible_from, bool(row["has_sessions"]), frozenset(one["session"] for one in named)
    )


def take_away(connection: Connection, edition_id: str) -> int:
    """There is no page any longer; how many there were (0 or 1)."""
    key = {"edition": edition_id}
    connection.execute("DELETE FROM public_speaker WHERE edition = :edition", key)
    deleted: int = connection.execute(
        "DELETE FROM public_page WHERE edition = :edition", key
    ).rowcount
    return deleted


def decisions_of(connection: Connection, edition_id: str) -> dict[str, Wording]:
    """What the organisers make of each finding."""
    rows = connection.execute(
        "SELECT finding, de, easy, en FROM decision WHERE edition = :edition ORDER BY finding",
        {"edition": edition_id},
    )
    return {row["finding"]: Wording(row["de"], row["easy"], row["en"]) for row in rows}


def put_decisions(
    connection: Connection, edition_id: str, decisions: Mapping[str, Wording]
) -> None:
    """The organisers make this of the findings, and of no others."""
    connection.execute("DELETE FROM decision WHERE edition = :edition", {"edition": edition_id})
    connection.executemany(
        """
        INSERT INTO decision (edition, finding, de, easy, en)
        VALUES (:edition, :finding, :de, :easy, :en)
        """,
        [
            {
                "edition": edition_id,
                "finding": finding,
                "de": wording.de,
                "easy": wording.easy,
                "en": wording.en,
            }
            for finding, wording in sorted(decisions.items())
            if wording
        ],
    )
