from __future__ import annotations

import pytest

from survey.errors import ImpossibleCounts
from survey.statistics.participation import (
    Rate,
    dissimilarity,
    likeness,
    question_population,
    question_rate,
    response_rate,
    session_population,
)


def test_response_rate_counts_everybody_invited() -> None:
    rate = response_rate(9, invited=21)

    assert rate == Rate(9, 21)
    assert rate.share == 9 / 21


def test_rate_of_a_session_nobody_booked_is_unknown() -> None:
    assert question_rate(0, eligible=0).share is None


@pytest.mark.parametrize(("answered", "eligible"), [(-1, 21), (22, 21)])
def test_more_answers_than_persons_are_refused(answered: int, eligible: int) -> None:
    with pytest.raises(ImpossibleCounts) as refusal:
        question_rate(answered, eligible=eligible)

    assert refusal.value.counts == {"answered": answered, "eligible": eligible}


def test_session_population_follows_the_people_who_moved() -> None:
    eligible = session_population(40, no_shows=3, not_attended=5, attended_instead=2)

    assert eligible == 34


@pytest.mark.parametrize(
    ("booked", "no_shows", "not_attended", "attended_instead"),
    [(-1, 0, 0, 0), (9, -1, 0, 0), (9, 0, -1, 0), (9, 0, 0, -1), (9, 5, 5, 0)],
)
def test_impossible_sessions_are_refused(
    booked: int, no_shows: int, not_attended: int, attended_instead: int
) -> None:
    with pytest.raises(ImpossibleCounts):
        session_population(
            booked,
            no_shows=no_shows,
            not_attended=not_attended,
            attended_instead=attended_instead,
        )


def test_question_population_loses_those_it_does_not_apply_to() -> None:
    assert question_population(21, not_applicable=4) == 17


@pytest.mark.parametrize("not_applicable", [-1, 22])
def test_impossible_question_populations_are_refused(not_applicable: int) -> None:
    with pytest.raises(ImpossibleCounts):
        question_population(21, not_applicable=not_applicable)


def test_dissimilarity_is_the_share_that_would_have_to_be_others() -> None:
    assert dissimilarity((48, 30, 22), (120, 105, 75)) == pytest.approx(0.08)


@pytest.mark.parametrize(
    ("respondents", "frame"),
    [((10, 10), (10, 10)), ((15,), (40,)), ((4, 20), (8, 60))],
    ids=["census", "one group", "few expected"],
)
def test_likeness_is_not_tested_where_groups_are_too_small(
    respondents: tuple[int, ...], frame: tuple[int, ...]
) -> None:
    assert likeness(respondents, frame) is None


def test_likeness_looks_at_expected_and_not_at_observed_cells() -> None:
    found = likeness((20, 20), (45, 24))

    assert found is not None
    assert found.degrees == 1


@pytest.mark.parametrize(
    ("respondents", "frame"),
    [((1, 2), (5,)), ((0, 0), (5, 5)), ((6, 1), (5, 5)), ((-1, 3), (5, 5))],
)
def test_impossible_frames_are_refused(
    respondents: tuple[int, ...], frame: tuple[int, ...]
) -> None:
    with pytest.raises(ImpossibleCounts):
        dissimilarity(respondents, frame)
