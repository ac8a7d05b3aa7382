from __future__ import annotations

import pytest

from survey.model.duration import minutes_to_answer
from survey.model.event import Edition
from survey.model.personal_form import personal_form
from tests.events import congress, network_call


@pytest.mark.parametrize(
    ("edition", "booked", "minutes"),
    [
        (network_call(), frozenset(), 2),
        (congress(), frozenset(), 2),
        (congress(), frozenset({"ws01", "ws03"}), 3),
    ],
)
def test_the_time_needed_grows_with_the_form(
    edition: Edition, booked: frozenset[str], minutes: int
) -> None:
    assert minutes_to_answer(personal_form(edition, booked)) == minutes
