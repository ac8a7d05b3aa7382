"""Everything a summary shows, ready to be drawn: the report and the pages are made from the same value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from exports.finding_view import FindingView, interval_line, room, step_of, view
from exports.finding_words import FindingWords, capitalised
from exports.participation_words import participation
from exports.split_view import asked, main_share, splits
from survey.errors import NotFound
from survey.model.event import EditionFormat
from survey.model.summary import ChoicesFinding
from survey.reporting.edition_summary import overall_rating

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exports.finding_view import IntervalLine, Room
    from exports.split_view import SplitView
    from survey.language.wording import Language
    from survey.model.summary import EditionSummary, Finding, SessionSummary


@dataclass(frozen=True, slots=True)
class Battery:
    """Rating questions with one scale, drawn as one table with one baseline."""

    scale: tuple[tuple[str, str], ...]
    """Labels with their steps, the middle one last."""
    positive_label: str
    """What the better half of the scale is called."""
    rows: tuple[FindingView, ...]
    room: Room


@dataclass(frozen=True, slots=True)
class SectionView:
    """One section of the questionnaire: ratings together, everything else question by question."""

    code: str
    heading: str
    batteries: tuple[Battery, ...]
    others: tuple[FindingView, ...]
    asked_if: str = ""
    """Of whom it was asked; empty for everybody."""


@dataclass(frozen=True, slots=True)
class SessionView:
    """One session as a card."""

    code: str
    title: str
    speakers: str
    base: str
    note: str
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class ThemeView:
    """One theme of the texts."""

    code: str
    label: str
    text: str
    """How many texts speak of it."""
    texts: int


@dataclass(frozen=True, slots=True)
class SummaryView:
    """A summary in one language."""

    format: str
    rate: str
    """Share of the invited who answered; empty where nobody was invited, or others answered too."""
    participation: tuple[str, ...]
    """How many answered, as sentences: right with and without other ways in."""
    statements: tuple[tuple[str, str], ...]
    """Sign and sentence."""
    overall: Battery | None
    sections: tuple[SectionView, ...]
    uncertain: tuple[IntervalLine, ...]
    cards: tuple[SessionView, ...]
    card_scale: tuple[tuple[str, str], ...]
    card_room: Room
    themes: tuple[ThemeView, ...]
    splits: tuple[SplitView, ...]


@dataclass(frozen=True, slots=True)
class OneSessionView:
    """What was said about one session."""

    card: SessionView
    section: SectionView
    uncertain: tuple[IntervalLine, ...]


def summary_view(summary: EditionSummary, language: Language) -> SummaryView:
    """The whole summary."""
    words = FindingWords(language)
    overall = overall_rating(summary)
    cards = tuple(_session(s, words) for s in summary.sessions)
    return SummaryView(
        format=_format(summary, words),
        rate=words.percent(summary.answered / summary.invited)
        if summary.invited and not summary.open_answers
        else "",
        participation=participation(summary, words),
        statements=tuple((s.sign, words.statement(s)) for s in summary.statements),
        overall=_battery((overall,), words) if overall else None,
        sections=tuple(
            replace(
                _section(s.code, s.heading.in_language(language), s.findings, words),
                asked_if=words.asked_if(s.asked_if),
            )
            for s in summary.sections
        ),
        uncertain=_interval_lines(summary, words),
        cards=cards,
        card_scale=_scale_of_sessions(summary.sessions, words),
        card_room=room([f for c in cards for f in c.findings if f.kind == "likert"]),
        themes=tuple(
            ThemeView(t.code, t.label.in_language(language), words.texts(t.texts), t.texts)
            for t in summary.themes
        ),
        splits=splits(summary, words),
    )


def session_view(summary: EditionSummary, code: str, language: Language) -> OneSessionView:
    """What was said about one session; NotFound if there is no such session."""
    words = FindingWords(language)
    session = next((s for s in summary.sessions if s.session.code == code), None)
    if session is None:
        raise NotFound("session", code)
    card = _session(session, words)
    return OneSessionView(
        card,
        _section(card.code, card.title, session.findings, words),
        tuple(
            interval_line(f.wording.in_language(language), words.base(f.base), f.positive, words)
            for f in session.findings
            if isinstance(f, ChoicesFinding) and f.positive
        ),
    )


def _format(summary: EditionSummary, words: FindingWords) -> str:
    return {
        EditionFormat.ON_SITE: words.say("vor Ort"),
        EditionFormat.ONLINE: words.say("online"),
        EditionFormat.HYBRID: words.say("hybrid"),
    }[summary.format]


def _section(
    code: str, heading: str, findings: Sequence[Finding], words: FindingWords
) -> SectionView:
    batteries: list[list[ChoicesFinding]] = []
    others: list[FindingView] = []
    for finding in findings:
        drawn = view(finding, words)
        if drawn.kind != "likert" or not isinstance(finding, ChoicesFinding):
            others.append(drawn)
        elif batteries and _labels(batteries[-1][0]) == _labels(finding):
            batteries[-1].append(finding)
        else:
            batteries.append([finding])
    return SectionView(code, heading, tuple(_battery(b, words) for b in batteries), tuple(others))


def _labels(finding: ChoicesFinding) -> tuple[object, ...]:
    return tuple(c.label for c in finding.choices)


def _battery(findings: Sequence[ChoicesFinding], words: FindingWords) -> Battery:
    rows = [view(f, words) for f in findings]
    return Battery(
        scale=_scale(findings[0], words),
        positive_label=capitalised(findings[0].positive_label.in_language(words.language))
        if findings[0].positive_label
        else "",
        rows=tuple(rows),
        room=room(rows),
    )


def _scale(finding: ChoicesFinding, words: FindingWords) -> tuple[tuple[str, str], ...]:
    """From worst to best, the middle one last, as the legend reads."""
    steps = [
        (c.label.in_language(words.language), step_of(finding.choices, place))
        for place, c in enumerate(finding.choices)
    ]
    return (
        *reversed([s for s in steps if s[1] != "middle"]),
        *(s for s in steps if s[1] == "middle"),
    )


def _scale_of_sessions(
    sessions: Sequence[SessionSummary], words: FindingWords
) -> tuple[tuple[str, str], ...]:
    for session in sessions:
        for finding in session.findings:
            if isinstance(finding, ChoicesFinding) and finding.kind == "rating" and finding.choices:
                return _scale(finding, words)
    return ()


def _session(session: SessionSummary, words: FindingWords) -> SessionView:
    if session.session.is_cancelled:
        note = words.say("Ausgefallen.")
    elif not session.session.is_rated:
        note = words.say("Wurde nicht bewertet.")
    elif session.suppressed == "few":
        note = words.say(
            "%(base)s haben geantwortet. Aus Gründen der Anonymität nicht ausgewiesen.",
            base=words.base(session.base),
        )
    elif session.suppressed:
        note = words.say("Danach wurde nicht gefragt.")
    else:
        note = ""
    return SessionView(
        code=session.session.code,
        title=session.session.title.in_language(words.language),
        speakers=", ".join(session.session.speakers),
        base="" if note else words.have_answered(session.base),
        note=note,
        findings=tuple(view(f, words) for f in session.findings),
    )


def _interval_lines(summary: EditionSummary, words: FindingWords) -> tuple[IntervalLine, ...]:
    return tuple(
        interval_line(asked(finding, words), words.base(finding.base), share, words)
        for section in summary.sections
        for finding in section.findings
        if (share := main_share(finding)) is not None
    )
