"""The service writes to itself, and reads what the receiving mail server says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.bouncing import fetch_bounces
from survey.errors import MailRefused, NotAllowed, RelayUnreachable
from survey.mail.authentication_results import Findings, Verdict
from survey.mail_checking import (
    HOLDS_FOR,
    answer_for_mail_check,
    look_for_mail_checks,
    mail_checks_of,
    needs_mail_check,
    own_mailbox,
    read_mail_checks,
    read_pasted_headers,
    require_mail_check,
    send_mail_check,
)
from survey.preparing import create_edition, find_edition
from survey.storage.deeds import all_deeds
from tests.events import congress
from tests.mail.queued import register
from tests.mail.relay import Relay, relay
from tests.mail.test_authentication_results import PROTECTED
from tests.people import open_edition, store_edition
from tests.workplace import FOREIGN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from survey.installation import Installation
    from survey.mail_checking import MailCheck
    from tests.people import StoppedClock

SENDER = "kongress@example.org"
BOUNCES = "rueckmeldung@example.org"
GOOD = (
    "mx.example.org; dkim=pass header.d=example.org; spf=pass smtp.mailfrom=kongress@example.org;"
    " dmarc=pass header.from=example.org"
)
PASSED = Findings(*(Verdict.PASSED,) * 4)


@pytest.fixture
def server() -> Iterator[Relay]:
    with relay() as running:
        yield running


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    for name in ("new", "cur"):
        (tmp_path / "Maildir" / name).mkdir(parents=True)
    return tmp_path / "Maildir"


@pytest.fixture
def checked_inst(inst: Installation, server: Relay, maildir: Path) -> Installation:
    """An installation with a relay, a mailbox it reads, and a congress."""
    settings = replace(
        inst.settings, smtp=server.smtp(), bounce_address=BOUNCES, bounce_maildir=maildir
    )
    made = replace(inst, settings=settings)
    store_edition(made, congress())
    return made


def sent(server: Relay, *, results: str = GOOD, way: str = PROTECTED) -> bytes:
    """The mail as it lies in the mailbox of the receiving server."""
    _, message = server.received[-1]
    return f"Authentication-Results: {results}\nReceived: {way}\n".encode() + message.as_bytes()


def only(inst: Installation) -> MailCheck:
    (check,) = mail_checks_of(inst, "main")
    return check


def test_each_sender_of_the_organisation_can_be_checked(checked_inst: Installation) -> None:
    create_edition(
        checked_inst, replace(congress("fern"), sender="a@fern.example"), owner=FOREIGN.id
    )

    assert [c.sender for c in mail_checks_of(checked_inst, "main")] == [SENDER]
    assert [c.sender for c in mail_checks_of(checked_inst, FOREIGN.id)] == ["a@fern.example"]
    with pytest.raises(NotAllowed):
        send_mail_check(checked_inst, "main", sender="a@fern.example", to=BOUNCES)


def test_what_the_receiving_server_says_is_kept(checked_inst: Installation, server: Relay) -> None:
    send_mail_check(checked_inst, "main", sender=SENDER, to=own_mailbox(checked_inst))
    on_its_way = only(checked_inst)

    read = read_mail_checks(checked_inst, [b"Subject: anderes\n\n", sent(server)])

    assert (server.addresses, server.senders) == ([BOUNCES], [SENDER])
    assert (on_its_way.findings, on_its_way.holds) == (None, False)
    assert (read, only(checked_inst).findings, only(checked_inst).holds) == (1, PASSED, True)


def test_the_mail_carries_what_dkim_has_to_cover(checked_inst: Installation, server: Relay) -> None:
    send_mail_check(checked_inst, "main", sender=SENDER, to=BOUNCES)

    (_, message) = server.received[0]

    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("reader", [look_for_mail_checks, fetch_bounces])
def test_it_is_found_in_the_mailbox_and_taken_out(
    checked_inst: Installation,
    server: Relay,
    maildir: Path,
    reader: Callable[[Installation], object],
) -> None:
    send_mail_check(checked_inst, "main", sender=SENDER, to=BOUNCES)
    (maildir / "new" / "1").write_bytes(sent(server))
    (maildir / "new" / "2").write_bytes(b"Subject: Hallo\n\nvon einem Menschen\n")

    reader(checked_inst)

    assert only(checked_inst).holds
    left = [path.name.partition(":")[0] for path in maildir.rglob("*") if path.is_file()]
    assert left == ["2"]


def test_a_check_that_failed_holds_nothing(checked_inst: Installation, server: Relay) -> None:
    send_mail_check(checked_inst, "main", sender=SENDER, to=BOUNCES)
    failed = GOOD.replace("dkim=pass", "dkim=fail")

    read_mail_checks(checked_inst, [sent(server, results=failed)])

    found = only(checked_inst).findings
    assert found is not None
    assert (found.dkim, found.spf, only(checked_inst).holds) == (
        Verdict.FAILED,
        Verdict.PASSED,
        False,
    )


def test_a_pass_holds_for_ninety_days(
    checked_inst: Installation, server: Relay, clock: StoppedClock
) -> None:
    send_mail_check(checked_inst, "main", sender=SENDER, to=BOUNCES)
    read_mail_checks(checked_inst, [sent(server)])

    clock.pass_by(HOLDS_FOR)
    at_the_end = only(checked_inst).holds
    clock.pass_by(timedelta(seconds=1))

    assert (at_the_end, only(checked_inst).holds) == (True, False)


def test_a_mail_that_does_not_come_in_a_day_is_lost(
    checked_inst: Installation, server: Relay, clock: StoppedClock
) -> None:
    send_mail_check(checked_inst, "main", sender=SENDER, to=BOUNCES)
    clock.pass_by(timedelta(hours=24, seconds=1))

    read = read_mail_checks(checked_inst, [sent(server)])

    assert (read, only(checked_inst).is_lost) == (0, True)


def test_pasted_headers_count_if_they_are_of_that_mail(
    checked_inst: Installation, server: Relay
) -> None:
    send_mail_check(checked_inst, "main", sender=SENDER, to="olga@stadt.example")
    text = sent(server).decode().partition("\n\n")[0]

    for wrong in ("Guten Tag", text.replace("Message-ID: <", "Message-ID: <0"), ""):
        with pytest.raises(NotAllowed):
            read_pasted_headers(checked_inst, "main", sender=SENDER, text=wrong)
    with pytest.raises(NotAllowed):
        read_pasted_headers(checked_inst, FOREIGN.id, sender=SENDER, text=text)
    read_pasted_headers(checked_inst, "main", sender=SENDER, text=text.replace("\n", "\r\n"))

    assert only(checked_inst).holds


def test_a_relay_that_refuses_or_is_away_is_told_apart(
    checked_inst: Installation, server: Relay
) -> None:
    server.at_recipient[BOUNCES] = ["550 5.7.1 Not you"]
    with pytest.raises(MailRefused):
        send_mail_check(checked_inst, "main", sender=SENDER, to=BOUNCES)
    with relay() as gone:
        smtp = gone.smtp()
    away = replace(checked_inst, settings=replace(checked_inst.settings, smtp=smtp))
    with pytest.raises(RelayUnreachable):
        send_mail_check(away, "main", sender=SENDER, to=BOUNCES)


@pytest.mark.parametrize(("people", "is_needed"), [(100, False), (101, True)])
def test_only_a_first_campaign_to_many_needs_a_check(
    checked_inst: Installation, server: Relay, people: int, *, is_needed: bool
) -> None:
    register(checked_inst, "kk2020", people)
    record = find_edition(checked_inst, "kk2020")

    assert needs_mail_check(checked_inst, record) is is_needed

    without = replace(checked_inst, settings=replace(checked_inst.settings, smtp=None))
    assert not needs_mail_check(without, record)
    send_mail_check(checked_inst, "main", sender=SENDER, to=BOUNCES)
    read_mail_checks(checked_inst, [sent(server)])
    assert not needs_mail_check(checked_inst, record)


def test_somebody_may_answer_for_going_without(checked_inst: Installation) -> None:
    register(checked_inst, "kk2020", 101)
    record = find_edition(checked_inst, "kk2020")
    with pytest.raises(NotAllowed):
        require_mail_check(checked_inst, record)

    answer_for_mail_check(checked_inst, record)

    require_mail_check(checked_inst, record)
    assert all_deeds(checked_inst.database.read())[-1].deed == "sending without mail check"


def test_an_open_edition_needs_no_check_any_more(checked_inst: Installation) -> None:
    register(checked_inst, "kk2020", 101)

    opened = open_edition(checked_inst, find_edition(checked_inst, "kk2020"))

    assert not needs_mail_check(checked_inst, opened)
