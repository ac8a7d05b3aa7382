"""Upgrades from old schemas, killed at each statement of each migration, and then run again.

So many schemas are upgraded, the oldest first; more than one: with real kills from the oldest, and with the time that
a hundred thousand answers take.
"""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from survey.keeping.upgrade import upgrade
from survey.storage.connection import open_connection
from tests.counting.ballots import people_answer
from tests.events import congress
from tests.faults.trial import Outcome
from tests.keeping.old_schemas import SINCE_THEN, put_back
from tests.people import StoppedClock, at_rest, make_installation, open_edition, store_edition

if TYPE_CHECKING:
    from tests.faults.trial import Trial

ROOT = Path(__file__).resolve().parents[2]
MANY = 100_000


def run(trial: Trial, *, broken: tuple[str, ...] = ()) -> Outcome:
    """Every kill must leave what the next upgrade brings to today's schema, with every row and a backup from before."""
    kills = states = lost = 0
    for last in SINCE_THEN[: trial.times]:
        folder = trial.folder / last
        _installation(folder, last)
        killed = ("killed",) if trial.times > 1 and last == SINCE_THEN[0] else ()
        done = subprocess.run(
            [
                *(sys.executable, "-m", "tests.faults.killed_upgrades"),
                *(str(folder), str(trial.folder / f"{last}-work"), *killed, *broken),
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found = [int(word) for word in done.stdout.split()]
        kills, states, lost = kills + found[0], states + found[1], lost + found[2]
    measured = f"{len(SINCE_THEN[: trial.times])} schemas, {states} different states left"
    if trial.times > 1:
        measured += f"; {MANY:,} answers upgraded in {_seconds_for_many(trial.folder):.0f} s"
    return Outcome(kills, "kills", lost, measured)


def _installation(folder: Path, last: str) -> None:
    inst = make_installation(folder, StoppedClock())
    people_answer(inst, open_edition(inst, store_edition(inst, congress())), 6)
    inst.database.close()
    put_back(inst.settings.database, last)


def _seconds_for_many(folder: Path) -> float:
    inst = make_installation(folder / "many", StoppedClock())
    record = open_edition(inst, store_edition(inst, congress()))
    inst.database.close()
    put_back(inst.settings.database, SINCE_THEN[0])
    with closing(open_connection(inst.settings.database)) as connection:
        connection.execute("BEGIN")
        for statement in (_PEOPLE, _BOXES):
            connection.execute(statement, {"edition": record.id, "many": MANY})
        connection.execute("COMMIT")
    old = at_rest(folder / "many", StoppedClock())
    began = time.monotonic()
    upgrade(old)
    took = time.monotonic() - began
    old.database.close()
    return took


_NUMBERS = """
    WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < :many)
"""
_PEOPLE = f"""
    INSERT INTO participant (edition, id, address, name, language, number, identity, has_answered)
    {_NUMBERS} SELECT :edition, printf('%016x', n), 'p' || n || '@example.org', 'P', 'de', '', 'p' || n, 1 FROM number
"""  # noqa: S608 -- own text
_BOXES = f"""
    INSERT INTO urn (edition, slot, box) {_NUMBERS}
    SELECT :edition, printf('%064x', n), randomblob(4096) FROM number
"""  # noqa: S608 -- own text
