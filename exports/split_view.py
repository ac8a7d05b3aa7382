"""Answers by groups of people: the breakdown and the pairs, as the report's templates draw them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.model.summary import ChoicesFinding, NumbersFinding, TextsFinding
from survey.model.tally import HALVES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exports.finding_words import FindingWords
    from survey.model.summary import EditionSummary, Finding, GroupSummary, Share


@dataclass(frozen=True, slots=True)
class CrossTable:
    """How each group answered: a row per choice of a question or per question, a column per group."""

    caption: str
    groups: tuple[tuple[str, str], ...]
    """Label of each group with its base, which is empty where each cell says its own."""
    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """Each choice or question with its share in every group, and what is said below the share."""


@dataclass(frozen=True, slots=True)
class SplitView:
    """Everything shown by the groups of one question, or why nothing is."""

    heading: str
    note: str
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
                _by_group(summary.breakdown, words),
            )
        )
    halves = words.say(
        "Einzelne Antworten auf diese Frage wurden zu selten gegeben. Sie sind deshalb zu zwei Gruppen zusammengefasst."
    )
    for by, is_halved in dict.fromkeys((g.by, g.value in HALVES) for g in summary.pairs):
        groups = [g for g in summary.pairs if (g.by, g.value in HALVES) == (by, is_halved)]
        heading = words.say("Aufgeteilt nach: %(question)s", question=question(by))
        tables = tuple(
            table for alike in _with_the_same_groups(groups) for table in _by_group(alike, words)
        )
        shown.append(SplitView(heading, halves if is_halved else "", tables))
    withheld = words.say(
        "Aus Gründen der Anonymität nicht ausgewiesen: Eine der Gruppen ist kleiner als %(threshold)d Personen, alle "
        "in ihr haben sich gleich geäußert, oder so wenige haben ihre Gruppe nicht genannt, dass sich deren Antworten "
        "errechnen ließen.",
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


def _with_the_same_groups(groups: Sequence[GroupSummary]) -> tuple[list[GroupSummary], ...]:
    """Questions that share their columns, together."""
    columns: dict[str, tuple[str, ...]] = {}
    for group in groups:
        for finding in group.findings:
            columns[finding.code] = (*columns.get(finding.code, ()), group.value)
    return tuple(
        [g for g in groups if any(columns[f.code] == values for f in g.findings)]
        for values in dict.fromkeys(columns.values())
    )


def _by_group(groups: Sequence[GroupSummary], words: FindingWords) -> tuple[CrossTable, ...]:
    """All questions with a better half in one table, every other question in one of its own."""
    by_code: dict[str, list[tuple[str, Finding]]] = {}
    for group in groups:
        for finding in group.findings:
            label = group.label.in_language(words.language)
            by_code.setdefault(finding.code, []).append((label, finding))
    rated = [found for found in by_code.values() if main_share(found[0][1]) is not None]
    others = [
        [(label, finding) for label, finding in found if isinstance(finding, ChoicesFinding)]
        for found in by_code.values()
        if main_share(found[0][1]) is None
    ]
    return (
        *((_table_of_shares(rated, words),) if rated else ()),
        *(_table_of_choices(found, words) for found in others if found),
    )


def _table_of_shares(
    questions: Sequence[Sequence[tuple[str, Finding]]], words: FindingWords
) -> CrossTable:
    def cell(finding: Finding) -> tuple[str, str]:
        share = main_share(finding)
        if share is None:
            return "", ""
        return words.share(share), f"{words.uncertainty(share)}\n{words.base(finding.base)}"

    return CrossTable(
        words.say("Anteile mit ihrer Unsicherheit"),
        tuple((label, "") for label, _ in questions[0]),
        tuple(
            (asked(found[0][1], words), tuple(cell(finding) for _, finding in found))
            for found in questions
        ),
    )


def _table_of_choices(
    found: Sequence[tuple[str, ChoicesFinding]], words: FindingWords
) -> CrossTable:
    return CrossTable(
        found[0][1].wording.in_language(words.language),
        tuple((label, words.base(finding.base)) for label, finding in found),
        tuple(
            (
                choice.label.in_language(words.language),
                tuple((words.part(f.choices[place].count, f.base.n), "") for _, f in found),
            )
            for place, choice in enumerate(found[0][1].choices)
        ),
    )
