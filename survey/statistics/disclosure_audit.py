"""Whom published groups give away when their tables are added and subtracted.

An *atom* is all respondents who belong to exactly the same groups, written as the set of their names.
Every table that can be computed from published ones is a linear combination of theirs; one that is the
table of fewer persons than the threshold gives them away. In the row space of the groups-by-atoms matrix
a set of atoms is fixed by the pivots it holds, so trying the few sets of pivots with few persons finds
all of them, in exact arithmetic.

Two limits: ranges are not bounded, and who knows the own answer needs one person less.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING, TypeAlias

from survey.errors import ImpossibleCounts
from survey.statistics.disclosure import SMALLEST_GROUP

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

Atom: TypeAlias = frozenset[str]


@dataclass(frozen=True, slots=True)
class Violation:
    """Too few persons whose own table can be computed from published ones."""

    atoms: tuple[Atom, ...]
    """The published groups of each kind of person given away."""
    people: int
    combination: tuple[tuple[str, Fraction], ...]
    """How: each group's table times its weight, all added."""


def atoms_of(memberships: Iterable[Collection[str]]) -> dict[Atom, int]:
    """Respondents counted by the groups they belong to; each membership is one respondent's groups."""
    return dict(Counter(frozenset(membership) for membership in memberships))


def audit(
    published: Collection[str], atoms: Mapping[Atom, int], *, threshold: int = SMALLEST_GROUP
) -> list[Violation]:
    """All smallest sets of persons, fewer than the threshold, that the published groups give away."""
    people = _people_by_atom(published, atoms)
    if all(count >= threshold for count in people.values()):
        return []  # however groups are added and subtracted, whole atoms are what is left
    groups = sorted(published)
    # Large atoms first: as pivots they cannot belong to a small set, which leaves little to try.
    order = sorted(people, key=lambda atom: (-people[atom], sorted(atom)))
    rows, denominator = _reduced(
        [
            [int(group in atom) for atom in order] + [int(group == other) for other in groups]
            for group in groups
        ],
        width=len(order),
    )
    found = _given_away(
        rows, [people[atom] for atom in order], denominator=denominator, threshold=threshold
    )
    return [
        Violation(
            atoms=tuple(order[column] for column in sorted(columns)),
            people=sum(people[order[column]] for column in columns),
            combination=tuple(
                (group, weight) for group, weight in zip(groups, weights, strict=True) if weight
            ),
        )
        for columns, weights in _smallest(found)
    ]


def publishable(
    candidates: Iterable[str], atoms: Mapping[Atom, int], *, threshold: int = SMALLEST_GROUP
) -> tuple[str, ...]:
    """The candidates, most important first, that can be published together; the rest is withheld."""
    chosen: tuple[str, ...] = ()
    for candidate in candidates:
        members = sum(count for atom, count in atoms.items() if candidate in atom)
        if members >= threshold and not audit((*chosen, candidate), atoms, threshold=threshold):
            chosen = (*chosen, candidate)
    return chosen


def _people_by_atom(published: Collection[str], atoms: Mapping[Atom, int]) -> dict[Atom, int]:
    """Persons by their published groups: nobody else's groups can tell two persons apart."""
    visible = frozenset(published)
    people: Counter[Atom] = Counter()
    for atom, count in atoms.items():
        if count < 0:
            raise ImpossibleCounts(people=count)
        if count and atom & visible:
            people[atom & visible] += count
    return dict(people)


def _reduced(rows: list[list[int]], *, width: int) -> tuple[list[list[int]], int]:
    """The non-zero rows of the reduced row echelon form of the first `width` columns, over one denominator.

    In whole numbers: fractions would take ten times as long, and every report is audited before it is shown.
    """
    rank = 0
    for column in range(width):
        pivot = next((row for row in range(rank, len(rows)) if rows[row][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        own = rows[rank]
        lead = own[column]
        for row, values in enumerate(rows):
            factor = values[column]
            if row != rank and factor:
                rows[row] = _in_lowest_terms(
                    [lead * value - factor * mine for value, mine in zip(values, own, strict=True)]
                )
        rank += 1
    leads = [next(value for value in row if value) for row in rows[:rank]]
    denominator = lcm(1, *leads)
    return [
        [value * (denominator // lead) for value in row]
        for row, lead in zip(rows[:rank], leads, strict=True)
    ], denominator


def _in_lowest_terms(row: list[int]) -> list[int]:
    divisor = gcd(*row)
    return row if divisor in {0, 1} else [value // divisor for value in row]


def _given_away(
    rows: Sequence[Sequence[int]], people: Sequence[int], *, denominator: int, threshold: int
) -> Iterator[tuple[frozenset[int], tuple[Fraction, ...]]]:
    """Sets of columns with few people whose indicator is a sum of rows, with the sum's other columns."""
    pivots = [next(column for column, value in enumerate(row) if value) for row in rows]

    def extended(
        first: int, total: Sequence[int], room: int
    ) -> Iterator[tuple[frozenset[int], tuple[Fraction, ...]]]:
        for index in range(first, len(rows)):
            left = room - people[pivots[index]]
            if left < 0:
                continue
            values = [value + more for value, more in zip(total, rows[index], strict=True)]
            if all(value in (0, denominator) for value in values[: len(people)]):
                columns = frozenset(c for c in range(len(people)) if values[c])
                if sum(people[column] for column in columns) < threshold:
                    weights = tuple(Fraction(v, denominator) for v in values[len(people) :])
                    yield columns, weights
                    continue
            yield from extended(index + 1, values, left)

    yield from extended(0, [0] * (len(rows[0]) if rows else 0), threshold - 1)


def _smallest(
    found: Iterable[tuple[frozenset[int], tuple[Fraction, ...]]],
) -> list[tuple[frozenset[int], tuple[Fraction, ...]]]:
    smallest: list[tuple[frozenset[int], tuple[Fraction, ...]]] = []
    for columns, weights in sorted(found, key=lambda entry: (len(entry[0]), sorted(entry[0]))):
        if not any(other <= columns for other, _ in smallest):
            smallest.append((columns, weights))
    return smallest
