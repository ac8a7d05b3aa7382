"""Plays the example events through: list in, mails out, answers in over HTTP, count, reports.

The application runs under a clock inside each edition's days. Everything a person sees says that people
and answers are made up.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import uvicorn

from exports.pdf_process import PdfPrinter
from exports.summary_report import session_html, summary_html
from forms.edition_file import read_edition_file
from forms.registration_list import read_registration_list
from survey import counting, inviting, preparing
from survey.application import make_application
from survey.demonstration.answering import Browser
from survey.demonstration.mail_files import DemonstrationFolder, personal_links
from survey.demonstration.story import EVENTS, OPEN_LIKE, OPEN_NAME
from survey.errors import NotFound
from survey.mail import outbox
from survey.model.invitation import Campaign
from survey.reporting.summarise import summarise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from survey.demonstration.people import Temper
    from survey.demonstration.story import Event
    from survey.installation import Installation
    from survey.model.event import Edition

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
SEED = 20200911
_REMINDER = timedelta(days=6)
_OPEN_FOR = timedelta(days=60)
_OPEN_INVITED = 60
_START_SECONDS = 10


@dataclass(slots=True)
class DemonstrationClock:
    """A clock that is set by hand."""

    now: datetime

    def __call__(self) -> datetime:
        """The moment it is set to."""
        return self.now


@dataclass(frozen=True, slots=True)
class Stage:
    """The installation under its own clock, and the address of its pages."""

    inst: Installation
    clock: DemonstrationClock
    address: str
    chance: Random
    progress: Callable[[str, int, int], None]


def build(inst: Installation, *, progress: Callable[[str, int, int], None]) -> None:
    """Fill an empty installation with the example events; `progress` hears step, done and total."""
    clock = DemonstrationClock(datetime(2018, 1, 1, tzinfo=UTC))
    played = replace(inst, clock=clock)
    inst.settings.reports.mkdir(parents=True, exist_ok=True)
    # Reports are printed by a process of their own, beside the mails and answers of the next event.
    with ThreadPoolExecutor(1) as printing, PdfPrinter() as printer, _serving(played) as address:
        stage = Stage(played, clock, address, Random(SEED), progress)
        printed = []
        for event in EVENTS:
            _play(stage, event)
            printed += [
                printing.submit(_print, printer, html, inst.settings.reports / name)
                for name, html in _reports(played, event)
            ]
        _leave_open(stage)
        for done, report in enumerate(printed, 1):
            report.result()
            progress("reports", done, len(printed))


def _reports(inst: Installation, event: Event) -> Iterator[tuple[str, str]]:
    """The summary of an edition; of one congress in English too, and for each session's speakers."""
    zone = inst.settings.zone
    summary = summarise(inst, event.name)
    yield f"{event.name}.pdf", summary_html(summary, "de", zone=zone)
    if event is OPEN_LIKE:
        yield f"{event.name}-en.pdf", summary_html(summary, "en", zone=zone)
        for session in summary.sessions:
            code = session.session.code
            if session.findings:
                yield f"{event.name}-{code}.pdf", session_html(summary, code, "de", zone=zone)


def _print(printer: PdfPrinter, html: str, target: Path) -> None:
    target.write_bytes(printer.print_html(html))


def _play(stage: Stage, event: Event) -> None:
    edition = read_edition_file(EXAMPLES / f"{event.name}.toml", event.name)
    invitations = _invite(stage, edition, event)
    temper = event.temper
    silent = _answer(stage, edition.name, invitations, temper, temper.answers_invitation)
    stage.clock.now += _REMINDER
    inviting.remind(stage.inst, edition.name)
    _send(stage, edition.name)
    reminders = _links(stage.inst, edition.name, Campaign.REMINDER_1)
    reminded = {person: link for person, link in reminders.items() if person in silent}
    _answer(stage, edition.name, reminded, temper, temper.answers_reminder)
    stage.clock.now = edition.deadline.astimezone(UTC) + timedelta(hours=2)
    inviting.thank(stage.inst, edition.name)
    _send(stage, edition.name)
    counting.count_edition(stage.inst, edition.name, by_hand=True, progress=lambda _step: None)
    stage.progress(f"{edition.name}: count", 1, 1)


def _leave_open(stage: Stage) -> None:
    """One congress that is open today, so that there is a form to try."""
    today = datetime.now(UTC)  # the open edition must be open for whoever looks
    like = read_edition_file(EXAMPLES / f"{OPEN_LIKE.name}.toml", OPEN_LIKE.name)
    ended = (today - timedelta(days=1)).date()
    edition = replace(
        like,
        name=OPEN_NAME,
        title=f"Kommunalkongress Rheinland-Pfalz {today.year} (Beispiel)",
        starts=ended,
        ends=ended,
        deadline=(today + _OPEN_FOR).replace(hour=16, minute=0, second=0, microsecond=0),
    )
    invitations = _invite(stage, edition, OPEN_LIKE, most=_OPEN_INVITED, at=today)
    few = dict(list(invitations.items())[: len(invitations) // 2])
    _answer(stage, OPEN_NAME, few, OPEN_LIKE.temper, OPEN_LIKE.temper.answers_invitation)


def _invite(
    stage: Stage,
    edition: Edition,
    event: Event,
    *,
    most: int | None = None,
    at: datetime | None = None,
) -> dict[str, str]:
    """Create, load the list, invite; the personal links by addressee."""
    zone = stage.inst.settings.zone
    evening = datetime.combine(edition.ends, time_of_day(17), zone).astimezone(UTC)
    stage.clock.now = at or evening
    preparing.create_edition(stage.inst, edition)
    file = EXAMPLES / event.registrations
    people = read_registration_list(file.read_bytes(), file.name, edition).registrations[:most]
    plan = inviting.plan_import(stage.inst, edition.name, people, add_only=False)
    inviting.apply_import(stage.inst, edition.name, plan)
    inviting.invite(stage.inst, edition.name)
    _send(stage, edition.name)
    return _links(stage.inst, edition.name, Campaign.INVITATION)


def _send(stage: Stage, name: str) -> None:
    outbox.send_due(
        stage.inst,
        DemonstrationFolder(_mail_folder(stage.inst)),
        progress=lambda done, due: stage.progress(f"{name}: mails", done, due),
    )


def _links(inst: Installation, name: str, campaign: Campaign) -> dict[str, str]:
    """Addressees with their links."""
    return personal_links(_mail_folder(inst), name, campaign)


def _mail_folder(inst: Installation) -> Path:
    if inst.settings.mail_folder is None:
        raise NotFound("folder", "mails")
    return inst.settings.mail_folder


def _answer(
    stage: Stage, name: str, links: dict[str, str], temper: Temper, share: float
) -> frozenset[str]:
    """Some of the people answer over the following days; the others' addresses."""
    answering = [p for p in sorted(links) if stage.chance.random() < share]
    browser = Browser(stage.address)
    for done, person in enumerate(answering, 1):
        browser.answer(links[person], temper, stage.chance)
        stage.progress(f"{name}: answers", done, len(answering))
    browser.close()
    return frozenset(links) - frozenset(answering)


@contextmanager
def _serving(inst: Installation) -> Iterator[str]:
    """The real application on a free port of this machine."""
    config = uvicorn.Config(
        make_application(inst), host="127.0.0.1", port=0, log_level="error", access_log=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + _START_SECONDS
    while not server.started:
        if time.monotonic() > deadline:
            msg = "the application did not start"
            raise RuntimeError(msg)
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
