"""Every statement of the service is meant for both engines: the server understands what the file does."""

from __future__ import annotations

import ast
import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from survey.storage.postgresql_text import with_driver_parameters

if TYPE_CHECKING:
    from collections.abc import Iterator

STORAGE = Path("survey/storage")
STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")
OF_FILES_ONLY = {
    "copied.py": "the linkage attack looks into copied files",
    "naive_store.py": "a store that the attack must link, in a file",
    "sqlite_tables.py": "the file's side of carrying tables",
    "upkeep.py": "copies of the database are files",
}
PARAMETER = re.compile(r"%\(([a-z_0-9]+)\)s")


def statements_of(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and STATEMENT.match(node.value)
        ):
            yield node.value


def speaks_to_the_server_alone(path: Path) -> bool:
    """True if the module uses the server's driver: its statements are in that driver's own words."""
    return (
        re.search(r"^(import|from) psycopg", path.read_text(encoding="utf-8"), re.MULTILINE)
        is not None
    )


def prepared(sql: str) -> str:
    """The statement with numbered parameters, as the server itself writes them."""
    numbers: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return f"${numbers.setdefault(found[1], len(numbers) + 1)}"

    return PARAMETER.sub(number, with_driver_parameters(sql)).replace("%%", "%")


def test_the_server_understands_every_statement(postgresql: str) -> None:
    told = []
    looked_at = 0

    with closing(psycopg.connect(postgresql, autocommit=True)) as connection:
        for path in sorted(STORAGE.glob("*.py")):
            if path.name in OF_FILES_ONLY or speaks_to_the_server_alone(path):
                continue
            for sql in statements_of(path):
                looked_at += 1
                try:
                    connection.execute("PREPARE it AS " + prepared(sql))
                    connection.execute("DEALLOCATE it")
                except psycopg.Error as error:
                    told.append(f"{path.name}: {error}\n{sql}")

    assert told == []
    assert looked_at > 200
