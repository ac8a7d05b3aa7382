"""What planners decide about: questions, options, themes and sessions of an edition, by their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.language.wording import Wording
from survey.model import items
from survey.model.items import Shape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.model.event import Edition
    from survey.model.theme import Theme

OVERALL = "overall"
TOOK_PART = "took_part"
"""The library's question how people took part."""
FORMAT = "next_format"
FORMAT_ACCEPTABLE = "format_acceptable"
TIME = "time_wanted"
TABLES = (
    FORMAT,
    "rounds_wanted",
    "length",
    TIME,
    "guest_talks_wanted",
    "pace",
    "practice",
)
"""Questions that ask what one property of the next edition should be, in the order of the sheet."""
TOPICS = ("topics_wanted", "focus_next")
"""Questions that ask for topics."""
INDIFFERENT = frozenset({"no_preference", "dont_know", "no_wish"})
"""Options that leave the choice to others: they count among the answers, and lead nowhere."""
THEME = "theme:"
SESSION = "session:"
OWN = "own:"
"""What a subject begins with that is no question: a theme, a session, something of the planners' own."""


def option_subject(question: str, option: str) -> str:
    """One option of a question: ``topics_wanted:funding``."""
    return f"{question}:{option}"


def subjects_of(edition: Edition, themes: Iterable[Theme]) -> dict[str, Wording]:
    """Everything of the edition that can be decided about, with what it is called, in reading order."""
    found: dict[str, Wording] = {}
    for item in edition.questionnaire.general_items():
        if items.shape(item) is Shape.TEXTS:
            continue
        found[item.code] = item.wording
        if item.code in TOPICS:
            for choice in items.choices(item):
                if choice.code not in INDIFFERENT:
                    found[option_subject(item.code, choice.code)] = choice.label
    for theme in themes:
        found[f"{THEME}{theme.code}"] = theme.name
    for session in edition.programme.sessions:
        found[f"{SESSION}{session.code}"] = session.title
    return found


def joined(wordings: Iterable[Wording]) -> Wording:
    """``„a“, „b“ und „c“``, in each language."""
    parts = tuple(wordings)
    return Wording(
        _joined([f"„{part.de}“" for part in parts], "und"),
        _joined([f"„{part.in_language('easy')}“" for part in parts], "und"),
        _joined([f"“{part.in_language('en')}”" for part in parts], "and"),
    )


def _joined(parts: list[str], word: str) -> str:
    if len(parts) == 1:
        return parts[0]
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"
