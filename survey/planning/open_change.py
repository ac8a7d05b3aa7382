"""Whether the overall rating changed, where these answers leave that open, and how many would have told; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model.comparison import Verdict
from survey.model.edition_label import when_it_was
from survey.model.planning import Undecided
from survey.model.summary import ChoicesFinding, Statement
from survey.planning.evidence import signed
from survey.planning.subjects import OVERALL
from survey.statistics.change import Ratings
from survey.statistics.pairs import RatedPair, pair_of
from survey.statistics.precision import MOST_ANSWERS
from survey.statistics.verdict import THRESHOLD_POINTS, verdict_in_family

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.model.comparison import ComparedEdition, Comparison, Line

_OPEN = frozenset({Verdict.UNCLEAR, Verdict.HINT, Verdict.SHIFTED})
_TOLD = frozenset({Verdict.BETTER, Verdict.WORSE})


def open_change(comparison: Comparison) -> Iterator[Undecided]:
    """The overall rating, where nobody can tell whether it is better or worse than in the base edition."""
    line = next((line for line in comparison.lines if line.key == OVERALL), None)
    if line is None or line.change.verdict not in _OPEN or line.change.span is None:
        return
    least, most = line.change.span
    base = comparison.edition(line.change.base)
    had = _answers_had(line, comparison.newest.name)
    needed = _answers_needed(comparison, line, base)
    # A change this small is never called better or worse; or it is open by its shape, and not for want of answers.
    is_for_want_of_answers = abs(line.change.points or 0) >= THRESHOLD_POINTS and (
        needed is None or had is None or needed > had
    )
    yield Undecided(
        OVERALL,
        Statement(
            "„%(question)s“: Ob es besser oder schlechter war als %(edition)s, ist offen "
            "(Spanne %(least)s bis %(most)s Punkte).",
            (
                ("question", line.wording),
                ("edition", when_it_was(base.label)),
                ("least", signed(least)),
                ("most", signed(most)),
            ),
            OVERALL,
        ),
        answers_needed=needed if is_for_want_of_answers else None,
        answers_had=had if is_for_want_of_answers else None,
    )


def _answers_had(line: Line, edition: str) -> int | None:
    base = next(point.base for point in line.points if point.edition == edition)
    return None if base is None else base.n


def _answers_needed(comparison: Comparison, line: Line, base: ComparedEdition) -> int | None:
    """How many answers, distributed as these were, would have told; None where not even everybody's would."""
    newest, older = _finding(comparison.newest, line.code), _finding(base, line.code)
    if newest is None or older is None:
        return None
    pair = pair_of(newest, older)
    if not isinstance(pair, RatedPair):
        return None
    positive = sum(choice.role == "positive" for choice in newest.choices)
    had = pair.newest.answered
    last = pair.newest.eligible or MOST_ANSWERS

    def is_told(answers: int) -> bool:
        counts = distributed_alike(pair.newest.counts, answers)
        scaled = RatedPair(
            Ratings(counts, pair.newest.eligible),
            pair.base,
            sum(counts[-positive:]),
            pair.base_positive,
        )
        return verdict_in_family(scaled, family=comparison.family) in _TOLD

    low, high = had, had
    while not is_told(high):
        if high >= last:
            return None
        low, high = high + 1, min(last, high * 2)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_told(middle) else (middle + 1, high)
    return low


def distributed_alike(counts: tuple[int, ...], answers: int) -> tuple[int, ...]:
    """So many answers in the same shares, in whole people: the largest remainders are rounded up."""
    total = sum(counts)
    whole = [count * answers // total for count in counts]
    remainders = sorted(
        range(len(counts)), key=lambda place: (-(counts[place] * answers % total), place)
    )
    for place in remainders[: answers - sum(whole)]:
        whole[place] += 1
    return tuple(whole)


def _finding(edition: ComparedEdition, code: str) -> ChoicesFinding | None:
    for asked in edition.questions:
        if asked.identity.code == code and isinstance(asked.finding, ChoicesFinding):
            return asked.finding
    return None
