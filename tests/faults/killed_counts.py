"""One edition counted again and again, killed at its first statement, its second, its third, …

A program of its own, since it forks and traces: ``python -m tests.faults.killed_counts TEMPLATE WORK [WORD…]``.
A fresh process looks at what each kill leaves, and counts again. Prints how many steps there were, and how many
different states they left.

``killed``: with a real kill at each step. Without, one count runs through, and before each step everything on the disk
is copied: a process that is killed there leaves just that, and only what no step before has left is counted again.
``key-first`` is the broken count that this must not bear: it destroys the key before the backup.
"""

from __future__ import annotations

import shutil
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from survey import counting
from survey.errors import NotAllowed
from survey.keeping.backup import DATABASE, backups_in, prove_backup
from survey.reporting.standing import standing
from survey.reporting.summarise import summarise
from survey.storage import boxes, connection, editions, tallies, texts, totals
from survey.urn_watch import check_urns
from tests.counting.ballots import COUNT_TIME, be_silent
from tests.faults.leavings import state_left
from tests.faults.left_behind import Doing
from tests.faults.steps import before_each_step, in_child
from tests.people import StoppedClock, at_rest

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.installation import Installation

Leavings = tuple[object, ...]


def main(template: Path, work: Path, *, is_killed: bool) -> None:
    """Count again from everything that is left, and print how much that was."""
    counting.BURNT_TOGETHER = 5  # of twelve boxes: kills fall between
    _copy(template, work)
    assert in_child(lambda: _count(work)) == 0
    inst = at_rest(work, StoppedClock(COUNT_TIME))
    expected = _leavings(inst)
    inst.database.close()
    steps = 0
    met: set[str] = set()
    doing = Doing(work, lambda: _copy(template, work), lambda act: _count(work, act))
    for number in doing.by_kills() if is_killed else doing.by_copies():
        steps = max(steps, number)
        left = state_left(work)
        if left not in met or is_killed:
            met.add(left)
            again = in_child(lambda: _look_and_count_again(work, expected))
            assert again == 0, f"before step {number}"
    print(steps, len(met))  # noqa: T201 -- the answer


def _copy(template: Path, work: Path) -> None:
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(template, work)
    # The list of places that keys were copied to names the template's.
    listed = work / "data" / "keys" / "copies"
    listed.write_text(listed.read_text().replace(str(template), str(work)))


def _count(work: Path, act: Callable[[int], None] | None = None) -> None:
    if act is not None:
        before_each_step(act)
    inst = at_rest(work, StoppedClock(COUNT_TIME))
    inst = replace(inst, random_bytes=Random(7).randbytes)  # noqa: S311 -- the same ids each time
    counting.count_edition(inst, "ikone2", by_hand=True, progress=be_silent)


def _look_and_count_again(work: Path, expected: Leavings) -> None:
    inst = at_rest(work, StoppedClock(COUNT_TIME))
    record = editions.find(inst.database.read(), "ikone2")
    assert record is not None
    assert not connection_faults(inst)
    assert check_urns(inst) == ()
    left = boxes.count(inst.database.read(), record.id)
    if record.counted is not None:
        assert left == 0
        assert _leavings(inst) == expected
    else:
        assert inst.keys.has(record.id)
        assert left == 12 or record.is_tallied
        assert standing(inst, "ikone2").responses == 10
        with pytest.raises(NotAllowed):
            summarise(inst, "ikone2")
    if not inst.keys.has(record.id):
        newest = backups_in(inst.settings.backup_directory)[-1][1]
        prove_backup(inst, newest)
        with closing(connection.open_connection(newest / DATABASE)) as proven:
            assert tallies.of_edition(proven, record.id) == expected[1]

    is_interrupted = record.count_started is not None and record.key_destroyed is None
    assert counting.due_counts(inst) == (("ikone2",) if is_interrupted else ())
    counting.count_edition(inst, "ikone2", by_hand=True, progress=be_silent)

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


def _destroy_the_key_first() -> None:
    proven = counting.make_backup  # type: ignore[attr-defined]  # not for others

    def too_late(inst: Installation, target: Path | None = None) -> Path:
        (record,) = editions.all_editions(inst.database.read())
        inst.keys.destroy(record.id, COUNT_TIME)
        return proven(inst, target)

    counting.make_backup = too_late  # type: ignore[attr-defined]  # broken on purpose


if __name__ == "__main__":
    words = sys.argv[3:]
    if "key-first" in words:
        _destroy_the_key_first()
    main(Path(sys.argv[1]), Path(sys.argv[2]), is_killed="killed" in words)
