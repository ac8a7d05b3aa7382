from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.errors import ImpossibleCounts
from survey.statistics.disclosure_audit import Atom, Violation, atoms_of, audit, publishable

SIX = [f"workshop {number}" for number in range(1, 7)]
SIX_WORKSHOPS = {frozenset({"all", name}): 33 for name in SIX} | {frozenset({"all"}): 2}


def test_workshops_that_hold_all_but_two_give_the_two_away() -> None:
    violations = audit(["all", *SIX], SIX_WORKSHOPS)

    assert violations == [
        Violation(
            atoms=(frozenset({"all"}),),
            people=2,
            combination=(("all", Fraction(1)), *((name, Fraction(-1)) for name in SIX)),
        )
    ]


def test_one_workshop_withheld_hides_the_two() -> None:
    assert audit(["all", *SIX[:-1]], SIX_WORKSHOPS) == []


def test_a_second_snapshot_gives_the_newcomer_away() -> None:
    atoms = {frozenset({"before", "after"}): 14, frozenset({"after"}): 1}

    (violation,) = audit(["before", "after"], atoms)

    assert violation.people == 1
    assert dict(violation.combination) == {"after": 1, "before": -1}


def test_a_cell_withheld_alone_is_computed_from_the_margins() -> None:
    sizes = {("town", "call"): 3, ("town", "hall"): 20, ("village", "call"): 20}
    sizes["village", "hall"] = 30
    atoms = {
        frozenset({"all", town, room, f"{town} {room}"}): size
        for (town, room), size in sizes.items()
    }
    margins = ["all", "town", "village", "call", "hall"]
    cells = [f"{town} {room}" for town, room in sizes if (town, room) != ("town", "call")]

    assert [violation.people for violation in audit([*margins, *cells], atoms)] == [3]
    assert audit(margins, atoms) == []


def test_two_rounds_that_overlap_give_away_who_had_no_workshop() -> None:
    rounds = product(("a1", "a2", None), ("b1", "b2", None))
    atoms = {
        frozenset({"all", *filter(None, pair)}): 3 if pair[0] is None else 12 for pair in rounds
    }
    first = ["all", "a1", "a2"]

    # Nine without a workshop in the first round are enough; three without any are not computable.
    assert audit([*first, "b1", "b2"], atoms) == []
    assert [v.people for v in audit([*first, "b1", "b2"], atoms, threshold=10)] == [9]


def test_groups_nobody_published_tell_nobody_apart() -> None:
    atoms = {frozenset({"all", "secret"}): 1, frozenset({"all"}): 20, frozenset({"secret"}): 1}

    assert [violation.people for violation in audit(["all", "secret"], atoms)] == [2]
    assert audit(["all"], atoms) == []


def test_nothing_published_gives_nothing_away() -> None:
    assert audit([], {frozenset({"all"}): 3}) == []


def test_weights_that_are_no_whole_numbers_are_found() -> None:
    # Three pairs of three persons' kinds: each kind alone is half of two pairs less the third.
    pairs = {"ab": "ab", "bc": "bc", "ca": "ca"}
    atoms = {
        frozenset(name for name, kinds in pairs.items() if kind in kinds): size
        for kind, size in (("a", 4), ("b", 50), ("c", 50))
    }

    (violation,) = audit(pairs, atoms)

    assert violation.people == 4
    assert dict(violation.combination) == {
        "ab": Fraction(1, 2),
        "bc": Fraction(-1, 2),
        "ca": Fraction(1, 2),
    }


def test_only_the_smallest_sets_given_away_are_named() -> None:
    # Everybody in "z" and the one in "b" are given away; so are both together, which says nothing new.
    atoms = {
        frozenset({"a", "c"}): 10,
        frozenset({"a", "z"}): 1,
        frozenset({"b"}): 1,
        frozenset({"c", "z"}): 1,
        frozenset({"z"}): 1,
    }

    violations = audit("abcz", atoms)

    assert [dict(violation.combination) for violation in violations] == [{"b": 1}, {"z": 1}]


def test_negative_numbers_of_people_are_refused() -> None:
    with pytest.raises(ImpossibleCounts):
        audit(["all"], {frozenset({"all"}): -1})


