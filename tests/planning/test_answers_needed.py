"""What the next edition could show, by how many answer."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from exports.how_many_words import HowManyWords
from survey.planning.answers_needed import PastEdition, prospects
from survey.statistics.precision import Turnout

BASE = PastEdition("kk2019", "Kommunalkongress 2019", Turnout(171, 380))


def test_other_numbers_are_parts_of_the_invited() -> None:
    found = prospects(BASE, Turnout(100, 400))

    assert [other.answered for other in found.others] == [200, 300, 400]


def test_without_a_number_of_people_there_are_no_parts() -> None:
    assert prospects(BASE, Turnout(60, None)).others == ()


def test_fewer_than_ten_answers_show_nothing() -> None:
    found = prospects(BASE, Turnout(9, 400))

    assert found.asked.points is None
    assert HowManyWords("de").for_the_invitation(found) == ""


def test_the_sentence_for_the_invitation_says_both_numbers() -> None:
    found = prospects(BASE, Turnout(60, 400))

    told = [HowManyWords(language).for_the_invitation(found) for language in ("de", "en")]

    assert told == [
        f"Bei 60 Antworten können wir Unterschiede ab {found.asked.points} Prozentpunkten erkennen.",
        f"With 60 answers we can see differences of {found.asked.points} percentage points and more.",
    ]


@settings(max_examples=12, deadline=None)
@given(st.integers(min_value=20, max_value=400))
def test_all_answers_show_at_least_as_much_as_some(people: int) -> None:
    found = prospects(BASE, Turnout(max(1, people // 4), people))

    whole = found.others[-1]
    if found.asked.points is not None:
        assert whole.points is not None
        assert whole.points <= found.asked.points


def test_a_small_change_that_is_seen_is_not_promised_the_verdict_of_a_large_one() -> None:
    found = prospects(BASE, Turnout(380, 400))
    everybody = PastEdition("kk2019", "Kommunalkongress 2019", Turnout(900, 1000))
    small = prospects(everybody, Turnout(900, 1000))

    assert small.asked.points == 6
    assert "„klein, aber messbar“" in HowManyWords("de").meaning(small)
    assert "“small but measurable”" in HowManyWords("en").meaning(found)
