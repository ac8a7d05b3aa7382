"""The lines of a comparison: each question over the editions, with gaps where it was another one; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.comparing.matching import asked, why_other
from survey.language.wording import Wording
from survey.model.comparison import Break, Change, Line, Point, TopicLine, Verdict
from survey.model.summary import Base, ChoicesFinding, NumbersFinding
from survey.reporting.findings import share_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from survey.model.comparison import AskedQuestion, ComparedEdition, ComparedSession
    from survey.model.summary import ChoiceCount, Finding, Share
    from survey.model.topic import Topic

NUMBERS = "recommendation"
SCORE = Wording("Empfehlungswert", en="Recommendation score")
YES = "yes"
THEME = "theme"
UNJUDGED = Change("", Verdict.NOT_COMPARABLE)
"""What lines have before their changes are judged, and sessions for ever."""


def lines(editions: Sequence[ComparedEdition]) -> tuple[Line, ...]:
    """Every closed question of the newest edition, then what only earlier ones asked, the latest first."""
    latest: dict[str, AskedQuestion] = {}
    for edition in reversed(editions):
        for question in edition.questions:
            code = question.identity.code
            if asked(edition, code) is not None:
                latest.setdefault(code, question)
    return tuple(line for question in latest.values() for line in _lines(question, editions))


def theme_lines(editions: Sequence[ComparedEdition]) -> tuple[Line, ...]:
    """Every theme that the newest or an earlier edition shows, as a share of its texts."""
    names = {theme.code: theme.label for edition in editions for theme in edition.themes}
    newest = {theme.code: place for place, theme in enumerate(editions[-1].themes)}
    order = sorted(names, key=lambda code: (newest.get(code, len(newest)), code))
    return tuple(
        Line(
            code,
            "",
            THEME,
            names[code],
            names[code],
            tuple(_theme_point(edition, code) for edition in editions),
            UNJUDGED,
        )
        for code in order
    )


def topic_lines(
    editions: Sequence[ComparedEdition], topics: Iterable[Topic]
) -> tuple[TopicLine, ...]:
    """Every topic with at least one session, its sessions one by one."""
    found = (
        TopicLine(
            topic.code,
            topic.name,
            tuple(
                (edition.name, session.code, session_line(edition, session))
                for edition in editions
                for session in edition.sessions
                if session.topic == topic.code
            ),
        )
        for topic in topics
    )
    return tuple(line for line in found if line.sessions)


def session_line(edition: ComparedEdition, session: ComparedSession) -> Line:
    """One session as a line of one point: its first rating."""
    question = session_rating(session)
    if question is None:
        point = Point(edition.name, session.base, None, suppressed=session.suppressed)
        return Line(session.code, "", "rating", session.title, Wording(""), (point,), UNJUDGED)
    return Line(
        session.code,
        "",
        "rating",
        session.title,
        _label(question.finding, ""),
        (_point(edition, question, question, ""),),
        UNJUDGED,
    )


def session_rating(session: ComparedSession) -> AskedQuestion | None:
    """The rating that stands for the session; None where nothing was asked or may be shown."""
    return next((q for q in session.questions if q.identity.kind == "rating"), None)


def choice_of(found: Finding, option: str) -> ChoiceCount | None:
    """How many chose the option; None where that is not shown."""
    if not isinstance(found, ChoicesFinding):
        return None
    return next((choice for choice in found.choices if choice.code == option), None)


def _lines(question: AskedQuestion, editions: Sequence[ComparedEdition]) -> Iterator[Line]:
    for option in _options(question, editions):
        yield Line(
            question.identity.code,
            option,
            question.identity.kind,
            question.finding.wording,
            _option_label(question, option, editions),
            tuple(
                _point(edition, asked(edition, question.identity.code), question, option)
                for edition in editions
            ),
            UNJUDGED,
        )


def _options(question: AskedQuestion, editions: Sequence[ComparedEdition]) -> tuple[str, ...]:
    """Which of its options are lines; one without a name where it is itself a line."""
    if question.identity.kind in {"rating", "recommendation"}:
        return ("",)
    if question.identity.kind == "yes_no":
        return (YES,)
    shown = _latest_shown(question, editions)
    return tuple(choice.code for choice in shown.choices) if shown else ("",)


def _latest_shown(
    question: AskedQuestion, editions: Sequence[ComparedEdition]
) -> ChoicesFinding | None:
    """The latest edition's answers to the same question that are shown."""
    for edition in reversed(editions):
        same = asked(edition, question.identity.code)
        if same is None or why_other(question, same) is not None:
            continue
        if isinstance(same.finding, ChoicesFinding) and same.finding.choices:
            return same.finding
    return None


def _option_label(
    question: AskedQuestion, option: str, editions: Sequence[ComparedEdition]
) -> Wording:
    if isinstance(question.finding, NumbersFinding):
        return SCORE
    return _label(_latest_shown(question, editions) or question.finding, option)


def _label(found: Finding, option: str) -> Wording:
    """What is counted; empty where nothing of the question is shown."""
    choice = choice_of(found, option)
    if choice is not None:
        return choice.label
    label = found.positive_label if isinstance(found, ChoicesFinding) else None
    return label or Wording("")


def _point(
    edition: ComparedEdition,
    question: AskedQuestion | None,
    reference: AskedQuestion,
    option: str,
) -> Point:
    if question is None:
        return Point(edition.name, None, None, broken=Break.NOT_ASKED)
    found = question.finding
    broken = why_other(reference, question)
    if broken is not None:
        return Point(edition.name, found.base, None, broken=broken)
    if found.suppressed is not None:
        return Point(edition.name, found.base, None, suppressed=found.suppressed)
    match found:
        case NumbersFinding():
            return Point(
                edition.name,
                found.base,
                None,
                score=found.score,
                score_interval=found.score_interval,
                score_bounds=found.score_bounds,
            )
        case ChoicesFinding():
            return Point(edition.name, found.base, _share(found, option))
        case _:
            raise TypeError(type(found))


def _share(found: ChoicesFinding, option: str) -> Share | None:
    if not option:
        return found.positive
    choice = choice_of(found, option)
    return choice.share if choice else None


def _theme_point(edition: ComparedEdition, code: str) -> Point:
    if not edition.themes:
        return Point(edition.name, None, None, broken=Break.NOT_ASKED)
    base = Base(edition.texts, None)
    theme = next((theme for theme in edition.themes if theme.code == code), None)
    if theme is None:
        # Too few texts spoke of it, or the codebook did not have it yet: nobody knows that it was none.
        return Point(edition.name, base, None, suppressed="few")
    return Point(edition.name, base, share_of(theme.texts, base))
