from __future__ import annotations

import pytest

from survey.errors import ImpossibleCounts
from survey.statistics.agreement import Agreement, agreement


@pytest.mark.parametrize(
    ("table", "found"),
    [
        (((20, 0), (0, 30)), Agreement(1.0, 1.0)),
        (((10, 10), (15, 15)), Agreement(0.5, 0.0)),
        (((0, 25), (25, 0)), Agreement(0.0, -1.0)),
        (((40, 0), (0, 0)), Agreement(1.0, None)),
    ],
    ids=["always", "as by chance", "never", "both said the same of all texts"],
)
def test_agreement_is_told_with_what_is_left_beyond_chance(
    table: tuple[tuple[int, ...], ...], found: Agreement
) -> None:
    assert agreement(table) == found


@pytest.mark.parametrize("table", [(), ((0, 0), (0, 0)), ((1, 2),), ((1, -1), (2, 3)), ((), ())])
def test_impossible_tables_of_texts_are_refused(table: tuple[tuple[int, ...], ...]) -> None:
    with pytest.raises(ImpossibleCounts):
        agreement(table)
