from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.errors import ImpossibleCounts
from survey.statistics.association import association, is_one_sided
from survey.statistics.distribution import normal_quantile

same_every_time = settings(derandomize=True, database=None, deadline=None, max_examples=60)

TABLE = ((8, 4, 2, 1, 0), (3, 9, 5, 2, 1), (1, 4, 12, 8, 3), (0, 2, 7, 15, 9), (0, 1, 3, 8, 12))

tables = st.lists(
    st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=3, max_size=3
).filter(
    lambda table: (
        sum(any(row) for row in table) > 1 and sum(any(c) for c in zip(*table, strict=True)) > 1
    )
)


def test_association_counts_pairs_of_people_ordered_alike_and_otherwise() -> None:
    found = association(((2, 1), (0, 3)))

    # 6 pairs ordered alike, none otherwise; 9 differ in the one question and 8 in the other.
    assert found is not None
    assert found.value == pytest.approx(6 / sqrt(9 * 8))


def test_interval_is_that_of_the_delta_method() -> None:
    found = association(TABLE)

    assert found is not None
    total = sum(map(sum, TABLE))
    leanings = numeric_leanings(TABLE)
    mean = sum(leanings[i][j] * TABLE[i][j] for i in range(5) for j in range(5)) / total
    squares = sum(leanings[i][j] ** 2 * TABLE[i][j] for i in range(5) for j in range(5)) / total
    reach = normal_quantile(0.975) * sqrt((squares - mean**2) / total)
    assert [found.interval.low, found.interval.high] == pytest.approx(
        [found.value - reach, found.value + reach], abs=1e-6
    )


@pytest.mark.parametrize(
    ("table", "value"),
    [
        (((5, 0, 0), (0, 5, 0), (0, 0, 5)), 1.0),
        (((0, 0, 5), (0, 5, 0), (5, 0, 0)), -1.0),
        (((1, 1), (1, 1)), 0.0),
        (((0, 1), (1, 0)), -1.0),
    ],
)
def test_association_runs_from_always_otherwise_to_always_alike(
    table: tuple[tuple[int, ...], ...], value: float
) -> None:
    found = association(table)

    assert found is not None
    assert found.value == pytest.approx(value)
    assert found.interval.low <= found.value <= found.interval.high


@pytest.mark.parametrize("table", [((3, 4), (0, 0)), ((3, 0), (4, 0)), ((9,),)])
def test_question_with_one_answer_goes_with_nothing(table: tuple[tuple[int, ...], ...]) -> None:
    assert association(table) is None


@pytest.mark.parametrize("table", [(), ((1, 2), (3,)), ((1, -1), (2, 3)), ((0, 0), (0, 0))])
def test_impossible_tables_are_refused(table: tuple[tuple[int, ...], ...]) -> None:
    with pytest.raises(ImpossibleCounts):
        association(table)


@same_every_time
@given(tables)
def test_association_turns_its_sign_with_one_question_and_keeps_it_with_both(
    table: list[list[int]],
) -> None:
    found = association(table)
    turned = association(table[::-1])
    both = association([row[::-1] for row in table[::-1]])
    swapped = association([list(column) for column in zip(*table, strict=True)])

    assert found is not None
    assert turned is not None
    assert both is not None
    assert swapped is not None
    assert -1 - 1e-9 <= found.value <= 1 + 1e-9
    assert 0 <= found.chance <= 1
    assert turned.value == pytest.approx(-found.value)
    assert [both.value, both.interval.low, both.chance] == pytest.approx(
        [found.value, found.interval.low, found.chance]
    )
    assert [swapped.value, swapped.interval.high] == pytest.approx(
        [found.value, found.interval.high]
    )


@pytest.mark.parametrize(("counts", "one_sided"), [((85, 15), False), ((86, 14), True)])
def test_question_is_one_sided_above_85_percent(
    counts: tuple[int, ...], *, one_sided: bool
) -> None:
    assert is_one_sided(counts) is one_sided


def numeric_leanings(table: tuple[tuple[int, ...], ...]) -> list[list[float]]:
    """How much the association grows with the share of each cell, by trying."""
    total = sum(map(sum, table))
    step = 1e-5

    def moved(i: int, j: int, by: float) -> float:
        shares = [[cell / total for cell in row] for row in table]
        shares[i][j] += by
        return tau(shares)

    return [
        [(moved(i, j, step) - moved(i, j, -step)) / (2 * step) for j in range(len(row))]
        for i, row in enumerate(table)
    ]


def tau(shares: list[list[float]]) -> float:
    """Kendall's tau-b of shares, by its definition."""
    cells = [(i, j, share) for i, row in enumerate(shares) for j, share in enumerate(row)]

    alike = sum(
        p * q * ((a > i) - (a < i)) * ((b > j) - (b < j)) for i, j, p in cells for a, b, q in cells
    )
    total = sum(p for *_, p in cells)
    across = total**2 - sum(sum(row) ** 2 for row in shares)
    down = total**2 - sum(sum(column) ** 2 for column in zip(*shares, strict=True))
    return alike / sqrt(across * down)
