"""What an engine must be able to do, and what storage modules need of a connection; no driver is known here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from survey.model.workplace import Actor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

NOBODY = Actor()


class ConstraintBroken(Exception):
    """A change would have broken a rule of the schema: a second row of one key, or one that refers to nothing."""


class StillInUse(Exception):
    """Somebody else has the database open, who would go on writing into it."""


class Rows:
    """What one statement has found."""

    __slots__ = ("_found", "rowcount")

    def __init__(self, found: list[Any], rowcount: int) -> None:
        self._found = found
        self.rowcount = rowcount

    def __iter__(self) -> Iterator[Any]:
        """Row by row."""
        return iter(self._found)

    def fetchall(self) -> list[Any]:
        """Every row."""
        return self._found

    def fetchone(self) -> Any | None:  # noqa: ANN401 -- drivers' rows
        """The first row, if there is one."""
        return self._found[0] if self._found else None


class Connection(Protocol):
    """What storage modules need of a connection; rows are read by column name."""

    actor: Actor
    """Who stands behind the changes that are being made."""

    def execute(self, sql: str, values: Mapping[str, object] = ..., /) -> Any:  # noqa: ANN401 -- drivers' cursors
        """Run one statement."""

    def executemany(self, sql: str, rows: Iterable[Mapping[str, object]], /) -> Any:  # noqa: ANN401 -- drivers' cursors
        """Run one statement for many rows."""


class Writing(Protocol):
    """The writer's own connection."""

    errors: tuple[type[Exception], ...]
    """What the driver raises."""
    constraint: type[Exception]
    """That of them which is no fault but a refusal."""

    @property
    def connection(self) -> Connection:
        """What storage modules write with."""

    def is_current(self) -> bool:
        """False if another database lies there now."""

    def begin(self) -> None:
        """From here to the end of the transaction nobody else writes, in no process and on no machine."""

    def commit(self) -> None:
        """What was written is durable."""

    def note(self) -> None:
        """The commit is on record outside the database."""

    def close(self) -> None:
        """Never to be used again; what is not committed is undone."""


class Engine(Protocol):
    """Keeps the tables of one installation."""

    is_quick_to_read: bool
    """True where a read takes microseconds, so that it need not leave the event loop."""

    def read(self) -> Connection:
        """A connection that sees what is committed, and cannot write; StorageUnavailable if there is none."""

    def open_writing(self) -> Writing:
        """A fresh connection with the settings every promise rests on."""

    def close(self) -> None:
        """Let go of this thread's connections."""
