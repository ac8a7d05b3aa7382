"""Organisers hear by mail what happened without them: once, everybody of theirs, and without a figure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.keeping.key_copies import copy_keys
from survey.mail.staff_mail import StaffLetter, compose_staff_mail
from survey.mail_standing import resume_sending
from survey.model.invitation import Campaign
from survey.model.workplace import Role
from survey.notifying import NEWS_FOR, notify_organisers
from survey.preparing import find_edition
from survey.storage import campaigns, organisations, publications, staff_mails
from survey.storage.publications import Publication
from tests.events import network_call
from tests.mail.letters import read
from tests.people import START, store_edition
from tests.workplace import FOREIGN, FRIEDA, OLGA, PAUL, employ, furnish

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import StoppedClock

KINDS = ("sending_paused", "edition_counted", "report_ready", "key_not_backed_up", "mail_held")


@pytest.fixture(autouse=True)
def staff(inst: Installation) -> None:
    """Olga organises, Paul plans, Frieda organises elsewhere."""
    inst.database.write(lambda connection: organisations.insert(connection, FOREIGN))
    employ(inst, OLGA, Role.ORGANISER, organisation="main")
    employ(inst, PAUL, Role.PLANNER, organisation="main")
    employ(inst, FRIEDA, Role.ORGANISER, organisation=FOREIGN.id)


def told(inst: Installation) -> list[tuple[str, str]]:
    """Kind and recipient of every mail that was queued."""
    rows = inst.database.read().execute("SELECT kind, address FROM staff_mail ORDER BY kind")
    return [(row["kind"], row["address"]) for row in rows]


def pause(inst: Installation, record: EditionRecord, because: str) -> None:
    def work(connection: object) -> None:
        campaigns.start(
            connection,  # type: ignore[arg-type]
            record.id,
            kind=Campaign.INVITATION,
            started=START,
        )
        campaigns.pause(connection, record.id, kind=Campaign.INVITATION, because=because)  # type: ignore[arg-type]

    inst.database.write(work)


def test_sending_that_stopped_itself_is_told_once_and_again_when_it_stops_again(
    inst: Installation,
) -> None:
    record = store_edition(inst, network_call())
    pause(inst, record, "failures")

    notify_organisers(inst)
    notify_organisers(inst)
    once = told(inst)
    resume_sending(inst, record.name)
    notify_organisers(inst)
    pause(inst, record, "554 5.7.1")
    notify_organisers(inst)

    assert once == [("sending_paused", OLGA.address)]
    assert told(inst) == [("sending_paused", OLGA.address)] * 2


def test_sending_that_a_person_paused_is_no_news(inst: Installation) -> None:
    record = store_edition(inst, network_call())
    pause(inst, record, "person")

    notify_organisers(inst)

    assert told(inst) == []


@pytest.mark.usefixtures("open_congress")
def test_a_key_without_a_copy_is_told_until_there_is_one(
    inst: Installation, tmp_path: Path
) -> None:
    notify_organisers(inst)
    before = told(inst)
    copy_keys(inst, tmp_path / "keys")

    notify_organisers(inst)

    assert before == told(inst) == [("key_not_backed_up", OLGA.address)]


def test_a_count_and_a_report_are_told_while_they_are_news(
    inst: Installation, clock: StoppedClock
) -> None:
    furnish(inst, clock)
    counted = find_edition(inst, "kk2019")
    assert counted.key_destroyed is not None
    published = Publication(1, (), counted.key_destroyed)
    inst.database.write(lambda c: publications.insert(c, counted.id, published))
    clock.set(counted.key_destroyed + NEWS_FOR)
    notify_organisers(inst)
    assert not {"edition_counted", "report_ready"} & {kind for kind, _ in told(inst)}

    clock.set(counted.key_destroyed + NEWS_FOR - timedelta(seconds=1))
    notify_organisers(inst)
    notify_organisers(inst)

    assert [t for t in told(inst) if t[0] in {"edition_counted", "report_ready"}] == [
        ("edition_counted", OLGA.address),
        ("report_ready", OLGA.address),
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_each_mail_names_the_edition_and_a_page_and_no_figure(
    inst: Installation, kind: str, language: str
) -> None:
    mail = staff_mails.StaffMail(
        id="0" * 32,
        organisation="main",
        account=OLGA.id,
        address=OLGA.address,
        name=OLGA.name,
        language="en" if language == "en" else "de",
        kind=kind,
        facts={"edition": "kk", "title": "Kongress"},
        opens=None,
        opens_for="",
        queued=inst.clock(),
    )
    letter = StaffLetter(
        mail=mail,
        organisation="Stadt",
        sender="noreply@stadt.example",
        sender_name="Nachklang",
        link="",
        base_url="https://feedback.example.org",
        written=inst.clock(),
    )

    message = read(compose_staff_mail(letter))

    body = message.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "Kongress" in str(message["Subject"])
    assert "https://feedback.example.org/arbeit" in text
    assert not any(character.isdigit() for character in text)
