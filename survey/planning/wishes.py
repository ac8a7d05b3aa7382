"""Topics that were wanted, and what the texts speak of, with the change to the last edition; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model.items import OTHER
from survey.model.planning import WishLine
from survey.model.summary import ChoicesFinding
from survey.planning.decision_tables import findings_of_everybody
from survey.planning.subjects import INDIFFERENT, THEME, TOPICS, option_subject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from survey.model.comparison import Change, ComparedEdition
    from survey.model.summary import EditionSummary

_NO_TOPIC = INDIFFERENT | {OTHER}


def topics_wanted(summary: EditionSummary, changes: Mapping[str, Change]) -> tuple[WishLine, ...]:
    """Every topic that somebody wished for, the most frequent first; "another topic" names none.

    `changes` by the key of a comparison's line.
    """
    for found in findings_of_everybody(summary):
        if found.code in TOPICS and isinstance(found, ChoicesFinding) and not found.suppressed:
            lines = [
                WishLine(
                    subject,
                    choice.label,
                    choice.count,
                    found.base.n,
                    share=choice.share,
                    change=changes.get(subject),
                )
                for choice in found.choices
                if choice.count and choice.code not in _NO_TOPIC
                for subject in (option_subject(found.code, choice.code),)
            ]
            return tuple(sorted(lines, key=lambda line: -line.count))
    return ()


def themes_spoken_of(
    edition: ComparedEdition, changes: Mapping[str, Change]
) -> tuple[WishLine, ...]:
    """Every theme that is published, the most frequent first: texts, not people, so no interval.

    `changes` by the code of the theme.
    """
    lines = [
        WishLine(
            f"{THEME}{theme.code}",
            theme.label,
            theme.texts,
            max(edition.texts, theme.texts),
            change=changes.get(theme.code),
        )
        for theme in edition.themes
    ]
    return tuple(sorted(lines, key=lambda line: -line.count))
