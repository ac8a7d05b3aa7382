"""A relay, and forty people whose invitations are queued."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.inviting import invite
from tests.events import congress
from tests.mail.queued import register
from tests.mail.relay import Relay, relay
from tests.people import store_edition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.installation import Installation


@pytest.fixture
def server() -> Iterator[Relay]:
    with relay() as running:
        yield running


@pytest.fixture
def invited(inst: Installation) -> str:
    """The congress with forty people whose invitations are queued."""
    store_edition(inst, congress())
    register(inst, "kk2020", 40)
    invite(inst, "kk2020")
    return "kk2020"
