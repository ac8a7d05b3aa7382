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
_NEARLY_SETTLED = 1e-6
_LARGEST_POWER = 300.0
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


def beta_quantile(probability: float, first: float, *, second: float) -> float:
    """The value below which `probability` of a beta distribution lies."""
    low, high = 0.0, 1.0
    value = _near_beta_quantile(probability, first, second)
    scale = lgamma(first + second) - lgamma(first) - lgamma(second)
    while True:
        front = exp(scale + first * log(value) + second * log1p(-value))
        excess = _beta_below(value, first, second, front) - probability
        if excess < 0.0:
            low = value
        else:
            high = value
        # Halley's step, from nearby two instead of fifty; halving where it would leave what is left.
        step = excess * value * (1 - value) / max(front, _TINY)
        bend = (first - 1) / value - (second - 1) / (1 - value)
        better = value - step / max(1 - step * bend / 2, 1 / 2)
        if not low < better < high:
            better = (low + high) / 2
        elif abs(step) <= _NEARLY_SETTLED * value:
            return better  # three times as many digits are right after such a step as before it
        if abs(better - value) <= _SETTLED * value:
            return better
        value = better


def _near_beta_quantile(probability: float, first: float, second: float) -> float:
    """About there (Abramowitz and Stegun 26.5.22)."""
    if min(first, second) < 1:
        return first / (first + second)
    normal = normal_quantile(1 - probability)
    one, other = 1 / (2 * first - 1), 1 / (2 * second - 1)
    harmonic = 2 / (one + other)
    bend = (normal * normal - 3) / 6
    power = normal * sqrt(harmonic + bend) / harmonic
    power -= (other - one) * (bend + 5 / 6 - 2 / (3 * harmonic))
    return first / (first + second * exp(2 * min(power, _LARGEST_POWER)))


def incomplete_beta(value: float, first: float, *, second: float) -> float:
    """The regularised incomplete beta function, by Lentz's continued fraction."""
    if value <= 0.0:
        return 0.0
    if value >= 1.0:
        return 1.0
    front = exp(
        lgamma(first + second)
        - lgamma(first)
        - lgamma(second)
        + first * log(value)
        + second * log1p(-value)
    )
    return _beta_below(value, first, second, front)


def _beta_below(value: float, first: float, second: float, front: float) -> float:
    if value > (first + 1) / (first + second + 2):
        return 1.0 - front * _beta_fraction(1.0 - value, second, first) / second
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
    # Written out: a report needs it some ten thousand times. Lentz's method divides by nothing that is zero.
    numerator = 1.0
    fraction = inverse = 1.0 / ((1.0 - (first + second) * value / (first + 1)) or _TINY)
    step = 0
    while True:
        step += 1
        even = first + 2 * step
        weight = step * (second - step) * value / ((even - 1) * even)
        inverse = 1.0 / ((1.0 + weight * inverse) or _TINY)
        numerator = (1.0 + weight / numerator) or _TINY
        fraction *= inverse * numerator
        weight = -(first + step) * (first + second + step) * value / (even * (even + 1))
        inverse = 1.0 / ((1.0 + weight * inverse) or _TINY)
        numerator = (1.0 + weight / numerator) or _TINY
        change = inverse * numerator
        fraction *= change
        if abs(change - 1.0) <= _LAST_DIGIT:
            return fraction


def _bisect(is_below: Callable[[float], bool], low: float, *, high: float) -> float:
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        if is_below(middle):
            low = middle
        else:
            high = middle
