"""The tables on a server: made and upgraded by the same migrations as in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

from survey.errors import StorageUnavailable
from survey.storage.migrating import migrations
from survey.storage.postgresql import WritingConnection, lock_for_writing, open_durably
from survey.storage.postgresql_text import BEFORE_ALL, server_statements

if TYPE_CHECKING:
    from survey.storage.engine import Connection


def migrate_server(address: str) -> tuple[str, ...]:
    """Bring the server's database to the newest schema; the names of the migrations applied now.

    All of them or none; of several machines that upgrade at once, one does it.
    """
    applied: list[str] = []
    with open_durably(address) as driver:
        connection = WritingConnection(driver)
        try:
            lock_for_writing(driver)
            if not is_founded(connection):
                for statement in BEFORE_ALL:
                    connection.execute(statement)
            done = {row["name"] for row in connection.execute("SELECT name FROM migration")}
            for name, text in migrations():
                if name not in done:
                    for statement in server_statements(text):
                        connection.execute(statement)
                    connection.execute(
                        "INSERT INTO migration (name) VALUES (:name)", {"name": name}
                    )
                    applied.append(name)
            driver.execute("COMMIT")
        except psycopg.Error as error:
            raise StorageUnavailable(str(error)) from error
    return tuple(applied)


def is_founded(connection: Connection) -> bool:
    """True if an installation's tables lie in the database."""
    found = connection.execute("SELECT to_regclass('migration') IS NOT NULL AS found").fetchone()
    return bool(found["found"])
