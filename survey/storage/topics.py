"""Topics of sessions: what a series has, and which session is of which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.language.wording import Wording
from survey.model.topic import Topic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from survey.storage.connection import Connection


def of_series(connection: Connection, organisation: str, series: str) -> tuple[Topic, ...]:
    """The series' topics, by name."""
    rows = connection.execute(
        """
        SELECT code, name_de, name_en
        FROM topic
        WHERE organisation = :organisation AND series = :series
        ORDER BY name_de, code
        """,
        {"organisation": organisation, "series": series},
    )
    return tuple(Topic(row["code"], Wording(row["name_de"], en=row["name_en"])) for row in rows)


def insert(connection: Connection, organisation: str, series: str, topic: Topic) -> None:
    """The series has this topic."""
    connection.execute(
        """
        INSERT INTO topic (organisation, series, code, name_de, name_en)
        VALUES (:organisation, :series, :code, :name_de, :name_en)
        """,
        _values(organisation, series, topic),
    )


def update(connection: Connection, organisation: str, series: str, topic: Topic) -> None:
    """The topic is called anew."""
    connection.execute(
        """
        UPDATE topic SET name_de = :name_de, name_en = :name_en
        WHERE organisation = :organisation AND series = :series AND code = :code
        """,
        _values(organisation, series, topic),
    )


def delete(connection: Connection, organisation: str, series: str, *, code: str) -> None:
    """The topic is gone, and its sessions have none."""
    facts = {"organisation": organisation, "series": series, "code": code}
    connection.execute(
        """
        DELETE FROM session_topic
        WHERE topic = :code AND edition IN (
            SELECT id FROM edition WHERE owner = :organisation AND series = :series
        )
        """,
        facts,
    )
    connection.execute(
        """
        DELETE FROM topic
        WHERE organisation = :organisation AND series = :series AND code = :code
        """,
        facts,
    )


def of_edition(connection: Connection, edition_id: str) -> dict[str, str]:
    """The topic of each session of the edition that has one."""
    rows = connection.execute(
        "SELECT session, topic FROM session_topic WHERE edition = :edition",
        {"edition": edition_id},
    )
    return {row["session"]: row["topic"] for row in rows}


def sort_sessions(connection: Connection, edition_id: str, topics: Mapping[str, str]) -> None:
    """Each of these sessions is of that topic, of none where it is empty; all others stay as they are."""
    connection.executemany(
        "DELETE FROM session_topic WHERE edition = :edition AND session = :session",
        [{"edition": edition_id, "session": session} for session in topics],
    )
    connection.executemany(
        """
        INSERT INTO session_topic (edition, session, topic)
        VALUES (:edition, :session, :topic)
        """,
        [
            {"edition": edition_id, "session": session, "topic": topic}
            for session, topic in topics.items()
            if topic
        ],
    )


def _values(organisation: str, series: str, topic: Topic) -> dict[str, str]:
    return {
        "organisation": organisation,
        "series": series,
        "code": topic.code,
        "name_de": topic.name.de,
        "name_en": topic.name.en,
    }
