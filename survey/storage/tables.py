"""All rows of an installation, carried from one engine to another, and proof that nothing was lost on the way."""

from __future__ import annotations

import hashlib
import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from survey.storage.migrating import migrations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MADE = re.compile(r"^CREATE TABLE (\w+)", re.MULTILINE)
_MODULUS = 1 << 256
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a table holds: equal contents have the same rows, in whatever order they lie."""

    rows: int
    digest: str


class Tables(Protocol):
    """The tables of one database, in one moment or one transaction."""

    def columns(self) -> dict[str, tuple[str, ...]]:
        """The columns of each table that an installation has."""

    def rows(self, table: str, columns: tuple[str, ...]) -> Iterable[Row]:
        """Every row of the table."""

    def refill(self, columns: dict[str, tuple[str, ...]], source: Tables) -> None:
        """These tables hold what the source holds and nothing else."""


def names_in_order() -> tuple[str, ...]:
    """Every table, each behind those it refers to."""
    return (
        "migration",
        *(found[1] for _, text in migrations() for found in _MADE.finditer(text)),
    )


def contents(tables: Tables, columns: dict[str, tuple[str, ...]]) -> dict[str, Contents]:
    """What each table holds."""
    return {table: _contents(tables.rows(table, names)) for table, names in columns.items()}


def carry(source: Tables, target: Tables) -> tuple[dict[str, Contents], dict[str, Contents]]:
    """The target holds what the source holds; what each table of both holds now, to be compared."""
    columns = source.columns()
    target.refill(columns, source)
    return contents(source, columns), contents(target, target.columns())


def _contents(rows: Iterable[Row]) -> Contents:
    total = 0
    number = 0
    for row in rows:
        number += 1
        digest = hashlib.sha256(b"".join(_encoded(row))).digest()
        total += int.from_bytes(digest, "big")
    return Contents(number, f"{total % _MODULUS:064x}")


def _encoded(row: Row) -> Iterator[bytes]:
    for value in row:
        kind, content = _plain(value)
        yield kind + struct.pack(">Q", len(content))
        yield content


def _plain(value: object) -> tuple[bytes, bytes]:
    match value:
        case None:
            return b"n", b""
        case int():
            return b"i", str(value).encode("ascii")
        case float():
            return b"f", struct.pack(">d", value)
        case str():
            return b"t", value.encode("utf-8")
        case bytes() | memoryview() | bytearray():
            return b"b", bytes(value)
        case _:
            raise TypeError(type(value).__name__)
