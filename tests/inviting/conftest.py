"""The congress before and after everybody is invited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.inviting import invite
from tests.events import congress
from tests.inviting.mailings import load, people, send
from tests.people import store_edition

if TYPE_CHECKING:
    from survey.installation import Installation


@pytest.fixture
def planned(inst: Installation) -> str:
    """The congress with forty people, nobody invited yet."""
    store_edition(inst, congress())
    load(inst, people(40))
    return "kk2020"


@pytest.fixture
def invited(inst: Installation, planned: str) -> str:
    """The same, everybody invited."""
    invite(inst, planned)
    send(inst)
    return planned
