"""What has left is known even after the sender was killed, although the database hears of many mails at once."""

from __future__ import annotations

import errno
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from survey.errors import StorageUnavailable
from survey.inviting import invite
from survey.mail.delivery import Outcome
from survey.mail.handed_over import NAME, handed_over
from survey.mail.outbox import SendingReport, send_due
from survey.mail.unsettled import LONGEST_UNSETTLED
from survey.model.invitation import Campaign, Delivery
from tests.events import congress
from tests.mail.queued import quiet, register, states
from tests.people import make_installation, store_edition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.installation import Installation
    from survey.mail.compose import ComposedMail
    from tests.people import StoppedClock


class _Killed(BaseException):
    """The sender is no more."""


class _Counter:
    """A relay that takes everything, and at one of whose mails the sender is killed."""

    results_together = 50
    leaves_when_sent = True

    def __init__(self, inst: Installation, *, killed_at: int = 0) -> None:
        self.inst = inst
        self.killed_at = killed_at
        self.seconds = 0.0
        self.seconds_each = 0.0
        self.addresses: list[str] = []
        self.claimed: list[int] = []
        """How many mails were claimed when each came."""
        self.known: list[int] = []
        """How many mails the database knew to have left when each came."""

    def send(self, mail: ComposedMail) -> Outcome:
        if len(self.addresses) + 1 == self.killed_at:
            raise _Killed
        self.claimed.append(_count(self.inst, Delivery.LEASED))
        self.known.append(_count(self.inst, Delivery.HANDED_OVER))
        self.addresses.append(mail.recipient)
        self.seconds += self.seconds_each
        return Outcome(Delivery.HANDED_OVER, 250)

    def settle(self) -> None:
        """What it said counts."""

    def close(self) -> None:
        """Nothing to take leave of."""


def _count(inst: Installation, state: Delivery) -> int:
    row = inst.database.read().execute(
        "SELECT COUNT(*) AS n FROM outbox WHERE state = :state", {"state": state.value}
    )
    return int(row.fetchone()["n"])


def _remembered(inst: Installation) -> int:
    row = inst.database.read().execute("SELECT COUNT(*) AS n FROM recent_mail")
    return int(row.fetchone()["n"])


@pytest.fixture
def invited(either: Installation) -> Installation:
    """Forty people of a congress whose invitations are queued, in a file or on a server."""
    store_edition(either, congress())
    register(either, "kk2020", 40)
    invite(either, "kk2020")
    return either


@pytest.fixture(params=["sqlite", "postgresql"])
def either(
    request: pytest.FixtureRequest, tmp_path: Path, clock: StoppedClock
) -> Iterator[Installation]:
    is_on_server = request.param == "postgresql"
    server: str = request.getfixturevalue("postgresql") if is_on_server else ""
    installation = make_installation(tmp_path, clock, postgresql=server)
    yield installation
    installation.database.close()


def test_of_a_killed_sender_nobody_gets_a_second_mail(invited: Installation) -> None:
    killed, next_one = _Counter(invited, killed_at=14), _Counter(invited)
    with pytest.raises(_Killed):
        send_due(invited, killed, progress=quiet)
    unknown = _count(invited, Delivery.HANDED_OVER)

    report = send_due(invited, next_one, progress=quiet)

    assert (len(killed.addresses), unknown) == (13, 0)  # they could have been sent again
    assert report == SendingReport(sent=27)
    assert set(Counter(killed.addresses + next_one.addresses).values()) == {1}
    assert set(states(invited, "kk2020", Campaign.INVITATION).values()) == {Delivery.HANDED_OVER}
    assert _remembered(invited) == 40


def test_where_the_note_is_lost_with_the_power_everybody_gets_at_most_one_mail_more(
    invited: Installation,
) -> None:
    killed, next_one = _Counter(invited, killed_at=14), _Counter(invited)
    with pytest.raises(_Killed):
        send_due(invited, killed, progress=quiet)
    os.truncate(invited.database.path.with_name(NAME), 0)

    report = send_due(invited, next_one, progress=quiet)

    assert report == SendingReport(sent=40)
    found = Counter(killed.addresses + next_one.addresses)
    assert (len(found), max(found.values())) == (40, 2)


def test_after_a_pass_nothing_is_noted(invited: Installation) -> None:
    send_due(invited, _Counter(invited), progress=quiet)

    file = invited.database.path.with_name(NAME)
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"", 0o600)


def test_where_nothing_can_be_noted_the_database_hears_of_each_mail(
    invited: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write

    def full(descriptor: int, content: bytes) -> int:
        if Path(f"/proc/self/fd/{descriptor}").readlink().name == NAME:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(descriptor, content)

    monkeypatch.setattr(os, "write", full)
    relay = _Counter(invited)

    report = send_due(invited, relay, progress=quiet)

    assert report == SendingReport(sent=40)
    assert relay.known == list(range(40))


def test_a_slow_relay_s_mails_are_known_before_the_next_one_leaves(invited: Installation) -> None:
    quick, slow = _Counter(invited, killed_at=11), _Counter(invited)
    with pytest.raises(_Killed):
        send_due(invited, quick, progress=quiet)
    slow.seconds_each = LONGEST_UNSETTLED / 2.5

    send_due(invited, slow, progress=quiet, now=lambda: slow.seconds)

    assert quick.known == [0] * 10
    assert slow.known[:8] == [10, 10, 10, 10, 14, 14, 14, 14]


@pytest.mark.parametrize(
    ("seconds_each", "first", "claimed_next"),
    [(0.001, 20, 80), (0.02, 20, 50)],
    ids=["quick", "slow"],
)
def test_more_are_claimed_at_once_where_they_leave_within_a_second(
    inst: Installation, seconds_each: float, first: int, claimed_next: int
) -> None:
    store_edition(inst, congress())
    register(inst, "kk2020", first + 80)
    invite(inst, "kk2020")
    relay = _Counter(inst)
    relay.seconds_each = seconds_each

    send_due(inst, relay, progress=quiet, now=lambda: relay.seconds)

    assert relay.claimed[0] == first  # of a campaign's first mails
    assert relay.claimed[first] == claimed_next


def test_a_note_that_was_not_finished_names_nobody(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"<a@example.org>\n<b@example.o")

    with handed_over(tmp_path / "nachklang.sqlite") as noted:
        found = noted.message_ids()
        noted.clear()
        noted.note("<c@example.org>")

    assert found == {"<a@example.org>"}
    assert (tmp_path / NAME).read_bytes() == b"<c@example.org>\n"


def test_without_a_place_for_the_note_nothing_is_sent(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()

    with pytest.raises(StorageUnavailable), handed_over(tmp_path / "nachklang.sqlite"):
        pass
