"""Upgrading from every schema that was ever released: a proven backup first, and nothing is lost."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from survey.application import make_application
from survey.collecting import open_form
from survey.keeping.backup import backups_in
from survey.keeping.restore import restore_backup
from survey.keeping.upgrade import upgrade
from survey.preparing import find_edition
from survey.storage import boxes
from survey.storage.connection import open_connection
from survey.storage.edition_text import edition_to_text
from tests.accessibility.client import AccessibleClient
from tests.events import congress
from tests.keeping.old_schemas import MIGRATIONS, RELEASED, SINCE_THEN, make_schema, put_back
from tests.people import StoppedClock, at_rest

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import Invited

ANY_ID = "0123456789abcdef"


def installation_of(inst: Installation, clock: StoppedClock, last: str) -> Installation:
    """The installation as it was when that migration was the newest, with one edition in it."""
    inst.database.close()
    path = inst.settings.database
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    with closing(open_connection(path)) as connection:
        make_schema(connection, last)
        connection.execute(
            """
            INSERT INTO edition (id, name, series, definition, public_key, box_size)
            VALUES (:id, :name, :series, :definition, :key, 4096)
            """,
            {
                "id": ANY_ID,
                "name": congress().name,
                "series": congress().series,
                "definition": edition_to_text(congress()),
                "key": inst.keys.create(ANY_ID),
            },
        )
    return at_rest(inst.settings.data.parent, clock)


@pytest.mark.proves("R10")
@pytest.mark.parametrize("last", SINCE_THEN)
def test_an_installation_of_any_released_schema_is_upgraded_after_a_proven_backup(
    inst: Installation, clock: StoppedClock, last: str
) -> None:
    old = installation_of(inst, clock, last)

    upgraded = upgrade(old)

    assert upgraded.migrations == tuple(name for name, _ in MIGRATIONS if name > last)
    assert find_edition(old, congress().name).edition == congress()
    assert [folder for _, folder in backups_in(old.settings.backup_directory)] == [upgraded.backup]
    old.database.close()


def test_a_backup_from_before_an_upgrade_is_restored_in_the_newest_schema(
    inst: Installation, clock: StoppedClock
) -> None:
    old = installation_of(inst, clock, RELEASED)
    backup = upgrade(old).backup
    old.database.close()

    restored = restore_backup(backup, old.settings, now=clock())

    again = at_rest(old.settings.data.parent, clock)
    assert restored.editions == (congress().name,)
    assert find_edition(again, congress().name).edition == congress()
    again.database.close()


@pytest.mark.proves("R10")
@pytest.mark.parametrize("last", [SINCE_THEN[0], SINCE_THEN[len(SINCE_THEN) // 2]])
def test_a_form_that_is_open_during_an_upgrade_keeps_its_layout_and_takes_answers(
    inst: Installation,
    clock: StoppedClock,
    open_congress: EditionRecord,
    anna: Invited,
    last: str,
) -> None:
    path = f"/f/{anna.token}"
    before = AccessibleClient(make_application(inst)).get(path)
    layout = open_form(inst, anna.token).record.edition.questionnaire.layout_version
    inst.database.close()
    put_back(inst.settings.database, last)
    old = at_rest(inst.settings.data.parent, clock)

    upgrade(old)

    client = AccessibleClient(make_application(old))
    after = client.get(path)
    assert (after.status, after.html) == (200, before.html)
    assert open_form(old, anna.token).record.edition.questionnaire.layout_version == layout
    assert client.post(path, {"overall": "good", "_action": "submit"}).status == 303
    assert boxes.count(old.database.read(), open_congress.id) == 1
    old.database.close()
