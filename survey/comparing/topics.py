"""Use case: planners say which topic a session is of, so that topics can be followed over the editions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from survey.errors import NotAllowed, NotFound, problem
from survey.model.theme import theme_code
from survey.model.topic import SortedSession, Topic, proposed_topic
from survey.storage import topics
from survey.storage.connection import foreign_errors
from survey.storage.deeds import write_deed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from survey.comparing.series import Series
    from survey.installation import Installation
    from survey.language.wording import Wording
    from survey.storage.connection import Connection


def topics_of(inst: Installation, series: Series) -> tuple[Topic, ...]:
    """The topics of the series, by name."""
    with foreign_errors():
        return topics.of_series(inst.database.read(), series.owner, series.name)


def topic_of(inst: Installation, series: Series, code: str) -> Topic:
    """The topic with that code; NotFound if the series has none."""
    for topic in topics_of(inst, series):
        if topic.code == code:
            return topic
    raise NotFound("topic", code)


def sorted_sessions(inst: Installation, series: Series) -> tuple[SortedSession, ...]:
    """Every rated session of the series' counted editions with its topic, the oldest edition first.

    A session without one is proposed the topic of a session with the same title.
    """
    known = topics_of(inst, series)
    codes = {topic.code for topic in known}
    with foreign_errors():
        connection = inst.database.read()
        given = {r.id: topics.of_edition(connection, r.id) for r in series.counted}
    found = [
        SortedSession(record.name, session.code, session.title, topic if topic in codes else "")
        for record in series.counted
        for session in record.edition.programme.held_and_rated()
        if record.edition.questionnaire.session_items(session.kind)
        for topic in (given[record.id].get(session.code, ""),)
    ]
    return tuple(
        session
        if session.topic
        else replace(
            session, proposed=proposed_topic(session.title, topics=known, sorted_so_far=found)
        )
        for session in found
    )


def sort_sessions(inst: Installation, series: Series, chosen: Mapping[tuple[str, str], str]) -> int:
    """How many sessions changed their topic; by edition and session code, an empty topic takes it away.

    NotFound if one of the sessions or topics is unknown; then nothing changes.
    """
    now = {(s.edition, s.code): s.topic for s in sorted_sessions(inst, series)}
    codes = {topic.code for topic in topics_of(inst, series)}
    for (edition, session), topic in chosen.items():
        if (edition, session) not in now:
            raise NotFound("session", session)
        if topic and topic not in codes:
            raise NotFound("topic", topic)
    changed: dict[str, dict[str, str]] = defaultdict(dict)
    for (edition, session), topic in chosen.items():
        if now[edition, session] != topic:
            changed[edition][session] = topic
    if not changed:
        return 0
    ids = {record.name: record.id for record in series.counted}
    sessions = sum(len(chosen_there) for chosen_there in changed.values())

    def work(connection: Connection) -> None:
        for edition, chosen_there in changed.items():
            topics.sort_sessions(connection, ids[edition], chosen_there)
        _write_deed(
            inst,
            connection,
            "sessions sorted",
            {"series": series.name, "sessions": sessions},
        )

    inst.database.write(work)
    return sessions


def add_topic(inst: Installation, series: Series, name: Wording) -> Topic:
    """A new topic of the series; NotAllowed if one is called so already."""

    def work(connection: Connection) -> Topic:
        known = topics.of_series(connection, series.owner, series.name)
        _require_new_name(known, name)
        topic = Topic(theme_code(name.de, taken={t.code for t in known}), name)
        topics.insert(connection, series.owner, series.name, topic)
        _write_deed(
            inst, connection, "topic added", {"series": series.name, "topic": topic.name.de}
        )
        return topic

    return inst.database.write(work)


def rename_topic(inst: Installation, series: Series, code: str, *, name: Wording) -> Topic:
    """The topic under its new name; its sessions stay. NotAllowed if another one is called so."""

    def work(connection: Connection) -> Topic:
        known = topics.of_series(connection, series.owner, series.name)
        topic = next((t for t in known if t.code == code), None)
        if topic is None:
            raise NotFound("topic", code)
        _require_new_name([t for t in known if t.code != code], name)
        changed = replace(topic, name=name)
        topics.update(connection, series.owner, series.name, changed)
        _write_deed(
            inst, connection, "topic changed", {"series": series.name, "topic": changed.name.de}
        )
        return changed

    return inst.database.write(work)


def delete_topic(inst: Installation, series: Series, code: str) -> None:
    """The series has lost the topic, and its sessions have none; NotFound if there is no such topic."""

    def work(connection: Connection) -> None:
        known = topics.of_series(connection, series.owner, series.name)
        topic = next((t for t in known if t.code == code), None)
        if topic is None:
            raise NotFound("topic", code)
        topics.delete(connection, series.owner, series.name, code=code)
        _write_deed(
            inst, connection, "topic deleted", {"series": series.name, "topic": topic.name.de}
        )

    inst.database.write(work)


def _require_new_name(known: Iterable[Topic], name: Wording) -> None:
    if name.de.casefold() in {topic.name.de.casefold() for topic in known}:
        raise NotAllowed(problem("Ein Themenfeld „%(name)s“ gibt es schon.", name=name.de))


def _write_deed(
    inst: Installation, connection: Connection, deed: str, facts: Mapping[str, str | int]
) -> None:
    # A topic belongs to a series, not to an edition.
    write_deed(connection, deed, at=inst.clock(), edition="", facts=facts)
