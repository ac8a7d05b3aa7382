"""A key that is lost while its form is open: the form says so before an answer is lost, and goes on once it is back."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from survey.application import make_application
from survey.keeping.backup import make_backup
from survey.keeping.doctor import examine
from survey.keeping.key_copies import copies_beside
from survey.model.workplace import MAIN_ORGANISATION, Role
from survey.storage import boxes
from survey.urn.keys import HOST_SECRET
from tests.accessibility.client import AccessibleClient
from tests.workplace import OLGA, employ, signed_in_client

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import Invited

ANSWERS = {"overall": "good", "change": "Mehr Pausen.", "_action": "submit"}


def take_away(file: Path) -> None:
    file.unlink()


def damage(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


def put_another_in_its_place(file: Path) -> None:
    other = file.with_name("other")
    other.write_bytes(bytes(len(file.read_bytes())))
    other.replace(file)


@pytest.mark.proves("R15", "U15")
@pytest.mark.parametrize("what", ["key", "secret"])
@pytest.mark.parametrize("lose", [take_away, damage, put_another_in_its_place])
def test_a_key_lost_while_the_form_is_open_costs_no_answer(
    inst: Installation,
    open_congress: EditionRecord,
    anna: Invited,
    lose: Callable[[Path], None],
    what: str,
) -> None:
    make_backup(inst)
    key = inst.settings.keys / f"{open_congress.id}.key"
    secret = inst.settings.secret_directory / HOST_SECRET
    kept = secret.read_bytes()
    client = AccessibleClient(make_application(inst))
    path = f"/f/{anna.token}"
    assert client.get(path).status == 200

    lose(key if what == "key" else secret)

    refused = client.post(path, ANSWERS)
    assert (client.get(path).status, refused.status) == (503, 503)
    assert "Mehr Pausen." in refused.html
    assert boxes.count(inst.database.read(), open_congress.id) == 0
    told = "Der Schlüssel der Ausgabe „%(name)s“ fehlt oder passt nicht."
    assert any(found.is_urgent and found.what.key.startswith(told) for found in examine(inst))

    shutil.copy(copies_beside(inst.settings.backup_directory) / key.name, key)
    secret.write_bytes(kept)

    assert client.get(path).status == 200
    assert client.post(path, ANSWERS).status == 303
    assert boxes.count(inst.database.read(), open_congress.id) == 1
    assert not [found for found in examine(inst) if found.what.key.startswith(told)]


@pytest.mark.proves("R15")
def test_today_tells_the_organiser_of_a_lost_key(
    inst: Installation, open_congress: EditionRecord
) -> None:
    employ(inst, OLGA, Role.ORGANISER, organisation=MAIN_ORGANISATION)
    make_backup(inst)
    olga = signed_in_client(inst, OLGA)
    told = "Der Schlüssel der Ausgabe „kk2020“ fehlt oder passt nicht."
    before = told in olga.get("/arbeit").text()

    (inst.settings.keys / f"{open_congress.id}.key").unlink()

    assert (before, told in olga.get("/arbeit").text()) == (False, True)
