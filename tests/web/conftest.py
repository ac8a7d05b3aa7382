"""The service as participants reach it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.application import make_application
from tests.accessibility.client import AccessibleClient

if TYPE_CHECKING:
    from survey.installation import Installation


@pytest.fixture
def client(inst: Installation) -> AccessibleClient:
    """A browser that refuses inaccessible pages."""
    return AccessibleClient(make_application(inst))
