from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.counting import count_edition
from survey.errors import NotAllowed
from survey.keeping.backup import backups_in, make_backup
from survey.keeping.retention import Deleted, delete_expired
from survey.model.invitation import Registration
from survey.registering import apply_import, delete, plan_import
from survey.reporting.quotes import release_text
from survey.storage import boxes, editions, links, participants, texts
from tests.counting.ballots import be_silent, close, people_answer
from tests.events import DEADLINE, congress
from tests.people import StoppedClock, open_edition, store_edition, stored_record

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.storage.connection import Connection

FORTNIGHT = timedelta(days=14)


def _bytes_below(*directories: Path) -> bytes:
    return b"".join(
        path.read_bytes() for d in directories for path in d.rglob("*") if path.is_file()
    )


def _counted(inst: Installation, clock: StoppedClock, record: EditionRecord) -> None:
    people_answer(inst, record, 12)
    close(clock)
    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)


def _write_mail(inst: Installation, name: str) -> Path:
    folder = inst.settings.mail_folder
    assert folder is not None
    folder.mkdir(exist_ok=True)
    mail = folder / name
    mail.write_text("To: p1@example.org\n\nGuten Tag, Person1 NachnameBberg")
    return mail


def test_people_of_an_edition_that_never_opened_are_deleted_too(
    inst: Installation, clock: StoppedClock
) -> None:
    planned = store_edition(inst, congress())
    plan = plan_import(inst, "kk2020", [Registration("anna@example.org", "Anna")], add_only=False)
    apply_import(inst, "kk2020", plan)
    clock.set(DEADLINE + FORTNIGHT - timedelta(days=1))
    assert delete_expired(inst) == Deleted()
    clock.set(DEADLINE + FORTNIGHT)

    deleted = delete_expired(inst)

    assert deleted.people_of == ("kk2020",)
    assert participants.of_edition(inst.database.read(), planned.id) == ()
    assert delete_expired(inst) == Deleted()


def test_nobody_comes_in_after_the_addresses_were_deleted(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, 12)
    clock.set(DEADLINE + FORTNIGHT - timedelta(days=1))
    delete_expired(inst)
    clock.set(DEADLINE + FORTNIGHT)
    delete_expired(inst)

    with pytest.raises(NotAllowed):
        plan_import(inst, "kk2020", [Registration("b@example.org", "Bernd")], add_only=True)


@pytest.mark.proves("D7")
@pytest.mark.proves("S44", "U43")
@pytest.mark.parametrize(
    ("after_deadline", "is_gone"),
    [(FORTNIGHT - timedelta(seconds=1), False), (FORTNIGHT, True)],
)
def test_people_are_deleted_a_fortnight_after_the_deadline(
    *,
    inst: Installation,
    clock: StoppedClock,
    open_congress: EditionRecord,
    after_deadline: timedelta,
    is_gone: bool,
) -> None:
    _counted(inst, clock, open_congress)
    clock.set(DEADLINE + FORTNIGHT - timedelta(days=1))
    assert delete_expired(inst) == Deleted()
    clock.set(DEADLINE + after_deadline)

    deleted = delete_expired(inst)

    assert deleted.people_of == (("kk2020",) if is_gone else ())
    assert (participants.of_edition(inst.database.read(), open_congress.id) == ()) is is_gone
    assert (stored_record(inst, "kk2020").addresses_deleted is not None) is is_gone


