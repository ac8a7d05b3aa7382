"""The first page claims no more than its figures."""

from __future__ import annotations

import pytest

from survey.language.wording import Wording
from survey.model.summary import Base, ChoiceCount, ChoicesFinding
from survey.reporting.findings import share_of
from survey.reporting.first_page import statements, whole_percent


def rating(code: str, good: int, n: int, *, population: int = 400) -> ChoicesFinding:
    """A rating of which only the better half matters."""
    base = Base(n, population)
    return ChoicesFinding(
        code,
        Wording(code),
        base,
        (),
        "rating",
        positive=share_of(good, base),
        positive_label=Wording("gut"),
    )


def wanted(counts: dict[str, int], *, population: int = 400) -> ChoicesFinding:
    """Wishes for the next format."""
    base = Base(sum(counts.values()), population)
    lines = tuple(
        ChoiceCount(code, Wording(code), n, share=share_of(n, base)) for code, n in counts.items()
    )
    return ChoicesFinding("next_format", Wording("Format?"), base, lines, "single")


def test_what_was_liked_least_is_named_where_the_intervals_are_apart() -> None:
    said = statements((rating("content", 180, 200), rating("exchange", 90, 200)))

    assert [(s.sign, s.finding) for s in said] == [("liked", "content"), ("disliked", "exchange")]


def test_no_difference_is_claimed_where_the_intervals_overlap() -> None:
    said = statements((rating("content", 150, 200), rating("exchange", 147, 200)))

    assert [s.sign for s in said] == ["liked", "plain"]
    assert said[1].key.startswith(
        "Zwischen den bewerteten Bereichen ist kein Unterschied gesichert"
    )


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({"hybrid": 150, "online": 50}, "gesicherte Mehrheit"),
        ({"hybrid": 80, "online": 78, "on_site": 42}, "Rangfolge offen"),
        ({"hybrid": 98, "online": 54, "on_site": 48}, "am häufigsten"),
    ],
)
def test_a_majority_is_claimed_only_where_the_whole_interval_is_above_half(
    counts: dict[str, int], words: str
) -> None:
    said = statements((wanted(counts),))

    assert len(said) == 1
    assert words in said[0].key


def test_few_answers_are_told_in_persons_instead_of_percent() -> None:
    said = statements((rating("content", 7, 9, population=21),))

    assert said[0].key == "Am häufigsten „%(label)s“: %(question)s – %(count)d von %(n)d."


def test_suppressed_findings_say_nothing() -> None:
    hidden = ChoicesFinding(
        "content", Wording("Inhalt"), Base(3, 400), (), "rating", suppressed="few"
    )

    assert statements((hidden,)) == ()


@pytest.mark.parametrize(("share", "percent"), [(0.005, 1), (0.0049, 0), (0.745, 75), (1.0, 100)])
def test_percent_are_whole_with_halves_up(share: float, percent: int) -> None:
    assert whole_percent(share) == percent


def test_two_that_were_liked_alike_are_named_together() -> None:
    said = statements(
        (rating("content", 13, 14), rating("exchange", 13, 14), rating("food", 5, 14))
    )

    assert said[0].sign == "liked"
    assert dict(said[0].facts)["question"] == Wording(
        "content und exchange", "content und exchange", "content and exchange"
    )


def test_of_many_that_were_liked_alike_none_is_singled_out() -> None:
    said = statements(tuple(rating(f"question{n}", 13, 14) for n in range(4)))

    assert "liked" not in [s.sign for s in said]
