"""The database of an installation as a whole, in a file or on a server: making, compacting, copying, examining."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from survey.errors import StorageUnavailable
from survey.storage import upkeep
from survey.storage.connection import Database, foreign_errors
from survey.storage.migrating import migrate, migrate_with, migrations
from survey.storage.sqlite_tables import tables_of_file
from survey.storage.tables import carry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from survey.settings import Settings
    from survey.storage.engine import Connection
    from survey.storage.tables import Contents


def database_of(settings: Settings) -> Database:
    """The database that the settings name."""
    return Database(settings.database, postgresql=settings.postgresql)


def is_there(settings: Settings) -> bool:
    """True if an installation's tables lie where the settings say; StorageUnavailable if the server is away."""
    if not settings.postgresql:
        return settings.database.is_file()
    from survey.storage.postgresql_schema import has_tables  # noqa: PLC0415 -- only with a server

    return has_tables(settings.postgresql)


@contextmanager
def reading(settings: Settings) -> Iterator[Connection]:
    """A connection to read with, for those who have no installation yet."""
    database = database_of(settings)
    try:
        with foreign_errors():
            yield database.read()
    finally:
        database.close()


def migrate_whole(database: Database) -> tuple[str, ...]:
    """Bring it to the newest schema; the names of the migrations applied now."""
    if not database.postgresql:
        return migrate(database.path)
    from survey.storage.postgresql_schema import migrate_server  # noqa: PLC0415 -- only with a server

    return migrate_server(database.postgresql)


def compact(database: Database) -> None:
    """What was deleted is in no file of it any longer; StorageUnavailable while somebody reads."""
    if not database.postgresql:
        upkeep.compact(database.path)
        return
    from survey.storage.postgresql_upkeep import compact_server  # noqa: PLC0415 -- only with a server

    compact_server(database.postgresql)


def copy_into(database: Database, target: Path) -> None:
    """The target is a compact file with all rows of one moment; it must not exist.

    StorageUnavailable if what arrived is not what was read.
    """
    if not database.postgresql:
        upkeep.copy_into(database.path, target)
        return
    from survey.storage.postgresql_tables import (  # noqa: PLC0415 -- only with a server
        seen_in_one_moment,
    )

    with seen_in_one_moment(database.postgresql) as source:
        applied = {str(row[0]) for row in source.rows("migration", ("name",))}
        migrate_with(target, tuple(m for m in migrations() if m[0] in applied))
        with tables_of_file(target) as copy:
            require_equal(*carry(source, copy))
    upkeep.compact(target)


@contextmanager
def replaced_by(file: Path, settings: Settings) -> Iterator[Connection]:
    """The server's tables hold what the file holds, and what is written here; all of it or nothing."""
    from survey.storage.postgresql import WritingConnection  # noqa: PLC0415 -- only with a server
    from survey.storage.postgresql_schema import migrate_server  # noqa: PLC0415 -- only with a server
    from survey.storage.postgresql_tables import (  # noqa: PLC0415 -- only with a server
        held_for_writing,
    )

    migrate_server(settings.postgresql)
    with held_for_writing(settings.postgresql) as target:
        with tables_of_file(file) as source:
            require_equal(*carry(source, target))
        yield WritingConnection(target.driver)


def require_equal(source: dict[str, Contents], target: dict[str, Contents]) -> None:
    """Nothing if both hold the same rows; else StorageUnavailable, with the first table that differs."""
    for table in sorted(source.keys() | target.keys()):
        if source.get(table) != target.get(table):
            msg = f"{table}: {source.get(table)} != {target.get(table)}"
            raise StorageUnavailable(msg)


def table_sizes(database: Database) -> dict[str, int]:
    """The number of rows of each table."""
    if not database.postgresql:
        return upkeep.sizes_of_file(database.path)
    from survey.storage.postgresql_upkeep import (  # noqa: PLC0415 -- only with a server
        table_sizes_on_server,
    )

    return table_sizes_on_server(database.postgresql)


def faults(database: Database) -> tuple[str, ...]:
    """What is wrong with the file; a server looks after its own files."""
    return () if database.postgresql else upkeep.faults(database.path)


def lost_commits(database: Database) -> int:
    """How many commits the database has lost that were durable once."""
    if not database.postgresql:
        return upkeep.lost_commits(database.path)
    from survey.storage.postgresql_upkeep import (  # noqa: PLC0415 -- only with a server
        lost_commits_of_server,
    )

    return lost_commits_of_server(database.postgresql, database.notes)


def confirm_commits(database: Database) -> None:
    """Somebody has looked: what the database has is what there is."""
    if not database.postgresql:
        upkeep.confirm_commits(database.path)
        return
    from survey.storage.postgresql_upkeep import (  # noqa: PLC0415 -- only with a server
        confirm_commits_of_server,
    )

    confirm_commits_of_server(database.postgresql, database.notes)


def server_settings(database: Database) -> dict[str, str]:
    """The server's settings that promises rest on; empty where a file holds the tables."""
    if not database.postgresql:
        return {}
    from survey.storage.postgresql_upkeep import (  # noqa: PLC0415 -- only with a server
        settings_of_server,
    )

    return settings_of_server(database.postgresql)
