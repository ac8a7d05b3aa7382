"""How fast mails leave: twenty first, then all; and rests for whoever asks for one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.inviting import invite, request_link
from survey.mail.outbox import SendingReport
from survey.mail.pace import DomainPace, Pace
from survey.mail.settling import PausedCampaign
from survey.mail_standing import resume_sending, sending_status
from survey.model.invitation import Campaign, Delivery, Registration
from survey.registering import apply_import, plan_import
from survey.storage import domain_rests
from tests.events import congress, network_call
from tests.mail.queued import send, states
from tests.mail.relay import Relay
from tests.people import store_edition

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.people import StoppedClock


def test_when_the_first_twenty_wait_nobody_else_is_tried(
    inst: Installation, invited: str, server: Relay, clock: StoppedClock
) -> None:
    server.at_recipient["*"] = ["450 4.2.0 Greylisted"] * 20

    first = send(inst, server)
    at_once = send(inst, server)
    clock.pass_by(timedelta(minutes=5))
    then = send(inst, server)

    assert (first, at_once) == (SendingReport(deferred=20), SendingReport())
    assert then == SendingReport(sent=40)
    assert set(states(inst, invited, Campaign.INVITATION).values()) == {Delivery.HANDED_OVER}


def test_when_half_of_the_first_twenty_are_taken_all_others_follow(
    inst: Installation, invited: str, server: Relay
) -> None:
    server.at_recipient["*"] = ["450 4.2.0 Greylisted"] * 10

    report = send(inst, server)

    assert report == SendingReport(sent=30, deferred=10)
    assert invited


def test_a_campaign_that_warms_up_keeps_no_other_waiting(
    inst: Installation, invited: str, server: Relay
) -> None:
    store_edition(inst, network_call())
    people = [Registration(f"a{n}@anders.example", "", line=n) for n in range(15)]
    apply_import(inst, "ikone2", plan_import(inst, "ikone2", people, add_only=False))
    invite(inst, "ikone2")
    for n in range(40):
        server.at_recipient[f"person{n:03}@example.org"] = ["450 4.2.0 Greylisted"]

    report = send(inst, server)

    assert report == SendingReport(sent=15, deferred=20)
    assert {a.rpartition("@")[2] for a in server.addresses} == {"anders.example"}
    assert invited


def test_links_that_people_ask_for_need_no_warm_start(
    inst: Installation, invited: str, server: Relay
) -> None:
    server.at_recipient["*"] = ["450 4.2.0 Greylisted"] * 20
    send(inst, server)
    request_link(inst, invited, "person039@example.org")

    report = send(inst, server)

    assert (report.sent, server.addresses) == (1, ["person039@example.org"])


def test_wrong_addresses_among_the_first_stop_the_campaign_before_all_leave(
    inst: Installation, invited: str, server: Relay
) -> None:
    server.at_recipient["*"] = ["550 5.1.1 No such user"] * 4

    report = send(inst, server)

    assert report.paused == (PausedCampaign(invited, Campaign.INVITATION, "failures"),)
    (status,) = sending_status(inst, invited).campaigns
    assert (status.paused_because, status.counts[Delivery.QUEUED]) == ("failures", 36)
    assert resume_sending(inst, invited) == 1
    (status,) = sending_status(inst, invited).campaigns
    assert (status.is_paused, status.paused_because) == (False, "")


@pytest.mark.parametrize("where", ["at_recipient", "at_end"])
def test_a_relay_that_says_421_gets_a_minute(
    inst: Installation, invited: str, server: Relay, clock: StoppedClock, where: str
) -> None:
    getattr(server, where)["*"] = ["421 4.3.2 Too busy"]

    first = send(inst, server)
    clock.pass_by(timedelta(seconds=59))
    too_early = send(inst, server)
    clock.pass_by(timedelta(seconds=1))
    then = send(inst, server)

    assert first == SendingReport(deferred=1, is_relay_resting=True)
    assert too_early == SendingReport()
    assert then.sent == 39
    clock.pass_by(timedelta(minutes=5))
    assert send(inst, server).sent == 1
    assert set(states(inst, invited, Campaign.INVITATION).values()) == {Delivery.HANDED_OVER}


def test_a_busy_domain_rests_and_no_attempt_is_counted(
    inst: Installation, server: Relay, clock: StoppedClock
) -> None:
    store_edition(inst, congress())
    people = [
        Registration(f"p{n}@{domain}", "", line=n)
        for n in range(8)
        for domain in ("voll.example", "leer.example")
    ]
    apply_import(inst, "kk2020", plan_import(inst, "kk2020", people, add_only=False))
    invite(inst, "kk2020")
    for n in range(8):
        server.at_recipient[f"p{n}@voll.example"] = ["451 4.7.1 Try later"]

    report = send(inst, server)

    busy = [a for a, s in states(inst, "kk2020", Campaign.INVITATION).items() if "voll" in a]
    assert len(busy) == 8
    assert {a.rpartition("@")[2] for a in server.addresses} == {"leer.example"}
    assert (report.sent, report.deferred) == (8, 1)
    attempts = inst.database.read().execute("SELECT SUM(attempts) AS n FROM outbox").fetchone()
    assert attempts["n"] == 9
    rests = inst.database.write(lambda c: domain_rests.resting(c, clock()))
    assert len(rests) == 1
    assert "voll" not in str(rests)
    clock.pass_by(timedelta(minutes=5))
    assert inst.database.write(lambda c: domain_rests.resting(c, clock())) == {}


def test_mails_not_yet_leased_to_a_resting_domain_wait_without_an_attempt(
    inst: Installation, invited: str, server: Relay, clock: StoppedClock
) -> None:
    server.at_recipient["*"] = ["451 4.7.1 Try later"]
    send(inst, server)
    request_link(inst, invited, "person039@example.org")
    server.received.clear()

    report = send(inst, server)

    assert (report, server.received) == (SendingReport(), [])
    clock.pass_by(timedelta(minutes=5))
    assert "person039@example.org" in (send(inst, server), server.addresses)[1]


class Time:
    """A clock that stands, and is moved on by whoever sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def pace(self, mails_per_second: float) -> Pace:
        return Pace(mails_per_second, now=lambda: self.now, sleep=self.sleep)


def test_one_domain_gets_no_more_than_its_share() -> None:
    time = Time()
    pace = DomainPace(time.pace(1000), each=lambda: time.pace(2))

    for _ in range(10):
        pace.wait("Voll.example")

    assert time.now == pytest.approx(4.0)


def test_many_domains_get_what_the_relay_takes() -> None:
    time = Time()
    pace = DomainPace(time.pace(5), each=lambda: time.pace(2))

    for n in range(105):
        pace.wait(f"d{n % 21}.example")

    assert time.now == pytest.approx(20.0)
