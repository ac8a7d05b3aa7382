"""An old installation upgraded again and again, killed at each statement of its migrations.

A program of its own, since it forks and traces: ``python -m tests.faults.killed_upgrades TEMPLATE WORK [WORD…]``.
TEMPLATE is an installation with an old schema. Prints how many steps there were, how many different states they left,
and from how many of these the next upgrade did not come to today's schema with every row, or had no backup.

``killed``: with a real kill at each step; without, from copies of what lies on the disk at each step.
``unguarded`` is the broken upgrade that this must not bear: its migrations are no transactions.
"""

from __future__ import annotations

import shutil
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from survey.keeping import upgrade as upgrading
from survey.keeping.backup import DATABASE, backups_in
from survey.storage import connection, migrating
from tests.faults.leavings import rows_left, state_left
from tests.faults.left_behind import Doing
from tests.faults.steps import before_each_step, in_child
from tests.people import StoppedClock, at_rest, empty_database

if TYPE_CHECKING:
    from collections.abc import Callable

Rows = dict[str, list[str]]


def main(
    template: Path,
    work: Path,
    *,
    is_killed: bool,
    once_is_enough: bool,
) -> None:
    """Upgrade again from everything that is left, and print how much that was, and what was lost."""
    fresh = _schema(_fresh(work))
    old = rows_left(template / "data" / DATABASE)
    _lay_out(template, work)
    assert in_child(lambda: _upgrade(work)) == 0
    expected = rows_left(work / "data" / DATABASE)
    database = work / "data" / DATABASE
    met: set[str] = set()
    steps = lost = 0
    doing = Doing(
        work,
        lambda: _lay_out(template, work),
        lambda act: _upgrade(work, act),
        may_fail=once_is_enough,
    )
    for number in doing.by_kills() if is_killed else doing.by_copies():
        steps = max(steps, number)
        left = state_left(work / "data")
        if left not in met or is_killed:
            met.add(left)
            lost += not _is_backed_up(work, old)
            again = in_child(lambda: _upgrade(work))
            if again and once_is_enough:
                lost += 1
                break
            lost += again != 0 or _schema(database) != fresh or rows_left(database) != expected
    print(steps, len(met), lost)  # noqa: T201 -- the answer


def _upgrade(work: Path, act: Callable[[int], None] | None = None) -> None:
    """As `nachklang upgrade` does; `act` comes in once the migrations have begun."""
    migrate = connection.migrate

    def traced(database: connection.Database) -> tuple[str, ...]:
        if act is not None:
            before_each_step(act)
        return migrate(database.path)

    upgrading.migrate_whole = traced  # type: ignore[attr-defined]  # in this process only
    upgrading.upgrade(at_rest(work, StoppedClock()))


def _lay_out(template: Path, work: Path) -> None:
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(template, work)


def _is_backed_up(work: Path, old: Rows) -> bool:
    """True if a finished backup holds every row as it was."""
    found = backups_in(work / "backups")
    return bool(found) and all(rows_left(folder / DATABASE) == old for _, folder in found)


def _fresh(work: Path) -> Path:
    path = work.with_name("fresh.db")
    path.write_bytes(empty_database())
    return path


def _schema(database: Path) -> list[tuple[str, str, str]]:
    """Every table with its columns, and every index, as SQLite knows them."""
    with closing(connection.open_connection(database)) as read:
        names = [
            row[0]
            for row in read.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            )
        ]
        columns = [
            (name, row["name"], repr(tuple(row)))
            for name in names
            for row in read.execute(f"PRAGMA table_info({name})")
        ]
        indexes = [
            (row["name"], row["tbl_name"], str(row["sql"]))
            for row in read.execute(
                "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name"
            )
        ]
        migrations = [
            ("migration", row[0], "")
            for row in read.execute("SELECT name FROM migration ORDER BY name")
        ]
    return [*columns, *indexes, *migrations]


def _migrate_without_a_transaction() -> None:
    statements = migrating.statements
    migrating.statements = lambda text: ("COMMIT", *statements(text), "BEGIN IMMEDIATE")


if __name__ == "__main__":
    words = sys.argv[3:]
    if "unguarded" in words:
        _migrate_without_a_transaction()
    main(
        Path(sys.argv[1]),
        Path(sys.argv[2]),
        is_killed="killed" in words,
        once_is_enough="unguarded" in words,
    )
