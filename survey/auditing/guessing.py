"""Guesses, and how good blind ones are: orders and lengths in, hits out; controls run the very same."""

from __future__ import annotations

from functools import cache
from math import factorial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

TOO_UNLIKELY = 1e-4
"""A better result than blind guessing gives in one of ten thousand audits is taken for knowledge."""
_FEWEST = 2


def guesses_by_length(observed: Mapping[int, int], written: Mapping[int, int]) -> frozenset[int]:
    """People linked by matching lengths that were seen with what was written, longest to longest.

    Who shares a length with others is not told apart from them.
    """
    people = [person for person in observed if person in written]
    if len({observed[person] for person in people}) < _FEWEST:
        return frozenset()
    by_observed = sorted(people, key=lambda person: observed[person])
    by_written = sorted(people, key=lambda person: written[person])
    return frozenset(
        a
        for a, b in zip(by_observed, by_written, strict=True)
        if a == b
        and sum(observed[a] == observed[p] for p in people) == 1
        and sum(written[b] == written[p] for p in people) == 1
    )


def guesses_by_order(
    found: Sequence[int], known: Sequence[int]
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Ways to lay an order of texts beside a known order of the same people, each a guess for every text in turn."""
    present = set(found)
    row = [person for person in known if person in present]
    yield "forwards", tuple(row)
    yield "backwards", tuple(reversed(row))
    if len(row) > _FEWEST:
        yield "one later", (*row[-1:], *row[:-1])
        yield "one earlier", (*row[1:], *row[:1])


def hits_by_strategy(
    found: Mapping[str, Sequence[int]], known: Mapping[str, Sequence[int]]
) -> dict[str, frozenset[int]]:
    """Whom each single way of guessing gets right."""
    return {
        f"{source} / {order} / {way}": frozenset(
            a for a, b in zip(texts, guess, strict=True) if a == b
        )
        for source, texts in found.items()
        for order, people in known.items()
        for way, guess in guesses_by_order(texts, people)
    }


def chance_of_hits(hits: int, sizes: Iterable[int]) -> float:
    """How likely blind guesses, one for every text of each group, get so many right or more: exactly."""
    spread = [1.0]
    for size in sizes:
        spread = _folded(spread, _fixed_points(size))
    return min(1.0, sum(spread[hits:]))


def expected_hits(sizes: Iterable[int]) -> float:
    """How many blind guesses get right on average: one in every group, however large."""
    return float(sum(1 for size in sizes if size))


@cache
def _fixed_points(size: int) -> tuple[float, ...]:
    """How likely a shuffle of so many leaves 0, 1, 2 … of them in their places."""
    alternating, total = [], 0.0
    for j in range(size + 1):
        total += (-1) ** j / factorial(j) if j < len(_SMALL) else 0.0
        alternating.append(total)
    most = min(size, len(_SMALL) - 1)
    return tuple(alternating[size - k] / factorial(k) for k in range(most + 1))


_SMALL = range(30)
"""Further terms are below 1e-30."""
_NEGLIGIBLE = 1e-40


def _folded(a: Sequence[float], b: Sequence[float]) -> list[float]:
    folded = [0.0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        if x > 0:
            for j, y in enumerate(b):
                folded[i + j] += x * y
    while len(folded) > 1 and folded[-1] < _NEGLIGIBLE:
        folded.pop()
    return folded
