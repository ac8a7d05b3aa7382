"""From a mail that leaves to its coming back, being seen, and being put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from survey import correcting
from survey.bouncing import BouncesRead, fetch_bounces
from survey.errors import NotAllowed
from survey.holding_lists import hold_list
from survey.installation import Installation
from survey.inviting import invite, invite_again, remind
from survey.keeping.retention import delete_expired
from survey.mail.delivery import SmtpDelivery
from survey.mail.outbox import send_due
from survey.model.event import EditionRecord
from survey.model.invitation import Campaign, Delivery, Registration
from survey.model.workplace import Role
from survey.registering import apply_import, delete, plan_import, withdraw
from survey.storage import outbox, participants
from survey.working import work_once
from tests.events import congress
from tests.mail.bounces.returned import letter, out_of_office, postfix
from tests.mail.relay import relay
from tests.people import Invited, StoppedClock, add_person, open_edition, store_edition
from tests.workplace import OLGA, employ

BOUNCES = "rueckmeldung@stadt.example"


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    """The mailbox of the installation."""
    for name in ("new", "cur"):
        (tmp_path / "Maildir" / name).mkdir(parents=True)
    return tmp_path / "Maildir"


@pytest.fixture
def reader(inst: Installation, maildir: Path) -> Installation:
    """The installation, which reads what comes back, with an organiser to be told."""
    employ(inst, OLGA, Role.ORGANISER, organisation="main")
    settings = replace(inst.settings, bounce_address=BOUNCES, bounce_maildir=maildir)
    return replace(inst, settings=settings)


def send(inst: Installation, clock: StoppedClock) -> list[str]:
    """Everything due leaves by a real SMTP server; the envelope senders it saw."""
    senders: list[str] = []
    for _ in range(5):
        with relay() as server:
            delivery = SmtpDelivery(server.smtp())
            send_due(inst, delivery, progress=lambda _done, _of: None)
            delivery.close()
        senders += server.senders
        clock.pass_by(timedelta(minutes=1))
    return senders


def comes_back(maildir: Path, content: bytes) -> None:
    """The mail server has put that into the mailbox."""
    (maildir / "new" / f"{len(list(maildir.rglob('*')))}.M1.host").write_bytes(content)


def files(maildir: Path) -> int:
    return sum(path.is_file() for path in maildir.rglob("*"))


def invitation(inst: Installation, person: Invited) -> Delivery | None:
    """Where the person's invitation stands."""
    edition = person.participant.edition
    return outbox.states(inst.database.read(), edition, Campaign.INVITATION).get(person.id)


def called_undeliverable(inst: Installation) -> list[tuple[str, str]]:
    found = correcting.undeliverable(inst, "kk2020")
    return [(each.person.name, each.reason) for each in found]


def told(inst: Installation) -> list[str]:
    """Kinds of mails to colleagues."""
    rows = inst.database.read().execute("SELECT kind FROM staff_mail").fetchall()
    return [row["kind"] for row in rows]


def test_the_envelope_says_which_mail_it_is_and_nothing_about_anybody(
    reader: Installation, anna: Invited, clock: StoppedClock
) -> None:
    invite(reader, "kk2020")

    [sender] = send(reader, clock)

    local, _, domain = sender.partition("@")
    assert (local.partition("+")[0], domain) == ("rueckmeldung", "stadt.example")
    assert len(local) <= 64
    assert anna.id not in sender
    assert "kk2020" not in sender


def test_without_the_setting_bounces_go_to_the_editions_sender(
    inst: Installation, anna: Invited, clock: StoppedClock
) -> None:
    invite(inst, "kk2020")

    assert send(inst, clock) == ["kongress@example.org"]
    assert fetch_bounces(inst) == BouncesRead()
    assert invitation(inst, anna) is Delivery.HANDED_OVER


def test_a_hard_bounce_is_marked_shown_and_told_once(
    reader: Installation, anna: Invited, bernd: Invited, clock: StoppedClock, maildir: Path
) -> None:
    invite(reader, "kk2020")
    senders = send(reader, clock)
    for _ in range(2):
        comes_back(maildir, postfix(senders[0].upper()))

    read = fetch_bounces(reader)

    assert read == BouncesRead(reports=2, failed=1)
    struck = [p for p in (anna, bernd) if invitation(reader, p) is Delivery.FAILED]
    assert called_undeliverable(reader) == [(struck[0].participant.name, "5.1.1")]
    assert told(reader) == ["addresses_bounced"]
    assert files(maildir) == 0


