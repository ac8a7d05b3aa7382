"""The planning sheet, ready to be drawn: the PDF and the page are made from the same value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from exports.comparison_values import ValueWords
from exports.finding_view import interval_line
from exports.planning_words import PlanningWords
from exports.verdict_sign import verdict_sign
from survey.model.edition_label import in_the_dative

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from exports.finding_view import IntervalLine
    from survey.language.wording import Language
    from survey.model.comparison import Change
    from survey.model.planning import (
        Candidate,
        DecisionTable,
        OptionLine,
        PlannedDecision,
        PlanningSheet,
        Undecided,
        WishLine,
    )


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change to the base edition, short enough for a column."""

    word: str
    """The verdict in a word or two."""
    points: str
    """The difference with its span, where there is one."""
    told: str
    """Both in one."""
    sign: str
    """What is drawn before the word: the verdict, ``small-up``, ``hint-down``."""


@dataclass(frozen=True, slots=True)
class OptionView:
    """One option of a decision as one row."""

    code: str
    line: IntervalLine
    """Label, share, interval and bounds."""
    number: str
    """The share with its count."""
    bounds: str
    """The hairline as text, where its column says what it is."""
    by_attendance: tuple[str, ...]
    """One text for each group of the table."""
    acceptable: str
    change: ChangeView | None


@dataclass(frozen=True, slots=True)
class TableView:
    """What was wanted of one property of the next edition."""

    code: str
    name: str
    """What is decided, in a word."""
    question: str
    verdict: str
    """What the answers have decided, in a few words."""
    sentence: str
    """The same with its numbers; why there are none where they are withheld."""
    have_answered: str
    groups: tuple[str, ...]
    """By how people took part: titles of columns; empty where it is not shown."""
    options: tuple[OptionView, ...]
    has_bounds: bool
    has_acceptable: bool
    has_changes: bool

    @property
    def is_broad(self) -> bool:
        """True if there is more to each option than its share."""
        return bool(self.groups) or self.has_acceptable


@dataclass(frozen=True, slots=True)
class WishView:
    """One topic or theme as one row."""

    subject: str
    label: str
    text: str
    share: float
    """0 to 100: the length of its bar."""
    part: str
    """The share as text."""
    uncertainty: str
    change: ChangeView | None


