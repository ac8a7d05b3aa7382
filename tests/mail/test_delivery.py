from __future__ import annotations

import re
import shutil
import stat
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from survey.errors import RelayUnreachable
from survey.mail.compose import ComposedMail, compose
from survey.mail.delivery import (
    FolderDelivery,
    Outcome,
    SmtpDelivery,
    as_sent,
    delivery_of,
    refused,
)
from survey.mail.pace import Pace
from survey.model.invitation import Campaign, Delivery
from tests.mail.letters import letter
from tests.mail.relay import DROP, a_talking_relay, certificate, relay

if TYPE_CHECKING:
    from survey.installation import Installation

MAIL = compose(letter(Campaign.INVITATION))
ADDRESS = MAIL.recipient


def _mail_to(address: str) -> ComposedMail:
    return replace(MAIL, recipient=address)


# --- the relay


@pytest.mark.parametrize("pipelines", [True, False])
def test_mail_arrives_as_it_was_written(*, pipelines: bool) -> None:
    with relay(pipelines=pipelines) as server:
        delivery = SmtpDelivery(server.smtp())

        outcome = delivery.send(MAIL)

        delivery.close()
    assert outcome == Outcome(Delivery.HANDED_OVER, 250)
    assert server.senders == ["kongress@example.org"]
    ((address, message),) = server.received
    assert (address, message["Message-ID"]) == (ADDRESS, MAIL.message_id)
    assert server.quits == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b".",
        b"..\r\n",
        b"A\r\n.\r\n",
        b".A\r\n..B\r\nC.\r\n.",
        b"A\r\n\r\n.hidden\r\n. \r\n",
        MAIL.content,
    ],
)
def test_no_line_of_a_mail_ends_it(content: bytes) -> None:
    sent = as_sent(content)

    doubled = re.sub(rb"(?m)^\.", b"..", content)
    end = b".\r\n" if doubled.endswith(b"\r\n") else b"\r\n.\r\n"
    assert sent == doubled + end
    assert sent.count(b"\r\n.\r\n") == 1


def test_mail_with_dots_arrives_as_it_was_written() -> None:
    dotted = replace(MAIL, content=MAIL.content + b".\r\n..\r\n.A\r\n")
    with relay() as server:
        delivery = SmtpDelivery(server.smtp())

        delivery.send(dotted)

        delivery.close()
    ((_, message),) = server.received
    assert message.as_bytes().endswith(b"\n.\n..\n.A\n")


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ("450 4.2.0 Greylisted", Outcome(Delivery.DEFERRED, 450, "4.2.0")),
        ("451 Try later", Outcome(Delivery.DEFERRED, 451)),
        ("421 4.3.2 Going down", Outcome(Delivery.DEFERRED, 421, "4.3.2")),
        ("550 5.1.1 No such user", Outcome(Delivery.FAILED, 550, "5.1.1")),
        ("550 No", Outcome(Delivery.FAILED, 550)),
        ("554 5.7.1 Blocked", Outcome(Delivery.FAILED, 554, "5.7.1")),
    ],
)
@pytest.mark.parametrize("pipelines", [True, False])
@pytest.mark.parametrize("where", ["at_sender", "at_recipient", "at_end"])
def test_refusal_is_known_by_its_codes(
    where: str, reply: str, outcome: Outcome, *, pipelines: bool
) -> None:
    with relay(pipelines=pipelines) as server:
        getattr(server, where)["*"] = [reply]
        delivery = SmtpDelivery(server.smtp())

        found = delivery.send(MAIL)

        delivery.close()
    assert found == outcome
    assert server.received == []


