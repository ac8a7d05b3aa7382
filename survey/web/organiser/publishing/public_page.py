"""The public page of results: from when, who is named, and how it would look; taken back again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from forms.result_forms import PublicPageForm
from survey import publishing
from survey.errors import NotAllowed
from survey.reporting.published import published_summary
from survey.reporting.summarise import require_counted
from survey.web.dressing import style_of
from survey.web.public_results import draw_public_results
from survey.web.workplace.desk import edition_address
from survey.web.workplace.drawing import workplace_reply

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from starlette.responses import Response

    from survey.errors import Problem
    from survey.language.wording import Language
    from survey.model.event import EditionRecord
    from survey.web.workplace.desk import Desk

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who spoke in a session."""

    code: str
    names: str
    title: str


def show_page(desk: Desk) -> Response:
    """Where the public page stands, and the form to plan it."""
    record = desk.edition()
    page = publishing.page_of(desk.inst, record)
    zone = desk.inst.settings.zone
    moment = page.visible_from if page else desk.inst.clock()
    form = PublicPageForm(
        data={
            "visible_from": moment.astimezone(zone).replace(tzinfo=None)
            if page
            else tomorrow_morning(moment, zone),
            "has_sessions": page.has_sessions if page else False,
            "named": sorted(page.named_sessions) if page else [],
        }
    )
    return _draw(desk, record, form)


def plan_page(desk: Desk) -> Response:
    """The page is to be seen from then on."""
    record = desk.edition()
    form = PublicPageForm.typed(desk.fields)
    if not form.validate():
        return _draw(desk, record, form, status=UNPROCESSABLE)
    zone = desk.inst.settings.zone
    try:
        page = publishing.plan_page(
            desk.inst,
            record,
            visible_from=form.moment(zone),
            has_sessions=bool(form.has_sessions.data),
            named_sessions=form.named.data or (),
        )
    except NotAllowed as refused:
        return _draw(desk, record, form, (refused.why,), status=UNPROCESSABLE)
    say = desk.words.gettext
    if page.visible_from <= desk.inst.clock():
        notice = say("Die Ergebnisse sind veröffentlicht.")
    else:
        notice = say("Die Ergebnisse erscheinen am %(when)s.") % {
            "when": desk.words.moment(page.visible_from, zone)
        }
    return desk.go(edition_address(record, "ergebnisse", "veroeffentlichen"), notice=notice)


def preview(desk: Desk) -> Response:
    """The page as everybody would see it, in each language."""
    record = desk.edition()
    found = publishing.preview_of(desk.inst, record)
    asked = desk.asked("sprache")
    language: Language = "easy" if asked == "easy" else "en" if asked == "en" else "de"
    style = style_of(desk.visit)
    html = draw_public_results(style, found, language, zone=desk.inst.settings.zone)
    reply = workplace_reply(html, language="en" if language == "en" else "de")
    reply.headers["Content-Security-Policy"] = style.policy
    return reply


def ask_before_withdrawing(desk: Desk) -> Response:
    """What taking the page back does."""
    record = desk.edition()
    return desk.draw(
        "workplace/publishing/withdraw.html",
        edition=record,
        page=publishing.page_of(desk.inst, record),
    )


def withdraw_page(desk: Desk) -> Response:
    """Nobody can read the page any longer."""
    record = desk.edition()
    publishing.withdraw_page(desk.inst, record)
    notice = desk.words.gettext("Die öffentliche Ergebnisseite ist zurückgenommen.")
    return desk.go(edition_address(record, "ergebnisse", "veroeffentlichen"), notice=notice)


def tomorrow_morning(now: datetime, zone: ZoneInfo) -> datetime:
    """What the form begins with: ten o'clock tomorrow."""
    local = (now + timedelta(days=1)).astimezone(zone)
    return local.replace(hour=10, minute=0, second=0, microsecond=0, tzinfo=None)


def _draw(
    desk: Desk,
    record: EditionRecord,
    form: PublicPageForm,
    others: tuple[Problem, ...] = (),
    *,
    status: int = 200,
) -> Response:
    require_counted(desk.inst, record.name)
    page = publishing.page_of(desk.inst, record)
    decisions = publishing.decisions_of(desk.inst, record)
    summary = published_summary(desk.inst, record.name)
    zone = desk.inst.settings.zone
    return desk.draw(
        "workplace/publishing/public_page.html",
        status=status,
        edition=record,
        form=form,
        others=others,
        page=page,
        is_visible=page is not None and page.visible_from <= desk.inst.clock(),
        visible_from=desk.words.moment(page.visible_from, zone) if page else "",
        public_address=f"{desk.inst.settings.base_url}/ergebnis/{record.name}",
        speakers=[
            Speakers(
                s.session.code,
                ", ".join(s.session.speakers),
                s.session.title.in_language(desk.language),
            )
            for s in summary.sessions
            if s.session.speakers and s.suppressed != "never_asked"
        ],
        named=form.named.data or (),
        version=summary.version,
        decisions=sum(bool(w) for w in decisions.values()),
        findings=len(publishing.answerables(summary)),
        planned=len(publishing.planned_on(desk.inst, record, page)),
    )
