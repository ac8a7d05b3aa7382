"""What the report's templates draw for each finding: lengths and texts, so that templates compute nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from exports.clean_text import clean_text
from exports.finding_words import FEW, whole_percent
from exports.signed_numbers import signed
from survey.model.items import NUMBERS, OTHER
from survey.model.summary import ChoicesFinding, NumbersFinding, TextsFinding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exports.finding_words import FindingWords
    from survey.model.summary import ChoiceCount, Finding, Share

_ROWS_OF_A_TABLE = 8
_LEAST_ROOM = 20
_DETRACTORS = 6
_PROMOTERS = 9


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a rating bar, or a group of dots."""

    share: float
    text: str
    step: str
    count: int
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a table of bars, or one column of a 0–10 chart."""

    label: str
    share: float
    text: str
    uncertainty: str
    other: bool
    count: int
    step: str = "plain"


@dataclass(frozen=True, slots=True)
class IntervalLine:
    """One row of the table of uncertainties; lengths from 0 to 100."""

    label: str
    base: str
    text: str
    share: float
    low: float
    high: float
    least: float | None
    most: float | None
    uncertainty: str
    bounds: str


@dataclass(frozen=True, slots=True)
class Room:
    """Percent that both sides of the baseline and the middle column have room for, in tens."""

    bad: int
    good: int
    middle: int


@dataclass(frozen=True, slots=True)
class FindingView:
    """One question, ready to be drawn."""

    kind: str
    """``likert``, ``dots``, ``choices``, ``columns``, ``texts`` or ``withheld``."""
    code: str
    question: str
    base: str
    have_answered: str
    description: str
    note: str = ""
    """What stands beside the figures: "Keine Angabe: 2"."""
    reason: str = ""
    """Why figures are withheld."""
    segments: tuple[Segment, ...] = ()
    tables: tuple[tuple[str, tuple[Bar, ...]], ...] = ()
    """Captions with their rows, at most eight a table."""
    columns: tuple[Bar, ...] = ()
    tallest: float = 100
    top_two: str = ""
    uncertainty: str = ""
    positive: str = ""
    ends: str = ""
    quotes: tuple[str, ...] = ()


def view(finding: Finding, words: FindingWords) -> FindingView:
    """The finding, ready to be drawn."""
    question = finding.wording.in_language(words.language)
    plain = FindingView(
        "withheld",
        code=finding.code,
        question=question,
        base=words.base(finding.base),
        have_answered=words.have_answered(finding.base),
        description=words.description(finding),
    )
    if finding.suppressed:
        kind = "texts" if isinstance(finding, TextsFinding) else "withheld"
        return replace(plain, kind=kind, reason=words.suppression(finding.suppressed))
    match finding:
        case ChoicesFinding(kind="rating"):
            return replace(
                plain,
                kind="dots" if finding.base.n < FEW else "likert",
                note=_missing(finding.no_answer, finding.absent, words),
                segments=_segments(finding, words),
                top_two=words.share(finding.positive) if finding.positive else "",
                uncertainty=words.uncertainty(finding.positive) if finding.positive else "",
                positive=words.positive(finding),
            )
        case ChoicesFinding():
            return replace(
                plain,
                kind="choices",
                note=_missing(finding.no_answer, finding.absent, words),
                tables=_tables(words.have_answered(finding.base), _bars(finding, words)),
            )
        case NumbersFinding():
            columns = _columns(finding)
            return replace(
                plain,
                kind="columns",
                note=_missing(finding.no_answer, 0, words),
                columns=columns,
                tallest=max((c.share for c in columns), default=100) or 100,
                positive=_recommendation(finding, words),
                ends=f"0 = {finding.low.in_language(words.language)}, 10 = {finding.high.in_language(words.language)}.",
            )
        case TextsFinding():
            return replace(plain, kind="texts", quotes=tuple(clean_text(q) for q in finding.quotes))


def room(views: Sequence[FindingView]) -> Room:
    """What all these bars need to share one baseline."""

    def longest(side: str) -> int:
        sums = (sum(s.share for s in v.segments if s.step.startswith(side)) for v in views)
        return max(_LEAST_ROOM, ceil(max(sums, default=0) / 10) * 10)

    return Room(longest("bad"), longest("good"), longest("middle"))


def interval_line(label: str, base: str, share: Share, words: FindingWords) -> IntervalLine:
    """A share with its interval and bounds as one row."""
    low, high = share.interval or (0.0, 1.0)
    least, most = share.bounds or (None, None)
    return IntervalLine(
        label=label,
        base=base,
        text=words.share(share),
        share=share.share * 100,
        low=low * 100,
        high=high * 100,
        least=None if least is None else least * 100,
        most=None if most is None else most * 100,
        uncertainty=words.uncertainty(share),
        bounds=words.bounds(share),
    )


def step_of(choices: tuple[ChoiceCount, ...], place: int) -> str:
    """The colour step of a choice: good-1 beside the middle, good-3 at the end of a seven-point scale."""
    half, odd = divmod(len(choices), 2)
    if place < half:
        return f"good-{half - place}"
    if odd and place == half:
        return "middle"
    return f"bad-{place - half - odd + 1}"


def _segments(finding: ChoicesFinding, words: FindingWords) -> tuple[Segment, ...]:
    """From worst to best."""
    n = finding.base.n
    return tuple(
        Segment(
            share=choice.count / n * 100,
            text=str(whole_percent(choice.count / n)),
            step=step_of(finding.choices, place),
            count=choice.count,
            label=choice.label.in_language(words.language),
        )
        for place, choice in reversed(tuple(enumerate(finding.choices)))
    )


def _bars(finding: ChoicesFinding, words: FindingWords) -> tuple[Bar, ...]:
    n = finding.base.n
    return tuple(
        Bar(
            label=choice.label.in_language(words.language),
            share=choice.count / n * 100,
            text=_number(choice, n, words),
            uncertainty=words.uncertainty(choice.share) if choice.share else "",
            other=choice.code in {OTHER, "dont_know"},
            count=choice.count,
        )
        for choice in finding.choices
    )


def _number(choice: ChoiceCount, n: int, words: FindingWords) -> str:
    part = words.part(choice.count, n)
    return part if n < FEW else f"{part} ({choice.count})"


def _tables(caption: str, bars: tuple[Bar, ...]) -> tuple[tuple[str, tuple[Bar, ...]], ...]:
    parts = [bars[i : i + _ROWS_OF_A_TABLE] for i in range(0, len(bars), _ROWS_OF_A_TABLE)]
    if len(parts) == 1:
        return ((caption, bars),)
    return tuple((f"{caption} ({i}/{len(parts)})", part) for i, part in enumerate(parts, 1))


def _columns(finding: NumbersFinding) -> tuple[Bar, ...]:
    return tuple(
        Bar(
            label=label,
            share=count / finding.base.n * 100,
            text=str(count),
            uncertainty="",
            other=False,
            count=count,
            step="bad-2" if place <= _DETRACTORS else "good-2" if place >= _PROMOTERS else "middle",
        )
        for place, (label, count) in enumerate(zip(NUMBERS, finding.counts, strict=True))
    )


def _recommendation(finding: NumbersFinding, words: FindingWords) -> str:
    low, middle, high = (
        sum(finding.counts[: _DETRACTORS + 1]),
        sum(finding.counts[_DETRACTORS + 1 : _PROMOTERS]),
        sum(finding.counts[_PROMOTERS:]),
    )
    text = words.say(
        "9 oder 10: %(high)d, 7 oder 8: %(middle)d, 0 bis 6: %(low)d.",
        high=high,
        middle=middle,
        low=low,
    )
    if finding.score is None or finding.score_interval is None:
        return text
    return f"{text} " + words.say(
        "Empfehlungswert (Anteil 9–10 minus Anteil 0–6): %(score)s, Unsicherheit %(least)s bis %(most)s.",
        score=signed(whole_percent(finding.score)),
        least=signed(whole_percent(finding.score_interval[0])),
        most=signed(whole_percent(finding.score_interval[1])),
    )


def _missing(no_answer: int, absent: int, words: FindingWords) -> str:
    parts = []
    if no_answer:
        parts.append(words.say("Keine Angabe: %(n)d.", n=no_answer))
    if absent:
        parts.append(words.say("Nicht teilgenommen: %(n)d.", n=absent))
    return " ".join(parts)
