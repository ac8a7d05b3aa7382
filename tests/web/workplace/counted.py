"""A counted congress for pages about results: 24 answers, each with a sentence nobody may see unreleased."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.counting import count_edition
from tests.counting.ballots import be_silent, close, people_answer

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import StoppedClock

HERE = "/arbeit/ausgaben/kk2020/ergebnisse"
CANARY = "Kanarienvogel"


@pytest.fixture
def counted(inst: Installation, open_congress: EditionRecord, clock: StoppedClock) -> EditionRecord:
    """The congress, counted."""
    people_answer(inst, open_congress, 24)
    close(clock)
    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)
    return open_congress
