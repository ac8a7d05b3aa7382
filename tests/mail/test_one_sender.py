"""Of several machines that share a server, one sends: to another, mails on their way look like those left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.errors import StorageUnavailable
from survey.inviting import invite
from survey.mail.delivery import delivery_of
from survey.mail.outbox import SendingReport, send_due
from survey.model.invitation import Campaign, Delivery
from survey.storage import outbox
from survey.storage.turns import Turn, turn
from tests.events import congress
from tests.people import StoppedClock, add_person, make_installation, store_edition

if TYPE_CHECKING:
    from pathlib import Path


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
