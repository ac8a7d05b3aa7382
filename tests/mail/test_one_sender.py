"""Of several machines that share a server, one sends: to another, mails on their way look like those left behind."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from survey.errors import StorageUnavailable
from survey.inviting import invite
from survey.mail.delivery import FolderDelivery, delivery_of
from survey.mail.outbox import SendingReport, send_due
from survey.model.invitation import Campaign, Delivery
from survey.storage import outbox
from survey.storage.turns import Turn, turn
from tests.events import congress
from tests.lost_turns import lose_the_turn
from tests.mail.queued import quiet, register
from tests.people import StoppedClock, add_person, make_installation, store_edition

if TYPE_CHECKING:
    from pathlib import Path

    from survey.mail.compose import ComposedMail
    from survey.mail.delivery import Outcome


def test_a_second_machine_leaves_the_mails_to_the_one_that_sends(
    postgresql: str, tmp_path: Path
) -> None:
    here = make_installation(tmp_path / "here", StoppedClock(), postgresql=postgresql)
    there = make_installation(tmp_path / "there", StoppedClock(), postgresql=postgresql)
    record = store_edition(here, congress())
    anna = add_person(here, record, "Anna Albrecht")
    invite(here, record.name)

    with turn(here.database, Turn.MAILS):
        (mail,) = outbox.due(here.database.read(), here.clock(), most=2)
        here.database.write(lambda connection: outbox.lease(connection, [mail]))
        report = send_due(there, delivery_of(there.settings), progress=lambda _done, _of: None)
        states = outbox.states(here.database.read(), record.id, Campaign.INVITATION)
    for inst in (here, there):
        inst.database.close()

    assert report == SendingReport(is_someone_else_sending=True)
    assert states == {anna.id: Delivery.LEASED}


def test_who_has_lost_the_turn_sends_no_more_and_takes_nothing_from_the_next(
    postgresql: str, tmp_path: Path
) -> None:
    here, there = (
        make_installation(tmp_path / place, StoppedClock(), postgresql=postgresql)
        for place in ("here", "there")
    )
    record = store_edition(here, congress())
    register(here, record.name, 3)
    invite(here, record.name)

    class Overtaken(FolderDelivery):
        results_together = 1

        def send(self, mail: ComposedMail) -> Outcome:
            lose_the_turn(here.database, Turn.MAILS)
            there.database.write(outbox.recover)
            mails = outbox.due(there.database.read(), there.clock(), most=9)
            there.database.write(lambda connection: outbox.lease(connection, mails))
            return super().send(mail)

    report = send_due(here, Overtaken(tmp_path / "mails"), progress=quiet)
    states = outbox.states(here.database.read(), record.id, Campaign.INVITATION)
    for inst in (here, there):
        inst.database.close()

    assert report == SendingReport(sent=1, is_someone_else_sending=True)
    assert Counter(states.values()) == {Delivery.HANDED_OVER: 1, Delivery.LEASED: 2}


def test_whoever_is_told_to_end_gives_back_what_has_not_left(tmp_path: Path) -> None:
    inst = make_installation(tmp_path, StoppedClock())
    record = store_edition(inst, congress())
    register(inst, record.name, 40)
    invite(inst, record.name)
    sent: list[ComposedMail] = []

    class Counting(FolderDelivery):
        def send(self, mail: ComposedMail) -> Outcome:
            sent.append(mail)
            return super().send(mail)

    door = Counting(tmp_path / "mails")
    first = send_due(inst, door, progress=quiet, is_over=lambda: len(sent) >= 12)
    states = outbox.states(inst.database.read(), record.id, Campaign.INVITATION)
    second = send_due(inst, door, progress=quiet)

    assert (first.sent, first.is_cut_short) == (12, True)
    assert Counter(states.values()) == {Delivery.HANDED_OVER: 12, Delivery.QUEUED: 28}
    assert (second.sent, second.is_cut_short, len(sent)) == (28, False, 40)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_mail_that_somebody_else_has_claimed_is_not_claimed_again(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server = request.getfixturevalue("postgresql") if engine == "postgresql" else ""
    inst = make_installation(tmp_path, StoppedClock(), postgresql=server)
    record = store_edition(inst, congress())
    for name in ("Anna Albrecht", "Bernd Bauer"):
        add_person(inst, record, name)
    invite(inst, record.name)
    first, second = outbox.due(inst.database.read(), inst.clock(), most=2)
    inst.database.write(lambda connection: outbox.lease(connection, [first]))

    with pytest.raises(StorageUnavailable):
        inst.database.write(lambda connection: outbox.lease(connection, [second, first]))

    states = outbox.states(inst.database.read(), record.id, Campaign.INVITATION)
    inst.database.close()
    assert states == {
        first.participant: Delivery.LEASED,
        second.participant: Delivery.QUEUED,
    }
