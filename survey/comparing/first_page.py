"""The first page of a comparison: verdicts counted, the lines that matter, what to be careful with; pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from survey.comparing.drawing import NUMBERS
from survey.model.comparison import Caution, Verdict, VerdictCount
from survey.reporting.first_page import OVERALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from survey.model.comparison import ComparedEdition, Line

MOST_FOREMOST = 3
WIDE_GAP = 15
"""Points between two response rates from which on the comparison needs a caution."""
_SAYS_MOST = (
    Verdict.BETTER,
    Verdict.WORSE,
    Verdict.MORE,
    Verdict.LESS,
    Verdict.SHIFTED,
    Verdict.HINT,
    Verdict.SMALL,
    Verdict.UNCLEAR,
    Verdict.SAME,
    Verdict.TOO_FEW,
    Verdict.NOT_COMPARABLE,
)
"""A choice is "unchanged" only if all its options are."""
_CERTAIN = frozenset({Verdict.BETTER, Verdict.WORSE, Verdict.MORE, Verdict.LESS})
_NOTEWORTHY = (_CERTAIN, frozenset({Verdict.SHIFTED}), frozenset({Verdict.HINT}))
_SILENT = frozenset({Verdict.TOO_FEW, Verdict.NOT_COMPARABLE})


def verdict_counts(lines: Iterable[Line]) -> tuple[VerdictCount, ...]:
    """How many questions have each verdict, in the order in which verdicts are decided."""
    questions: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        questions[line.code].append(line)
    counted = Counter(_speaker(found).change.verdict for found in questions.values())
    return tuple(VerdictCount(v, counted[v]) for v in Verdict if counted[v])


def foremost(lines: Sequence[Line]) -> tuple[str, ...]:
    """Keys of the at most three lines that matter most, each of another question.

    First what certainly changed, the largest change first, then what only hints at a change. Where less than three
    are noteworthy, how people liked it over all and whether they recommend it, whatever is said about that.
    """
    order = [
        line
        for verdicts in _NOTEWORTHY
        for line in sorted(
            (line for line in lines if line.change.verdict in verdicts), key=_size, reverse=True
        )
    ]
    order += [line for line in lines if _is_general(line) and line.change.verdict not in _SILENT]
    by_question: dict[str, str] = {}
    for line in order:
        by_question.setdefault(line.code, line.key)
    return tuple(by_question.values())[:MOST_FOREMOST]


def cautions(newest: ComparedEdition, base: ComparedEdition) -> tuple[Caution, ...]:
    """What has to be said beside the changes between the two."""
    found = {
        Caution.OTHER_FORMAT: newest.format != base.format,
        Caution.RESPONSE_GAP: _have_wide_gap(newest, base),
        Caution.OTHER_TOOL: (newest.source, newest.layout_version)
        != (base.source, base.layout_version),
        Caution.UNKNOWN_POPULATION: None in (newest.invited, base.invited),
    }
    return tuple(caution for caution, is_due in found.items() if is_due)


def _speaker(lines: Sequence[Line]) -> Line:
    """Of a question's lines the one that says most; of two that say as much, that of the larger change."""
    return min(lines, key=lambda line: (_RANK[line.change.verdict], -_size(line)))


_RANK = {verdict: rank for rank, verdict in enumerate(_SAYS_MOST)} | {
    Verdict.LESS: _SAYS_MOST.index(Verdict.MORE),
    Verdict.WORSE: _SAYS_MOST.index(Verdict.BETTER),
}


def _size(line: Line) -> float:
    """How large the change is, comparable over kinds: for an option the difference is its delta."""
    change = line.change
    return abs(change.delta if change.delta is not None else (change.points or 0) / 100)


def _is_general(line: Line) -> bool:
    return line.code == OVERALL or line.kind == NUMBERS


def _have_wide_gap(newest: ComparedEdition, base: ComparedEdition) -> bool:
    """Whether the response rates, unrounded, differ by more than that many points; whole numbers cannot slip."""
    if not newest.invited or not base.invited or newest.answered is None or base.answered is None:
        return False
    gap = newest.answered * base.invited - base.answered * newest.invited
    return 100 * abs(gap) > WIDE_GAP * newest.invited * base.invited
