"""The planning sheet as rows: one for every number that it shows, and one for every sentence."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields, replace
from typing import TYPE_CHECKING

from exports.planning_words import PlanningWords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exports.summary_table import Cell
    from survey.language.wording import Language
    from survey.model.comparison import Change
    from survey.model.planning import (
        Candidate,
        DecisionTable,
        OptionLine,
        PlanningSheet,
        WishLine,
    )
    from survey.model.summary import Share

WANTED, TOPIC, TO_LOOK_AT, TO_KEEP = "wanted", "topic", "to_look_at", "to_keep"
"""Of which part of the sheet a row is."""


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One number; shares from 0 to 1, limits as shares of N, changes in points."""

    part: str
    subject: str
    question: str
    label: str = ""
    group: str = ""
    """How people took part; empty for everybody."""
    count: int | None = None
    n: int | None = None
    N: int | None = None
    share: float | None = None
    interval_low: float | None = None
    interval_high: float | None = None
    bounds_low: float | None = None
    bounds_high: float | None = None
    acceptable: int | None = None
    """How many said that it would do at all."""
    majority: str = ""
    verdict: str = ""
    """On the change to the base edition."""
    points: int | None = None
    span_low: int | None = None
    span_high: int | None = None
    suppressed: str = ""

    def cells(self) -> tuple[Cell, ...]:
        """The row's values in the order of the columns."""
        return astuple(self)


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """One sentence: evidence, counter-evidence, or what cannot be decided."""

    part: str
    subject: str
    sentence: str
    answers_had: int | None = None
    answers_needed: int | None = None

    def cells(self) -> tuple[Cell, ...]:
        """The row's values in the order of the columns."""
        return astuple(self)


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision of the planners."""

    subject: str
    course: str
    text: str
    responsible: str
    until: str
    is_public: int

    def cells(self) -> tuple[Cell, ...]:
        """The row's values in the order of the columns."""
        return astuple(self)


NUMBER_COLUMNS = tuple(f.name for f in fields(NumberRow))
SENTENCE_COLUMNS = tuple(f.name for f in fields(SentenceRow))
DECISION_COLUMNS = tuple(f.name for f in fields(DecisionRow))


def number_rows(sheet: PlanningSheet, language: Language) -> tuple[NumberRow, ...]:
    """Every number of the sheet, in its order."""
    return (
        *(row for table in sheet.tables for row in _wanted(table, language)),
        *(_wish(line, language) for line in (*sheet.topics, *sheet.themes)),
        *(_rated(TO_LOOK_AT, one, language) for one in sheet.candidates),
        *(_rated(TO_KEEP, one, language) for one in sheet.to_keep),
    )


def sentence_rows(sheet: PlanningSheet, language: Language) -> tuple[SentenceRow, ...]:
    """Every sentence of the sheet, in its order."""
    words = PlanningWords(language)
    aloud = (SentenceRow("aloud", about, text) for about, text in words.aloud(sheet))
    evidence = (
        SentenceRow(part, candidate.subject, words.statement(statement))
        for candidate in (*sheet.candidates, *sheet.to_keep)
        for part, statements in (
            ("for", candidate.evidence),
            ("against", candidate.counter_evidence),
        )
        for statement in statements
    )
    undecided = (
        SentenceRow(
            "undecided",
            one.subject,
            words.statement(one.statement),
            one.answers_had,
            one.answers_needed,
        )
        for one in sheet.undecided
    )
    return (*aloud, *evidence, *undecided)


def decision_rows(sheet: PlanningSheet, language: Language) -> tuple[DecisionRow, ...]:
    """Every decision, in the sheet's order."""
    return tuple(
        DecisionRow(
            decision.subject,
            decision.course.value,
            decision.text.in_language(language),
            decision.responsible,
            decision.until.isoformat() if decision.until else "",
            int(decision.is_public),
        )
        for decision in sheet.decisions
    )


def _wanted(table: DecisionTable, language: Language) -> Iterator[NumberRow]:
    head = NumberRow(
        WANTED,
        table.code,
        table.wording.in_language(language),
        n=table.base.n,
        N=table.base.N,
        majority=table.majority.value,
        suppressed=table.suppressed or "",
    )
    if not table.options:
        yield head
    for option in table.options:
        yield from _option(option, head, language)


def _option(option: OptionLine, head: NumberRow, language: Language) -> Iterator[NumberRow]:
    row = replace(
        head,
        subject=f"{head.subject}:{option.code}",
        label=option.label.in_language(language),
        acceptable=option.acceptable.count if option.acceptable else None,
    )
    yield _changed(_measured(row, option.share), option.change)
    for group, count, people in option.by_attendance:
        yield replace(
            row,
            group=group.in_language(language),
            count=count,
            n=people,
            N=None,
            share=count / people,
            acceptable=None,
            majority="",
        )


def _wish(line: WishLine, language: Language) -> NumberRow:
    row = NumberRow(
        TOPIC, line.subject, "", line.label.in_language(language), count=line.count, n=line.of
    )
    return _changed(_measured(row, line.share) if line.share else row, line.change)


def _rated(part: str, candidate: Candidate, language: Language) -> NumberRow:
    row = NumberRow(
        part,
        candidate.subject,
        candidate.wording.in_language(language),
        candidate.label.in_language(language),
        N=candidate.base.N,
    )
    return _measured(row, candidate.share)


def _measured(row: NumberRow, share: Share) -> NumberRow:
    low, high = share.interval or (None, None)
    least, most = share.bounds or (None, None)
    return replace(
        row,
        count=share.count,
        n=share.n,
        share=share.share,
        interval_low=low,
        interval_high=high,
        bounds_low=least,
        bounds_high=most,
    )


def _changed(row: NumberRow, change: Change | None) -> NumberRow:
    if change is None:
        return row
    low, high = change.span or (None, None)
    return replace(
        row, verdict=change.verdict.value, points=change.points, span_low=low, span_high=high
    )