@pytest.mark.parametrize("pipelines", [True, False])
@pytest.mark.parametrize("where", ["at_sender", "at_recipient", "at_end"])
@pytest.mark.parametrize("reply", ["450 4.2.0 Greylisted", "421 4.3.2 Going down"])
def test_next_mail_leaves_after_a_refusal(reply: str, where: str, *, pipelines: bool) -> None:
    with relay(pipelines=pipelines) as server:
        getattr(server, where)["*"] = [reply]
        delivery = SmtpDelivery(server.smtp())
        delivery.send(MAIL)

        outcome = delivery.send(_mail_to("next@example.org"))

        delivery.close()
    assert outcome.state is Delivery.HANDED_OVER
    assert server.addresses == ["next@example.org"]


@pytest.mark.parametrize("pipelines", [True, False])
def test_an_address_gives_the_relay_no_command_of_its_own(*, pipelines: bool) -> None:
    with relay(pipelines=pipelines) as server:
        delivery = SmtpDelivery(server.smtp())

        with pytest.raises(ValueError, match="end of a line"):
            delivery.send(_mail_to("a@example.org>\r\nRCPT TO:<b@example.org"))

        assert delivery.send(MAIL).state is Delivery.HANDED_OVER
        delivery.close()
    assert server.addresses == [ADDRESS]


def test_a_relay_that_waits_for_a_mail_to_nobody_gets_none() -> None:
    with a_talking_relay(
        b"250-here\r\n250 PIPELINING\r\n",
        b"250 sender\r\n550 5.1.1 nobody\r\n354 go on\r\n",
        b"554 5.5.1 no recipients\r\n",
        b"250 reset\r\n",
        b"250 sender\r\n250 recipient\r\n354 go on\r\n",
        b"250 taken\r\n",
        b"221 bye\r\n",
    ) as (smtp, heard):
        delivery = SmtpDelivery(smtp)

        outcomes = [delivery.send(MAIL), delivery.send(MAIL)]

        delivery.close()
    assert outcomes == [Outcome(Delivery.FAILED, 550, "5.1.1"), Outcome(Delivery.HANDED_OVER, 250)]
    assert heard[2] == b".\r\n"
    assert heard[5] == as_sent(MAIL.content)


def test_line_lost_after_the_mail_leaves_open_whether_it_arrived() -> None:
    with relay() as server:
        server.at_end[ADDRESS] = [DROP]
        delivery = SmtpDelivery(server.smtp())

        lost = delivery.send(MAIL)
        again = delivery.send(MAIL)

        delivery.close()
    assert [lost.state, again.state] == [Delivery.UNKNOWN, Delivery.HANDED_OVER]
    assert server.addresses == [ADDRESS, ADDRESS]


def test_line_is_renewed_after_a_hundred_mails() -> None:
    with relay() as server:
        delivery = SmtpDelivery(server.smtp())

        for _ in range(101):
            delivery.send(MAIL)

        delivery.close()
    assert (len(server.received), server.connections, server.quits) == (101, 2, 2)


def test_relay_that_is_away_is_told_apart_from_a_refusal() -> None:
    with relay() as server:
        smtp = server.smtp()

    with pytest.raises(RelayUnreachable):
        SmtpDelivery(smtp).send(MAIL)


@pytest.mark.proves("S42")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_leaves_over_a_verified_line(tmp_path: Path, security: str) -> None:
    trusted = certificate(tmp_path)
    with relay(trusted.server, wrapped=security == "tls") as server:
        delivery = SmtpDelivery(server.smtp(security, "localhost"), tls=trusted.client)

        outcome = delivery.send(MAIL)

        delivery.close()
    assert outcome.state is Delivery.HANDED_OVER


@pytest.mark.proves("S42")
def test_relay_that_offers_no_starttls_gets_no_mail() -> None:
    with relay() as server:
        delivery = SmtpDelivery(server.smtp("starttls"))

        with pytest.raises(RelayUnreachable):
            delivery.send(MAIL)

    assert server.received == []


