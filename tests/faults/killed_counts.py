"""Counts one edition again and again, killed at its first statement, its second, its third, …

A program of its own, since it forks: ``python -m tests.faults.killed_counts TEMPLATE WORK``. After each
kill a fresh process looks at what is left and counts again. Prints how many kills there were.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import traceback
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the driver the service uses

from survey.counting import count_edition
from survey.keeping.backup import DATABASE, backups_in, prove_backup
from survey.storage import boxes, connection, editions, tallies, texts, totals
from tests.counting.ballots import COUNT_TIME, be_silent
from tests.people import StoppedClock, at_rest

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.installation import Installation

_MOST_STEPS = 5000
_FILE_EVENTS = frozenset({"os.rename", "os.remove", "os.mkdir", "os.link", "os.rmdir"})
_KILLED = -signal.SIGKILL
_READS = (
    "SELECT",
    "PRAGMA integrity",
    "PRAGMA foreign",
    "PRAGMA busy",
    "PRAGMA query",
    "PRAGMA temp",
)
Leavings = tuple[object, ...]


def main(template: Path, work: Path) -> int:
    """The number of kills survived."""
    expected = _outcome(template, work)
    for step in range(1, _MOST_STEPS):
        _copy(template, work)
        ended = _in_child(lambda step=step: _count(work, kill_at=step))  # type: ignore[misc]
        if ended == 0:
            return step - 1
        assert ended == _KILLED, f"step {step} ended with {ended}"
        assert _in_child(lambda: _look_and_count_again(work, expected)) == 0, f"after step {step}"
    raise AssertionError("the count never ends")


def _outcome(template: Path, work: Path) -> Leavings:
    _copy(template, work)
    assert _in_child(lambda: _count(work, kill_at=0)) == 0
    inst = at_rest(work, StoppedClock(COUNT_TIME))
    found = _leavings(inst)
    inst.database.close()
    return found


def _copy(template: Path, work: Path) -> None:
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(template, work)
    # The list of places that keys were copied to names the template's.
    listed = work / "data" / "keys" / "copies"
    listed.write_text(listed.read_text().replace(str(template), str(work)))


def _in_child(act: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        try:
            act()
        except BaseException:  # noqa: BLE001 -- the end of a child
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _count(work: Path, *, kill_at: int) -> None:
    steps = 0

    def step(what: str) -> None:
        nonlocal steps
        if what.lstrip().startswith(_READS):
            return  # a kill before a read finds what a kill before the next change finds
        steps += 1
        if steps == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_ACCMODE
        if event in _FILE_EVENTS or writes:
            step(event)

    driver: Any = sqlite3
    connect = driver.connect

    def traced(*arguments: object, **options: object) -> object:
        made = connect(*arguments, **options)
        made.set_trace_callback(step)
        return made

    driver.connect = traced
    sys.addaudithook(audit)
    count_edition(
        at_rest(work, StoppedClock(COUNT_TIME)), "ikone2", by_hand=True, progress=be_silent
    )


def _look_and_count_again(work: Path, expected: Leavings) -> None:
    inst = at_rest(work, StoppedClock(COUNT_TIME))
    record = editions.find(inst.database.read(), "ikone2")
    assert record is not None
    assert not connection_faults(inst)
    if record.counted is None:
        assert boxes.count(inst.database.read(), record.id) == 12
        assert inst.keys.has(record.id)
    else:
        assert _leavings(inst) == expected
    if not inst.keys.has(record.id):
        newest = backups_in(inst.settings.backup_directory)[-1][1]
        prove_backup(inst, newest)
        with closing(connection.open_connection(newest / DATABASE)) as proven:
            assert tallies.of_edition(proven, record.id) == expected[1]

    count_edition(inst, "ikone2", by_hand=True, progress=be_silent)

    assert _leavings(inst) == expected
    assert list(work.rglob(f"{record.id}.key")) == []
    inst.database.close()


def connection_faults(inst: Installation) -> tuple[str, ...]:
    """What SQLite finds wrong."""
    return tuple(
        row[0] for row in inst.database.read().execute("PRAGMA integrity_check") if row[0] != "ok"
    )


def _leavings(inst: Installation) -> Leavings:
    read = inst.database.read()
    record = editions.find(read, "ikone2")
    assert record is not None
    return (
        (record.invited, record.answered, record.counted),
        tallies.of_edition(read, record.id),
        totals.of_edition(read, record.id),
        sorted((t.session, t.item, t.text, t.marks) for t in texts.of_edition(read, record.id)),
    )


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), Path(sys.argv[2])))  # noqa: T201 -- the answer
