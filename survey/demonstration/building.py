"""Builds the demonstration: plays every example event through, prints its reports, leaves a few editions unfinished."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from exports.pdf_process import PdfPrinter
from exports.summary_report import session_html, summary_html
from survey.demonstration.examples import edition_of, people_of
from survey.demonstration.planners import plan, series_reports, sort_texts
from survey.demonstration.staff import employ
from survey.demonstration.story import EVENTS, OPEN_LIKE
from survey.demonstration.unfinished import leave_closed, leave_open, leave_planned
from survey.housekeeping import back_up
from survey.rehearsal.playing import play, stage_of
from survey.reporting.publish import publish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from survey.demonstration.story import Event
    from survey.installation import Installation


def build(
    inst: Installation,
    mails: Path,
    *,
    progress: Callable[[str, str, int, int], None],
    events: Sequence[Event] = EVENTS,
) -> None:
    """Fill an empty installation with the example events; `progress` hears event, step, done and total."""
    employ(inst)
    inst.settings.reports.mkdir(parents=True, exist_ok=True)
    # Reports are printed by a process of their own, beside the mails and answers of the next event.
    with (
        ThreadPoolExecutor(1) as printing,
        PdfPrinter() as printer,
        stage_of(inst, mails, progress=progress) as stage,
    ):
        printed = []
        for event in events:
            edition = edition_of(event)
            play(stage, edition, people_of(event, edition), event.temper)
            sort_texts(stage.inst, event.name)
            printed += [
                printing.submit(_print, printer, html, inst.settings.reports / name)
                for name, html in _reports(stage.inst, event)
            ]
        # As they are today for whoever looks, whatever the stage's clock says.
        today = datetime.now(UTC)
        leave_closed(stage, today=today)
        leave_open(stage, today=today)
        leave_planned(stage, today=today)
        plan(stage.inst)
        printed += [
            printing.submit(_print, printer, html, inst.settings.reports / name)
            for name, html in series_reports(stage.inst)
        ]
        for done, report in enumerate(printed, 1):
            report.result()
            progress("", "Berichte", done, len(printed))
    back_up(inst)


def _reports(inst: Installation, event: Event) -> Iterator[tuple[str, str]]:
    """The summary of an edition; of one congress in English too, and for each session's speakers."""
    zone = inst.settings.zone
    summary = publish(inst, event.name)
    yield f"{event.name}.pdf", summary_html(summary, "de", zone=zone)
    if event is OPEN_LIKE:
        yield f"{event.name}-en.pdf", summary_html(summary, "en", zone=zone)
        for session in summary.sessions:
            code = session.session.code
            if session.findings:
                yield f"{event.name}-{code}.pdf", session_html(summary, code, "de", zone=zone)


def _print(printer: PdfPrinter, html: str, target: Path) -> None:
    target.write_bytes(printer.print_html(html))
