"""Sessions of one topic over the editions, ready to be drawn: each by itself, without ranks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from exports.finding_view import interval_line

if TYPE_CHECKING:
    from exports.comparison_words import ComparisonWords
    from exports.finding_view import IntervalLine
    from survey.model.comparison import Point, TopicLine


@dataclass(frozen=True, slots=True)
class TopicView:
    """One topic: its sessions edition by edition, with their uncertainty."""

    name: str
    rows: tuple[IntervalLine, ...]
    notes: tuple[str, ...]
    """Sessions without figures, and why."""
    sentence: str


def topic_view(topic: TopicLine, words: ComparisonWords) -> TopicView:
    """The topic with its sessions, and why some of them show nothing."""
    rows: list[IntervalLine] = []
    notes = []
    for edition, _, line in topic.sessions:
        point = line.points[0]
        title = line.wording.in_language(words.language)
        label = words.say("%(edition)s: %(told)s", edition=words.labels[edition], told=title)
        if point.share is None:
            missing = words.values.missing(point)
            notes.append(words.say("%(session)s – %(why)s.", session=label, why=missing))
        else:
            base = words.values.base(point, line.kind)
            rows.append(interval_line(label, base, point.share, words.values.findings))
    return TopicView(
        topic.name.in_language(words.language), tuple(rows), tuple(notes), _of_topic(topic, words)
    )


def _of_topic(topic: TopicLine, words: ComparisonWords) -> str:
    if topic.change is None:
        return ""

    def only(edition: str) -> Point:
        return next(line.points[0] for e, _, line in reversed(topic.sessions) if e == edition)

    line = topic.sessions[-1][2]
    newest = topic.sessions[-1][0]
    return words.verdicts.between(
        line, topic.change, older=only(topic.change.base), newer=only(newest)
    )
