"""Damage that takes or changes an answer is noticed, at the latest at the count; the backup brings all back."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from survey.counting import count_edition
from survey.errors import BoxesUnopenable
from survey.keeping.doctor import examine
from survey.storage import boxes, commit_count
from tests.counting.ballots import COUNT_TIME, be_silent, people_answer
from tests.events import congress
from tests.faults.damaged_files import run
from tests.faults.trial import Trial
from tests.people import (
    StoppedClock,
    at_rest,
    make_installation,
    open_edition,
    store_edition,
    stored_record,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.proves("R5")
def test_damage_never_passes_for_sound_where_answers_are_missing(tmp_path: Path) -> None:
    outcome = run(Trial(10, tmp_path, Random(7)))  # noqa: S311 -- can be repeated

    assert (outcome.tried, outcome.lost) == (40, 0)
    assert "noticed" in outcome.measured


@pytest.mark.proves("R5")
def test_a_damaged_box_stops_the_count_and_is_neither_counted_nor_left_out_in_silence(
    tmp_path: Path,
) -> None:
    clock = StoppedClock()
    inst = make_installation(tmp_path, clock)
    record = open_edition(inst, store_edition(inst, congress()))
    people_answer(inst, record, 7)
    _, box = boxes.of_edition(inst.database.read(), record.id)[0]
    inst.database.close()  # everything is in the one file
    healthy = _found(tmp_path)
    file = inst.settings.database
    at = file.read_bytes().index(box[100:200]) + 50
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)

    assert _found(tmp_path) == healthy  # nobody opens boxes before the count
    clock.set(COUNT_TIME)
    inst = at_rest(tmp_path, clock)
    with pytest.raises(BoxesUnopenable) as stopped:
        count_edition(inst, record.name, by_hand=True, progress=be_silent)

    assert stopped.value.why.values() == {"n": 1, "boxes": 7}
    still = stored_record(inst, record.name)
    assert (still.answered, still.counted, still.key_destroyed) == (None, None, None)
    assert boxes.count(inst.database.read(), record.id) == 7
    assert inst.keys.has(record.id)
    inst.database.close()


def _found(folder: Path) -> set[object]:
    """What the examination says of the installation."""
    inst = at_rest(folder, StoppedClock())
    found: set[object] = {one.what for one in examine(inst)}
    inst.database.close()
    return found


def test_changes_that_nobody_counts_are_lost_unnoticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commit_count, "lost", lambda *_: 0)

    assert run(Trial(10, tmp_path, Random(7))).lost > 0  # noqa: S311 -- can be repeated
