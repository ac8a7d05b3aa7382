"""Where room is short, reports are refused before answers would be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.collecting import submit
from survey.commands.written_files import put_file
from survey.errors import DiskNearlyFull
from survey.keeping import free_space
from survey.keeping.doctor import glance
from survey.reporting.kept_files import kept_directory
from survey.storage import boxes
from tests.collecting.doomed_service import response_of

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import Invited


@pytest.fixture
def nearly_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """However large this machine's disk is, the service wants more."""
    monkeypatch.setattr(free_space, "LEAST_FREE_BYTES", 1 << 62)


def test_room_is_seen_before_a_folder_is_there(tmp_path: Path) -> None:
    assert free_space.free_bytes(tmp_path / "not" / "yet") > 0


@pytest.mark.proves("R3")
@pytest.mark.usefixtures("nearly_full")
def test_reports_are_refused_before_answers_would_be(
    tmp_path: Path, inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    with pytest.raises(DiskNearlyFull):
        kept_directory(inst, open_congress)
    with pytest.raises(DiskNearlyFull):
        put_file(tmp_path / "report.pdf", b"%PDF")
    submit(inst, anna.token, response_of(1))

    assert not (tmp_path / "report.pdf").exists()
    assert boxes.count(inst.database.read(), open_congress.id) == 1


@pytest.mark.proves("R3")
def test_little_room_is_told_where_organisers_begin_their_day(
    inst: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {d.what.key for d in glance(inst)}

    monkeypatch.setattr("survey.keeping.doctor.LEAST_FREE_BYTES", 1 << 62)

    assert {d.what.key for d in glance(inst)} - before == {
        "Auf der Platte von %(path)s sind nur noch %(megabytes)d MB frei."
    }
