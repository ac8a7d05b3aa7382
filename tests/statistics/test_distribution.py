from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from scipy import stats

from survey.statistics.distribution import (
    beta_quantile,
    chi_square_at_least,
    hypergeometric_at_least,
    hypergeometric_at_least_exceeds,
    hypergeometric_at_most,
    hypergeometric_probability,
    incomplete_beta,
    normal_quantile,
    poisson_probability,
    student_quantile,
    student_two_sided,
)


@pytest.mark.parametrize(
    ("answered", "eligible"), [(1, 1), (9, 21), (21, 21), (60, 300), (400, 600), (3000, 10_000)]
)
def test_hypergeometric_equals_scipy(answered: int, eligible: int) -> None:
    for part, other in product((0.0, 0.1, 0.5, 0.9, 1.0), repeat=2):
        actual, positive = round(part * eligible), round(other * answered)
        reference = stats.hypergeom(eligible, actual, answered)

        found = [
            hypergeometric_probability(
                positive, answered, positive_eligible=actual, eligible=eligible
            ),
            hypergeometric_at_least(
                positive, answered, positive_eligible=actual, eligible=eligible
            ),
            hypergeometric_at_most(positive, answered, positive_eligible=actual, eligible=eligible),
        ]

        assert found == pytest.approx(
            [reference.pmf(positive), reference.sf(positive - 1), reference.cdf(positive)],
            abs=1e-10,
        )


@pytest.mark.parametrize("positive", [-1, 10])
def test_hypergeometric_probability_of_the_impossible_is_zero(positive: int) -> None:
    assert hypergeometric_probability(positive, 9, positive_eligible=21, eligible=21) == 0.0


@pytest.mark.parametrize(
    ("level", "exceeds"),
    [
        (Fraction(1, 40), False),
        (Fraction(1, 40) - Fraction(1, 10**30), True),
        (Fraction(1, 40) + Fraction(1, 10**30), False),
    ],
)
def test_hypergeometric_ties_are_decided_in_whole_numbers(level: Fraction, exceeds: bool) -> None:  # noqa: FBT001 -- the table's column
    decided = hypergeometric_at_least_exceeds(
        level, 1, answered=1, positive_eligible=1, eligible=40
    )

    assert decided is exceeds


@pytest.mark.parametrize("degrees", [1, 2, 8, 17.683, 100, 348.9, 2000])
@pytest.mark.parametrize("probability", [0.0125, 0.5, 0.6, 0.975, 0.9999])
def test_student_quantile_equals_scipy(probability: float, degrees: float) -> None:
    assert student_quantile(probability, degrees) == pytest.approx(
        stats.t.ppf(probability, degrees), rel=1e-11, abs=1e-15
    )


@pytest.mark.parametrize("degrees", [1, 8, 17.683, 348.9])
@pytest.mark.parametrize("value", [0.0, -0.5, 2.0, 8.0])
def test_student_tails_equal_scipy(value: float, degrees: float) -> None:
    assert student_two_sided(value, degrees) == pytest.approx(
        2 * stats.t.sf(abs(value), degrees), rel=1e-11
    )


@pytest.mark.parametrize("probability", [0.0125, 0.5, 0.975, 0.995])
def test_normal_quantile_equals_scipy(probability: float) -> None:
    assert normal_quantile(probability) == pytest.approx(
        stats.norm.ppf(probability), rel=1e-14, abs=1e-15
    )


@pytest.mark.parametrize(("first", "second"), [(7, 3), (1, 9), (400, 201), (5000, 5001)])
@pytest.mark.parametrize("probability", [0.0125, 0.025, 0.975])
def test_beta_quantile_equals_scipy(probability: float, first: float, second: float) -> None:
    assert beta_quantile(probability, first, second=second) == pytest.approx(
        stats.beta.ppf(probability, first, second), abs=1e-12
    )


@pytest.mark.parametrize(("value", "expected"), [(-0.1, 0.0), (0.0, 0.0), (1.0, 1.0), (1.1, 1.0)])
def test_incomplete_beta_ends_at_nothing_and_everything(value: float, expected: float) -> None:
    assert incomplete_beta(value, 2.0, second=3.0) == expected


@pytest.mark.parametrize("degrees", range(1, 8))
@pytest.mark.parametrize("value", [0.0, 0.5, 4.01142857, 30.0])
def test_chi_square_equals_scipy(value: float, degrees: int) -> None:
    assert chi_square_at_least(value, degrees) == pytest.approx(
        stats.chi2.sf(value, degrees), rel=1e-12
    )


@pytest.mark.parametrize(("count", "mean"), [(0, 0.0), (1, 0.0), (0, 3.0), (44, 44.0), (90, 44.0)])
def test_poisson_equals_scipy(count: int, mean: float) -> None:
    assert poisson_probability(count, mean) == pytest.approx(
        stats.poisson.pmf(count, mean), rel=1e-12
    )