@pytest.mark.proves("S44", "U43")
def test_no_byte_of_the_deleted_is_left_anywhere_a_month_later(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    invited = people_answer(inst, open_congress, 12)
    mail = _write_mail(inst, "kk2020-invitation-0123456789ab.eml")
    other = _write_mail(inst, "kk2020-2-invitation-0123456789ab.eml")
    make_backup(inst)
    close(clock)
    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)
    canaries = (b"Person1 NachnameBberg", b"p1@example.org", invited[1].id.encode())
    places = (inst.settings.data, inst.settings.backup_directory)
    before = _bytes_below(*places)
    assert [c in before for c in canaries] == [True, True, True]

    clock.set(DEADLINE + FORTNIGHT - timedelta(days=1))
    delete_expired(inst)
    clock.pass_by(timedelta(days=1))
    deleted = delete_expired(inst)

    assert deleted == Deleted(people_of=("kk2020",), mails=1)
    in_data = _bytes_below(inst.settings.data)
    assert [c in in_data for c in canaries] == [False, False, False]
    assert (mail.exists(), other.exists()) == (False, True)

    for _ in range(31):  # the worker looks every day
        clock.pass_by(timedelta(days=1))
        delete_expired(inst)

    everywhere = _bytes_below(*places)
    assert [c in everywhere for c in canaries] == [False, False, False]
    assert len(backups_in(inst.settings.backup_directory)) == 1


@pytest.mark.proves("D11")
def test_a_clock_that_jumps_deletes_nothing_by_itself(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    _counted(inst, clock, open_congress)
    backups = backups_in(inst.settings.backup_directory)
    clock.pass_by(timedelta(days=400))

    assert delete_expired(inst) == Deleted()
    clock.pass_by(-timedelta(days=400))
    assert delete_expired(inst) == Deleted()
    assert backups_in(inst.settings.backup_directory) == backups
    assert len(participants.of_edition(inst.database.read(), open_congress.id)) == 15


def test_an_urn_not_counted_yet_keeps_its_boxes_and_nobody_s_name(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, 5)
    clock.set(DEADLINE + FORTNIGHT - timedelta(days=1))
    delete_expired(inst)
    clock.pass_by(timedelta(days=1))

    delete_expired(inst)

    connection = inst.database.read()
    people = participants.of_edition(connection, open_congress.id)
    assert {(p.address, p.name) for p in people} == {("", "")}
    assert links.of_participant(connection, open_congress.id, people[0].id) == ()
    assert boxes.state(connection, open_congress.id).agrees
    assert count_edition(inst, "kk2020", by_hand=True, progress=be_silent).invited == 8


@pytest.mark.proves("D12")
def test_unreleased_texts_go_when_the_next_edition_is_counted(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    _counted(inst, clock, open_congress)
    kept = texts.of_edition(inst.database.read(), open_congress.id)[0]
    release_text(inst, "kk2020", kept.id, released="Kurz")
    year = timedelta(days=365)
    later = replace(congress("kk2021"), starts=congress().starts + year, deadline=DEADLINE + year)
    record = open_edition(inst, store_edition(inst, later))

    def count(connection: Connection) -> None:
        editions.set_tallied(connection, record.id, invited=1, answered=1, unopenable=0)
        editions.set_counted(connection, record.id, clock())

    inst.database.write(count)
    delete_expired(inst)
    clock.pass_by(timedelta(days=1))

    deleted = delete_expired(inst)

    assert deleted.texts_of == ("kk2020",)
    assert [
        (t.text, t.released) for t in texts.of_edition(inst.database.read(), open_congress.id)
    ] == [("Kurz", "Kurz")]


@pytest.mark.proves("D7", "D24")
def test_after_a_late_count_no_row_and_no_fingerprint_of_anybody_is_left(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    gone = people_answer(inst, open_congress, 5)[0]
    delete(inst, "kk2020", gone.id)
    clock.set(DEADLINE + FORTNIGHT - timedelta(days=1))
    delete_expired(inst)
    clock.pass_by(timedelta(days=1))
    delete_expired(inst)
    assert count_edition(inst, "kk2020", by_hand=True, progress=be_silent).invited == 8
    connection = inst.database.read()
    assert participants.count(connection, open_congress.id) == 7
    assert len(participants.remembered(connection, open_congress.id)) == 1

    delete_expired(inst)

    connection = inst.database.read()
    assert participants.count(connection, open_congress.id) == 0
    assert participants.remembered(connection, open_congress.id) == {}
