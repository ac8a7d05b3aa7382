"""Moving an installation from its file to a PostgreSQL server, or back: every row, open urns included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.errors import NotAllowed, problem
from survey.storage.connection import foreign_errors
from survey.storage.engine import StillInUse
from survey.storage.whole_database import lost_commits
from survey.urn.durable_files import sync_directory

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation
    from survey.storage.tables import Contents


@dataclass(frozen=True, slots=True)
class Moved:
    """What lies in the other place now, the same as in the first."""

    tables: tuple[tuple[str, int], ...]
    """Every table with the number of its rows."""


def move_to_server(inst: Installation, address: str) -> Moved:
    """The server has every row, and the file is as it was; NotAllowed, and nothing carried, if it must not be."""
    from survey.storage import moving  # noqa: PLC0415 -- its driver is for those who have a server
    from survey.storage.postgresql_schema import has_tables  # noqa: PLC0415 -- the same

    if has_tables(address):
        raise NotAllowed(problem("Auf dem Datenbankserver liegt schon eine Installation."))
    _require_sound(inst)
    try:
        return _moved(moving.carry_to_server(inst.database, address))
    except StillInUse as error:
        raise _still_running() from error


def move_to_file(inst: Installation, file: Path) -> Moved:
    """The new file has every row, and the server is as it was; NotAllowed, and nothing carried, if it must not be."""
    from survey.storage import moving  # noqa: PLC0415 -- its driver is for those who have a server

    if file.exists():
        raise NotAllowed(problem("%(file)s liegt schon da.", file=str(file)))
    _require_sound(inst)
    try:
        moved = _moved(moving.carry_to_file(inst.database, file))
    except StillInUse as error:
        raise _still_running() from error
    sync_directory(file.parent)
    return moved


def _require_sound(inst: Installation) -> None:
    from survey.storage.moving import is_upgraded  # noqa: PLC0415 -- its driver is for those who have a server

    with foreign_errors():
        upgraded = is_upgraded(inst.database.read())
    if not upgraded:
        raise NotAllowed(
            problem(
                "Bringen Sie die Datenbank zuerst auf den Stand dieser Version: nachklang upgrade"
            )
        )
    if lost_commits(inst.database) > 0:
        raise NotAllowed(
            problem(
                "Der Datenbank fehlen Änderungen. Klären Sie das, bevor sie umzieht: nachklang doctor"
            )
        )
    inst.database.close()


def _moved(tables: dict[str, Contents]) -> Moved:
    return Moved(tuple((name, contents.rows) for name, contents in sorted(tables.items())))


def _still_running() -> NotAllowed:
    return NotAllowed(
        problem("Der Dienst läuft noch. Halten Sie ihn an, bevor die Datenbank umzieht.")
    )