def test_atoms_count_respondents_with_the_same_groups() -> None:
    atoms = atoms_of([["all", "a"], ["a", "all"], {"all"}])

    assert atoms == {frozenset({"all", "a"}): 2, frozenset({"all"}): 1}


def test_a_congress_of_twelve_workshops_is_audited() -> None:
    atoms = congress(400)
    published = ["all", *(f"{half}{number}" for half in "ab" for number in range(6))]

    assert len(atoms) == 49
    assert audit(published, atoms) == []
    # The sizes shrink until a workshop's own table is too small.
    small = {atom: count for atom, count in congress(60).items() if count}
    assert all(violation.people < 5 for violation in audit(published, small))
    assert publishable(published, small)[0] == "all"


def test_publishable_leaves_out_what_would_give_somebody_away() -> None:
    chosen = publishable(["all", *SIX], SIX_WORKSHOPS)

    assert chosen == ("all", *SIX[:-1])


def test_publishable_leaves_out_groups_that_are_too_small() -> None:
    atoms = {frozenset({"all", "few"}): 4, frozenset({"all"}): 30}

    assert publishable(["all", "few", "nobody"], atoms) == ("all",)


populations = st.dictionaries(
    st.frozensets(st.sampled_from("abcde"), min_size=1), st.integers(0, 9), max_size=9
)


@settings(derandomize=True, database=None, deadline=None, max_examples=60)
@given(populations, st.lists(st.sampled_from("abcde"), unique=True))
def test_audit_finds_exactly_what_trying_every_set_finds(
    atoms: dict[Atom, int], published: list[str]
) -> None:
    violations = audit(published, atoms)

    assert {frozenset(violation.atoms) for violation in violations} == set(
        smallest_sets_given_away(published, atoms, threshold=5)
    )


@settings(derandomize=True, database=None, deadline=None, max_examples=60)
@given(populations, st.lists(st.sampled_from("abcde"), unique=True))
def test_each_violation_carries_its_proof(atoms: dict[Atom, int], published: list[str]) -> None:
    for violation in audit(published, atoms):
        for atom, count in atoms.items():
            seen = atom & set(published)
            weight = sum(weight for group, weight in violation.combination if group in seen)
            assert not count or weight == (seen in violation.atoms)


@settings(derandomize=True, database=None, deadline=None, max_examples=60)
@given(populations, st.permutations("abcde"))
def test_what_is_publishable_gives_nobody_away(
    atoms: dict[Atom, int], candidates: list[str]
) -> None:
    assert audit(publishable(candidates, atoms), atoms) == []


def smallest_sets_given_away(
    published: list[str], atoms: dict[Atom, int], *, threshold: int
) -> list[frozenset[Atom]]:
    """The audit's promise the long way: every set of atoms, its rank beside the groups' rank."""
    people: dict[Atom, int] = {}
    for atom, count in atoms.items():
        seen = atom & set(published)
        if count and seen:
            people[seen] = people.get(seen, 0) + count
    rows = [[int(group in atom) for atom in people] for group in published]
    found: list[frozenset[Atom]] = []
    for size in range(1, len(people) + 1):
        for chosen in combinations(people, size):
            indicator = [int(atom in chosen) for atom in people]
            if (
                sum(people[atom] for atom in chosen) < threshold
                and not any(smaller <= set(chosen) for smaller in found)
                and rank([*rows, indicator]) == rank(rows)
            ):
                found.append(frozenset(chosen))
    return found


def rank(rows: list[list[int]]) -> int:
    """How many rows are independent, by plain elimination."""
    left = [[Fraction(value) for value in row] for row in rows]
    found = 0
    while left:
        row = left.pop()
        column = next((place for place, value in enumerate(row) if value), None)
        if column is None:
            continue
        found += 1
        left = [
            [
                value - other[column] / row[column] * own
                for value, own in zip(other, row, strict=True)
            ]
            for other in left
        ]
    return found


def congress(people: int) -> dict[Atom, int]:
    """A programme of two rounds of six, everybody in at most one workshop a round."""
    memberships = []
    for person in range(people):
        first, second = person * 5 % 7, person // 7 % 7
        groups = {"all"}
        if first:
            groups.add(f"a{first - 1}")
        if second:
            groups.add(f"b{second - 1}")
        memberships.append(groups)
    return atoms_of(memberships)
