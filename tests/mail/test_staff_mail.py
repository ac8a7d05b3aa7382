"""Mails to people who work with the service: what they say, and that they leave once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest

from survey.access.one_time_links import hash_of_token
from survey.mail.staff_mail import Block, blocks
from survey.model.profile import Profile
from survey.model.workplace import OneTimePurpose
from survey.notifying import delete_old_staff_mails, post, send_staff_mails
from survey.storage import one_time_links, profiles
from tests.mail.letters import part
from tests.mail.relay import relay
from tests.workplace import OLGA

if TYPE_CHECKING:
    from email.message import EmailMessage

    from survey.installation import Installation
    from survey.model.workplace import Account
    from survey.storage.connection import Connection
    from tests.people import StoppedClock
    from tests.workplace import Workplace


def post_link(inst: Installation, account: Account = OLGA) -> None:
    """A mail with a link to sign in is queued."""

    def work(connection: Connection) -> None:
        post(
            connection,
            organisation="main",
            account_or_address=account,
            kind="sign_in",
            values={},
            at=inst.clock(),
            opens=OneTimePurpose.SIGN_IN,
            opens_for=account.id,
        )

    inst.database.write(work)


def written_mails(inst: Installation) -> list[EmailMessage]:
    """The mails in the folder."""
    folder = inst.settings.mail_folder
    assert folder is not None
    return [
        message_from_bytes(file.read_bytes(), policy=policy.default)
        for file in sorted(folder.glob("workplace-*.eml"))
    ]


def link_in(message: EmailMessage) -> str:
    """The one-time link of the mail."""
    lines = part(message, "plain").splitlines()
    return next(line for line in lines if line.startswith("https://") and line.count("/") > 4)


def test_a_colleague_gets_a_text_and_a_page_with_one_link(workplace: Workplace) -> None:
    post_link(workplace.inst)

    assert send_staff_mails(workplace.inst) == ""

    (mail,) = written_mails(workplace.inst)
    assert (mail["To"], mail["From"]) == (
        "Olga Ohm <olga@stadt.example>",
        "Nachklang Stadt Musterstadt <noreply@feedback.example.org>",
    )
    assert (mail["Subject"], mail["Content-Language"]) == ("Ihr Link zum Anmelden", "de")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert part(mail, "plain").startswith("Guten Tag Olga Ohm,\n\nSie möchten sich")
    assert f'href="{link_in(mail)}"' in part(mail, "html")
    assert part(mail, "html").count("<h1>") == 1


def test_an_english_colleague_is_written_to_in_english(workplace: Workplace) -> None:
    post_link(workplace.inst, replace(OLGA, language="en"))

    send_staff_mails(workplace.inst)

    (mail,) = written_mails(workplace.inst)
    assert mail["Subject"] == "Your link to sign in"
    assert '<html lang="en">' in part(mail, "html")


@pytest.mark.proves("S36")
def test_the_queue_holds_nothing_that_opens_anything(workplace: Workplace) -> None:
    post_link(workplace.inst)
    before = workplace.inst.database.read().execute("SELECT hash FROM one_time_link").fetchall()
    send_staff_mails(workplace.inst)
    (mail,) = written_mails(workplace.inst)

    token = link_in(mail).rpartition("/")[2]
    data = workplace.inst.settings.data

    assert before == []
    stored = b"".join(file.read_bytes() for file in data.glob("nachklang.db*"))
    assert hash_of_token(OneTimePurpose.SIGN_IN, token).encode() in stored
    assert token.encode() not in stored


@pytest.mark.proves("S36")
def test_a_link_opens_for_one_purpose_and_a_while(
    workplace: Workplace, clock: StoppedClock
) -> None:
    post_link(workplace.inst)
    send_staff_mails(workplace.inst)
    (mail,) = written_mails(workplace.inst)
    hashed = hash_of_token(OneTimePurpose.SIGN_IN, link_in(mail).rpartition("/")[2])

    def subject(purpose: OneTimePurpose) -> str | None:
        return one_time_links.subject_of(
            workplace.inst.database.read(), hashed, purpose=purpose, at=clock()
        )

    assert subject(OneTimePurpose.SIGN_IN) == OLGA.id
    assert subject(OneTimePurpose.NEW_PASSWORD) is None
    clock.pass_by(timedelta(minutes=15))
    assert subject(OneTimePurpose.SIGN_IN) is None


def test_a_relay_that_says_later_is_asked_again(workplace: Workplace, clock: StoppedClock) -> None:
    with relay() as server:
        inst = replace(
            workplace.inst, settings=replace(workplace.inst.settings, smtp=server.smtp())
        )
        server.at_recipient["*"] = ["451 4.7.1 Later"]
        post_link(inst)

        send_staff_mails(inst)
        at_once = list(server.addresses)
        send_staff_mails(inst)
        clock.pass_by(timedelta(seconds=31))
        send_staff_mails(inst)
        send_staff_mails(inst)

    assert (at_once, server.addresses) == ([], [OLGA.address])


def test_a_relay_that_is_away_is_told_and_tried_again(
    workplace: Workplace, clock: StoppedClock
) -> None:
    with relay() as server:
        away = replace(
            workplace.inst,
            settings=replace(workplace.inst.settings, smtp=replace(server.smtp(), port=1)),
        )
        inst = replace(away, settings=replace(away.settings, smtp=server.smtp()))
        post_link(away)

        assert send_staff_mails(away) != ""
        clock.pass_by(timedelta(minutes=3))
        assert send_staff_mails(inst) == ""

    assert server.addresses == [OLGA.address]


def test_a_mail_that_was_under_way_when_the_sender_died_is_sent_again(
    workplace: Workplace,
) -> None:
    post_link(workplace.inst)
    workplace.inst.database.write(
        lambda connection: connection.execute("UPDATE staff_mail SET state = 'leased'")
    )

    send_staff_mails(workplace.inst)

    assert len(written_mails(workplace.inst)) == 1


def test_an_address_that_cannot_stand_in_a_header_holds_nobody_up(workplace: Workplace) -> None:
    post_link(workplace.inst, replace(OLGA, address="olga@stadt.example\r\nBcc: x@example.org"))
    post_link(workplace.inst)

    send_staff_mails(workplace.inst)

    (mail,) = written_mails(workplace.inst)
    assert (mail["To"], mail["Bcc"]) == ("Olga Ohm <olga@stadt.example>", None)


def test_old_mails_and_ended_links_are_deleted(workplace: Workplace, clock: StoppedClock) -> None:
    post_link(workplace.inst)
    send_staff_mails(workplace.inst)

    def left() -> tuple[int, int]:
        row = (
            workplace.inst.database.read()
            .execute(
                "SELECT (SELECT COUNT(*) FROM staff_mail) AS a, (SELECT COUNT(*) FROM one_time_link) AS b"
            )
            .fetchone()
        )
        return row["a"], row["b"]

    delete_old_staff_mails(workplace.inst)
    fresh = left()
    clock.pass_by(timedelta(days=31))
    delete_old_staff_mails(workplace.inst)

    assert (fresh, left()) == ((1, 1), (0, 0))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Eins.", (Block("Eins."),)),
        (
            "Eins.\n\nÖffnen:\nhttps://a.example/b",
            (Block("Eins."), Block("Öffnen", "https://a.example/b")),
        ),
        ("https://a.example/b", (Block("https://a.example/b", "https://a.example/b"),)),
        ("", ()),
    ],
    ids=["text", "link", "bare", "nothing"],
)
def test_paragraphs_become_text_and_links(text: str, expected: tuple[Block, ...]) -> None:
    assert blocks(text) == expected


@pytest.mark.parametrize(
    ("machine", "organisation", "expected"),
    [
        ("", "", "noreply@feedback.example.org"),
        ("", "feedback@stadt.example.org", "feedback@stadt.example.org"),
        ("dienst@example.org", "feedback@stadt.example.org", "dienst@example.org"),
    ],
    ids=["neither", "organisation", "machine"],
)
def test_the_sender_is_the_one_that_is_set(
    workplace: Workplace, machine: str, organisation: str, expected: str
) -> None:
    inst = replace(workplace.inst, settings=replace(workplace.inst.settings, staff_sender=machine))
    inst.database.write(
        lambda connection: profiles.put(
            connection, Profile("main", "Stadt Musterstadt", sender=organisation)
        )
    )
    post_link(inst)

    send_staff_mails(inst)

    (mail,) = written_mails(inst)
    assert mail["From"].addresses[0].addr_spec == expected
