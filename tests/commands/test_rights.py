"""What people may demand (Art. 15, 17 and 21), from end to end: by page and by command, and for good."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from survey.collecting import submit
from survey.commands.speech import WORDS
from survey.installation import Installation
from survey.inviting import invite
from survey.keeping.backup import make_backup
from survey.keeping.restore import restore_backup
from survey.model.invitation import Registration
from survey.registering import apply_import, list_participants, plan_import
from survey.sending import send_mails
from survey.storage import boxes, suppressions
from survey.storage.connection import Database
from survey.web.organiser.participants.held_words import why_no_answers
from tests.counting.ballots import a_response
from tests.events import congress
from tests.keeping.test_left_bytes import everything_below
from tests.people import add_person, store_edition, stored_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.model.event import EditionRecord
    from tests.commands.conftest import Typing
    from tests.people import Invited
    from tests.workplace import Workplace

ADDRESS = "anna@example.org"
PEOPLE = "/arbeit/ausgaben/kk2020/teilnehmende"
SEARCH = f"{PEOPLE}/auskunft?adresse=anna%40example.org"
DELETION = f"{PEOPLE}/auskunft/loeschen?adresse=anna%40example.org"


def by_page(workplace: Workplace, _: Typing) -> None:
    page = workplace.olga.get(DELETION)
    workplace.olga.press(page, DELETION, "Überall löschen", {"never_again": "y"})


def by_command(_: Workplace, typing: Typing) -> None:
    done = typing("participants", "delete-address", ADDRESS, "--never-again", "--yes")
    assert done.exit_code == 0, done.output


def register_again(inst: Installation, name: str) -> None:
    """The same registration list is read once more."""
    lines = [Registration(ADDRESS, "Anna Albrecht"), Registration("neu@example.org", "Nora Neu")]
    apply_import(inst, name, plan_import(inst, name, lines, add_only=True))


def mailed(inst: Installation) -> set[str]:
    """To whom the mails in the folder go."""
    folder = inst.settings.mail_folder
    assert folder is not None
    invite(inst, "kk2020")
    send_mails(inst, progress=lambda _done, _of: None)
    found = b"".join(path.read_bytes() for path in folder.iterdir())
    return {one for one in (ADDRESS, "neu@example.org") if one.encode() in found}


def restored(inst: Installation, backup: object) -> Installation:
    """The service after that backup was put back."""
    inst.database.close()
    restore_backup(backup, inst.settings, now=inst.clock())  # type: ignore[arg-type]
    database = Database(inst.settings.database)
    return Installation(
        inst.settings, database, inst.links, inst.keys, inst.clock, inst.random_bytes, inst.cookies
    )


@pytest.mark.proves("D13", "D14")
def test_everything_held_on_an_address_is_handed_over_by_command(
    inst: Installation, anna: Invited, run: Typing
) -> None:
    add_person(inst, store_edition(inst, congress("kk2021")), "Anna Albrecht")
    submit(inst, anna.token, a_response(3))

    text = run("participants", "information", ADDRESS.upper())
    data = run("participants", "information", ADDRESS, "--json")
    nobody = run("participants", "information", "niemand@example.org")

    assert (text.exit_code, data.exit_code, nobody.exit_code) == (0, 0, 1)
    held = [list(part["facts"].values()) for part in json.loads(data.output)["editions"]]
    assert [values[0] for values in held] == [ADDRESS] * 2
    assert {values[4] for values in held} == {"Digitale Stadt; Digitale Dörfer", "–"}
    assert all(value in text.output for values in held for value in values)
    assert all(note in text.output for note in why_no_answers(WORDS))
    assert a_response(3).answers["change"].text not in text.output


@pytest.mark.proves("D14")
def test_information_is_the_same_whether_somebody_has_answered(
    inst: Installation, anna: Invited, run: Typing
) -> None:
    before = run("participants", "information", ADDRESS).output

    submit(inst, anna.token, a_response(3))

    assert run("participants", "information", ADDRESS).output == before


@pytest.mark.proves("D15", "D16", "D17")
@pytest.mark.parametrize("remove", [by_page, by_command])
def test_who_is_deleted_and_objects_is_gone_for_good(
    workplace: Workplace,
    inst: Installation,
    anna: Invited,
    run: Typing,
    remove: Callable[[Workplace, Typing], None],
) -> None:
    submit(inst, anna.token, a_response(3))
    backup = make_backup(inst)
    assert ADDRESS in workplace.olga.get(SEARCH).text()

    remove(workplace, run)

    assert "in keiner Ausgabe" in workplace.olga.get(SEARCH).text()
    kept = suppressions.everything(inst.database.read())
    assert [cause for _, _, cause in kept] == ["opt_out"]
    assert "anna" not in repr(kept)
    again = restored(inst, backup)
    assert [p.address for p in list_participants(again, "kk2020")] == []
    assert suppressions.everything(again.database.read()) == kept
    register_again(again, "kk2020")
    assert mailed(again) == {"neu@example.org"}
    record = stored_record(again, "kk2020")
    state = boxes.state(again.database.read(), record.id)
    assert (state.boxes, state.has_answered, state.remembered) == (1, 1, 0)
    again.database.close()


@pytest.mark.proves("D16")
def test_who_is_deleted_and_does_not_object_is_written_to_when_registered_again(
    inst: Installation, anna: Invited, run: Typing
) -> None:
    run("participants", "delete-address", anna.participant.address, "--yes")
    register_again(inst, "kk2020")

    assert mailed(inst) == {ADDRESS, "neu@example.org"}


@pytest.mark.proves("D15")
def test_a_deletion_leaves_no_byte_of_the_address_in_the_database(
    inst: Installation, open_congress: EditionRecord, run: Typing
) -> None:
    add_person(inst, open_congress, "Anna Albrecht")
    inst.database.read().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert ADDRESS.encode() in everything_below(inst.settings.data)

    run("participants", "delete-address", ADDRESS, "--yes")

    inst.database.read().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert ADDRESS.encode() not in everything_below(inst.settings.data)
