"""Whom everything ever published of an edition gives away, question by question.

Tables of one question split a group of people, and follow one another in time. How two splits overlap is known to
the count alone, which proves those it keeps safe together; here each is proven beside the whole and beside
everything published before. Between two tables of one group as few people as possible have come or gone: that is
where somebody is given away most easily.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from survey.statistics.disclosure import is_republication_safe
from survey.statistics.disclosure_audit import audit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from survey.model.published_table import PublishedTable
    from survey.statistics.disclosure_audit import Atom

_EVERYBODY = ""
_MOST_PARTS = 14
"""With more numbers than that, trying to merge them takes too long: then only equal ones are the same."""


@dataclass(frozen=True, slots=True, order=True)
class Exposure:
    """A question whose published tables together give people away."""

    session: str
    item: str
    people: int
    """How few; 0 where the tables contradict each other, and nothing is proven."""


def audit_published(
    entries: Sequence[Sequence[PublishedTable]], *, threshold: int
) -> tuple[Exposure, ...]:
    """Everybody whom the tables give away; empty is the promise. `entries`: what was published together, in order."""
    questions: dict[tuple[str, str], list[dict[str, PublishedTable]]] = defaultdict(list)
    for entry in entries:
        told: dict[tuple[str, str], dict[str, PublishedTable]] = defaultdict(dict)
        for table in entry:
            told[table.session, table.item][table.grouping] = table
        for question, tables in told.items():
            questions[question].append(tables)
    return tuple(
        Exposure(session, item, people)
        for (session, item), history in sorted(questions.items())
        for people in sorted(set(_given_away(history, threshold=threshold)))
    )


def are_of_the_same_people(one: PublishedTable, other: PublishedTable) -> bool:
    """Whether two tables of a group can be the same answers: under other names, merged, or with some left out."""
    if not one.counts or not other.counts:
        return one.n == other.n
    if _is_merged(one.counts, other.counts) or _is_merged(other.counts, one.counts):
        return True
    first, second = Counter(one.counts), Counter(other.counts)
    return one.n == other.n and (first <= second or second <= first)


def _given_away(
    history: Sequence[Mapping[str, PublishedTable]], *, threshold: int
) -> Iterator[int]:
    groupings = sorted({grouping for tables in history for grouping in tables})
    for grouping in groupings:
        versions = [tables[grouping] for tables in history if grouping in tables]
        for one, other in combinations(versions, 2):
            if not are_of_the_same_people(one, other) and not is_republication_safe(
                one.n, other.n, threshold=threshold
            ):
                yield abs(other.n - one.n) or 1
    splits: dict[str, list[str]] = defaultdict(list)
    for grouping in groupings:
        if grouping != _EVERYBODY:
            splits[grouping.rpartition(":")[0]].append(grouping)
    for cells in splits.values() or [[]]:
        yield from _by_split(history, cells, threshold=threshold)


def _by_split(
    history: Sequence[Mapping[str, PublishedTable]], cells: Sequence[str], *, threshold: int
) -> Iterator[int]:
    """The whole, one split of it and the rest, through all entries."""
    versions = {grouping: _versions(history, grouping) for grouping in (_EVERYBODY, *cells)}
    whole = versions[_EVERYBODY]
    parts: dict[str | None, list[int]] = {
        cell: [size for _, size in versions[cell]] for cell in cells
    }
    if whole:
        rest = [
            size - sum(sizes[moment] for sizes in parts.values())
            for moment, (_, size) in enumerate(whole)
        ]
        if min(rest) < 0:
            yield 0
            return
        parts[None] = rest
    atoms: Counter[Atom] = Counter()
    for cell, sizes in parts.items():
        shown = (whole, versions[cell]) if cell is not None else (whole,)
        smaller = 0
        for size in sorted({size for size in sizes if size}):
            there = [moment for moment, present in enumerate(sizes) if present >= size]
            groups = {
                history_of[moment][0] for history_of in shown if history_of for moment in there
            }
            atoms[frozenset(groups - {""})] += size - smaller
            smaller = size
    published = {name for found in versions.values() for name, _ in found if name}
    for violation in audit(published, atoms, threshold=threshold):
        yield violation.people


def _versions(
    history: Sequence[Mapping[str, PublishedTable]], grouping: str
) -> list[tuple[str, int]]:
    """At each moment the table of the group that was known then, by a name, and how many people it had.

    Before its first table the group was as large as in it, under no name; empty where it never had one.
    """
    known: list[tuple[str, PublishedTable]] = []
    found: list[tuple[str, int]] = []
    for tables in history:
        table = tables.get(grouping)
        if table is not None:
            name = next(
                (name for name, before in known if are_of_the_same_people(before, table)),
                f"{grouping}#{len(known)}",
            )
            size = next((before.n for old, before in known if old == name), table.n)
            known.append((name, table))
            found.append((name, size))
        elif found:
            found.append(found[-1])
        else:
            found.append(("", 0))
    first = next((size for name, size in found if name), 0)
    return [(name, size if name else first) for name, size in found] if known else []


@lru_cache(maxsize=1024)
def _is_merged(fine: tuple[int, ...], coarse: tuple[int, ...]) -> bool:
    """Whether adding some of the fine numbers gives exactly the coarse ones."""
    if sum(fine) != sum(coarse) or len(fine) < len(coarse):
        return False
    if fine == coarse:
        return True
    if len(fine) > _MOST_PARTS:
        return False
    return _fits(tuple(sorted(fine, reverse=True)), tuple((room, False) for room in coarse))


def _fits(numbers: tuple[int, ...], rooms: tuple[tuple[int, bool], ...]) -> bool:
    """Whether the numbers fill all rooms exactly, none of them with nothing."""
    empty = sum(not is_used for _, is_used in rooms)
    if len(numbers) < empty:
        return False
    if not numbers:
        return all(left == 0 for left, _ in rooms)
    number, rest = numbers[0], numbers[1:]
    for room in sorted({r for r in rooms if r[0] >= number}):
        place = rooms.index(room)
        if _fits(rest, (*rooms[:place], (room[0] - number, True), *rooms[place + 1 :])):
            return True
    return False