def test_a_bad_address_stops_the_organisations_other_mails_a_full_mailbox_does_not(
    reader: Installation, anna: Invited, bernd: Invited, clock: StoppedClock, maildir: Path
) -> None:
    by_person = {}
    for person in (anna, bernd):
        invite(reader, "kk2020", (person.id,))
        [by_person[person.id]] = send(reader, clock)
    comes_back(maildir, postfix(by_person[anna.id], status="5.1.1"))
    comes_back(maildir, postfix(by_person[bernd.id], status="5.2.2"))

    fetch_bounces(reader)

    rows = reader.database.read().execute("SELECT cause FROM suppression").fetchall()
    assert [row["cause"] for row in rows] == ["bounce"]
    stops = [
        correcting.mail_stop(reader, "kk2020", correcting.known_person(reader, "kk2020", p.id))
        for p in (anna, bernd)
    ]
    assert stops == ["bounce", None]


def test_three_soft_bounces_are_told_two_are_not(
    reader: Installation, anna: Invited, clock: StoppedClock, maildir: Path
) -> None:
    invite(reader, "kk2020")
    [sender] = send(reader, clock)
    seen = []

    for _ in range(3):
        comes_back(maildir, postfix(sender, status="4.4.1"))
        fetch_bounces(reader)
        seen.append((invitation(reader, anna), called_undeliverable(reader), told(reader)))

    nothing: tuple[Delivery, list[object], list[str]] = (Delivery.HANDED_OVER, [], [])
    assert seen == [
        nothing,
        nothing,
        (Delivery.FAILED, [("Anna Albrecht", "4.4.1")], ["addresses_bounced"]),
    ]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("forged", id="forged"),
        pytest.param("delayed", id="only late"),
        pytest.param("automatic", id="out of office"),
        pytest.param("letter", id="letter"),
    ],
)
def test_nothing_else_marks_a_mail(
    reader: Installation,
    anna: Invited,
    clock: StoppedClock,
    maildir: Path,
    content: str,
) -> None:
    invite(reader, "kk2020")
    [sender] = send(reader, clock)
    local, _, domain = sender.partition("@")
    mails = {
        "forged": postfix(f"{local[:-1]}{'b' if local[-1] == 'a' else 'a'}@{domain}"),
        "delayed": postfix(sender, action="delayed"),
        "automatic": out_of_office(sender),
        "letter": letter(sender),
    }
    comes_back(maildir, mails[content])

    fetch_bounces(reader)

    assert invitation(reader, anna) is Delivery.HANDED_OVER
    assert told(reader) == []
    assert files(maildir) == (1 if content == "letter" else 0)
    assert fetch_bounces(reader) == BouncesRead()


def test_a_corrected_address_gets_a_new_invitation_and_an_old_report_means_nothing(
    reader: Installation, anna: Invited, clock: StoppedClock, maildir: Path
) -> None:
    invite(reader, "kk2020")
    [sender] = send(reader, clock)
    comes_back(maildir, postfix(sender))
    fetch_bounces(reader)
    person = correcting.known_person(reader, "kk2020", anna.id)

    correcting.correct(
        reader,
        "kk2020",
        anna.id,
        registration=Registration(
            "anna.albrecht@example.org", person.name, sessions=person.sessions
        ),
        seen=person.seen,
    )
    after_correction = called_undeliverable(reader)
    invite_again(reader, "kk2020", anna.id)
    send(reader, clock)
    comes_back(maildir, postfix(sender))
    fetch_bounces(reader)

    assert after_correction == []
    assert invitation(reader, anna) is Delivery.HANDED_OVER
    assert called_undeliverable(reader) == []


def test_the_same_address_can_be_tried_again_and_fail_again(
    reader: Installation, anna: Invited, clock: StoppedClock, maildir: Path
) -> None:
    invite(reader, "kk2020")
    comes_back(maildir, postfix(send(reader, clock)[0]))
    fetch_bounces(reader)

    invite_again(reader, "kk2020", anna.id)
    [second] = send(reader, clock)
    comes_back(maildir, postfix(second, status="5.2.1"))
    fetch_bounces(reader)

    assert called_undeliverable(reader) == [("Anna Albrecht", "5.2.1")]


def test_who_is_withdrawn_or_deleted_is_no_trouble_any_longer(
    reader: Installation, anna: Invited, bernd: Invited, clock: StoppedClock, maildir: Path
) -> None:
    invite(reader, "kk2020")
    senders = send(reader, clock)
    for sender in senders:
        comes_back(maildir, postfix(sender))
    fetch_bounces(reader)

    withdraw(reader, "kk2020", anna.id)
    delete(reader, "kk2020", bernd.id)
    comes_back(maildir, postfix(senders[0]))
    comes_back(maildir, postfix(senders[1]))

    assert called_undeliverable(reader) == []
    assert fetch_bounces(reader) == BouncesRead(reports=2)


