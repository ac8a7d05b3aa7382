"""`move` says what it has carried, and what to set then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation
    from tests.commands.conftest import Typing


def test_a_move_tells_every_table_and_what_to_set(
    inst: Installation, run: Typing, empty_postgresql: str
) -> None:
    inst.database.close()

    done = run("move", "--to-postgresql", empty_postgresql, typed="j\n")

    lines = done.output.splitlines()
    assert done.exit_code == 0
    assert "organisation       1" in lines
    assert lines[-2:] == [
        "Now set NACHKLANG_POSTGRESQL to this address.",
        "The old database still holds all addresses: delete it as soon as the service runs.",
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("move", "--yes"), 2),
        (("move", "--yes", "--to-postgresql", "dbname=a", "--to-sqlite", "a.db"), 2),
        (("move", "--yes", "--to-postgresql", "db.example.org"), 1),
        (("move", "--to-postgresql", "dbname=a"), 1),
    ],
    ids=["nowhere", "both", "no-address", "not-confirmed"],
)
def test_a_move_that_is_not_meant_so_moves_nothing(
    inst: Installation, run: Typing, words: tuple[str, ...], code: int
) -> None:
    inst.database.close()

    done = run(*words, typed="n\n")

    assert done.exit_code == code


def test_what_lies_there_already_is_left_alone(
    inst: Installation, run: Typing, tmp_path: Path
) -> None:
    there = tmp_path / "there.db"
    there.write_bytes(b"something else")
    inst.database.close()

    done = run("move", "--yes", "--to-sqlite", str(there))

    assert (done.exit_code, there.read_bytes()) == (1, b"something else")
