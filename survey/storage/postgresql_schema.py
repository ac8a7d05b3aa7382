"""The tables on a server: made and upgraded by the same migrations as in a file."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from survey.storage.migrating import migrations
from survey.storage.postgresql import (
    WritingConnection,
    lock_for_writing,
    open_durably,
    open_plainly,
)
from survey.storage.postgresql_tables import server_faults
from survey.storage.postgresql_text import BEFORE_ALL, server_statements

if TYPE_CHECKING:
    from survey.storage.engine import Connection


def migrate_server(address: str) -> tuple[str, ...]:
    """Bring the server's database to the newest schema; the names of the migrations applied now.

    All of them or none; of several machines that upgrade at once, one does it.
    """
    applied: list[str] = []
    with server_faults(), open_durably(address) as driver:
        connection = WritingConnection(driver)
        lock_for_writing(driver)
        if not is_founded(connection):
            for statement in BEFORE_ALL:
                connection.execute(statement)
        done = {row["name"] for row in connection.execute("SELECT name FROM migration")}
        for name, text in migrations():
            if name not in done:
                for statement in server_statements(text):
                    connection.execute(statement)
                connection.execute("INSERT INTO migration (name) VALUES (:name)", {"name": name})
                applied.append(name)
        driver.execute("COMMIT")
    return tuple(applied)


def has_tables(address: str) -> bool:
    """True if an installation's tables lie in the server's database."""
    with server_faults(), closing(open_plainly(address)) as driver:
        return is_founded(WritingConnection(driver))


def is_founded(connection: Connection) -> bool:
    """True if an installation's tables lie in the database."""
    found = connection.execute("SELECT to_regclass('migration') IS NOT NULL AS found").fetchone()
    return bool(found["found"])