def test_a_reminder_that_came_back_names_nobody_where_it_went_to_the_silent_only(
    reader: Installation, anna: Invited, bernd: Invited, clock: StoppedClock, maildir: Path
) -> None:
    invite(reader, "kk2020")
    send(reader, clock)
    edition = anna.participant.edition
    reader.database.write(lambda c: participants.mark_answered(c, edition, bernd.id))
    clock.pass_by(timedelta(hours=48))
    remind(reader, "kk2020")
    [sender] = send(reader, clock)
    before = [correcting.known_person(reader, "kk2020", p.id) for p in (anna, bernd)]
    comes_back(maildir, postfix(sender))

    read = fetch_bounces(reader)

    assert read == BouncesRead(reports=1, failed=1)
    states = outbox.states(reader.database.read(), edition, Campaign.REMINDER_1)
    assert states == {anna.id: Delivery.FAILED, bernd.id: Delivery.CANCELLED}
    after = [correcting.known_person(reader, "kk2020", p.id) for p in (anna, bernd)]
    assert after == before
    assert [correcting.mail_stop(reader, "kk2020", person) for person in after] == [None, None]
    assert called_undeliverable(reader) == []
    assert told(reader) == []


def test_a_reminder_to_everybody_that_came_back_is_shown(
    reader: Installation, clock: StoppedClock, maildir: Path
) -> None:
    record = open_edition(reader, store_edition(reader, congress()), invited=21)
    add_person(reader, record, "Anna Albrecht")
    invite(reader, "kk2020")
    send(reader, clock)
    clock.pass_by(timedelta(hours=48))
    remind(reader, "kk2020")
    [sender] = send(reader, clock)
    comes_back(maildir, postfix(sender))

    fetch_bounces(reader)

    assert called_undeliverable(reader) == [("Anna Albrecht", "5.1.1")]
    assert told(reader) == ["addresses_bounced"]


def test_organisers_are_told_once_a_day_also_of_what_the_relay_refused(
    reader: Installation, anna: Invited
) -> None:
    invite(reader, "kk2020")
    with relay() as server:
        server.at_recipient[anna.participant.address] = ["550 5.1.1 no such user"] * 9
        smtp = replace(reader.settings, smtp=server.smtp(), bounce_maildir=None)
        for _ in range(2):
            work_once(replace(reader, settings=smtp), tell=lambda _trouble: None)

    assert called_undeliverable(reader) == [("Anna Albrecht", "550 5.1.1")]
    assert told(reader).count("addresses_bounced") == 1


def _bytes_below(*directories: Path) -> bytes:
    return b"".join(
        path.read_bytes() for d in directories for path in d.rglob("*") if path.is_file()
    )


def test_what_came_back_and_what_was_uploaded_goes_with_the_addresses(
    reader: Installation, anna: Invited, clock: StoppedClock, maildir: Path
) -> None:
    invite(reader, "kk2020")
    comes_back(maildir, postfix(send(reader, clock)[0], status="4.4.77"))
    fetch_bounces(reader)
    hold_list(
        reader, "kk2020", account="olga", file_name="geheime-liste.csv", content=b"vertraulich-77"
    )
    traces = (b"4.4.77", b"geheime-liste", b"vertraulich-77", anna.participant.address.encode())
    data = reader.settings.data
    before = _bytes_below(data, maildir)

    for _ in range(4):
        clock.pass_by(timedelta(hours=25))
    clock.pass_by(timedelta(days=40))
    for _ in range(3):
        delete_expired(reader)
        clock.pass_by(timedelta(hours=25))

    assert [trace in before for trace in traces] == [True, True, True, True]
    after = _bytes_below(data, maildir)
    assert [trace in after for trace in traces] == [False, False, False, False]
    for table in ("soft_bounce", "held_list"):
        rows = reader.database.read().execute(f"SELECT COUNT(*) AS n FROM {table}").fetchone()  # noqa: S608 -- our own names
        assert rows["n"] == 0


def test_the_worker_reads_the_mailbox_and_says_when_it_cannot(
    reader: Installation, open_congress: EditionRecord
) -> None:
    troubles: list[object] = []
    away = replace(reader.settings, bounce_maildir=reader.settings.data / "away")

    work_once(replace(reader, settings=away), tell=troubles.append)

    assert [type(trouble).__name__ for trouble in troubles] == ["MailboxUnreachable"]
    assert open_congress.name == "kk2020"


def test_an_address_that_a_mail_has_reached_stays_as_it_is(
    reader: Installation, anna: Invited, clock: StoppedClock
) -> None:
    # A link requested at another address would tell whether Anna has answered.
    before = correcting.known_person(reader, "kk2020", anna.id)
    right = Registration(
        "anna.albrecht@example.org", before.name, number="17", sessions=before.sessions
    )
    correct_to(reader, anna, right)
    invite(reader, "kk2020")
    send(reader, clock)
    other = replace(right, address="olga@stadt.example")

    with pytest.raises(NotAllowed):
        correct_to(reader, anna, other)
    with pytest.raises(NotAllowed):
        apply_import(reader, "kk2020", plan_import(reader, "kk2020", (other,), add_only=True))

    assert correcting.known_person(reader, "kk2020", anna.id).address == right.address


def correct_to(inst: Installation, person: Invited, registration: Registration) -> None:
    seen = correcting.known_person(inst, "kk2020", person.id).seen
    correcting.correct(inst, "kk2020", person.id, registration=registration, seen=seen)
