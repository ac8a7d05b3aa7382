"""The summary of an edition, and of one session for its speakers, as HTML for the accessible PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from exports.finding_view import FindingView, interval_line, room, step_of, view
from exports.finding_words import FindingWords, capitalised
from survey.errors import NotFound
from survey.model.event import EditionFormat
from survey.model.summary import ChoicesFinding, NumbersFinding
from survey.rendering import render
from survey.reporting.edition_summary import overall_rating

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from exports.finding_view import IntervalLine, Room
    from survey.language.wording import Language
    from survey.model.summary import EditionSummary, Finding, GroupSummary, SessionSummary

_INTERVAL_ROWS = 8


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
class BreakdownView:
    """One question by groups of people."""

    question: str
    rows: tuple[IntervalLine, ...]


@dataclass(frozen=True, slots=True)
class SplitView:
    """Everything shown by the groups of one question, or why nothing is."""

    heading: str
    note: str
    tables: tuple[BreakdownView, ...] = ()


def summary_html(summary: EditionSummary, language: Language, *, zone: ZoneInfo) -> str:
    """The whole report of an edition."""
    words = FindingWords(language)
    overall = overall_rating(summary)
    cards = tuple(_session(s, words) for s in summary.sessions)
    drawn = [f for c in cards for f in c.findings if f.kind == "likert"]
    return render(
        "report/summary.html",
        language,
        **_frame(summary, words, zone),
        statements=[(s.sign, words.statement(s)) for s in summary.statements],
        overall=_battery((overall,), words) if overall else None,
        sections=[
            _section(s.code, s.heading.in_language(language), s.findings, words)
            for s in summary.sections
        ],
        uncertain=_chunks(_interval_lines(summary, words)),
        cards=cards,
        card_scale=_scale_of_sessions(summary.sessions, words),
        card_room=room(drawn),
        splits=_splits(summary, words),
    )


def session_html(summary: EditionSummary, code: str, language: Language, *, zone: ZoneInfo) -> str:
    """What was said about one session, for its speakers; NotFound if there is no such session."""
    words = FindingWords(language)
    session = next((s for s in summary.sessions if s.session.code == code), None)
    if session is None:
        raise NotFound("session", code)
    card = _session(session, words)
    return render(
        "report/session.html",
        language,
        **_frame(summary, words, zone),
        card=card,
        section=_section(card.code, card.title, session.findings, words),
        uncertain=_chunks(
            tuple(
                interval_line(
                    f.wording.in_language(language), words.base(f.base), f.positive, words
                )
                for f in session.findings
                if isinstance(f, ChoicesFinding) and f.positive
            )
        ),
    )


def _frame(summary: EditionSummary, words: FindingWords, zone: ZoneInfo) -> dict[str, object]:
    format_words = {
        EditionFormat.ON_SITE: words.say("vor Ort"),
        EditionFormat.ONLINE: words.say("online"),
        EditionFormat.HYBRID: words.say("hybrid"),
    }
    return {
        "summary": summary,
        "format": format_words[summary.format],
        "rate": words.percent(summary.answered / summary.invited) if summary.invited else "",
        "created": summary.counted.astimezone(zone).isoformat(timespec="seconds"),
        "closed_on": summary.closed.astimezone(zone).date(),
        "counted_on": summary.counted.astimezone(zone).date(),
    }


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
    lines = []
    for section in summary.sections:
        for finding in section.findings:
            share = None
            if isinstance(finding, ChoicesFinding):
                share = finding.positive
            elif isinstance(finding, NumbersFinding):
                share = finding.high_share
            if share is not None:
                label = finding.wording.in_language(words.language)
                if isinstance(finding, NumbersFinding):
                    label = f"{label} ({words.say('8 bis 10')})"
                lines.append(interval_line(label, words.base(finding.base), share, words))
    return tuple(lines)


def _chunks(lines: Sequence[IntervalLine]) -> list[tuple[IntervalLine, ...]]:
    return [tuple(lines[i : i + _INTERVAL_ROWS]) for i in range(0, len(lines), _INTERVAL_ROWS)]


def _groups(groups: Sequence[GroupSummary], words: FindingWords) -> tuple[BreakdownView, ...]:
    """One table per question, with a row per group."""
    codes = dict.fromkeys(f.code for g in groups for f in g.findings)
    tables = []
    for code in codes:
        rows = []
        question = ""
        for group in groups:
            finding = next((f for f in group.findings if f.code == code), None)
            if isinstance(finding, ChoicesFinding) and finding.positive:
                question = finding.wording.in_language(words.language)
                label = group.label.in_language(words.language)
                rows.append(interval_line(label, words.base(finding.base), finding.positive, words))
            elif isinstance(finding, ChoicesFinding) and finding.kind in {"single", "yes_no"}:
                question = finding.wording.in_language(words.language)
                label = group.label.in_language(words.language)
                rows.extend(
                    interval_line(
                        f"{label}: {c.label.in_language(words.language)}",
                        words.base(finding.base),
                        c.share,
                        words,
                    )
                    for c in finding.choices
                    if c.share is not None
                )
            elif isinstance(finding, NumbersFinding) and finding.high_share:
                question = (
                    f"{finding.wording.in_language(words.language)} ({words.say('8 bis 10')})"
                )
                label = group.label.in_language(words.language)
                rows.append(
                    interval_line(label, words.base(finding.base), finding.high_share, words)
                )
        parts = _chunks(rows)
        for number, part in enumerate(parts, 1):
            name = question if len(parts) == 1 else f"{question} ({number}/{len(parts)})"
            tables.append(BreakdownView(name, part))
    return tuple(tables)


def _splits(summary: EditionSummary, words: FindingWords) -> tuple[SplitView, ...]:
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
                _groups(summary.breakdown, words),
            )
        )
    for by in dict.fromkeys(group.by for group in summary.pairs):
        groups = [group for group in summary.pairs if group.by == by]
        heading = words.say("Aufgeteilt nach: %(question)s", question=question(by))
        shown.append(SplitView(heading, "", _groups(groups, words)))
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
