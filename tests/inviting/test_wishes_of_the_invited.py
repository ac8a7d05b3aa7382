from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.errors import LinkForged, LinkUnknown
from survey.inviting import invite, opt_out, request_link
from survey.mail.outbox import SendingReport
from survey.model.invitation import Registration
from survey.registering import delete, list_participants
from tests.events import DEADLINE, congress
from tests.inviting.mailings import load, person, send
from tests.people import StoppedClock, store_edition

if TYPE_CHECKING:
    from survey.installation import Installation

DAY = timedelta(days=1)


@pytest.mark.proves("S17")
def test_requested_link_comes_three_times_a_day(
    inst: Installation, invited: str, clock: StoppedClock
) -> None:
    sent = []
    for _ in range(5):
        request_link(inst, invited, " P00@example.org ")
        sent.append(send(inst).sent)
    clock.pass_by(DAY)
    request_link(inst, invited, "p00@example.org")

    assert sent == [1, 1, 1, 0, 0]
    assert send(inst).sent == 1


def test_link_requested_again_before_it_left_is_one_mail(inst: Installation, invited: str) -> None:
    for _ in range(3):
        request_link(inst, invited, "p00@example.org")

    assert send(inst).sent == 1


def test_everybody_of_a_shared_mailbox_gets_a_link(inst: Installation) -> None:
    store_edition(inst, congress())
    load(inst, [Registration("post@example.org", f"Person {n}", line=n) for n in range(5)])
    invite(inst, "kk2020")
    send(inst)

    request_link(inst, "kk2020", "post@example.org")

    assert send(inst).sent == 5


@pytest.mark.proves("S35")
@pytest.mark.parametrize(
    ("edition", "address"),
    [("kk2020", "stranger@example.org"), ("nowhere", "p00@example.org"), ("kk2020", "%"), ("", "")],
)
def test_stranger_learns_nothing_and_gets_nothing(
    inst: Installation, invited: str, edition: str, address: str
) -> None:
    assert send(inst) == SendingReport()

    request_link(inst, edition, address)

    assert send(inst) == SendingReport()
    assert invited


def test_link_is_requested_while_the_edition_is_open_only(
    inst: Installation, planned: str, clock: StoppedClock
) -> None:
    request_link(inst, planned, "p00@example.org")
    invite(inst, planned)
    send(inst)
    clock.set(DEADLINE)
    request_link(inst, planned, "p00@example.org")

    assert send(inst) == SendingReport()


def test_only_today_s_requests_are_known(
    inst: Installation, invited: str, clock: StoppedClock
) -> None:
    request_link(inst, invited, "p00@example.org")
    clock.pass_by(DAY)
    request_link(inst, invited, "p01@example.org")

    rows = inst.database.read().execute("SELECT day FROM link_request").fetchall()
    assert [row["day"] for row in rows] == ["2020-09-15"]


def test_opt_out_holds_however_often_it_is_said(inst: Installation, invited: str) -> None:
    token = inst.links.opt_out_token(invited, person(inst, 0).id)

    opt_out(inst, token)
    opt_out(inst, token)

    assert [p.has_opted_out for p in list_participants(inst, invited)] == [True] + [False] * 39


def test_opt_out_link_of_somebody_deleted_is_unknown(inst: Installation, invited: str) -> None:
    anna = person(inst, 0)
    token = inst.links.opt_out_token(invited, anna.id)
    delete(inst, invited, anna.id)

    with pytest.raises(LinkUnknown):
        opt_out(inst, token)


def test_forged_opt_out_link_changes_nothing(inst: Installation, invited: str) -> None:
    token = inst.links.opt_out_token(invited, person(inst, 0).id)

    with pytest.raises(LinkForged):
        opt_out(inst, token[:-1] + ("A" if token[-1] != "A" else "B"))

    assert not any(p.has_opted_out for p in list_participants(inst, invited))
