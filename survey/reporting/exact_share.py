"""Shares whose interval is worked out when somebody first asks: most of those in a summary are never printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model.summary import Share
from survey.statistics import interval
from survey.statistics.distribution import CONFIDENCE

if TYPE_CHECKING:
    from fractions import Fraction

    from survey.model.summary import Base


class ExactShare(Share):
    """A share like any other; equal to one that was given its interval."""

    __slots__ = ("_confidence", "_found", "_population")
    _confidence: Fraction
    _found: tuple[float, float] | None
    _population: int | None

    def __init__(self, count: int, base: Base, *, confidence: Fraction = CONFIDENCE) -> None:
        object.__setattr__(self, "count", count)
        object.__setattr__(self, "n", base.n)
        object.__setattr__(self, "_population", base.N)
        object.__setattr__(self, "_confidence", confidence)
        object.__setattr__(self, "_found", None)

    @property
    def interval(self) -> tuple[float, float]:
        """The exact interval, as in `Share`."""
        found = self._found
        if found is None:
            found = self._limits()
            object.__setattr__(self, "_found", found)
        return found

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The bounds, as in `Share`; none without a population."""
        if self._population is None:
            return None
        silent = self._population - self.n
        return self.count / self._population, (self.count + silent) / self._population

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Share) and _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash(_values(self))

    def __repr__(self) -> str:
        return "Share(count={!r}, n={!r}, interval={!r}, bounds={!r})".format(*_values(self))

    def _limits(self) -> tuple[float, float]:
        if self._population is None:
            limits = interval.share_interval_without_population(
                self.count, self.n, confidence=self._confidence
            )
        else:
            share = interval.Share(self.count, self.n, self._population)
            limits = interval.share_interval(share, self._confidence).shares
        return limits.low, limits.high


def _values(share: Share) -> tuple[object, ...]:
    return share.count, share.n, share.interval, share.bounds
