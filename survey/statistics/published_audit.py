"""Whom everything ever published of an edition gives away, question by question.

A question is split into groups by the one count of an edition only. The tables that it keeps are of the same people for
ever, and it alone knows how two splits overlap, and proves them safe together; here each is proven beside the whole.

An edition from elsewhere can be counted again, then without splits: nobody knows who came and who went between two
tables. A set of people computed from tables has as many people as their sizes add up to; so where no sum of sizes,
each added or subtracted, is too small, none of these sets is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, combinations, product
from typing import TYPE_CHECKING

from survey.statistics.disclosure import is_republication_safe
from survey.statistics.disclosure_audit import audit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from survey.model.published_table import PublishedTable

_EVERYBODY = ""
_MOST_TABLES = 7
"""With more tables of other people nothing is proven any more."""
_MOST_PARTS = 12
"""With more numbers than that, trying to merge them takes too long: then only equal ones are the same."""


@dataclass(frozen=True, slots=True, order=True)
class Exposure:
    """A question whose published tables together give people away."""

    session: str
    item: str
    people: int
    """How few; 0 where the tables contradict each other, and nothing is proven."""


def audit_published(tables: Iterable[PublishedTable], *, threshold: int) -> tuple[Exposure, ...]:
    """Everybody whom the tables, published at whatever time, give away; empty is the promise."""
    questions: dict[tuple[str, str], list[PublishedTable]] = defaultdict(list)
    for table in tables:
        questions[table.session, table.item].append(table)
    return tuple(
        Exposure(session, item, people)
        for (session, item), told in sorted(questions.items())
        for people in sorted(set(_given_away(told, threshold=threshold)))
    )


def are_of_the_same_people(one: PublishedTable, other: PublishedTable) -> bool:
    """Whether two tables of a group can be the same answers: under other names, merged, or with some left out."""
    if not one.counts or not other.counts:
        return one.n == other.n
    if 1 in {len(one.counts), len(other.counts)}:
        return one.n == other.n and one.n in one.counts and one.n in other.counts
    if _is_merged(one.counts, other.counts) or _is_merged(other.counts, one.counts):
        return True
    first, second = Counter(one.counts), Counter(other.counts)
    return one.n == other.n and (first <= second or second <= first)


def _given_away(tables: Sequence[PublishedTable], *, threshold: int) -> Iterator[int]:
    versions: dict[str, list[PublishedTable]] = defaultdict(list)
    for table in tables:
        known = versions[table.grouping]
        if not any(are_of_the_same_people(table, before) for before in known):
            known.append(table)
        elif not all(are_of_the_same_people(table, before) for before in known):
            yield 0
    if versions.keys() == {_EVERYBODY}:
        yield from _through_time([table.n for table in versions[_EVERYBODY]], threshold=threshold)
    elif any(len(known) > 1 for known in versions.values()):
        yield 0
    else:
        sizes = {grouping: known[0].n for grouping, known in versions.items()}
        for split in {grouping.rpartition(":")[0] for grouping in sizes if grouping}:
            cells = {g: n for g, n in sizes.items() if g and g.rpartition(":")[0] == split}
            yield from _by_split(sizes.get(_EVERYBODY), cells, threshold=threshold)


def _through_time(sizes: Sequence[int], *, threshold: int) -> Iterator[int]:
    """Whoever came and went between tables of one group: nobody knows who, so every sum counts."""
    if len(sizes) > _MOST_TABLES:
        yield 0
        return
    for before, after in combinations(sizes, 2):
        if not is_republication_safe(before, after, threshold=threshold):
            yield abs(after - before) or 1  # as many as before are not the same ones: one at least
    for weights in product((-1, 0, 1), repeat=len(sizes)):
        people = sum(weight * size for weight, size in zip(weights, sizes, strict=True))
        if 0 < people < threshold:
            yield people


def _by_split(whole: int | None, cells: Mapping[str, int], *, threshold: int) -> Iterator[int]:
    """The groups of one split, and the rest where the whole is known."""
    atoms = {frozenset({cell, _EVERYBODY}): n for cell, n in cells.items()}
    published = set(cells)
    if whole is not None:
        rest = whole - sum(cells.values())
        if rest < 0:
            yield 0
            return
        atoms[frozenset({_EVERYBODY})] = rest
        published.add(_EVERYBODY)
    for violation in audit(published, atoms, threshold=threshold):
        yield violation.people


def _is_merged(fine: tuple[int, ...], coarse: tuple[int, ...]) -> bool:
    """Whether adding some of the fine numbers gives exactly the coarse ones."""
    numbers = tuple(sorted(number for number in fine if number))
    sums = tuple(sorted(number for number in coarse if number))
    if sum(numbers) != sum(sums) or fine.count(0) < coarse.count(0):
        return False
    return numbers == sums or (len(numbers) <= _MOST_PARTS and _fill(numbers, sums))


@lru_cache(maxsize=256)
def _fill(numbers: tuple[int, ...], rooms: tuple[int, ...]) -> bool:
    """Whether the numbers fill the rooms exactly, one room after the other."""
    walls = tuple(accumulate(rooms))
    filled = {0: 0}  # which numbers are used, as bits, and how far they fill the rooms
    for _ in numbers:
        filled = {
            used | 1 << place: level + number
            for used, level in filled.items()
            for place, number in enumerate(numbers)
            if not used >> place & 1 and level + number <= walls[bisect_right(walls, level)]
        }
    return bool(filled)
