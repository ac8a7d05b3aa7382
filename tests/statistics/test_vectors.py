"""Which published or independently computed values each function must meet, and which it must not."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from survey.statistics.agreement import agreement
from survey.statistics.association import association
from survey.statistics.change import Ratings, superiority
from survey.statistics.difference import Counted, difference, mover
from survey.statistics.distribution import (
    hypergeometric_at_least,
    hypergeometric_at_most,
    hypergeometric_probability,
    student_quantile,
)
from survey.statistics.family import benjamini_hochberg, holm, kendall_trend
from survey.statistics.interval import (
    Interval,
    Share,
    mean_estimate,
    share_bounds,
    share_interval,
    share_interval_without_population,
)
from survey.statistics.participation import likeness
from survey.statistics.recommendation import (
    Recommendations,
    recommendation_estimate,
    recommendation_interval,
)
from survey.statistics.simultaneous import goodman_intervals, sison_glaz_intervals
from tests.statistics.vectors import NOT_MET, VECTORS, near, one_person_wider, share_of, wilson

STRICT = ("E01", "E02", "E04", "E05", "E06", "E07", "E10", "E11")
ONE_PERSON_WIDER = ("P01", "P02", "P03", "P04", "P05", "P06", "P08", "P09")
DIFFERENCES = {
    "D01": (56, 70, 48, 80),
    "D03": (9, 10, 3, 10),
    "D04": (10, 10, 0, 10),
    "S_newc": (56, 70, 48, 80),
}
BRUNNER_MUNZEL = {
    "O01": ((11, 2, 0, 1, 0), (3, 1, 4, 2, 1)),
    "O02": ((4, 10, 30, 90, 66), (8, 20, 42, 70, 25)),
}
CHANCES = (
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.3240,
    0.4262,
    0.5719,
    0.6528,
    0.7590,
    1.0,
)
NINE_RATINGS = {1: 0, 2: 1, 3: 1, 4: 3, 5: 4}

TESTED = {
    *STRICT,
    *ONE_PERSON_WIDER,
    *DIFFERENCES,
    *BRUNNER_MUNZEL,
    *("P07", "P10", "P13", "P14", "P17", "P19", "P21", "P22", "P23"),
    *("S_beta", "S_hyp", "S_t", "S_bm", "S_bh"),
    *("M03", "N01", "N02", "N04", "D05", "D07"),
    *("O03", "O04", "C01", "C02", "T04", "A02", "K01", "R02", "X03", "X04"),
}


def test_every_vector_is_either_tested_or_named_with_a_reason() -> None:
    assert TESTED & set(NOT_MET) == set()
    assert TESTED | set(NOT_MET) == set(VECTORS)


@pytest.mark.parametrize("name", STRICT)
def test_share_interval_equals_strict_inversion(name: str) -> None:
    given = VECTORS[name]["input"]

    interval = share_interval(Share(given["x"], given["n"], given["N"]))

    assert [interval.low, interval.high] == VECTORS[name]["expected"]["count"]


@pytest.mark.parametrize("name", ONE_PERSON_WIDER)
def test_share_interval_lies_inside_the_one_that_returns_rejected_values(name: str) -> None:
    interval = share_interval(share_of(name))

    low, high = VECTORS[name]["expected"]["exact_count"]
    assert interval.low - low in (0, 1)
    assert high - interval.high in (0, 1)


def test_share_interval_does_not_return_the_rejected_values_of_samplingbook() -> None:
    interval = share_interval(share_of("P01"))

    assert [interval.low, interval.high] != VECTORS["P01"]["expected"]["exact_count"]


def test_share_interval_of_a_census_is_the_census() -> None:
    interval = share_interval(share_of("P07"))

    assert [interval.low, interval.high] == VECTORS["P07"]["expected"]["exact_count"]
    assert [interval.shares.low, interval.shares.high] == near("P13")


def test_share_interval_equals_wangs_where_that_is_no_shorter() -> None:
    interval = share_interval(Share(7, 9, 21))

    assert [7, interval.low, interval.high] == VECTORS["P10"]["expected"]["CI"]
    assert [7 / 9, interval.shares.low, interval.shares.high] == pytest.approx(
        VECTORS["P10"]["expected"]["CI_p"], abs=1e-9
    )


def test_share_interval_keeps_the_possible_value_that_wilson_excludes() -> None:
    interval = share_interval(Share(20, 20, 21))

    assert VECTORS["P14"]["expected"][0] > 20 / 21
    assert interval.shares.low == 20 / 21


def test_share_interval_of_a_census_does_not_collapse_to_pseudo_answers() -> None:
    interval = share_interval(Share(7, 9, 9))

    assert VECTORS["P17"]["expected"]["LL"] == pytest.approx(9 / 13)
    assert interval.shares == Interval(7 / 9, 7 / 9)


@pytest.mark.parametrize("name", ["P19", "S_beta"])
def test_share_interval_without_population_equals_clopper_and_pearson(name: str) -> None:
    interval = share_interval_without_population(7, 9)

    assert [interval.low, interval.high] == near(name)


def test_hypergeometric_distribution_equals_r() -> None:
    values = [
        hypergeometric_at_most(6, 9, positive_eligible=10, eligible=21),
        hypergeometric_probability(7, 9, positive_eligible=10, eligible=21),
        hypergeometric_at_most(7, 9, positive_eligible=19, eligible=21),
    ]

    assert values == near("P21")


def test_hypergeometric_tails_equal_scipy_at_the_strict_boundary() -> None:
    tails = [
        hypergeometric_at_least(45, 100, positive_eligible=110, eligible=300),
        hypergeometric_at_least(45, 100, positive_eligible=111, eligible=300),
        hypergeometric_at_most(45, 100, positive_eligible=160, eligible=300),
        hypergeometric_at_most(45, 100, positive_eligible=161, eligible=300),
    ]

    assert tails == near("S_hyp")


def test_student_quantile_equals_scipy_with_fractional_degrees() -> None:
    quantiles = [student_quantile(0.975, 8), student_quantile(0.975, 17.683)]

    assert quantiles == near("S_t")


@pytest.mark.parametrize(
    ("name", "intervals"), [("P22", sison_glaz_intervals), ("P23", goodman_intervals)]
)
def test_simultaneous_intervals_equal_desctools(name: str, intervals: Any) -> None:
    found = intervals((23, 12, 44))

    expected = VECTORS[name]["expected"]
    assert [interval.low for interval in found] == pytest.approx(expected["lwr"], abs=1e-9)
    assert [interval.high for interval in found] == pytest.approx(expected["upr"], abs=1e-9)


@pytest.mark.parametrize(
    ("name", "counts", "eligible", "value"),
    [("M03", NINE_RATINGS, 9, "mean"), ("N01", {-1: 40, 0: 120, 1: 240}, 600, "nps")],
)
def test_mean_estimate_equals_r_survey(
    name: str, counts: dict[int, int], eligible: int, value: str
) -> None:
    estimate = mean_estimate(counts, eligible=eligible)

    expected = VECTORS[name]["expected"]
    assert estimate.value == pytest.approx(expected[value], abs=1e-9)
    assert estimate.standard_error == pytest.approx(expected["se"], abs=1e-9)


@pytest.mark.parametrize(
    ("name", "recommendations"),
    [("N02", Recommendations(15, 5, 36, None)), ("N04", Recommendations(5, 1, 9, 9))],
)
def test_recommendation_estimate_equals_the_formula(
    name: str, recommendations: Recommendations
) -> None:
    estimate = recommendation_estimate(recommendations)

    expected = VECTORS[name]["expected"]
    assert estimate.value == pytest.approx(expected["adj"], abs=1e-9)
    assert estimate.standard_error == pytest.approx(expected["se"], abs=1e-9)


def test_recommendation_interval_equals_the_formula() -> None:
    interval = recommendation_interval(Recommendations(15, 5, 36, None))

    expected = VECTORS["N02"]["expected"]
    assert interval is not None
    assert [interval.low, interval.high] == pytest.approx([expected["lo"], expected["hi"]])


@pytest.mark.parametrize("name", DIFFERENCES)
def test_mover_on_wilson_limits_equals_newcombe(name: str) -> None:
    newer, newer_base, older, older_base = DIFFERENCES[name]

    interval = mover(
        newer / newer_base,
        older / older_base,
        newer_limits=wilson(newer, newer_base),
        older_limits=wilson(older, older_base),
    )

    expected = VECTORS[name]["expected"][-2:]
    assert [interval.low, interval.high] == pytest.approx(expected, abs=VECTORS[name]["tolerance"])


def test_mover_on_limits_one_person_wider_equals_samplingbooks() -> None:
    newer, older = Share(150, 210, 480), Share(96, 165, 520)

    interval = mover(
        newer.value,
        older.value,
        newer_limits=one_person_wider(newer),
        older_limits=one_person_wider(older),
    )

    expected = VECTORS["D05"]["expected"]
    assert newer.value - older.value == pytest.approx(expected["d"], abs=1e-9)
    assert [interval.low, interval.high] == pytest.approx(
        [expected["lo"], expected["hi"]], abs=1e-9
    )


def test_difference_of_two_censuses_is_the_difference() -> None:
    interval = difference(Counted(15, 21, 21), Counted(12, 20, 20))

    expected = VECTORS["D07"]["expected"]
    assert [interval.low, interval.high] == pytest.approx(
        [expected["lo"], expected["hi"]], abs=1e-9
    )


@pytest.mark.parametrize("name", BRUNNER_MUNZEL)
def test_superiority_equals_lawstat(name: str) -> None:
    older, newer = BRUNNER_MUNZEL[name]

    found = superiority(Ratings(older, None), Ratings(newer, None))

    expected = VECTORS[name]["expected"]
    assert found.interval is not None
    assert [
        found.statistic,
        found.degrees,
        found.two_sided,
        found.probability,
        found.interval.low,
        found.interval.high,
    ] == pytest.approx(
        [expected["stat"], expected["df"], expected["p"], expected["est"], *expected["ci"]],
        abs=VECTORS[name]["tolerance"],
    )


def test_superiority_equals_scipy() -> None:
    older, newer = BRUNNER_MUNZEL["O01"]

    found = superiority(Ratings(older, None), Ratings(newer, None))

    assert [found.statistic, found.two_sided] == near("S_bm")


def test_delta_equals_effsize_read_from_newer_to_older() -> None:
    older, newer = BRUNNER_MUNZEL["O02"]

    found = superiority(Ratings(older, None), Ratings(newer, None))

    # Only the estimate: the interval printed is Brunner and Munzel's, not Cliff's.
    assert -found.delta == pytest.approx(VECTORS["O03"]["expected"]["delta"], abs=1e-9)


def test_superiority_is_the_rank_sum_statistic_in_other_units() -> None:
    older, newer = BRUNNER_MUNZEL["O02"]

    found = superiority(Ratings(older, None), Ratings(newer, None))

    # Only the statistic: its p-value assumes equal variances.
    wins_of_the_older = (1 - found.probability) * sum(older) * sum(newer)
    assert wins_of_the_older == pytest.approx(VECTORS["O04"]["expected"]["W"], abs=1e-9)


@pytest.mark.parametrize("name", ["C01", "S_bh"])
def test_benjamini_hochberg_equals_r_and_scipy(name: str) -> None:
    assert list(benjamini_hochberg(CHANCES)) == near(name)


def test_holm_equals_r() -> None:
    assert list(holm(CHANCES)) == near("C02")


def test_kendall_trend_equals_r() -> None:
    chances = [kendall_trend((61, 64, 70, 78)), kendall_trend((61, 64, 70, 78, 79))]

    expected = VECTORS["T04"]["expected"]
    assert chances == pytest.approx([expected["k4"], expected["k5"]], abs=1e-9)


def test_association_equals_r() -> None:
    some = (5, 5, 4, 4, 3, 5, 4, 2, 5, 3)
    other = (5, 4, 4, 4, 3, 5, 3, 2, 4, 3)
    both = Counter(zip(some, other, strict=True))
    table = [[both[(row, column)] for column in range(1, 6)] for row in range(1, 6)]

    found = association(table)

    expected = VECTORS["A02"]["expected"]
    assert found is not None
    assert [found.value, found.chance] == pytest.approx(
        [expected["tau"], expected["p"]], abs=VECTORS["A02"]["tolerance"]
    )


def test_agreement_equals_r_psych() -> None:
    found = agreement(((25, 15), (10, 50)))

    assert found.kappa == pytest.approx(
        VECTORS["K01"]["expected"]["kappa"], abs=VECTORS["K01"]["tolerance"]
    )


def test_likeness_tests_respondents_against_the_silent() -> None:
    found = likeness((48, 30, 22), (120, 105, 75))

    expected = VECTORS["R02"]["expected"]
    assert found is not None
    assert [found.statistic, found.chance] == pytest.approx(
        [expected["X2"], expected["p"]], abs=1e-9
    )


@pytest.mark.parametrize(
    ("name", "share"), [("X03", Share(7, 9, 21)), ("X04", Share(268, 400, 600))]
)
def test_share_bounds_equal_plain_arithmetic(name: str, share: Share) -> None:
    bounds = share_bounds(share).shares

    assert [bounds.low, bounds.high] == near(name)
