from __future__ import annotations

import pytest

from survey.statistics.bisection import first_enough, first_enough_near


@pytest.mark.parametrize("guess", [-5, 3, 4, 17, 40, 41, 60])
@pytest.mark.parametrize("enough", [3, 4, 17, 39, 40])
def test_the_first_enough_is_found_wherever_the_guess_lies(enough: int, guess: int) -> None:
    found = first_enough_near(lambda number: number >= enough, 3, last=40, guess=guess)

    assert found == first_enough(lambda number: number >= enough, 3, last=40) == enough


def test_a_guess_that_is_near_saves_tries() -> None:
    tried: list[int] = []

    def is_enough(number: int) -> bool:
        tried.append(number)
        return number >= 70_001

    found = first_enough_near(is_enough, 0, last=100_000, guess=70_000)

    assert (found, len(tried)) == (70_001, 2)
