from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import pytest

from survey.errors import ImpossibleCounts
from survey.language.wording import Wording
from survey.model.comparison import Break, Verdict
from survey.model.summary import Base, ChoiceCount, ChoicesFinding, NumbersFinding
from survey.statistics.change import Ratings
from survey.statistics.difference import Counted
from survey.statistics.pairs import ChosenPair, RatedPair, RecommendedPair, Unjudged, pair_of

Role = Literal["positive", "neutral", "negative", "plain"]


def rating(*counts: int, **facts: Any) -> ChoicesFinding:
    """A finding of a rating, the best first."""
    roles: tuple[Role, ...] = ("positive", "positive", "neutral", "negative", "negative")
    choices = tuple(
        ChoiceCount(str(place), Wording(str(place)), count, role=role)
        for place, (count, role) in enumerate(zip(counts, roles, strict=True))
    )
    base = Base(sum(counts), 90)
    return ChoicesFinding("food", Wording("Essen"), base, choices, **{"kind": "rating", **facts})


def numbers(*counts: int) -> NumbersFinding:
    """A finding of a recommendation."""
    low, high = Wording("nein"), Wording("ja")
    return NumbersFinding("again", Wording("Weiter"), Base(sum(counts), None), low, high, counts)


def test_pair_of_ratings_turns_the_best_to_the_end() -> None:
    pair = pair_of(rating(20, 10, 5, 3, 2), rating(9, 8, 7, 6, 5))

    assert pair == RatedPair(Ratings((2, 3, 5, 10, 20), 90), Ratings((5, 6, 7, 8, 9), 90), 30, 17)


def test_pair_of_recommendations_keeps_unknown_populations() -> None:
    newest, base = range(11), range(2, 13)

    pair = pair_of(numbers(*newest), numbers(*base))

    assert pair == RecommendedPair(Ratings(tuple(newest), None), Ratings(tuple(base), None))


@pytest.mark.parametrize(("kind", "lines"), [("multiple", 5), ("single", 5), ("yes_no", 1)])
def test_pair_of_choices_has_a_line_for_each_option_and_of_yes_and_no_only_yes(
    kind: str, lines: int
) -> None:
    pair = pair_of(rating(20, 10, 5, 3, 2, kind=kind), rating(9, 8, 7, 6, 5, kind=kind))

    assert pair == ChosenPair(
        tuple(Counted(count, 40, 90) for count in (20, 10, 5, 3, 2)[:lines]),
        tuple(Counted(count, 35, 90) for count in (9, 8, 7, 6, 5)[:lines]),
    )


@pytest.mark.parametrize(
    ("suppressed", "unjudged"),
    [
        ("few", Unjudged(Verdict.TOO_FEW)),
        ("complement", Unjudged(Verdict.NOT_COMPARABLE, Break.NOT_SHOWN)),
        ("everyone", Unjudged(Verdict.NOT_COMPARABLE, Break.NOT_SHOWN)),
        ("never_asked", Unjudged(Verdict.NOT_COMPARABLE, Break.NOT_ASKED)),
    ],
)
def test_pair_with_withheld_figures_is_not_judged(suppressed: Any, unjudged: Unjudged) -> None:
    shown = rating(20, 10, 5, 3, 2)
    withheld = replace(shown, choices=(), suppressed=suppressed)

    assert pair_of(shown, withheld) == pair_of(withheld, shown) == unjudged


def test_pair_of_different_kinds_or_scales_is_not_judged() -> None:
    shown = rating(20, 10, 5, 3, 2)
    shorter = replace(shown, choices=shown.choices[1:])

    assert pair_of(shown, numbers(*range(11))) == Unjudged(Verdict.NOT_COMPARABLE, Break.OTHER_KIND)
    assert pair_of(shown, replace(shown, kind="single")) == Unjudged(
        Verdict.NOT_COMPARABLE, Break.OTHER_KIND
    )
    assert pair_of(shown, shorter) == Unjudged(Verdict.NOT_COMPARABLE, Break.OTHER_SCALE)


@pytest.mark.parametrize("sides", [((), ()), ((Counted(1, 2, 3),), ())])
def test_options_that_do_not_pair_up_are_refused(
    sides: tuple[tuple[Counted, ...], tuple[Counted, ...]],
) -> None:
    with pytest.raises(ImpossibleCounts):
        ChosenPair(*sides)
