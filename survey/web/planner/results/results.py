"""What came out of an edition, as pages: the whole of it, and session by session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from survey.comparing.comparison import comparable_names
from survey.comparing.series import find_series
from survey.errors import NotFound
from survey.model.comparison import MOST_EDITIONS
from survey.model.event import GRACE, EditionState
from survey.reporting.published import next_version, published_summary
from survey.reporting.quotes import texts_to_read
from survey.sharing import require_session
from survey.web.workplace.desk import series_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.language.wording import Language
    from survey.model.event import EditionRecord
    from survey.model.summary import EditionSummary
    from survey.web.workplace.desk import Desk


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The session before or after."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Onward:
    """Where the edition's results are compared and planned from."""

    comparison: str
    """Empty if it has no earlier edition with results."""
    sheet: str


def show_results(desk: Desk) -> Response:
    """The published summary; before the count, why there is none."""
    from exports.summary_view import summary_view  # noqa: PLC0415 -- most requests draw no chart

    record = desk.edition()
    if record.counted is None:
        return _not_yet(desk, record)
    summary = published_summary(desk.inst, record.name)
    waiting, news = 0, None
    if desk.is_organiser:
        kept = texts_to_read(desk.inst, record.name)
        waiting = sum(text.released is None for text in kept)
        news = next_version(desk.inst, record.name)
    zone = desk.inst.settings.zone
    return desk.draw(
        "workplace/results/results.html",
        edition=record,
        is_organiser=desk.is_organiser,
        summary=summary,
        shown=summary_view(summary, desk.language),
        waiting=waiting,
        news=news,
        onward=_onward(desk, record),
        closed_on=summary.closed.astimezone(zone).date(),
        counted_on=summary.counted.astimezone(zone).date(),
    )


def show_session(desk: Desk) -> Response:
    """What was said about one session; NotFound if nobody was asked about it."""
    from exports.summary_view import session_view  # noqa: PLC0415 -- most requests draw no chart

    record = desk.edition()
    code = desk.part("session")
    if record.counted is None:
        raise NotFound("session", code)
    summary = published_summary(desk.inst, record.name)
    require_session(summary, code)
    before, after = _neighbours(summary, code, desk.language)
    return desk.draw(
        "workplace/results/session.html",
        edition=record,
        is_organiser=desk.is_organiser,
        shown=session_view(summary, code, desk.language),
        before=before,
        after=after,
    )


def _onward(desk: Desk, record: EditionRecord) -> Onward:
    """To this edition beside those before it, not to whatever is the newest today."""
    series = find_series(desk.inst, desk.organisation.id, record.edition.series)
    names = comparable_names(series)
    until = names[: names.index(record.name) + 1][-MOST_EDITIONS:]
    query = urlencode([("ausgabe", name) for name in until])
    return Onward(
        f"{series_address(series)}?{query}" if len(until) > 1 else "",
        series_address(series, "planung", ausgabe=record.name),
    )


def _not_yet(desk: Desk, record: EditionRecord) -> Response:
    state = record.state(desk.inst.clock())
    closes = record.closes or record.edition.deadline
    when = closes + GRACE if state is EditionState.CLOSED else closes
    return desk.draw(
        "workplace/results/not_yet.html",
        edition=record,
        state=state.value,
        when=desk.words.moment(when, desk.inst.settings.zone),
    )


def _neighbours(
    summary: EditionSummary, code: str, language: Language
) -> tuple[Neighbour | None, Neighbour | None]:
    asked = [s.session for s in summary.sessions if s.suppressed != "never_asked"]
    place = [session.code for session in asked].index(code)
    found = [Neighbour(session.code, session.title.in_language(language)) for session in asked]
    before = found[place - 1] if place else None
    after = found[place + 1] if place + 1 < len(found) else None
    return before, after
