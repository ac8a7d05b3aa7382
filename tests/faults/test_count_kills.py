"""Killed at any statement, the count can be run again and ends the same; the key goes last."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from survey.collecting import submit
from survey.keeping.backup import make_backup
from survey.model.items import Answer
from survey.model.response import Response
from tests.people import QUALITY, add_person

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.proves("R12")
def test_a_count_killed_at_any_statement_is_finished_by_the_next(
    tmp_path: Path, inst: Installation, open_call: EditionRecord
) -> None:
    for number in range(12):
        person = add_person(inst, open_call, f"Person{number} Berg")
        answers = {
            "overall": Answer((QUALITY[number % 2].code,)),
            "focus": Answer(text=f"T{number}"),
        }
        submit(inst, person.token, Response(answers))
    make_backup(inst)  # its copy of the key must go too
    inst.database.close()
    work = tmp_path.parent / f"{tmp_path.name}-work"

    run = subprocess.run(
        [sys.executable, "-m", "tests.faults.killed_counts", str(tmp_path), str(work)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.stderr, run.returncode) == ("", 0)
    assert int(run.stdout) > 80
