"""Installations that are made once in each process and copied for each test that wants one."""

from __future__ import annotations

import atexit
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

if TYPE_CHECKING:
    from datetime import datetime

    from survey.installation import Installation
    from tests.people import StoppedClock

Made = TypeVar("Made")
Maker = Callable[["Installation", "StoppedClock"], Any]
_makers: dict[int, Maker] = {}
_MADE = pytest.StashKey[Any]()


def prepared(make: Callable[[Installation, StoppedClock], Made]) -> Callable[[Installation], Made]:
    """A fixture of that name: `inst` is a copy of an installation in which the function has worked.

    The clock stands where the function left it; the fixture is what the function gave back.
    """

    @pytest.fixture(name=make.__name__)
    def fixture(request: pytest.FixtureRequest, inst: Installation) -> Made:  # noqa: ARG001 -- the copy
        made: Made = request.node.stash[_MADE]
        return made

    _makers[id(fixture)] = make
    return fixture


class Prepared:
    """One installation at rest."""

    def __init__(self, make: Maker) -> None:
        from tests.people import StoppedClock, make_installation  # noqa: PLC0415 -- they copy from here

        self.place = Path(tempfile.mkdtemp(prefix="nachklang-prepared-"))
        atexit.register(shutil.rmtree, self.place)
        clock = StoppedClock()
        inst = make_installation(self.place / "made", clock)
        self.made = make(inst, clock)
        self.now: datetime = clock.now
        inst.database.close()


def copy_prepared(request: pytest.FixtureRequest, directory: Path, clock: StoppedClock) -> bool:
    """Below the directory lies the installation that a fixture of the test wants prepared; False if none does."""
    make = wanted(request)
    if make is None:
        return False
    found = _prepare(make)
    shutil.copytree(found.place / "made", directory, dirs_exist_ok=True)
    clock.set(found.now)
    request.node.stash[_MADE] = found.made
    return True


def prepare_here(request: pytest.FixtureRequest, inst: Installation, clock: StoppedClock) -> None:
    """The same where nothing can be copied."""
    make = wanted(request)
    if make is not None:
        request.node.stash[_MADE] = make(inst, clock)


def wanted(request: pytest.FixtureRequest) -> Maker | None:
    """What the test's one prepared fixture is made by: one of its own file, or one that every file has."""
    places = (request.module, sys.modules["tests.conftest"])
    fixtures = {
        next((vars(place)[name] for place in places if name in vars(place)), None)
        for name in request.fixturenames
    }
    found = [_makers[id(one)] for one in fixtures if id(one) in _makers]
    assert len(found) < 2, "one installation cannot be prepared twice"
    return found[0] if found else None


_prepare = cache(Prepared)
