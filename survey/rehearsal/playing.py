"""Plays one edition through with made-up people: list in, mails out, answers in over HTTP, thanks, count.

The application runs under a clock inside the edition's days. Everything a person sees says that people
and answers are made up.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from random import Random
from typing import TYPE_CHECKING

import uvicorn

from survey import counting, inviting, preparing, registering
from survey.application import make_application
from survey.mail import outbox
from survey.model.invitation import Campaign
from survey.rehearsal.answering import Browser
from survey.rehearsal.mail_files import RehearsalFolder, personal_links

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from survey.installation import Installation
    from survey.model.event import Edition
    from survey.model.invitation import Registration
    from survey.rehearsal.people import Temper

SEED = 20200911
_REMINDER = timedelta(days=6)
_START_SECONDS = 10


@dataclass(slots=True)
class StageClock:
    """A clock that is set by hand."""

    now: datetime

    def __call__(self) -> datetime:
        """The moment it is set to."""
        return self.now


@dataclass(frozen=True, slots=True)
class Stage:
    """The installation under its own clock, and the address of its pages."""

    inst: Installation
    clock: StageClock
    address: str
    mails: Path
    chance: Random
    progress: Callable[[str, str, int, int], None]
    """Hears the edition, the step in German, done and total."""


@contextmanager
def stage_of(
    inst: Installation, mails: Path, *, progress: Callable[[str, str, int, int], None]
) -> Iterator[Stage]:
    """The stage for an installation; its pages are served on a free port of this machine meanwhile."""
    clock = StageClock(inst.clock())
    played = replace(inst, clock=clock, machine=None)
    with _serving(played) as address:
        yield Stage(played, clock, address, mails, Random(SEED), progress)


def play(stage: Stage, edition: Edition, people: Sequence[Registration], temper: Temper) -> None:
    """The whole edition, to its count."""
    name = edition.name
    invitations = invite(stage, edition, people)
    silent = answer(stage, name, invitations, temper, share=temper.answers_invitation)
    if stage.clock.now + _REMINDER < edition.deadline:
        stage.clock.now += _REMINDER
        inviting.remind(stage.inst, name)
        # The outbox looks at everybody; how many it wrote to, only the folder tells.
        _send(replace(stage, progress=lambda *_: None), name, "")
        reminders = personal_links(stage.mails, name, Campaign.REMINDER_1)
        stage.progress(name, "Erinnerungen", len(reminders), len(reminders))
        reminded = {person: link for person, link in reminders.items() if person in silent}
        answer(stage, name, reminded, temper, share=temper.answers_reminder)
    stage.clock.now = edition.deadline.astimezone(UTC) + timedelta(hours=2)
    inviting.thank(stage.inst, name)
    _send(stage, name, "Dankesmails")
    counting.count_edition(stage.inst, name, by_hand=True, progress=lambda _step: None)


def invite(
    stage: Stage, edition: Edition, people: Sequence[Registration], *, at: datetime | None = None
) -> dict[str, str]:
    """Create the edition, load its list, invite on its last evening or `at`; links by addressee."""
    evening = datetime.combine(edition.ends, time_of_day(17), stage.inst.settings.zone)
    stage.clock.now = at or evening.astimezone(UTC)
    preparing.create_edition(stage.inst, edition)
    plan = registering.plan_import(stage.inst, edition.name, people, add_only=False)
    registering.apply_import(stage.inst, edition.name, plan)
    inviting.invite(stage.inst, edition.name)
    _send(stage, edition.name, "Einladungen")
    return personal_links(stage.mails, edition.name, Campaign.INVITATION)


def answer(
    stage: Stage, name: str, links: dict[str, str], temper: Temper, *, share: float
) -> frozenset[str]:
    """Some of the people answer; who did not."""
    answering = [person for person in sorted(links) if stage.chance.random() < share]
    browser = Browser(stage.address)
    for done, person in enumerate(answering, 1):
        browser.answer(links[person], temper, stage.chance)
        stage.progress(name, "Antworten", done, len(answering))
    browser.close()
    return frozenset(links) - frozenset(answering)


def _send(stage: Stage, name: str, step: str) -> None:
    outbox.send_due(
        stage.inst,
        RehearsalFolder(stage.mails),
        progress=lambda done, due: stage.progress(name, step, done, due),
    )


@contextmanager
def _serving(inst: Installation) -> Iterator[str]:
    """The real application on a free port of this machine."""
    config = uvicorn.Config(
        make_application(inst), host="127.0.0.1", port=0, log_level="error", access_log=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    limit = time.monotonic() + _START_SECONDS
    while not server.started:
        if time.monotonic() > limit:
            msg = "the application did not start"
            raise RuntimeError(msg)
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
