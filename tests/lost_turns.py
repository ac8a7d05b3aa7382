"""Whoever has a turn loses it, as happens when a server is replaced or somebody deletes its file."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import psycopg

from survey.storage.turns import Turn

if TYPE_CHECKING:
    from survey.storage.connection import Database

_ENDED = """
SELECT pg_terminate_backend(pid, 5000) AS ended FROM pg_locks
WHERE locktype = 'advisory' AND objsubid = 2 AND objid = %(turn)s
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def lose_the_turn(database: Database, what: Turn) -> None:
    """The next who comes has it as well."""
    if not database.postgresql:
        database.path.with_name(f"{what.value}.lock").unlink()
        return
    with closing(psycopg.connect(database.postgresql, autocommit=True)) as server:
        ended = server.execute(_ENDED, {"turn": list(Turn).index(what)}).fetchall()
    assert ended == [(True,)]
