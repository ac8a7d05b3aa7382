"""apsw as far as the service needs a driver, so that its own statements run over a file system of ours.

`install` must come before anything of the service is imported: the driver is chosen then, once for the
process. One file is never opened through two SQLite libraries.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

import apsw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Error = apsw.Error
OperationalError = apsw.Error
IntegrityError = apsw.ConstraintError
sqlite_version = apsw.sqlite_lib_version()
sqlite_version_info = tuple(int(part) for part in sqlite_version.split("."))

PAGES_BETWEEN_CHECKPOINTS = 30
"""Instead of a thousand: so that many faults fall into checkpoints."""
FULL = 2

_weaker = ""
"""The `synchronous` that every connection gets behind the back of whoever asks for FULL."""
_is_lying = False
_opened: list[Connection] = []


def install(*, vfs: str = "", synchronous: str = "", lying: bool = False) -> None:
    """The service's driver is apsw, over the file system with that name, with another `synchronous` than asked for."""
    global _weaker, _is_lying  # noqa: PLW0603 -- one driver per process
    if vfs:
        apsw.set_default_vfs(vfs)
    _weaker = synchronous
    _is_lying = lying
    sys.modules["pysqlite3"] = sys.modules["pysqlite3.dbapi2"] = sys.modules[__name__]


def close_all() -> None:
    """No connection is left."""
    while _opened:
        _opened.pop().close()


class Row:
    """One row, by place and by name."""

    def __init__(self, names: tuple[str, ...], values: tuple[Any, ...]) -> None:
        self._names = names
        self._values = values

    def __getitem__(self, key: int | str) -> Any:
        return self._values[key if isinstance(key, int) else self._names.index(key)]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def keys(self) -> tuple[str, ...]:
        """The names."""
        return self._names


class Cursor:
    """What came of one statement."""

    def __init__(self, rows: list[Row], rowcount: int) -> None:
        self._rows = iter(rows)
        self.rowcount = rowcount

    def __iter__(self) -> Iterator[Row]:
        return self._rows

    def fetchone(self) -> Row | None:
        """The next row."""
        return next(self._rows, None)

    def fetchall(self) -> list[Row]:
        """All rows that are left."""
        return list(self._rows)


class Connection:
    """One connection."""

    row_factory: Callable[..., Any] | None = None

    def __init__(self, path: str) -> None:
        self._real = apsw.Connection(path)
        self._real.execute(f"PRAGMA wal_autocheckpoint={PAGES_BETWEEN_CHECKPOINTS}")
        _opened.append(self)

    def execute(self, sql: str, values: Mapping[str, object] | None = None) -> Cursor:
        """Run one statement."""
        if _weaker and sql.startswith("PRAGMA synchronous"):
            self._real.execute(f"PRAGMA synchronous={_weaker}")
            if _is_lying:
                return Cursor([Row(("synchronous",), (FULL,))], 0)
            sql = "PRAGMA synchronous"
        cursor = self._real.cursor()
        cursor.row_trace = _row
        before = self._real.total_changes()
        rows: list[Row] = cursor.execute(sql, values).fetchall()  # type: ignore[assignment]
        return Cursor(rows, self._real.total_changes() - before)

    def executemany(self, sql: str, rows: Iterable[Mapping[str, object]]) -> Cursor:
        """Run one statement for many rows."""
        before = self._real.total_changes()
        self._real.executemany(sql, rows)
        return Cursor([], self._real.total_changes() - before)

    def close(self) -> None:
        """Closed, whatever the disk says of it."""
        with suppress(
            apsw.Error
        ):  # SQLite itself does not tell of what goes wrong in its last checkpoint
            self._real.close(force=True)

    def __enter__(self) -> Self:
        return self


def connect(path: str, *, factory: type[Connection] = Connection, **options: object) -> Connection:
    """A connection."""
    del options
    return factory(path)


def _row(cursor: apsw.Cursor, values: tuple[Any, ...]) -> Row:
    return Row(tuple(name for name, _ in cursor.get_description()), values)
