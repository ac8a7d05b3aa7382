"""Installations on either engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.people import StoppedClock, make_installation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from survey.installation import Installation


@pytest.fixture(params=["sqlite", "postgresql"])
def either(
    request: pytest.FixtureRequest, tmp_path: Path, clock: StoppedClock
) -> Iterator[Installation]:
    """An installation in a file, and one on a server."""
    is_on_server = request.param == "postgresql"
    server: str = request.getfixturevalue("postgresql") if is_on_server else ""
    installation = make_installation(tmp_path, clock, postgresql=server)
    yield installation
    installation.database.close()
