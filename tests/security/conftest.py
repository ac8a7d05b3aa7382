"""The two towns, for tests that only read or are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.people import StoppedClock, make_installation
from tests.security.two_towns import TwoTowns, settle

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoTowns]:
    """Both, settled once for all tests of a file: none of them changes anything."""
    clock = StoppedClock()
    inst = make_installation(tmp_path_factory.mktemp("towns") / "installation", clock)
    yield settle(inst, clock)
    inst.database.close()
