from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.collecting import submit
from survey.preparing import create_edition, find_edition
from tests.counting.ballots import a_response, close
from tests.events import congress
from tests.people import add_person

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.commands.conftest import Typing
    from tests.people import Invited, StoppedClock


def mails(inst: Installation, kind: str) -> list[Path]:
    folder = inst.settings.mail_folder
    assert folder is not None
    return sorted(folder.glob(f"kk2020-{kind}-*.eml"))


@pytest.fixture
def planned(inst: Installation) -> EditionRecord:
    record = create_edition(inst, congress())
    for number in range(35):
        add_person(inst, record, f"Person{number} Müller")
    return record


@pytest.mark.usefixtures("planned")
def test_the_first_invitation_asks_and_opens(
    run: Typing, inst: Installation, clock: StoppedClock
) -> None:
    declined = run("invite", "kk2020", typed="n\n")
    before = find_edition(inst, "kk2020").opens
    agreed = run("invite", "kk2020", typed="j\n")

    assert (declined.exit_code, agreed.exit_code) == (1, 0)
    assert before is None
    assert find_edition(inst, "kk2020").opens == clock()
    assert len(mails(inst, "invitation")) == 35


@pytest.mark.usefixtures("planned")
def test_one_person_is_invited_alone(run: Typing, inst: Installation) -> None:
    told = run("invite", "kk2020", "--to", "person7@example.org", "--yes")

    assert told.exit_code == 0, told.output
    (mail,) = mails(inst, "invitation")
    assert b"person7@example.org" in mail.read_bytes()


@pytest.mark.usefixtures("planned")
def test_a_folder_that_cannot_be_written_keeps_the_mails_waiting(
    run: Typing, inst: Installation
) -> None:
    folder = inst.settings.mail_folder
    assert folder is not None
    folder.write_text("in the way", encoding="utf-8")
    refused = run("invite", "kk2020", "--yes")
    folder.unlink()
    resumed = run("resume", "kk2020")

    assert (refused.exit_code, resumed.exit_code) == (1, 0)
    assert len(mails(inst, "invitation")) == 35


def test_a_reminder_says_no_number(
    run: Typing, inst: Installation, planned: EditionRecord, clock: StoppedClock
) -> None:
    run("invite", "kk2020", "--yes")
    answered = [add_person(inst, planned, f"Klug{n} Huber") for n in range(2)]
    for person in answered:
        submit(inst, person.token, a_response(1))
    run("invite", "kk2020", "--yes")
    clock.pass_by(timedelta(days=3))

    told = run("remind", "kk2020", "--yes")

    assert told.exit_code == 0, told.output
    assert len(mails(inst, "reminder_1")) == 35
    assert not any(
        sign.isdigit() for sign in told.stdout.replace(str(inst.settings.mail_folder), "")
    )


def test_two_reminders_in_a_row_are_refused(
    run: Typing, inst: Installation, anna: Invited, clock: StoppedClock
) -> None:
    run("invite", "kk2020", "--yes")
    clock.pass_by(timedelta(days=3))
    run("remind", "kk2020", "--yes")

    refused = run("remind", "kk2020", "--yes")

    assert refused.exit_code == 1
    assert len(mails(inst, "reminder_1")) == 1
    assert anna.participant.address.encode() in mails(inst, "reminder_1")[0].read_bytes()


@pytest.mark.usefixtures("anna")
def test_thanks_wait_for_the_close(run: Typing, inst: Installation, clock: StoppedClock) -> None:
    run("invite", "kk2020", "--yes")
    too_early = run("thank", "kk2020", "--yes")
    close(clock)
    told = run("thank", "kk2020", typed="j\n")

    assert (too_early.exit_code, told.exit_code) == (1, 0)
    assert len(mails(inst, "thanks")) == 1


@pytest.mark.usefixtures("planned")
def test_the_status_counts_mails_by_kind_and_state(run: Typing) -> None:
    run("invite", "kk2020", "--yes")

    told = run("status", "kk2020")

    assert told.exit_code == 0, told.output
    assert told.stdout.splitlines()[-1].split()[-5:] == ["0", "35", "0", "0", "0"]
