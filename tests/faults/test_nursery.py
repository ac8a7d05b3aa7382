"""What services of a trial say: nobody waits for it for ever, and they are not held up by saying it."""

from __future__ import annotations

import os

import pytest

from tests.faults.nursery import Ear, NothingSaid

MORE_THAN_A_PIPE_HOLDS = "x" * 99_999 + "\n"


def test_whoever_has_much_to_say_is_not_held_up() -> None:
    reading, writing = os.pipe()
    ear = Ear(os.fdopen(reading))
    with os.fdopen(writing, "w") as mouth:
        mouth.write(MORE_THAN_A_PIPE_HOLDS)
        mouth.flush()  # waits for ever where nobody listens
        mouth.write("pid 7\n")

    assert ear.hear("pid ") == "pid 7\n"


def test_what_is_not_said_in_time_is_missed() -> None:
    reading, writing = os.pipe()
    ear = Ear(os.fdopen(reading))
    with os.fdopen(writing, "w") as mouth:
        mouth.write("something else\n")
        mouth.flush()

        with pytest.raises(NothingSaid, match=r"'pid ' within 0\.05 s"):
            ear.hear("pid ", patience=0.05)


def test_nobody_is_waited_for_who_has_ended() -> None:
    reading, writing = os.pipe()
    os.close(writing)
    ear = Ear(os.fdopen(reading))

    for _ in range(2):
        with pytest.raises(NothingSaid, match="all have ended"):
            ear.hear("pid ")
