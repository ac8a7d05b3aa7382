"""A new version of the report, with what was released since the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.errors import NotAllowed, problem
from survey.reporting.publish import publish, publish_first_version
from survey.reporting.published import next_version, versions_of
from survey.web.organiser.texts.texts import question_of
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.workplace.desk import Desk


def ask_before_publishing(desk: Desk) -> Response:
    """What the new version would say, and what the earlier ones said."""
    record = desk.edition()
    news = next_version(desk.inst, record.name)
    return desk.draw(
        "workplace/texts/new_version.html",
        edition=record,
        news=news,
        new=[(question_of(record.edition, t, desk.language), t.released) for t in news.new],
        versions=versions_of(desk.inst, record.name),
    )


def publish_version(desk: Desk) -> Response:
    """The new version is out."""
    record = desk.edition()
    if not next_version(desk.inst, record.name).is_needed:
        raise NotAllowed(problem("Es gibt nichts Neues zu veröffentlichen."))
    publish_first_version(desk.inst, record.name)
    summary = publish(desk.inst, record.name)
    notice = desk.words.gettext("Fassung %(version)s ist veröffentlicht.")
    return desk.go(
        edition_address(record, "ergebnisse"), notice=notice % {"version": summary.version}
    )
