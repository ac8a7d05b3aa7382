"""A share whose interval is worked out late is no other share."""

from __future__ import annotations

from fractions import Fraction

import pytest

from survey.model.summary import Base, Share
from survey.reporting.exact_share import ExactShare
from survey.statistics.interval import Share as Counted
from survey.statistics.interval import share_interval, share_interval_without_population


def test_a_share_of_known_people_has_their_exact_interval_and_bounds() -> None:
    limits = share_interval(Counted(7, 12, 20)).shares

    share = ExactShare(7, Base(12, 20))

    assert share == Share(7, 12, (limits.low, limits.high), (7 / 20, 15 / 20))
    assert (share.share, share.interval is share.interval) == (7 / 12, True)


def test_a_share_of_unknown_people_has_no_bounds() -> None:
    limits = share_interval_without_population(7, 12)

    assert ExactShare(7, Base(12, None)) == Share(7, 12, (limits.low, limits.high), None)


def test_options_that_hold_together_are_surer_each() -> None:
    limits = share_interval(Counted(7, 12, 20), Fraction(99, 100)).shares

    share = ExactShare(7, Base(12, 20), confidence=Fraction(99, 100))

    assert share.interval == (limits.low, limits.high)
    assert share != ExactShare(7, Base(12, 20))


def test_equal_shares_are_one_in_a_set_whichever_way_they_were_made() -> None:
    late = ExactShare(7, Base(12, None))
    early = Share(7, 12, late.interval, None)

    assert (early == late, {early, late}, repr(late)) == (True, {early}, repr(early))
    assert late != 7 / 12


def test_a_share_is_not_changed() -> None:
    with pytest.raises(AttributeError):
        ExactShare(7, Base(12, None)).count = 8  # type: ignore[misc]
