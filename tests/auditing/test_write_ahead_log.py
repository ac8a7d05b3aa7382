"""The write-ahead log is read as SQLite writes it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from survey.auditing.write_ahead_log import frames, free_pages, generation, replay, transactions
from survey.storage.connection import open_connection
from survey.storage.copied import write_copy


def _made(path: Path) -> tuple[bytes, bytes]:
    """A database before its log, and the log of three transactions."""
    with closing(open_connection(path)) as connection:
        connection.execute("CREATE TABLE note (n INTEGER PRIMARY KEY, text TEXT)")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        before = path.read_bytes()
        for n in (1, 2, 3):
            connection.execute("INSERT INTO note VALUES (:n, :text)", {"n": n, "text": "x" * 9000})
        return before, path.with_name(path.name + "-wal").read_bytes()


def test_each_transaction_is_told_from_the_next(tmp_path: Path) -> None:
    before, log = _made(tmp_path / "a.db")

    found = list(transactions(log))

    assert len(found) == 3
    assert sum(len(one.frames) for one in found) == len(list(frames(log)))
    assert all(len(frame.content) == 4096 for one in found for frame in one.frames)
    assert generation(log) != b""
    assert free_pages(before) == 0


def test_the_database_is_seen_as_it_was_after_each_transaction(tmp_path: Path) -> None:
    before, log = _made(tmp_path / "a.db")
    copy = tmp_path / "copy.db"
    seen = []

    for content in replay(before, log):
        write_copy(copy, content)
        with closing(open_connection(copy)) as connection:
            seen.append([row["n"] for row in connection.execute("SELECT n FROM note")])

    assert seen == [[], [1], [1, 2], [1, 2, 3]]


def test_what_an_earlier_filling_left_is_no_transaction(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(open_connection(path)) as connection:
        connection.execute("CREATE TABLE note (n INTEGER PRIMARY KEY, text TEXT)")
        for n in range(5):
            connection.execute("INSERT INTO note VALUES (:n, :text)", {"n": n, "text": "x" * 9000})
        connection.execute("PRAGMA wal_checkpoint(RESTART)")
        connection.execute("INSERT INTO note VALUES (9, 'one')")
        log = path.with_name(path.name + "-wal").read_bytes()

    assert len(list(transactions(log))) == 1
    assert len(list(frames(log))) > 5


def test_no_log_has_no_transactions() -> None:
    assert (list(transactions(b"")), list(frames(b"short")), generation(b"")) == ([], [], b"")
