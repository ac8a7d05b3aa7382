from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.unwatched import unwatched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


@pytest.fixture
def seen() -> Iterator[list[str]]:
    """The functions that somebody who watches this thread has seen called."""
    before, names = sys.gettrace(), []

    def watch(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            names.append(frame.f_code.co_name)

    sys.settrace(watch)
    yield names
    sys.settrace(before)


def called() -> None:
    pass


def called_unseen() -> None:
    pass


def called_later() -> None:
    pass


def test_what_happens_within_is_not_watched_and_what_comes_after_is(seen: list[str]) -> None:
    called()
    with unwatched():
        called_unseen()
    called_later()

    assert [name for name in seen if name.startswith("called")] == ["called", "called_later"]


def test_watching_goes_on_after_a_failure(seen: list[str]) -> None:
    with pytest.raises(ZeroDivisionError), unwatched():
        1 / 0  # noqa: B018
    called_later()

    assert "called_later" in seen
