"""Use case: results are told to everybody, on a public page, from a moment of choice on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from survey.errors import NotAllowed, NotFound, problem
from survey.planning.decisions import public_decisions
from survey.planning.subjects import SESSION, THEME
from survey.preparing import find_edition
from survey.reporting.published import published_summary
from survey.reporting.summarise import require_counted
from survey.storage import public_pages
from survey.storage.connection import foreign_errors
from survey.storage.deeds import write_deed
from survey.storage.public_pages import PublicPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from survey.installation import Installation
    from survey.language.wording import Wording
    from survey.model.event import EditionRecord
    from survey.model.summary import EditionSummary, SessionSummary, Statement, ThemeCount
    from survey.planning.decisions import Decided
    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class PublicResult:
    """Everything the public page shows: never more than the published summary, and names only of who agreed."""

    record: EditionRecord
    summary: EditionSummary
    decisions: Mapping[str, Wording]
    """What the organisers make of each finding."""
    planned: tuple[Decided, ...] = ()
    """What the planners decided for the next edition and made public."""


@dataclass(frozen=True, slots=True)
class Answerable:
    """A finding that the organisers can say what they make of."""

    code: str
    statements: tuple[Statement, ...] = ()
    theme: ThemeCount | None = None


def page_of(inst: Installation, record: EditionRecord) -> PublicPage | None:
    """The edition's public page, where one is planned or to be seen."""
    with foreign_errors():
        return public_pages.find(inst.database.read(), record.id)


def decisions_of(inst: Installation, record: EditionRecord) -> Mapping[str, Wording]:
    """What the organisers make of each finding."""
    with foreign_errors():
        return public_pages.decisions_of(inst.database.read(), record.id)


def public_result(inst: Installation, name: str) -> PublicResult:
    """What everybody may read of the edition; NotFound before its moment."""
    record = find_edition(inst, name)
    page = page_of(inst, record)
    if page is None or inst.clock() < page.visible_from or record.counted is None:
        raise NotFound("public page", name)
    return result_for(inst, record, page)


def result_for(inst: Installation, record: EditionRecord, page: PublicPage) -> PublicResult:
    """What that page shows, or would show."""
    summary = published_summary(inst, record.name)
    sessions = tuple(
        _named(session, has_names=session.session.code in page.named_sessions)
        for session in summary.sessions
        if page.has_sessions and session.suppressed != "never_asked"
    )
    return PublicResult(
        record,
        replace(summary, sessions=sessions),
        decisions_of(inst, record),
        planned_on(inst, record, page),
    )


def planned_on(
    inst: Installation, record: EditionRecord, page: PublicPage | None
) -> tuple[Decided, ...]:
    """The planners' decisions that everybody reads there; about a session only where it shows sessions."""
    has_sessions = page is not None and page.has_sessions
    return tuple(
        one
        for one in public_decisions(inst, record)
        if has_sessions or not one.decision.subject.startswith(SESSION)
    )


def preview_of(inst: Installation, record: EditionRecord) -> PublicResult:
    """What everybody would read, as planned so far; NotAllowed before the count."""
    require_counted(inst, record.name)
    page = page_of(inst, record) or PublicPage(inst.clock(), has_sessions=False)
    return result_for(inst, record, page)


def answerables(summary: EditionSummary) -> tuple[Answerable, ...]:
    """Every finding of the first page, then every theme, that organisers can say what they make of."""
    by_finding: dict[str, tuple[Statement, ...]] = {}
    for statement in summary.statements:
        by_finding[statement.finding] = (*by_finding.get(statement.finding, ()), statement)
    return (
        *(Answerable(code, found) for code, found in by_finding.items()),
        *(Answerable(f"{THEME}{theme.code}", theme=theme) for theme in summary.themes),
    )


def plan_page(
    inst: Installation,
    record: EditionRecord,
    *,
    visible_from: datetime,
    has_sessions: bool,
    named_sessions: Iterable[str],
) -> PublicPage:
    """The page is to be seen from then on, at once if that has passed; NotAllowed before the count."""
    require_counted(inst, record.name)
    known = {session.code for session in record.edition.programme.sessions}
    named = frozenset(named_sessions)
    for code in sorted(named - known):
        raise NotFound("session", code)
    page = PublicPage(max(visible_from, inst.clock()), has_sessions, named)

    def work(connection: Connection) -> None:
        public_pages.put(connection, record.id, page)
        facts: dict[str, str | int] = {
            "visible_from": page.visible_from.isoformat(),
            "speakers": len(named),
        }
        write_deed(
            connection, "public page planned", at=inst.clock(), edition=record.id, facts=facts
        )

    inst.database.write(work)
    return page


def withdraw_page(inst: Installation, record: EditionRecord) -> None:
    """Nobody can read the page any longer; NotAllowed if there is none."""

    def work(connection: Connection) -> None:
        if not public_pages.take_away(connection, record.id):
            raise NotAllowed(problem("Es gibt keine öffentliche Ergebnisseite."))
        write_deed(connection, "public page withdrawn", at=inst.clock(), edition=record.id)

    inst.database.write(work)


def decide(inst: Installation, record: EditionRecord, decisions: Mapping[str, Wording]) -> None:
    """The organisers make this of the findings; NotFound if one of them is no finding of the summary."""
    known = {one.code for one in answerables(published_summary(inst, record.name))}
    for code in sorted(set(decisions) - known):
        raise NotFound("finding", code)

    def work(connection: Connection) -> None:
        public_pages.put_decisions(connection, record.id, decisions)
        facts = {"decisions": sum(bool(wording) for wording in decisions.values())}
        write_deed(connection, "decisions told", at=inst.clock(), edition=record.id, facts=facts)

    inst.database.write(work)


def _named(session: SessionSummary, *, has_names: bool) -> SessionSummary:
    if has_names:
        return session
    return replace(session, session=replace(session.session, speakers=()))
