from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.access.links import link_hash
from survey.collecting import open_form
from survey.errors import RelayUnreachable
from survey.inviting import invite
from survey.mail import leasing
from survey.mail.delivery import FolderDelivery, Outcome, SmtpDelivery
from survey.mail.outbox import SendingReport, send_due
from survey.mail.settling import PausedCampaign, wait_after
from survey.mail_standing import resume_sending, sending_status
from survey.model.invitation import Campaign, Delivery, Registration
from survey.registering import apply_import, plan_import
from tests.events import DEADLINE, congress, network_call
from tests.mail.queued import link_in, mails_in_folder, quiet, register, send, states
from tests.mail.relay import DROP, Relay, relay
from tests.people import StoppedClock, store_edition, stored_record

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.mail.compose import ComposedMail


def test_everybody_gets_one_invitation_with_a_link_that_opens_the_form(
    inst: Installation, invited: str
) -> None:
    heard: list[tuple[int, int]] = []
    folder = FolderDelivery(inst.settings.mail_folder or inst.settings.data)

    report = send_due(inst, folder, progress=lambda n, of: heard.append((n, of)))

    mails = mails_in_folder(inst)
    assert report == SendingReport(sent=40)
    assert heard[-1] == (40, 40)
    assert sorted(m["To"].addresses[0].addr_spec for m in mails) == [
        f"person{n:03}@example.org" for n in range(40)
    ]
    tokens = [link_in(m) for m in mails]
    assert len(set(tokens)) == 40
    assert {open_form(inst, t).record.name for t in tokens} == {invited}


def test_second_pass_sends_nothing(inst: Installation, invited: str, server: Relay) -> None:
    assert send(inst, server).sent == 40

    report = send(inst, server)

    assert report == SendingReport()
    assert set(states(inst, invited, Campaign.INVITATION).values()) == {Delivery.HANDED_OVER}


@pytest.mark.proves("U29")
def test_secret_of_a_link_is_nowhere_but_in_its_mail(
    inst: Installation, invited: str, server: Relay
) -> None:
    send(inst, server)
    token = link_in(server.received[0][1])
    secret = token.split(".")[1].encode()

    files = [p for p in inst.settings.data.rglob("*") if p.is_file()]
    assert secret.decode() in link_in(server.received[0][1])  # it could have leaked
    assert [p.name for p in files if secret in p.read_bytes()] == []
    raw = base64.urlsafe_b64decode(secret + b"==")
    assert [p.name for p in files if raw in p.read_bytes()] == []
    assert link_hash(stored_record(inst, invited).id, raw).encode() in b"".join(
        p.read_bytes() for p in files
    )


def test_deferred_mail_is_tried_again_after_its_wait(
    inst: Installation, invited: str, server: Relay, clock: StoppedClock
) -> None:
    server.at_recipient["person007@example.org"] = ["450 4.2.0 Greylisted"]
    first = send(inst, server)
    clock.pass_by(timedelta(minutes=5) - timedelta(seconds=1))
    too_early = send(inst, server)
    clock.pass_by(timedelta(seconds=1))

    second = send(inst, server)

    assert (first.sent, first.deferred) == (39, 1)
    assert too_early == SendingReport()
    assert second == SendingReport(sent=1)
    assert states(inst, invited, Campaign.INVITATION)["person007@example.org"] is (
        Delivery.HANDED_OVER
    )


def test_waits_add_up_to_two_days() -> None:
    waits = [wait_after(n) for n in range(1, 50)]

    assert waits[:4] == [timedelta(minutes=m) for m in (5, 15, 60, 60)]
    assert timedelta(hours=47) <= sum(waits, timedelta()) <= timedelta(hours=49)


def test_mail_deferred_for_two_days_is_given_up(
    inst: Installation, server: Relay, clock: StoppedClock
) -> None:
    store_edition(inst, congress())
    register(inst, "kk2020", 1)
    invite(inst, "kk2020")
    server.at_recipient["*"] = ["450 4.2.0 Greylisted"] * 60

    for _ in range(55):
        send(inst, server)
        clock.pass_by(timedelta(hours=1))

    assert len(server.at_recipient["*"]) == 10
    assert set(states(inst, "kk2020", Campaign.INVITATION).values()) == {Delivery.FAILED}


def test_mail_still_deferred_at_close_is_cancelled(
    inst: Installation, invited: str, server: Relay, clock: StoppedClock
) -> None:
    server.at_recipient["person007@example.org"] = ["450 4.2.0 Greylisted"]
    send(inst, server)
    clock.set(DEADLINE)

    report = send(inst, server)

    assert report == SendingReport(skipped=1)
    assert states(inst, invited, Campaign.INVITATION)["person007@example.org"] is (
        Delivery.CANCELLED
    )


def test_mail_whose_line_was_lost_is_sent_again_with_its_id_and_a_new_link(
    inst: Installation, invited: str, server: Relay, clock: StoppedClock
) -> None:
    server.at_end["person007@example.org"] = [DROP]
    first = send(inst, server)
    clock.pass_by(timedelta(minutes=5))

    second = send(inst, server)

    assert (first.sent, first.deferred, second.sent) == (39, 1, 1)
    one, other = (m for a, m in server.received if a == "person007@example.org")
    assert one["Message-ID"] == other["Message-ID"]
    assert link_in(one) != link_in(other)
    assert [open_form(inst, link_in(m)).record.name for m in (one, other)] == [invited] * 2


