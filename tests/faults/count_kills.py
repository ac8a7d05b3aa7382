"""A count killed at each statement and each file that it makes or removes, and then run again.

Once: from copies of what lies on the disk at each step; more often: with a real kill at each.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from survey.collecting import submit
from survey.keeping.backup import make_backup
from survey.model.items import Answer
from survey.model.response import Response
from tests.events import QUALITY, network_call
from tests.faults.trial import Outcome
from tests.people import StoppedClock, add_person, make_installation, open_edition, store_edition

if TYPE_CHECKING:
    from tests.faults.trial import Trial

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = 12


def run(trial: Trial, *, broken: tuple[str, ...] = ()) -> Outcome:
    """Every kill must leave what the next count finishes, with the numbers of a count that nobody disturbed."""
    template = trial.folder / "template"
    _closed_call(template)
    words = ("killed",) if trial.times > 1 else ()
    places = (str(template), str(trial.folder / "work"))
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.killed_counts", *places, *words, *broken],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return Outcome(1, "kills", 1, done.stderr.strip())
    kills, leavings = map(int, done.stdout.split())
    return Outcome(kills, "kills", 0, f"{leavings} different states left")


def _closed_call(folder: Path) -> None:
    inst = make_installation(folder, StoppedClock())
    record = open_edition(inst, store_edition(inst, network_call()), invited=21)
    for number in range(ANSWERS):
        person = add_person(inst, record, f"Person{number} Berg")
        answers = {
            "overall": Answer((QUALITY[number % 2].code,)),
            "focus": Answer(text=f"T{number}"),
        }
        submit(inst, person.token, Response(answers))
    make_backup(inst)  # its copy of the key must go too
    inst.database.close()
