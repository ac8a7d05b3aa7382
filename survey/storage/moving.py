"""An installation's tables, carried to the other engine in one step that is whole or did not happen."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from survey.storage import commit_count
from survey.storage.connection import Database
from survey.storage.migrating import migrate, migrations
from survey.storage.postgresql import WritingConnection
from survey.storage.postgresql_schema import migrate_held
from survey.storage.postgresql_tables import held_for_writing
from survey.storage.postgresql_upkeep import held_alone
from survey.storage.sqlite_tables import tables_of_file, tables_of_file_alone
from survey.storage.tables import carry
from survey.storage.upkeep import compact, confirm_commits
from survey.storage.whole_database import require_equal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from survey.storage.engine import Connection
    from survey.storage.tables import Contents, Tables


def is_upgraded(connection: Connection) -> bool:
    """True if the tables are those of the newest schema."""
    rows = connection.execute("SELECT name FROM migration").fetchall()
    return {row["name"] for row in rows} == {name for name, _ in migrations()}


def carry_to_server(source: Database, address: str) -> dict[str, Contents]:
    """The empty server has every row of the source; what each table holds. StillInUse if the service runs."""
    with _alone(source) as ours, held_for_writing(address) as server:
        migrate_held(WritingConnection(server.driver))
        before, after = carry(ours, server)
        require_equal(before, after)
    commit_count.confirm_as(Database(source.path, postgresql=address).notes, 0)
    return after


def carry_to_file(source: Database, file: Path) -> dict[str, Contents]:
    """The same into a new file, which lies there whole or not at all."""
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    migrate(unfinished)
    with _alone(source) as ours, tables_of_file(unfinished) as copy:
        before, after = carry(ours, copy)
        require_equal(before, after)
    compact(unfinished)
    unfinished.chmod(0o600)
    unfinished.rename(file)
    confirm_commits(file)
    return after


@contextmanager
def _alone(source: Database) -> Iterator[Tables]:
    if source.postgresql:
        with held_alone(source.postgresql) as tables:
            yield tables
    else:
        with tables_of_file_alone(source.path) as tables:
            yield tables
