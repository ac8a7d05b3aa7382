"""Who gets a mail is decided when it is sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from survey.inviting import invite, opt_out, remind, request_link, thank
from survey.mail.outbox import SendingReport
from survey.model.invitation import Registration
from survey.registering import apply_import, list_participants, plan_import
from survey.storage import participants
from tests.events import DEADLINE, congress, network_call
from tests.mail.queued import register, send
from tests.mail.relay import Relay
from tests.people import StoppedClock, store_edition

if TYPE_CHECKING:
    from survey.installation import Installation


def test_reminder_is_decided_when_it_is_sent(
    inst: Installation, invited: str, server: Relay, clock: StoppedClock
) -> None:
    send(inst, server)
    clock.pass_by(timedelta(days=3))
    queued = remind(inst, invited)
    answered = [p for p in list_participants(inst, invited) if p.address < "person010"]
    inst.database.write(
        lambda c: [participants.mark_answered(c, p.edition, p.id) for p in answered]
    )
    server.received.clear()

    report = send(inst, server)

    assert (queued, report.sent, report.skipped) == (40, 30, 10)
    assert sorted(server.addresses) == [f"person{n:03}@example.org" for n in range(10, 40)]


def test_small_edition_reminds_everybody(
    inst: Installation, server: Relay, clock: StoppedClock
) -> None:
    store_edition(inst, network_call())
    register(inst, "ikone2", 21)
    invite(inst, "ikone2")
    send(inst, server)
    everybody = list_participants(inst, "ikone2")
    inst.database.write(
        lambda c: [participants.mark_answered(c, p.edition, p.id) for p in everybody[:20]]
    )
    clock.pass_by(timedelta(days=3))
    remind(inst, "ikone2")
    server.received.clear()

    report = send(inst, server)

    assert report == SendingReport(sent=21)


def test_thanks_go_to_everybody_after_close(
    inst: Installation, invited: str, server: Relay, clock: StoppedClock
) -> None:
    send(inst, server)
    clock.set(DEADLINE + timedelta(hours=2))
    thank(inst, invited)
    server.received.clear()

    report = send(inst, server)

    assert report == SendingReport(sent=40)
    assert not any("/f/" in m.as_string() for _, m in server.received)


def test_opt_out_of_one_person_leaves_the_others_of_a_shared_mailbox(
    inst: Installation, server: Relay, clock: StoppedClock
) -> None:
    store_edition(inst, congress())
    people = [Registration("poststelle@example.org", f"Person {n}", line=n) for n in range(5)]
    apply_import(inst, "kk2020", plan_import(inst, "kk2020", people, add_only=False))
    invite(inst, "kk2020")
    send(inst, server)
    greeted = sorted(str(m["To"]) for _, m in server.received)
    first = server.received[0][1]
    opt_out(inst, first["List-Unsubscribe"].strip().removesuffix(">").rpartition("/")[2])
    clock.pass_by(timedelta(days=3))
    remind(inst, "kk2020")
    server.received.clear()

    send(inst, server)

    assert greeted == [f"Person {n} <poststelle@example.org>" for n in range(5)]
    assert len(server.received) == 4
    assert str(first["To"]) not in {str(m["To"]) for _, m in server.received}


def test_requested_link_is_sent_before_everything_else(
    inst: Installation, invited: str, server: Relay
) -> None:
    request_link(inst, invited, "Person039@example.org")

    send(inst, server)

    assert server.addresses[0] == "person039@example.org"
    assert "neuer Link" in server.received[0][1]["Subject"]
