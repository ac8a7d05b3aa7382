"""The same SQL for PostgreSQL: parameters in its driver's manner, types and the order of words in its own."""

from __future__ import annotations

import re
from functools import cache

from survey.storage.migrating import single_statements

_PIECES = re.compile(
    r"""
      (?P<kept> '(?:[^']|'')*' | "[^"]*" | :: )   # literals, quoted names and casts are no parameters
    | :(?P<name> [a-z_][a-z0-9_]* )
    | (?P<percent> % )
    """,
    re.VERBOSE,
)
_TYPES = (
    # Bytewise, as SQLite compares: an order, a range and MAX() must not depend on the server's language.
    (re.compile(r"\bTEXT\b"), 'TEXT COLLATE "C"'),
    (re.compile(r"\bINTEGER\b"), "BIGINT"),
    (re.compile(r"\bBLOB\b"), "BYTEA"),
    (re.compile(r"\bREAL\b"), "DOUBLE PRECISION"),
)
BEFORE_ALL = (
    """
    CREATE TABLE migration (name TEXT COLLATE "C" PRIMARY KEY)
    """,
    # How often was committed, as SQLite counts in the header of its file: a server that lost its end knows less.
    """
    CREATE TABLE commit_count (id BIGINT PRIMARY KEY CHECK (id = 1), n BIGINT NOT NULL)
    """,
    """
    INSERT INTO commit_count (id, n) VALUES (1, 0)
    """,
    # One migration reads a number out of a text, in SQLite's words.
    """
    CREATE FUNCTION json_extract(content TEXT, path TEXT) RETURNS BIGINT LANGUAGE sql IMMUTABLE AS
    'SELECT (content::jsonb ->> substr(path, 3))::bigint'
    """,
)
"""What the server needs before the first migration."""


@cache
def with_driver_parameters(sql: str) -> str:
    """The statement with its `:name` parameters as the driver writes them."""
    return _PIECES.sub(_piece, sql)


def server_statements(text: str) -> tuple[str, ...]:
    """The statements of a migration for PostgreSQL."""
    return tuple(_typed(s) for s in single_statements(text))


def _piece(found: re.Match[str]) -> str:
    if found["name"] is not None:
        return f"%({found['name']})s"
    if found["percent"] is not None:
        return "%%"
    return found["kept"].replace("%", "%%")


def _typed(statement: str) -> str:
    if statement.upper().startswith(("CREATE TABLE", "ALTER TABLE")):
        for pattern, ours in _TYPES:
            statement = pattern.sub(ours, statement)
    return statement
