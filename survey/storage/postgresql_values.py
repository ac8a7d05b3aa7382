"""Values on their way to a PostgreSQL server and back: the same as in a file."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import psycopg
from psycopg.adapt import AdaptersMap, Dumper, Loader
from psycopg.types.string import StrDumper

if TYPE_CHECKING:
    from psycopg.abc import Buffer


class _YesNo(Dumper):
    """Yes and no are 1 and 0, as in a file."""

    oid = 20

    def dump(self, obj: bool) -> Buffer:  # noqa: FBT001 -- the driver's way
        return b"1" if obj else b"0"


class _Text(StrDumper):
    """A server keeps no NUL: whoever slips one in finds nothing by it, as with any other strange character."""

    def dump(self, obj: str) -> Buffer | None:
        return super().dump(obj.replace("\x00", "\ufffd"))


class _Sum(Loader):
    """Sums of whole numbers are whole numbers."""

    def load(self, data: Buffer) -> int | float:
        text = bytes(data).decode("ascii")
        return float(text) if "." in text else int(text)


class _OurEnum(Dumper):
    """A word of ours that is no plain text: SQLite would not take it either."""

    def dump(self, obj: Enum) -> Buffer:
        msg = f"{obj!r} is no value"
        raise psycopg.DataError(msg)


def _adapters() -> AdaptersMap:
    adapters = AdaptersMap(psycopg.adapters)
    adapters.register_dumper(bool, _YesNo)
    adapters.register_dumper(str, _Text)
    adapters.register_dumper(Enum, _OurEnum)
    adapters.register_loader("numeric", _Sum)
    return adapters


class _Adapted:
    """Hands the driver our adapters."""

    adapters = _adapters()
    connection = None


ADAPTED = _Adapted()
"""Hand it to a connection, and it speaks so."""