@pytest.mark.parametrize("few", [0, leasing.FEW_SUPPRESSIONS], ids=["many", "few"])
def test_address_the_relay_does_not_know_gets_no_mail_of_any_edition(
    inst: Installation, invited: str, server: Relay, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(leasing, "FEW_SUPPRESSIONS", few)
    server.at_recipient["person007@example.org"] = ["550 5.1.1 No such user"]
    send(inst, server)
    store_edition(inst, replace(congress("kk2021")))
    register(inst, "kk2021", 40)
    invite(inst, "kk2021")
    server.received.clear()

    report = send(inst, server)

    assert states(inst, invited, Campaign.INVITATION)["person007@example.org"] is Delivery.FAILED
    assert (report.sent, report.skipped) == (39, 1)
    assert "person007@example.org" not in server.addresses


def test_address_of_another_organisation_is_not_held_to_a_bounce(
    inst: Installation, invited: str, server: Relay
) -> None:
    server.at_recipient["person007@example.org"] = ["550 5.1.1 No such user"]
    send(inst, server)
    store_edition(inst, network_call())
    register(inst, "ikone2", 21)
    invite(inst, "ikone2")

    report = send(inst, server)

    assert report == SendingReport(sent=21)
    assert invited


def test_refusal_by_policy_stops_the_campaign_until_it_is_resumed(
    inst: Installation, invited: str, server: Relay
) -> None:
    server.at_recipient["*"] = ["554 5.7.1 Blocked"]
    first = send(inst, server)
    while_paused = send(inst, server)

    resumed = resume_sending(inst, invited)
    after = send(inst, server)

    assert first == SendingReport(
        deferred=1, paused=(PausedCampaign("kk2020", Campaign.INVITATION, "554 5.7.1"),)
    )
    assert while_paused == SendingReport()
    assert (resumed, after) == (1, SendingReport(sent=40))


def test_person_refused_by_policy_twice_does_not_stop_the_others(
    inst: Installation, invited: str, server: Relay
) -> None:
    server.at_recipient["person007@example.org"] = ["554 5.7.1 Blocked"] * 2
    send(inst, server)
    resume_sending(inst, invited)

    report = send(inst, server)

    assert report.paused == ()
    by_address = states(inst, invited, Campaign.INVITATION)
    assert by_address.pop("person007@example.org") is Delivery.FAILED
    assert set(by_address.values()) == {Delivery.HANDED_OVER}


def test_too_many_failures_stop_the_campaign_and_say_so(
    inst: Installation, invited: str, server: Relay
) -> None:
    server.at_recipient["*"] = ["550 5.1.1 No such user"] * 40

    report = send(inst, server)

    assert report == SendingReport(
        failed=4, paused=(PausedCampaign("kk2020", Campaign.INVITATION, "failures"),)
    )
    assert server.received == []
    found = list(states(inst, invited, Campaign.INVITATION).values())
    assert (found.count(Delivery.FAILED), found.count(Delivery.QUEUED)) == (4, 36)
    (status,) = sending_status(inst, invited).campaigns
    assert status.is_paused


def test_a_few_wrong_addresses_stop_nothing(
    inst: Installation, invited: str, server: Relay
) -> None:
    server.at_recipient["*"] = ["550 5.1.1 No such user"] * 3

    report = send(inst, server)

    assert report == SendingReport(sent=37, failed=3)
    assert invited


def test_relay_that_is_away_leaves_every_mail_where_it_was(
    inst: Installation, invited: str
) -> None:
    with relay() as gone:
        smtp = gone.smtp()

    report = send_due(inst, SmtpDelivery(smtp), progress=quiet)

    assert (report.sent, report.trouble != "") == (0, True)
    assert set(states(inst, invited, Campaign.INVITATION).values()) == {Delivery.QUEUED}


def test_address_that_cannot_stand_in_a_header_fails_alone(
    inst: Installation, server: Relay
) -> None:
    store_edition(inst, congress())
    people = [
        Registration(a, "", line=1)
        for a in ("a@example.org\r\nBcc: b@example.org", "c@example.org")
    ]
    apply_import(inst, "kk2020", plan_import(inst, "kk2020", people, add_only=False))
    invite(inst, "kk2020")

    report = send(inst, server)

    assert (report.sent, report.failed) == (1, 1)
    assert server.addresses == ["c@example.org"]


class _StopsAfter:
    """A relay that goes away after some mails."""

    results_together = 50
    leaves_when_sent = True

    def __init__(self, mails: int) -> None:
        self.left = mails

    def send(self, mail: ComposedMail) -> Outcome:
        assert mail.content
        if self.left == 0:
            raise RelayUnreachable("away")
        self.left -= 1
        return Outcome(Delivery.HANDED_OVER, 250)

    def settle(self) -> None:
        """What it said counts."""

    def close(self) -> None:
        """Nothing to take leave of."""


def test_relay_lost_in_the_middle_leaves_the_rest_queued(inst: Installation, invited: str) -> None:
    first = send_due(inst, _StopsAfter(13), progress=quiet)

    second = send_due(inst, _StopsAfter(100), progress=quiet)

    assert (first.sent, first.trouble) == (13, "away")
    assert second == SendingReport(sent=27)
    assert invited


def test_two_senders_do_not_send_the_same_mail(inst: Installation, invited: str) -> None:
    reports: list[SendingReport] = []

    class Nosy(_StopsAfter):
        def send(self, mail: ComposedMail) -> Outcome:
            if not reports:
                reports.append(send_due(inst, _StopsAfter(100), progress=quiet))
            return super().send(mail)

    own = send_due(inst, Nosy(100), progress=quiet)

    assert reports == [SendingReport(is_someone_else_sending=True)]
    assert own == SendingReport(sent=40)
    assert invited
