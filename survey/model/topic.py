"""Topics (Themenfelder): what sessions of a series are about, so that this year's can be seen beside last year's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.language.wording import Wording


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of a series."""

    code: str
    """Stays the same over the editions, whatever the topic is called."""
    name: Wording


@dataclass(frozen=True, slots=True)
class SortedSession:
    """A session with its topic, or with the one that its title proposes."""

    edition: str
    """Short name of its edition."""
    code: str
    title: Wording
    topic: str = ""
    """Code of its topic; empty where nobody gave it one."""
    proposed: str = ""
    """Code of the topic that its title speaks for; empty where it has a topic, or none is likely."""


def proposed_topic(
    title: Wording, *, topics: Iterable[Topic], sorted_so_far: Iterable[SortedSession]
) -> str:
    """The code of the topic of the last session with that title, else of the topic that is called so; else empty."""
    said = _plain(title)
    found = ""
    for session in sorted_so_far:
        if session.topic and _plain(session.title) == said:
            found = session.topic
    return found or next((topic.code for topic in topics if _plain(topic.name) == said), "")


def _plain(title: Wording) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in title.de.casefold()).split())
