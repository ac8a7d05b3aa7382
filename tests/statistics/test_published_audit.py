"""Whatever is published of an edition, and in whatever order, fewer than five people are never given away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.model.published_table import PublishedTable
from survey.model.tally import breakdown_grouping, pair_grouping
from survey.statistics.disclosure_audit import atoms_of, audit
from survey.statistics.published_audit import (
    Exposure,
    are_of_the_same_people,
    audit_published,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

A, B = breakdown_grouping("a"), breakdown_grouping("b")
ON_SITE, ONLINE = pair_grouping("how", "on_site"), pair_grouping("how", "online")


def table(n: int, *counts: int, grouping: str = "", session: str = "") -> PublishedTable:
    return PublishedTable(session, grouping, "overall", n, tuple(sorted(counts)))


def exposed(*entries: Iterable[PublishedTable]) -> list[int]:
    return [e.people for e in audit_published(chain(*entries), threshold=5)]


def test_subtracting_two_snapshots_gives_the_one_person_between_them_away() -> None:
    before, after = {"good": 9, "bad": 5}, {"good": 9, "bad": 6}
    difference = {answer: after[answer] - before[answer] for answer in before}

    found = exposed([table(14, *before.values())], [table(15, *after.values())])

    assert difference == {"good": 0, "bad": 1}  # whoever answered last was not content
    assert found == [1]


@pytest.mark.parametrize(
    ("entries", "people"),
    [
        ([[table(14, 4, 10)]], []),
        ([[table(4, 1, 3)]], [4]),
        ([[table(14, 4, 10)], [table(14, 4, 10)]], []),
        ([[table(14, 4, 10)], [table(18, 4, 14)]], [4]),
        ([[table(14, 4, 10)], [table(19, 4, 15)]], []),
        ([[table(14, 4, 10)], [table(19, 4, 15)], [table(24, 4, 20)], [table(16, 6, 10)]], [2, 3]),
        ([[table(14, 4, 10)], [table(14, 5, 9)]], [1]),
        ([[table(14)], [table(14, 5, 9)]], []),
        ([[table(14)], [table(15, 5, 10)]], [1]),
        ([[table(60, session="ws01")], [table(62, session="ws02")]], []),
    ],
    ids=[
        "one table",
        "too small a table",
        "the same again",
        "four came",
        "five came",
        "back to near an older one",
        "as many others",
        "only the number was remembered",
        "another number than was remembered",
        "two sessions are not subtracted",
    ],
)
def test_tables_of_one_group_over_time(
    entries: Sequence[Iterable[PublishedTable]], people: list[int]
) -> None:
    assert exposed(*entries) == people


def test_the_rest_of_a_split_is_computed_also_from_tables_of_different_days() -> None:
    whole = [table(97)]
    cells = [table(40, grouping=A), table(55, grouping=B)]

    assert exposed(whole) == []
    assert exposed(cells) == []
    assert exposed(whole, cells) == [2]
    assert exposed(cells, whole) == [2]
    assert exposed([table(100)], cells) == []


def test_a_question_that_was_split_is_of_the_one_count_for_ever() -> None:
    first = [table(100), table(40, grouping=A), table(60, grouping=B)]
    later = [table(106), table(45, grouping=A)]

    assert 106 - 45 - 60 == 1  # the one who came to the other group
    assert exposed(first, later) == [0]
    assert exposed(first, first[1:]) == []


def test_three_tables_are_added_and_subtracted() -> None:
    tables = [table(20), table(30), table(48)]

    assert exposed(tables[:2], tables[2:]) == [2]
    assert exposed(tables[:2]) == exposed(tables[1:]) == exposed([tables[0], tables[2]]) == []


def test_too_many_tables_of_other_people_prove_nothing() -> None:
    assert exposed([table(10**power) for power in range(1, 8)]) == []
    assert exposed([table(10**power) for power in range(1, 9)]) == [0]


def test_cells_that_hold_more_than_the_whole_prove_nothing() -> None:
    found = exposed([table(50), table(30, grouping=A), table(30, grouping=B)])

    assert found == [0]


def test_two_splits_of_one_question_are_each_proven_beside_the_whole() -> None:
    whole, good = table(97), [table(40, grouping=A), table(57, grouping=B)]
    bad = [table(50, grouping=ON_SITE), table(44, grouping=ONLINE)]

    assert exposed([whole, *good]) == []
    assert exposed([whole, *good, *bad]) == [3]


def test_an_exposure_names_its_question() -> None:
    found = audit_published([table(3, 1, 2, session="ws01"), table(30, 10, 20)], threshold=5)

    assert found == (Exposure("ws01", "overall", 3),)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (table(24, 4, 20), table(24, 20, 4), True),
        (table(24, 4, 9, 11), table(24, 4, 20), True),
        (table(24, 0, 3, 10, 11), table(21, 3, 10, 11), True),
        (table(24, 1, 12, 11), table(24, 0, 13, 11), False),
        (table(30, 15, 10, 4), table(30, 15, 10), True),
        (table(30, 15, 10, 4), table(26, 15, 10), False),
        (table(24, 24), table(24, 24, 0, 0), True),
        (table(24, 24), table(24, 23, 1, 0), False),
        (table(24, 24), table(25, 24, 1), False),
        (table(24, *range(20)), table(24, *range(1, 20)), True),
        (table(24, *range(2, 22)), table(24, 5, *range(4, 22)), False),
    ],
    ids=[
        "other names",
        "merged",
        "an answer that is none, merged",
        "one person moved",
        "an option left out",
        "an option and its people left out",
        "all alike",
        "all alike, and then one not",
        "all alike, and then one more",
        "more numbers than are tried, one left out",
        "more numbers than are tried, merged",
    ],
)
def test_tables_are_of_the_same_people_where_only_the_answers_are_sorted_otherwise(
    one: PublishedTable, other: PublishedTable, *, same: bool
) -> None:
    assert are_of_the_same_people(one, other) is same
    assert are_of_the_same_people(other, one) is same


@dataclass(frozen=True)
class Person:
    group: str
    answer: int
    there: tuple[bool, ...]
    """At which of three counts they are among those who answered."""


def people_of(groups: st.SearchStrategy[str]) -> st.SearchStrategy[list[Person]]:
    there = st.tuples(st.booleans(), st.booleans(), st.booleans())
    kinds = st.tuples(st.integers(1, 14), st.builds(Person, groups, st.integers(0, 2), there))
    return st.lists(kinds, max_size=9).map(
        lambda drawn: [person for number, person in drawn for _ in range(number)]
    )


def told(people: Iterable[Person], grouping: str) -> PublishedTable:
    answers = [person.answer for person in people if grouping in {"", person.group}]
    return table(len(answers), *(answers.count(n) for n in range(3)), grouping=grouping)


def given_away(people: Sequence[Person], published: set[tuple[int, str]]) -> object:
    """What somebody finds who knows of everybody where they belong."""
    atoms = atoms_of(
        {f"{count}{g}" for count, g in published if p.there[count] and g in {"", p.group}}
        for p in people
    )
    return audit({f"{count}{g}" for count, g in published}, atoms)


@settings(derandomize=True, database=None, deadline=None, max_examples=300)
@given(
    people_of(st.sampled_from([A, B, ""])),
    st.lists(st.sets(st.sampled_from(["", A, B]), min_size=1), min_size=1, max_size=6),
)
def test_no_sequence_of_publications_of_one_count_gives_anybody_away(
    people: list[Person], wanted: list[set[str]]
) -> None:
    everybody = [replace(person, there=(True,)) for person in people]
    log: list[PublishedTable] = []
    published: set[tuple[int, str]] = set()

    for groupings in wanted:
        fresh = [t for g in sorted(groupings) if (t := told(everybody, g)).n]
        if not audit_published([*log, *fresh], threshold=5):
            log += fresh
            published |= {(0, t.grouping) for t in fresh}

    assert given_away(everybody, published) == []


@settings(derandomize=True, database=None, deadline=None, max_examples=300)
@given(people_of(st.just("")), st.lists(st.integers(0, 2), min_size=1, max_size=6))
def test_no_sequence_of_counts_gives_anybody_away(people: list[Person], counts: list[int]) -> None:
    log: list[PublishedTable] = []
    published: set[tuple[int, str]] = set()

    for count in counts:
        fresh = told((p for p in people if p.there[count]), "")
        if fresh.n and not audit_published([*log, fresh], threshold=5):
            log.append(fresh)
            published.add((count, ""))

    assert given_away(people, published) == []
