"""Tails and quantiles of the few distributions the findings rest on.

Everything is the standard library's arithmetic: importing SciPy would cost a web process a second and 94 MB.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import comb, erfc, exp, lgamma, log, log1p, pi, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

CONFIDENCE = Fraction(95, 100)
"""The confidence of every printed interval."""

_STANDARD_NORMAL = NormalDist()
_NEGLIGIBLE = 1e-17
_LAST_DIGIT = 3e-16
_TINY = 1e-300
_SETTLED = 1e-13
_NEAR_TIE = 1e-9


@lru_cache(maxsize=4096)
def hypergeometric_probability(
    positive: int, answered: int, *, positive_eligible: int, eligible: int
) -> float:
    """How likely exactly `positive` of `answered` are when `positive_eligible` of `eligible` are."""
    if not 0 <= positive <= answered or positive > positive_eligible:
        return 0.0
    if answered - positive > eligible - positive_eligible:
        return 0.0
    return exp(
        _log_choose(positive_eligible, positive)
        + _log_choose(eligible - positive_eligible, answered - positive)
        - _log_choose(eligible, answered)
    )


def binomial_probability(positive: int, answered: int, *, share: float) -> float:
    """How likely exactly `positive` of `answered` are when that share of an endless population is."""
    if share in (0.0, 1.0):
        return float(positive == share * answered)
    return exp(
        _log_choose(answered, positive)
        + positive * log(share)
        + (answered - positive) * log1p(-share)
    )


def hypergeometric_at_least(
    positive: int, answered: int, *, positive_eligible: int, eligible: int
) -> float:
    """How likely `positive` or more of `answered` are."""
    least = max(0, answered - (eligible - positive_eligible))
    if positive <= least:
        return 1.0
    if positive * (eligible + 2) < (answered + 1) * (positive_eligible + 1):
        # Below the mode the shorter tail is the other one, and it loses no digits.
        return 1.0 - hypergeometric_at_least(
            answered - positive + 1,
            answered,
            positive_eligible=eligible - positive_eligible,
            eligible=eligible,
        )
    term = hypergeometric_probability(
        positive, answered, positive_eligible=positive_eligible, eligible=eligible
    )
    total = term
    for count in range(positive, min(answered, positive_eligible)):
        term *= (positive_eligible - count) * (answered - count)
        term /= (count + 1) * (eligible - positive_eligible - answered + count + 1)
        total += term
        if term < total * _NEGLIGIBLE:
            break
    return total


def hypergeometric_at_most(
    positive: int, answered: int, *, positive_eligible: int, eligible: int
) -> float:
    """How likely `positive` or fewer of `answered` are."""
    return hypergeometric_at_least(
        answered - positive,
        answered,
        positive_eligible=eligible - positive_eligible,
        eligible=eligible,
    )


def hypergeometric_at_least_exceeds(
    level: Fraction, positive: int, *, answered: int, positive_eligible: int, eligible: int
) -> bool:
    """Whether `positive` or more of `answered` are likelier than `level`, decided without rounding."""
    tail = hypergeometric_at_least(
        positive, answered, positive_eligible=positive_eligible, eligible=eligible
    )
    if abs(tail - float(level)) > _NEAR_TIE:
        return tail > level
    # Ties occur (1 of 1 when 1 of 40 is: exactly .025), and floats cannot tell them from a hair more.
    negative_eligible = eligible - positive_eligible
    ways = sum(
        comb(positive_eligible, count) * comb(negative_eligible, answered - count)
        for count in range(positive, min(answered, positive_eligible) + 1)
    )
    return Fraction(ways, comb(eligible, answered)) > level


@lru_cache(maxsize=1024)
def normal_quantile(probability: float) -> float:
    """The standard normal value below which `probability` lies."""
    return _STANDARD_NORMAL.inv_cdf(probability)


def student_two_sided(value: float, degrees: float) -> float:
    """How likely Student's t is at least as far from zero as `value`."""
    return incomplete_beta(degrees / (degrees + value * value), degrees / 2, second=0.5)


@lru_cache(maxsize=4096)
def student_quantile(probability: float, degrees: float) -> float:
    """The value below which `probability` of Student's t lies."""
    if probability < 1 / 2:
        return -student_quantile(1 - probability, degrees)
    outside = 2 * (1 - probability)
    high = 1.0
    while student_two_sided(high, degrees) > outside:
        high *= 2
    return _bisect(lambda value: student_two_sided(value, degrees) > outside, 0.0, high=high)


@lru_cache(maxsize=4096)
def beta_quantile(probability: float, first: float, *, second: float) -> float:
    """The value below which `probability` of a beta distribution lies."""
    low, high = 0.0, 1.0
    value = first / (first + second)
    while True:
        excess = incomplete_beta(value, first, second=second) - probability
        if excess < 0.0:
            low = value
        else:
            high = value
        # Newton's step, six or so instead of fifty; halving where it would leave what is left.
        density = exp(
            lgamma(first + second)
            - lgamma(first)
            - lgamma(second)
            + (first - 1) * log(value)
            + (second - 1) * log1p(-value)
        )
        step = excess / max(density, _TINY)
        better = value - step if low < value - step < high else (low + high) / 2
        if abs(better - value) <= _SETTLED * value:
            return better
        value = better


def incomplete_beta(value: float, first: float, *, second: float) -> float:
    """The regularised incomplete beta function, by Lentz's continued fraction."""
    if value <= 0.0:
        return 0.0
    if value >= 1.0:
        return 1.0
    if value > (first + 1) / (first + second + 2):
        return 1.0 - incomplete_beta(1.0 - value, second, second=first)
    front = exp(
        lgamma(first + second)
        - lgamma(first)
        - lgamma(second)
        + first * log(value)
        + second * log1p(-value)
    )
    return front * _beta_fraction(value, first, second) / first


def chi_square_at_least(value: float, degrees: int) -> float:
    """How likely chi-square with whole `degrees` of freedom is `value` or more."""
    half = value / 2
    if half <= 0.0:
        return 1.0
    if degrees % 2:
        total, term, power = erfc(sqrt(half)), exp(-half) * sqrt(half / pi) * 2, 1.5
    else:
        total, term, power = exp(-half), exp(-half) * half, 2.0
    for _ in range((degrees - 1) // 2):
        total += term
        term *= half / power
        power += 1
    return total


def poisson_probability(count: int, mean: float) -> float:
    """How likely a Poisson count is exactly `count`."""
    if mean == 0.0:
        return 1.0 if count == 0 else 0.0
    return exp(count * log(mean) - mean - lgamma(count + 1))


def _log_choose(total: int, chosen: int) -> float:
    return lgamma(total + 1) - lgamma(chosen + 1) - lgamma(total - chosen + 1)


def _beta_fraction(value: float, first: float, second: float) -> float:
    numerator = 1.0
    denominator = _away_from_zero(1.0 - (first + second) * value / (first + 1))
    fraction = 1.0 / denominator
    inverse = fraction
    step = 0
    change = 0.0
    while abs(change - 1.0) > _LAST_DIGIT:
        step += 1
        even = first + 2 * step
        for weight in (
            step * (second - step) * value / ((even - 1) * even),
            -(first + step) * (first + second + step) * value / (even * (even + 1)),
        ):
            inverse = 1.0 / _away_from_zero(1.0 + weight * inverse)
            numerator = _away_from_zero(1.0 + weight / numerator)
            change = inverse * numerator
            fraction *= change
    return fraction


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def _bisect(is_below: Callable[[float], bool], low: float, *, high: float) -> float:
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        if is_below(middle):
            low = middle
        else:
            high = middle
