"""When the disk is full or read only, whoever writes is told, and what was stored stays."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from survey.collecting import open_form, submit
from survey.errors import StorageUnavailable
from survey.model.items import Answer
from survey.model.response import Response
from survey.storage import boxes
from survey.urn_watch import check_urns
from tests.events import congress
from tests.people import StoppedClock, add_person, make_installation, open_edition, store_edition

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GOOD = Response({"overall": Answer(("good",))})


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes, where this machine lets us have one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)]
    if (
        not shutil.which("mount")
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.fail("mounting a small disk takes an administrator")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.proves("R3")
def test_full_disk_refuses_answers_and_takes_them_again_when_there_is_room(
    small_disk: Path,
) -> None:
    inst = make_installation(small_disk, StoppedClock())
    record = open_edition(inst, store_edition(inst, congress()))
    people = [add_person(inst, record, f"P{n} P") for n in range(40)]
    submit(inst, people[0].token, GOOD)
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="No space left"):
        ballast.write_bytes(bytes(4_000_000))

    refused = 0
    for person in people[1:]:
        try:
            submit(inst, person.token, GOOD)
        except StorageUnavailable:
            refused += 1
    stored = boxes.state(inst.database.read(), record.id)
    ballast.unlink()
    for person in people:
        submit(inst, person.token, GOOD)

    assert refused > 0
    assert (stored.boxes, stored.has_answered) == (40 - refused, 40 - refused)
    assert boxes.count(inst.database.read(), record.id) == 40
    assert check_urns(inst) == ()
    inst.database.close()


@pytest.mark.proves("R4")
def test_read_only_disk_shows_forms_and_refuses_answers(small_disk: Path) -> None:
    inst = make_installation(small_disk, StoppedClock())
    record = open_edition(inst, store_edition(inst, congress()))
    anna, bernd = (add_person(inst, record, name) for name in ("Anna A", "Bernd B"))
    submit(inst, anna.token, GOOD)
    inst.database.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    try:
        with pytest.raises(StorageUnavailable):
            submit(inst, bernd.token, GOOD)
        with pytest.raises(StorageUnavailable):
            submit(inst, anna.token, GOOD)
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)

    submit(inst, bernd.token, GOOD)

    assert open_form(inst, bernd.token).answers_with_this_link
    assert boxes.count(inst.database.read(), record.id) == 2
    inst.database.close()
