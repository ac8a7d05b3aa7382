"""How good a guess is, against blind ones: exactly."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest

from survey.auditing.guessing import (
    chance_of_hits,
    expected_hits,
    guesses_by_length,
    hits_by_strategy,
)


def test_one_length_tells_nothing_and_many_tell_all() -> None:
    written = {0: 10, 1: 30, 2: 20}

    assert guesses_by_length({0: 4096, 1: 4096, 2: 4096}, written) == frozenset()
    assert guesses_by_length({0: 110, 1: 130, 2: 120}, written) == {0, 1, 2}


def test_whoever_shares_a_length_is_not_told_apart() -> None:
    written = {0: 10, 1: 20, 2: 30, 3: 40}

    assert guesses_by_length({0: 5, 1: 5, 2: 5, 3: 6}, written) == {3}


@pytest.mark.parametrize(
    ("order", "way"),
    [
        ((0, 1, 2, 3, 4), "forwards"),
        ((4, 3, 2, 1, 0), "backwards"),
        ((4, 0, 1, 2, 3), "one later"),
        ((1, 2, 3, 4, 0), "one earlier"),
    ],
)
def test_an_order_that_follows_submission_is_seen(order: tuple[int, ...], way: str) -> None:
    hits = hits_by_strategy({"list": order}, {"submission": range(5)})

    assert hits[f"list / submission / {way}"] == set(range(5))


def test_people_who_left_no_text_are_not_counted() -> None:
    hits = hits_by_strategy({"list": (4, 2)}, {"submission": (4, 3, 2)})

    assert hits["list / submission / forwards"] == {2, 4}


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6])
def test_the_chance_of_hits_is_that_of_all_shuffles(size: int) -> None:
    shuffles = Counter(
        sum(a == b for a, b in enumerate(shuffled)) for shuffled in permutations(range(size))
    )
    every = sum(shuffles.values())

    for hits in range(size + 1):
        exact = sum(n for found, n in shuffles.items() if found >= hits) / every
        assert chance_of_hits(hits, [size]) == pytest.approx(exact)


def test_rehearsals_are_added_up() -> None:
    both = Counter(
        sum(a == b for a, b in enumerate(one)) + sum(a == b for a, b in enumerate(other))
        for one in permutations(range(3))
        for other in permutations(range(4))
    )

    exact = sum(n for found, n in both.items() if found >= 4) / (6 * 24)

    assert chance_of_hits(4, [3, 4]) == pytest.approx(exact)
    assert expected_hits([3, 4, 0]) == 2


def test_two_hits_a_rehearsal_instead_of_one_are_noticed() -> None:
    assert chance_of_hits(100, [21] * 100) > 0.4
    assert chance_of_hits(200, [21] * 100) < 1e-16