@dataclass(frozen=True, slots=True)
class CandidateView:
    """One finding to look at, or to keep."""

    subject: str
    title: str
    result: str
    """``41 % gut oder sehr gut``."""
    line: IntervalLine
    have_answered: str
    evidence: tuple[str, ...]
    counter_evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UndecidedView:
    """What these answers cannot decide, and how many could have."""

    subject: str
    text: str
    needed: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What the planners decided about something."""

    subject: str
    about: str
    """What it is about; empty for something of their own."""
    course: str
    text: str
    responsible: str
    until: date | None
    is_public: bool


@dataclass(frozen=True, slots=True)
class PlanningView:
    """The planning sheet in one language."""

    title: str
    series: str
    base_label: str
    """The edition it is compared with; empty where there is none."""
    compared_with: str
    """The same within a sentence."""
    format: str
    participation: str
    aloud: tuple[tuple[str, str], ...]
    """What can be read out: sentences with their numbers, each with what it is about."""
    tables: tuple[TableView, ...]
    has_bounds: bool
    """True if what the silent could move is known of any table."""
    topics: tuple[WishView, ...]
    topics_of: str
    """How many people the topics are counted among, as a sentence."""
    themes: tuple[WishView, ...]
    candidates: tuple[CandidateView, ...]
    to_keep: tuple[CandidateView, ...]
    undecided: tuple[UndecidedView, ...]
    decisions: tuple[DecisionView, ...]
    cautions: tuple[str, ...]


def planning_view(sheet: PlanningSheet, language: Language) -> PlanningView:
    """The whole sheet."""
    words = PlanningWords(language)
    names = _names(sheet, words)
    tables = tuple(_table(t, words) for t in sheet.tables)
    return PlanningView(
        title=sheet.edition.title,
        series=sheet.series,
        base_label=sheet.base.label if sheet.base else "",
        compared_with=in_the_dative(sheet.base.label).in_language(language) if sheet.base else "",
        format=ValueWords(language).format(sheet.edition),
        participation=words.participation(sheet.edition),
        aloud=words.aloud(sheet),
        tables=tables,
        has_bounds=any(t.has_bounds for t in tables),
        topics=_wishes(sheet.topics, words),
        topics_of=words.wished_by(sheet.topics[0].of) if sheet.topics else "",
        themes=_wishes(sheet.themes, words),
        candidates=tuple(_candidate(c, words) for c in sheet.candidates),
        to_keep=tuple(_candidate(c, words) for c in sheet.to_keep),
        undecided=tuple(_undecided(u, words) for u in sheet.undecided),
        decisions=tuple(_decision(d, names, words) for d in sheet.decisions),
        cautions=words.cautions(sheet),
    )


def _table(table: DecisionTable, words: PlanningWords) -> TableView:
    groups = table.options[0].by_attendance if table.options else ()
    return TableView(
        code=table.code,
        name=words.property_name(table),
        question=table.wording.in_language(words.language),
        verdict=words.decided(table.majority),
        sentence=words.decision(table),
        have_answered=words.have_answered(table.base),
        groups=tuple(
            words.took_part(label.in_language(words.language), of) for label, _, of in groups
        ),
        options=tuple(_option(option, words) for option in table.options),
        has_bounds=any(option.share.bounds for option in table.options),
        has_acceptable=any(option.acceptable for option in table.options),
        has_changes=any(option.change for option in table.options),
    )


def _option(option: OptionLine, words: PlanningWords) -> OptionView:
    return OptionView(
        code=option.code,
        line=interval_line(option.label.in_language(words.language), "", option.share, words),
        number=words.with_count(option.count, option.share.n),
        bounds=words.bare_bounds(option.share),
        by_attendance=tuple(words.part(count, of) for _, count, of in option.by_attendance),
        acceptable=words.share(option.acceptable) if option.acceptable else "",
        change=_change(option.change, words),
    )


def _wishes(lines: Iterable[WishLine], words: PlanningWords) -> tuple[WishView, ...]:
    return tuple(
        WishView(
            subject=line.subject,
            label=line.label.in_language(words.language),
            text=words.counted(line),
            share=line.count / line.of * 100,
            part=words.part(line.count, line.of),
            uncertainty=words.uncertainty(line.share) if line.share else "",
            change=_change(line.change, words),
        )
        for line in lines
    )


def _candidate(candidate: Candidate, words: PlanningWords) -> CandidateView:
    label = candidate.label.in_language(words.language)
    return CandidateView(
        subject=candidate.subject,
        title=candidate.wording.in_language(words.language),
        result=f"{words.share(candidate.share)} {label}",
        line=interval_line(label, words.base(candidate.base), candidate.share, words),
        have_answered=words.have_answered(candidate.base),
        evidence=tuple(words.statement(s) for s in candidate.evidence),
        counter_evidence=tuple(words.statement(s) for s in candidate.counter_evidence),
    )


def _undecided(undecided: Undecided, words: PlanningWords) -> UndecidedView:
    return UndecidedView(
        undecided.subject, words.statement(undecided.statement), words.answers_needed(undecided)
    )


def _decision(
    decision: PlannedDecision, names: Mapping[str, str], words: PlanningWords
) -> DecisionView:
    return DecisionView(
        subject=decision.subject,
        about=names.get(decision.subject, decision.about.in_language(words.language)),
        course=words.course(decision.course),
        text=decision.text.in_language(words.language),
        responsible=decision.responsible,
        until=decision.until,
        is_public=decision.is_public,
    )


def _change(change: Change | None, words: PlanningWords) -> ChangeView | None:
    if change is None:
        return None
    return ChangeView(
        words.verdict(change),
        words.points(change),
        words.change(change),
        verdict_sign(change.verdict, change.direction),
    )


def _names(sheet: PlanningSheet, words: PlanningWords) -> dict[str, str]:
    """What each subject of the sheet is called."""
    return {
        **{t.code: words.property_name(t) for t in sheet.tables},
        **{w.subject: w.label.in_language(words.language) for w in (*sheet.topics, *sheet.themes)},
        **{
            c.subject: c.wording.in_language(words.language)
            for c in (*sheet.candidates, *sheet.to_keep)
        },
    }
