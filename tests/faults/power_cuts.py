"""The power is cut, again and again, while people answer; with it what was written and not yet on the disk.

The service's own storage runs over the lossy disk, in a process of its own whose driver is apsw:
``python -m tests.faults.power_cuts FOLDER CUTS SEED SYNCHRONOUS FAILING`` says how many answers were thanked for,
lost, and how many writes and syncs failed. `run` starts it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.faults import apsw_driver
from tests.faults.hands import Hand
from tests.faults.lossy_disk import NAME, LossyDisk
from tests.faults.trial import Outcome

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.faults.answering_lives import Life
    from tests.faults.hands import Count
    from tests.faults.trial import Trial

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 9
THREADS = 3
MOST_CHANGES = 200
"""In one life, at most so many writes and syncs until the cut."""


def run(trial: Trial, *, synchronous: str = "", failing: float = 0.0) -> Outcome:
    """So many cuts; the driver may lie about `synchronous`, and the disk fail."""
    from tests.events import congress  # noqa: PLC0415 -- the process that is cut must choose its driver first
    from tests.people import (  # noqa: PLC0415 -- the process that is cut must choose its driver first
        StoppedClock,
        add_person,
        make_installation,
        open_edition,
        store_edition,
    )

    inst = make_installation(trial.folder / "installation", StoppedClock())
    record = open_edition(inst, store_edition(inst, congress()))
    people = [add_person(inst, record, f"P{n} P") for n in range(PEOPLE)]
    inst.database.close()
    order = json.dumps([[person.token, person.secret.hex()] for person in people])
    program = [sys.executable, "-m", "tests.faults.power_cuts", str(trial.folder / "installation")]
    child = subprocess.run(
        [*program, str(trial.times), str(trial.chance.random()), synchronous, str(failing)],
        cwd=ROOT,
        input=order,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    said = json.loads(child.stdout)
    measured = f"{said['thanked']:,} answers thanked for, {said['unstored']:,} refused"
    if failing:
        measured += f", {said['failures']:,} writes and syncs failed, {said['restarts']} restarts"
    return Outcome(said["cuts"], "power cuts", said["lost"], measured)


def main(folder: Path, cuts: int, seed: str, synchronous: str, failing: float) -> None:
    """Cut the power so often, and say what came of it."""
    chance = Random(seed)  # noqa: S311 -- a trial that can be repeated
    disk = LossyDisk(chance)
    apsw_driver.install(vfs=NAME, synchronous=synchronous, lying=True)

    from tests.faults import answering_lives  # noqa: PLC0415 -- the driver is chosen now

    life = answering_lives.Life(json.loads(sys.stdin.read()))
    lost = done = restarts = 0
    while done < cuts:
        # A service that was only restarted finds again what the system still had in its cache.
        is_cut = not failing or chance.random() < 0.5
        disk.failing = failing
        disk.left = chance.randrange(1, MOST_CHANGES) if is_cut else 0
        inst = answering_lives.installed(folder)
        hands = [
            Hand(partial(_answer, life, inst, disk, range(start, PEOPLE, THREADS)))
            for start in range(THREADS)
        ]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
        if is_cut:
            disk.cut()
        apsw_driver.close_all()
        inst.database.close()
        if not is_cut:
            restarts += 1
            continue
        done += 1
        disk.power_on()
        lost += life.lost(folder)
        apsw_driver.close_all()
        disk.forget()
    print(  # noqa: T201 -- the answer
        json.dumps(
            {
                "cuts": cuts,
                "restarts": restarts,
                "lost": lost,
                "thanked": life.thanked,
                "unstored": life.refused,
                "failures": disk.failures,
            }
        )
    )


def _answer(life: Life, inst: Installation, disk: LossyDisk, people: range, count: Count) -> None:
    life.act(inst, disk, people)
    count()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4], float(sys.argv[5]))
