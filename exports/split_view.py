"""Answers by groups of people: the breakdown and the pairs, as the report's templates draw them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from exports.finding_view import interval_line
from survey.model.summary import ChoicesFinding, NumbersFinding, TextsFinding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exports.finding_view import IntervalLine
    from exports.finding_words import FindingWords
    from survey.model.summary import EditionSummary, Finding, GroupSummary, Share


@dataclass(frozen=True, slots=True)
class CrossTable:
    """How each group answered a question with choices: a row per choice, a column per group."""

    question: str
    groups: tuple[tuple[str, str], ...]
    """Label and base of each group."""
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    """Each choice with its share in every group."""


@dataclass(frozen=True, slots=True)
class SplitView:
    """Everything shown by the groups of one question, or why nothing is."""

    heading: str
    note: str
    shares: tuple[tuple[str, tuple[IntervalLine, ...]], ...] = ()
    """Questions with a line per group."""
    tables: tuple[CrossTable, ...] = ()


def splits(summary: EditionSummary, words: FindingWords) -> tuple[SplitView, ...]:
    """The breakdown, the pairs question by question, and what of them is withheld."""

    def question(code: str) -> str:
        finding = summary.finding(code)
        return finding.wording.in_language(words.language) if finding else ""

    shown = []
    if summary.breakdown:
        shown.append(
            SplitView(
                words.say("Nach Gruppen: %(question)s", question=question(summary.breakdown[0].by)),
                words.say(
                    "Diese Aufteilung stand vor der Befragung fest. Gezeigt wird sie nur, wo jede Gruppe groß genug "
                    "ist. Wie groß die Gruppen unter allen Eingeladenen sind, ist nicht bekannt; die Unsicherheit ist "
                    "deshalb etwas breiter."
                ),
                *_by_group(summary.breakdown, words),
            )
        )
    for by in dict.fromkeys(group.by for group in summary.pairs):
        groups = [group for group in summary.pairs if group.by == by]
        heading = words.say("Aufgeteilt nach: %(question)s", question=question(by))
        shown.append(SplitView(heading, "", *_by_group(groups, words)))
    withheld = words.say(
        "Aus Gründen der Anonymität nicht ausgewiesen: Eine der Gruppen ist kleiner als %(threshold)d Personen, oder "
        "so wenige haben ihre Gruppe nicht genannt, dass sich deren Antworten errechnen ließen.",
        threshold=summary.cell_threshold,
    )
    return (
        *shown,
        *(
            SplitView(words.say("Nach Gruppen: %(question)s", question=question(by)), withheld)
            for by in summary.withheld_splits
        ),
    )


def asked(finding: Finding, words: FindingWords) -> str:
    """The question as it heads a share; for recommendations, which numbers the share is of."""
    question = finding.wording.in_language(words.language)
    return (
        f"{question} ({words.say('8 bis 10')})" if isinstance(finding, NumbersFinding) else question
    )


def main_share(finding: Finding) -> Share | None:
    """The one share that stands for a finding; None where there is no better half."""
    match finding:
        case ChoicesFinding():
            return finding.positive
        case NumbersFinding():
            return finding.high_share
        case TextsFinding():
            return None


def _by_group(
    groups: Sequence[GroupSummary], words: FindingWords
) -> tuple[tuple[tuple[str, tuple[IntervalLine, ...]], ...], tuple[CrossTable, ...]]:
    shares: list[tuple[str, tuple[IntervalLine, ...]]] = []
    tables: list[CrossTable] = []
    for code in dict.fromkeys(f.code for g in groups for f in g.findings):
        found = [
            (g.label.in_language(words.language), f)
            for g in groups
            for f in g.findings
            if f.code == code
        ]
        lines = tuple(
            interval_line(label, words.base(f.base), share, words)
            for label, f in found
            if (share := main_share(f)) is not None
        )
        if lines:
            shares.append((asked(found[0][1], words), lines))
        else:
            tables.append(
                _cross_table(
                    [(label, f) for label, f in found if isinstance(f, ChoicesFinding)], words
                )
            )
    return tuple(shares), tuple(tables)


def _cross_table(found: Sequence[tuple[str, ChoicesFinding]], words: FindingWords) -> CrossTable:
    return CrossTable(
        question=found[0][1].wording.in_language(words.language),
        groups=tuple((label, words.base(finding.base)) for label, finding in found),
        rows=tuple(
            (
                choice.label.in_language(words.language),
                tuple(words.part(f.choices[place].count, f.base.n) for _, f in found),
            )
            for place, choice in enumerate(found[0][1].choices)
        ),
    )
