"""What must hold for any counts, tried on many made-up ones; the same ones in every run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.statistics.change import (
    Ratings,
    recommendation_difference,
    superiority,
)
from survey.statistics.family import benjamini_hochberg, holm, kendall_trend
from survey.statistics.interval import (
    CountInterval,
    Interval,
    Share,
    mean_bounds,
    mean_estimate,
    mean_interval,
    share_bounds,
    share_interval,
    share_interval_without_population,
)
from survey.statistics.participation import dissimilarity
from survey.statistics.recommendation import (
    Recommendations,
    recommendation_bounds,
    recommendation_interval,
)
from survey.statistics.simultaneous import (
    choice_intervals,
    goodman_intervals,
    sison_glaz_intervals,
)

same_every_time = settings(derandomize=True, database=None, deadline=None, max_examples=60)

HAIR = 1e-12


@st.composite
def shares(draw: st.DrawFn, largest: int = 400) -> Share:
    eligible = draw(st.integers(1, largest))
    answered = draw(st.integers(1, eligible))
    return Share(draw(st.integers(0, answered)), answered, eligible)


@st.composite
def ratings(draw: st.DrawFn) -> Ratings:
    counts = tuple(draw(st.lists(st.integers(0, 60), min_size=5, max_size=5).filter(any)))
    silent = draw(st.none() | st.integers(0, 80))
    return Ratings(counts, None if silent is None else sum(counts) + silent)


@st.composite
def recommendations(draw: st.DrawFn) -> Recommendations:
    promoters, detractors, others = (draw(st.integers(0, 120)) for _ in range(3))
    answered = promoters + detractors + others + 10
    silent = draw(st.integers(0, 150))
    return Recommendations(promoters, detractors, answered, answered + silent)


counts_of_options = st.lists(st.integers(0, 80), min_size=2, max_size=6).filter(any)
chances = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@same_every_time
@given(shares())
def test_share_interval_lies_inside_the_bounds_and_holds_the_raw_value(share: Share) -> None:
    interval, bounds = share_interval(share), share_bounds(share)

    assert bounds.low <= interval.low <= interval.high <= bounds.high
    assert interval.low <= round(share.value * share.eligible) <= interval.high


@same_every_time
@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_share_interval_of_a_census_is_the_raw_value(counted: tuple[int, int]) -> None:
    positive, eligible = counted

    interval = share_interval(Share(positive, eligible, eligible))

    assert interval == CountInterval(positive, positive, eligible)


@same_every_time
@given(shares())
def test_share_interval_mirrors_when_positive_and_negative_change_places(share: Share) -> None:
    interval = share_interval(share)
    mirrored = share_interval(replace(share, positive=share.answered - share.positive))

    assert (mirrored.low, mirrored.high) == (
        share.eligible - interval.high,
        share.eligible - interval.low,
    )


@same_every_time
@given(shares().filter(lambda share: share.positive < share.answered))
def test_one_more_positive_answer_never_lowers_a_limit(share: Share) -> None:
    fewer, more = share_interval(share), share_interval(replace(share, positive=share.positive + 1))

    assert more.low >= fewer.low
    assert more.high >= fewer.high


@same_every_time
@given(shares())
def test_share_interval_without_population_holds_the_finite_one(share: Share) -> None:
    endless = share_interval_without_population(share.positive, share.answered)
    finite = share_interval(share).shares

    # A finite population knows only multiples of a person, so up to one person may stand out.
    assert endless.low <= finite.low + 1 / share.eligible
    assert endless.high >= finite.high - 1 / share.eligible


@same_every_time
@given(ratings(), st.integers(0, 200))
def test_mean_interval_lies_inside_the_bounds(rated: Ratings, silent: int) -> None:
    counts = dict(enumerate(rated.counts, start=1))
    eligible = rated.answered + silent

    interval = mean_interval(counts, eligible=eligible)
    bounds = mean_bounds(counts, eligible=eligible)

    if interval is not None:
        assert bounds.low <= interval.low <= interval.high <= bounds.high


@same_every_time
@given(ratings().filter(lambda rated: rated.answered >= 10 and rated.answered not in rated.counts))
def test_mean_interval_of_a_census_is_the_mean(rated: Ratings) -> None:
    counts = dict(enumerate(rated.counts, start=1))

    interval = mean_interval(counts, eligible=rated.answered)

    mean = mean_estimate(counts, eligible=None).value
    assert interval is not None
    assert [interval.low, interval.high] == pytest.approx([mean, mean])


@same_every_time
@given(recommendations())
def test_recommendation_interval_lies_inside_the_bounds_and_holds_the_score(
    counted: Recommendations,
) -> None:
    interval, bounds = recommendation_interval(counted), recommendation_bounds(counted)

    assert interval is not None
    assert bounds is not None
    assert bounds.low <= interval.low <= interval.high <= bounds.high
    assert interval.low - HAIR <= counted.score <= interval.high + HAIR


@same_every_time
@given(recommendations())
def test_recommendation_interval_of_a_census_is_the_score(counted: Recommendations) -> None:
    interval = recommendation_interval(replace(counted, eligible=counted.answered))

    assert interval == Interval(counted.score, counted.score)


@same_every_time
@given(recommendations())
def test_recommendation_interval_mirrors_when_the_ends_change_places(
    counted: Recommendations,
) -> None:
    interval = recommendation_interval(counted)
    mirrored = recommendation_interval(
        replace(counted, promoters=counted.detractors, detractors=counted.promoters)
    )

    assert interval is not None
    assert mirrored is not None
    assert [mirrored.low, mirrored.high] == pytest.approx([-interval.high, -interval.low])


@same_every_time
@given(counts_of_options, st.integers(0, 200))
def test_choice_intervals_lie_inside_the_bounds(counts: list[int], silent: int) -> None:
    answered = sum(counts)

    intervals = choice_intervals(counts, eligible=answered + silent)

    for count, interval in zip(counts, intervals, strict=True):
        bounds = share_bounds(Share(count, answered, answered + silent))
        assert bounds.low <= interval.low <= interval.high <= bounds.high


@same_every_time
@given(counts_of_options)
def test_choice_intervals_of_a_census_are_the_counts(counts: list[int]) -> None:
    intervals = choice_intervals(counts, eligible=sum(counts))

    assert [(interval.low, interval.high) for interval in intervals] == [
        (count, count) for count in counts
    ]


@same_every_time
@given(counts_of_options)
def test_intervals_of_an_unknown_population_hold_the_raw_shares(counts: list[int]) -> None:
    for intervals in (goodman_intervals(counts), sison_glaz_intervals(counts)):
        for count, interval in zip(counts, intervals, strict=True):
            assert 0 <= interval.low <= interval.high <= 1
            assert interval.low - HAIR <= count / sum(counts) <= interval.high + HAIR


@same_every_time
@given(recommendations(), recommendations())
def test_recommendation_difference_turns_its_sign_when_editions_change_places(
    newer: Recommendations, older: Recommendations
) -> None:
    interval = recommendation_difference(newer, older)
    turned = recommendation_difference(older, newer)

    assert interval is not None
    assert turned is not None
    assert [turned.low, turned.high] == pytest.approx([-interval.high, -interval.low])


@same_every_time
@given(ratings(), ratings())
def test_superiority_is_one_less_the_inferiority(older: Ratings, newer: Ratings) -> None:
    found, turned = superiority(older, newer), superiority(newer, older)

    assert found.probability == pytest.approx(1 - turned.probability)
    assert found.two_sided == pytest.approx(turned.two_sided)


@same_every_time
@given(chances, st.data())
def test_adjusting_is_the_same_in_any_order_of_questions(
    raw: list[float], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(raw))))

    for adjust in (holm, benjamini_hochberg):
        adjusted = adjust(raw)
        assert [adjusted[index] for index in order] == pytest.approx(
            list(adjust([raw[index] for index in order]))
        )


@same_every_time
@given(chances)
def test_holm_is_never_below_benjamini_hochberg_which_is_never_below_the_raw(
    raw: list[float],
) -> None:
    for chance, sorting, deciding in zip(raw, benjamini_hochberg(raw), holm(raw), strict=True):
        assert chance <= sorting + HAIR
        assert sorting <= deciding + HAIR
        assert deciding <= 1


@same_every_time
@given(st.lists(st.integers(0, 6), min_size=2, max_size=8))
def test_trend_is_as_unlikely_upwards_as_downwards(values: list[int]) -> None:
    chance = kendall_trend(values)

    assert 0 < chance <= 1
    assert kendall_trend(values[::-1]) == chance
    assert kendall_trend([-value for value in values]) == chance


@same_every_time
@given(st.lists(st.integers(0, 50), min_size=2, max_size=6).filter(any))
def test_respondents_are_wholly_like_a_frame_of_themselves(counts: list[int]) -> None:
    assert dissimilarity(counts, counts) == 0
