"""Upgrading from every schema that was ever released: a proven backup first, and nothing is lost."""

from __future__ import annotations

from contextlib import closing
from importlib import resources

import pytest

from survey.installation import Installation
from survey.keeping.backup import backups_in
from survey.keeping.restore import restore_backup
from survey.keeping.upgrade import upgrade
from survey.preparing import find_edition
from survey.storage.connection import open_connection, statements
from survey.storage.edition_text import edition_to_text
from tests.people import StoppedClock, at_rest, congress

MIGRATIONS = sorted(
    (f.name, f.read_text("utf-8"))
    for f in (resources.files("survey.storage") / "migrations").iterdir()
    if f.name.endswith(".sql")
)
ANY_ID = "0123456789abcdef"
RELEASED = "0004_urn_by_edition.sql"
"""The last migration before the workplace; installations of it exist."""
SINCE_THEN = [name for name, _ in MIGRATIONS if name >= RELEASED]


def installation_of(inst: Installation, clock: StoppedClock, last: str) -> Installation:
    """The installation as it was when that migration was the newest, with one edition in it."""
    inst.database.close()
    path = inst.settings.database
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    with closing(open_connection(path)) as connection:
        connection.execute("CREATE TABLE migration (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")
        for name, text in MIGRATIONS:
            if name <= last:
                for statement in statements(text):
                    connection.execute(statement)
                connection.execute("INSERT INTO migration (name) VALUES (:name)", {"name": name})
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
