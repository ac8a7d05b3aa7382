"""The tables on a server: made and upgraded by the same migrations as in a file."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from survey.storage.migrating import migrations
from survey.storage.postgresql import WritingConnection, open_plainly
from survey.storage.postgresql_tables import held_for_writing, server_faults
from survey.storage.postgresql_text import BEFORE_ALL, server_statements

if TYPE_CHECKING:
    from survey.storage.engine import Connection


def migrate_server(address: str) -> tuple[str, ...]:
    """Bring the server's database to the newest schema; the names of the migrations applied now.

    All of them or none; of several machines that upgrade at once, one does it.
    """
    with held_for_writing(address) as tables:
        return migrate_held(WritingConnection(tables.driver))


def migrate_held(connection: Connection) -> tuple[str, ...]:
    """The same in a transaction that has begun and does more."""
    applied: list[str] = []
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
    return tuple(applied)


def has_tables(address: str) -> bool:
    """True if an installation's tables lie in the server's database."""
    with server_faults(), closing(open_plainly(address)) as driver:
        return is_founded(WritingConnection(driver))


def is_founded(connection: Connection) -> bool:
    """True if an installation's tables lie in the database."""
    found = connection.execute("SELECT to_regclass('migration') IS NOT NULL AS found").fetchone()
    return bool(found["found"])