@pytest.mark.proves("S42")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_certificate_that_nobody_vouches_for_gets_no_mail(tmp_path: Path, security: str) -> None:
    untrusted = certificate(tmp_path)
    with relay(untrusted.server, wrapped=security == "tls") as server:
        delivery = SmtpDelivery(server.smtp(security, "localhost"))

        with pytest.raises(RelayUnreachable):
            delivery.send(MAIL)

    assert server.received == []


def test_sign_in_that_the_relay_does_not_know_gets_no_mail_out() -> None:
    with relay() as server:
        smtp = replace(server.smtp(), user="nobody", password="secret")

        with pytest.raises(RelayUnreachable):
            SmtpDelivery(smtp).send(MAIL)

    assert server.received == []


@pytest.mark.parametrize(
    ("text", "enhanced"),
    [
        (b"5.1.1 <poststelle@example.org> unknown", "5.1.1"),
        (b"no such user 5.1.1", ""),
        (b"5.1 odd", ""),
        (b"\xff\xfe", ""),
        (b"", ""),
    ],
)
def test_reason_keeps_codes_and_never_the_relay_s_sentence(text: bytes, enhanced: str) -> None:
    outcome = refused(550, text)

    assert outcome.reason == f"550 {enhanced}".strip()


# --- the folder


def test_mail_becomes_a_file_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "mails"

    delivery = FolderDelivery(folder)

    outcome = delivery.send(MAIL)
    before = [f.suffix for f in folder.iterdir()]
    delivery.settle()

    assert before == [".unfinished"]
    (file,) = folder.iterdir()
    assert outcome == Outcome(Delivery.HANDED_OVER)
    assert file.read_bytes() == MAIL.content
    assert file.name.startswith("kk2020-invitation-")
    assert file.suffix == ".eml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_mail_sent_again_replaces_its_file(tmp_path: Path) -> None:
    delivery = FolderDelivery(tmp_path)
    delivery.send(MAIL)
    delivery.settle()

    delivery.send(replace(MAIL, content=b"with another link"))
    delivery.settle()

    (file,) = tmp_path.iterdir()
    assert file.read_bytes() == b"with another link"


def test_folder_that_cannot_be_written_is_trouble_for_all_mails(tmp_path: Path) -> None:
    (tmp_path / "mails").write_text("a file, no folder")

    with pytest.raises(RelayUnreachable):
        FolderDelivery(tmp_path / "mails").send(MAIL)


def test_folder_that_goes_away_settles_nothing(tmp_path: Path) -> None:
    delivery = FolderDelivery(tmp_path / "mails")
    delivery.send(MAIL)
    shutil.rmtree(tmp_path / "mails")

    with pytest.raises(RelayUnreachable):
        delivery.settle()


def test_settings_choose_the_door(inst: Installation) -> None:
    with relay() as server:
        by_relay = delivery_of(replace(inst.settings, smtp=server.smtp()))
    into_folder = delivery_of(inst.settings)

    assert isinstance(by_relay, SmtpDelivery)
    assert isinstance(into_folder, FolderDelivery)
    assert into_folder.folder == inst.settings.mail_folder


# --- the pace


def test_mails_leave_at_the_set_pace() -> None:
    clock = [100.0]

    def sleep(seconds: float) -> None:
        clock[0] += seconds

    pace = Pace(5, now=lambda: clock[0], sleep=sleep)
    left = []
    for _ in range(25):
        pace.wait()
        left.append(clock[0] - 100)

    assert left[:5] == [0.0] * 5
    assert left[5:] == pytest.approx([n / 5 for n in range(1, 21)])


def test_a_rest_saves_up_one_second_s_worth_and_no_more() -> None:
    clock = [0.0]
    pace = Pace(2, now=lambda: clock[0], sleep=lambda s: clock.__setitem__(0, clock[0] + s))
    for _ in range(2):
        pace.wait()
    clock[0] += 3600

    left = []
    for _ in range(4):
        pace.wait()
        left.append(clock[0] - 3600)

    assert left == pytest.approx([0, 0, 0.5, 1.0])
