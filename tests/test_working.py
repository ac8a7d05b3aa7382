"""What falls due by itself, once and as long as the service runs."""

from __future__ import annotations

from dataclasses import replace
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from survey.collecting import keep_draft
from survey.errors import NachklangError, Problem, StorageUnavailable
from survey.inviting import invite
from survey.model.invitation import Campaign, Delivery
from survey.preparing import find_edition
from survey.storage import drafts, outbox
from survey.working import work_once, work_until
from tests.counting.ballots import a_day_later, close, people_answer
from tests.events import congress
from tests.people import add_person, make_installation, store_edition

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import Invited, StoppedClock

Troubles = list[NachklangError | Problem]


def test_queued_mails_leave(inst: Installation, anna: Invited) -> None:
    invite(inst, "kk2020")
    troubles: Troubles = []

    work_once(inst, tell=troubles.append)

    folder = inst.settings.mail_folder
    assert folder is not None
    (mail,) = folder.glob("*.eml")
    assert anna.participant.address.encode() in mail.read_bytes()
    assert troubles == []


def test_drafts_go_when_the_form_takes_no_answers_any_more(
    inst: Installation, open_congress: EditionRecord, anna: Invited, clock: StoppedClock
) -> None:
    keep_draft(inst, anna.token, {"change": ("Mehr Pausen.",)})
    troubles: Troubles = []
    work_once(inst, tell=troubles.append)
    kept = drafts.count(inst.database.read(), open_congress.id)
    close(clock)

    work_once(inst, tell=troubles.append)

    assert (kept, drafts.count(inst.database.read(), open_congress.id)) == (1, 0)
    assert troubles == []


@pytest.mark.usefixtures("anna")
def test_one_trouble_keeps_nothing_else_from_its_turn(
    inst: Installation, open_congress: EditionRecord, clock: StoppedClock
) -> None:
    people_answer(inst, open_congress, 14)
    invite(inst, "kk2020")
    folder = inst.settings.mail_folder
    assert folder is not None
    folder.write_text("in the way", encoding="utf-8")
    troubles: Troubles = []
    work_once(inst, tell=troubles.append)
    close(clock)
    work_once(inst, tell=troubles.append)
    a_day_later(clock)

    work_once(inst, tell=troubles.append)

    assert troubles
    assert find_edition(inst, "kk2020").answered == 14


def test_a_database_that_is_away_is_told_by_every_task(inst: Installation) -> None:
    inst.database.close()
    inst.settings.database.unlink()
    troubles: Troubles = []

    work_once(inst, tell=troubles.append)

    assert {type(trouble) for trouble in troubles} == {StorageUnavailable}


@pytest.mark.usefixtures("anna")
def test_it_works_until_told_to_stop(inst: Installation) -> None:
    invite(inst, "kk2020")
    stop = Event()
    troubles: Troubles = []
    folder = inst.settings.mail_folder
    assert folder is not None

    def work() -> None:
        work_until(stop, inst, tell=troubles.append)
        inst.database.close()

    worker = Thread(target=work)
    worker.start()
    stop.set()
    worker.join(timeout=60)

    assert not worker.is_alive()
    assert troubles == []


def test_whoever_ends_the_service_does_not_wait_for_all_mails(
    tmp_path: Path, clock: StoppedClock
) -> None:
    inst = make_installation(tmp_path, clock)
    inst = replace(inst, settings=replace(inst.settings, mails_per_second=5.0))
    record = store_edition(inst, congress())
    for number in range(100):
        add_person(inst, record, f"Person {number}")
    invite(inst, record.name)
    folder = inst.settings.mail_folder
    assert folder is not None
    stop, troubles = Event(), Troubles()
    working = Thread(target=lambda: work_until(stop, inst, tell=troubles.append))
    working.start()
    while not list(folder.glob("*.eml*")):
        assert working.is_alive()
        stop.wait(0.01)

    stop.set()
    working.join(10)

    states = outbox.states(inst.database.read(), record.id, Campaign.INVITATION)
    assert (working.is_alive(), troubles) == (False, [])
    assert set(states.values()) == {Delivery.HANDED_OVER, Delivery.QUEUED}
    assert len(list(folder.glob("*.eml"))) == list(states.values()).count(Delivery.HANDED_OVER)
