"""What may be said about each line's change: questions, topics and themes judged together, as one family; pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from survey.comparing.drawing import UNJUDGED, session_rating
from survey.comparing.matching import asked, why_other
from survey.comparing.theme_changes import theme_pair, with_printed_texts
from survey.model.comparison import Break, Verdict
from survey.model.summary import ChoicesFinding, NumbersFinding
from survey.statistics.family import LEVEL, holm, kendall_trend
from survey.statistics.interval import SMALLEST_BASE
from survey.statistics.pairs import Unjudged, pair_of
from survey.statistics.printed import whole_points
from survey.statistics.trend import FEWEST_FOR_TREND, trend
from survey.statistics.verdict import changes, family_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from survey.model.comparison import (
        AskedQuestion,
        Change,
        ComparedEdition,
        ComparedSession,
        Line,
        TopicLine,
    )
    from survey.statistics.pairs import Pair


@dataclass(frozen=True, slots=True)
class Judged:
    """Lines with what may be said about them."""

    lines: tuple[Line, ...]
    themes: tuple[Line, ...]
    topics: tuple[TopicLine, ...]
    family: int
    """How many questions were compared; all themes together and each topic are one of them."""


def judged(
    lines: Sequence[Line],
    *,
    themes: Sequence[Line],
    topics: Sequence[TopicLine],
    editions: Sequence[ComparedEdition],
    base: ComparedEdition,
) -> Judged:
    """The same lines with their changes from the base to the newest edition, and with their trends."""
    newest = editions[-1]
    codes = list(dict.fromkeys(line.code for line in lines))
    meetings = {t.topic: _meeting(t.topic, editions) for t in topics}
    met = [(topic, *meeting) for topic, meeting in meetings.items() if meeting is not None]
    pairs: list[Pair] = [_pair(asked(newest, code), asked(base, code)) for code in codes]
    pairs += [_pair(session_rating(newer), session_rating(older)) for _, newer, _, older in met]
    shared = tuple(t.code for t in themes if _is_shown(newest, t.code) and _is_shown(base, t.code))
    if shared:
        pairs.append(theme_pair(newest, base, codes=shared))
    found = changes(pairs, base=base.name)
    by_code = dict(zip(codes, found, strict=False))
    by_topic = {
        topic: replace(change, base=edition.name)
        for (topic, _, edition, _), (change,) in zip(met, found[len(codes) :], strict=False)
    }
    by_theme = dict(zip(shared, found[-1], strict=True)) if shared else {}
    with_changes = tuple(
        replace(line, change=_change_of(line, by_code[line.code], newest)) for line in lines
    )
    return Judged(
        _with_trends(with_changes),
        tuple(replace(line, change=_theme_change(line, by_theme, newest, base)) for line in themes),
        tuple(replace(topic, change=by_topic.get(topic.topic)) for topic in topics),
        family_size(pairs),
    )


def _pair(newer: AskedQuestion | None, older: AskedQuestion | None) -> Pair:
    reason = why_other(newer, older)
    if reason is not None or newer is None or older is None:
        return Unjudged(Verdict.NOT_COMPARABLE, reason)
    if not isinstance(newer.finding, ChoicesFinding | NumbersFinding) or not isinstance(
        older.finding, ChoicesFinding | NumbersFinding
    ):
        return Unjudged(Verdict.NOT_COMPARABLE, Break.OTHER_KIND)
    return pair_of(newer.finding, older.finding)


def _change_of(line: Line, found: Sequence[Change], newest: ComparedEdition) -> Change:
    """The line's own among the changes of its question, which are one for each option, or one for all."""
    question = asked(newest, line.code)
    if len(found) == 1 or question is None or not isinstance(question.finding, ChoicesFinding):
        return found[0]
    places = [choice.code for choice in question.finding.choices]
    return found[places.index(line.option)]


def _meeting(
    topic: str, editions: Sequence[ComparedEdition]
) -> tuple[ComparedSession, ComparedEdition, ComparedSession] | None:
    """The newest edition's session of the topic, and the last one before it; each the only one there."""
    newer = _only_session(editions[-1], topic)
    if newer is None:
        return None
    for edition in reversed(editions[:-1]):
        older = _only_session(edition, topic)
        if older is not None:
            return newer, edition, older
    return None


def _only_session(edition: ComparedEdition, topic: str) -> ComparedSession | None:
    found = [session for session in edition.sessions if session.topic == topic]
    return found[0] if len(found) == 1 else None


def _is_shown(edition: ComparedEdition, theme: str) -> bool:
    return any(shown.code == theme for shown in edition.themes)


def _theme_change(
    line: Line, found: Mapping[str, Change], newest: ComparedEdition, base: ComparedEdition
) -> Change:
    if line.code in found:
        return with_printed_texts(found[line.code], line.code, newest, base)
    if not newest.themes or not base.themes:
        return replace(UNJUDGED, base=base.name, reason=Break.NOT_ASKED)
    return replace(UNJUDGED, base=base.name, verdict=Verdict.TOO_FEW)


def _with_trends(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Lines that rise or fall steadily say so, where chance would not do so among all of them."""
    values = {line.key: tuple(_values(line)) for line in lines}
    long_enough = [key for key, found in values.items() if len(found) >= FEWEST_FOR_TREND]
    chances = holm([kendall_trend(_printed(values[key])) for key in long_enough])
    steady = {key for key, chance in zip(long_enough, chances, strict=True) if chance < LEVEL}
    return tuple(
        replace(line, trend=trend(values[line.key])) if line.key in steady else line
        for line in lines
    )


def _printed(values: Iterable[float]) -> list[int]:
    return [whole_points(value) for value in values]


def _values(line: Line) -> Iterator[float]:
    for point in line.points:
        if point.base is None or point.base.n < SMALLEST_BASE:
            continue
        if point.score is not None:
            yield point.score
        elif point.share is not None:
            yield point.share.share
