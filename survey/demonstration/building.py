"""Builds the demonstration: plays every example event through, prints its reports, leaves one edition open."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from exports.pdf_process import PdfPrinter
from exports.summary_report import session_html, summary_html
from forms.edition_file import read_edition_file
from forms.registration_list import read_registration_list
from survey.demonstration.story import EVENTS, OPEN_LIKE, OPEN_NAME
from survey.rehearsal.playing import answer, invite, play, stage_of
from survey.reporting.publish import publish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from survey.demonstration.story import Event
    from survey.installation import Installation
    from survey.model.event import Edition
    from survey.model.invitation import Registration
    from survey.rehearsal.playing import Stage

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
_OPEN_FOR = timedelta(days=60)
_OPEN_INVITED = 60


def build(
    inst: Installation,
    mails: Path,
    *,
    progress: Callable[[str, str, int, int], None],
    events: Sequence[Event] = EVENTS,
) -> None:
    """Fill an empty installation with the example events; `progress` hears event, step, done and total."""
    inst.settings.reports.mkdir(parents=True, exist_ok=True)
    # Reports are printed by a process of their own, beside the mails and answers of the next event.
    with (
        ThreadPoolExecutor(1) as printing,
        PdfPrinter() as printer,
        stage_of(inst, mails, progress=progress) as stage,
    ):
        printed = []
        for event in events:
            edition = _edition(event)
            play(stage, edition, _people(event, edition), event.temper)
            printed += [
                printing.submit(_print, printer, html, inst.settings.reports / name)
                for name, html in _reports(stage.inst, event)
            ]
        _leave_open(stage)
        for done, report in enumerate(printed, 1):
            report.result()
            progress("", "Berichte", done, len(printed))


def _edition(event: Event) -> Edition:
    return read_edition_file(EXAMPLES / f"{event.name}.toml", event.name)


def _people(event: Event, edition: Edition) -> tuple[Registration, ...]:
    file = EXAMPLES / event.registrations
    return read_registration_list(file.read_bytes(), file.name, edition).registrations


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


def _leave_open(stage: Stage) -> None:
    """One congress that is open today, so that there is a form to try."""
    today = datetime.now(UTC)  # open for whoever looks, whatever the stage's clock says
    like = _edition(OPEN_LIKE)
    ended = (today - timedelta(days=1)).date()
    edition = replace(
        like,
        name=OPEN_NAME,
        title=f"Kommunalkongress Rheinland-Pfalz {today.year} (Beispiel)",
        starts=ended,
        ends=ended,
        deadline=(today + _OPEN_FOR).replace(hour=16, minute=0, second=0, microsecond=0),
    )
    people = _people(OPEN_LIKE, like)[:_OPEN_INVITED]
    invitations = invite(stage, edition, people, at=today)
    few = dict(list(invitations.items())[: len(invitations) // 2])
    temper = OPEN_LIKE.temper
    answer(stage, OPEN_NAME, few, temper, share=temper.answers_invitation)
