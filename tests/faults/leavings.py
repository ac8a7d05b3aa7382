"""What a killed process leaves: the files of one folder, and whether two kills have left the same."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from contextlib import closing
from pathlib import Path

from survey.storage.connection import open_connection

LOGS = ("-wal", "-shm")


def state_left(folder: Path) -> str:
    """Of what the next process finds: every row that SQLite brings back, and every other file.

    From the same state the same work does the same, so it need not be watched twice.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if not path.name.endswith(LOGS):
            digest.update(f"{path.relative_to(folder)}\n".encode())
            if path.suffix == ".db" and path.with_name(f"{path.name}-wal").exists():
                digest.update(repr(sorted(rows_left(path).items())).encode())
            elif path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()


def bytes_left(folder: Path) -> str:
    """Of every byte in the folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        digest.update(f"{path.relative_to(folder)}\n".encode())
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def rows_left(database: Path) -> dict[str, list[str]]:
    """Every row of every table, once SQLite has recovered what was committed.

    Of a copy: whoever opens the database first mends it, and that is for the next process to do.
    """
    with tempfile.TemporaryDirectory() as elsewhere:
        for part in ("", *LOGS):
            if (found := database.with_name(database.name + part)).exists():
                shutil.copy(found, elsewhere)
        with closing(open_connection(Path(elsewhere) / database.name)) as read:
            tables = [
                row[0]
                for row in read.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
            return {
                name: sorted(repr(tuple(row)) for row in read.execute(f"SELECT * FROM {name}"))  # noqa: S608 -- own names
                for name in tables
            }
