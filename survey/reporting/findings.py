"""From the tally of one question to its finding: the law of small groups first, then figures with their uncertainty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, assert_never

from survey.model import items
from survey.model.items import ANSWERED, NO_ANSWER, NOT_ATTENDED
from survey.model.summary import (
    Base,
    ChoiceCount,
    ChoicesFinding,
    Finding,
    NumbersFinding,
    Share,
    Suppression,
    TextsFinding,
)
from survey.reporting.exact_share import ExactShare
from survey.statistics import recommendation
from survey.statistics.disclosure import Showing, showing
from survey.statistics.simultaneous import confidence_of_each, goodman_intervals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from survey.model.items import Item

Role = Literal["positive", "neutral", "negative", "plain"]
_MANY = 8
"""8, 9 and 10 together are "would rather recommend"."""


def finding(
    item: Item,
    counts: Mapping[str, int],
    *,
    base: Base,
    threshold: int,
    quotes: tuple[str, ...] = (),
) -> Finding:
    """What the tally of one question says; figures stay empty where they would show a person.

    `counts` has the tally's values; `base.N` is everybody the question was meant for.
    """
    match item:
        case items.ShortText() | items.LongText():
            return _texts(item, base=base, threshold=threshold, quotes=quotes)
        case items.Recommendation():
            return _numbers(item, counts, base=base, threshold=threshold)
        case (
            items.RatingScale()
            | items.SingleChoice()
            | items.MultipleChoice()
            | items.YesNo()
            | items.TopThree()
        ):
            return _choices(item, counts, base=base, threshold=threshold)
        case _:
            assert_never(item)


def base_of(counts: Mapping[str, int], *, population: int | None, at_most: bool = False) -> Base:
    """How many answered one question, of how many."""
    return Base(counts.get(ANSWERED, 0), population, is_at_most=at_most)


def share_of(count: int, base: Base) -> Share:
    """A share with its exact interval and its bounds; without a population, no bounds."""
    return ExactShare(count, base)


def _suppression(counts: tuple[int, ...], base: Base, *, threshold: int) -> Suppression | None:
    if base.N == 0:
        return "never_asked"
    match showing(counts, base.n, eligible=base.N, threshold=threshold):
        case Showing.FIGURES:
            return None
        case Showing.WORDS:
            return "everyone"
        case Showing.WITHHELD:
            return "few"
        case _ as unreachable:
            assert_never(unreachable)


def _choices(
    item: items.RatingScale
    | items.SingleChoice
    | items.MultipleChoice
    | items.YesNo
    | items.TopThree,
    counts: Mapping[str, int],
    *,
    base: Base,
    threshold: int,
) -> ChoicesFinding:
    offered = items.choices(item)
    numbers = tuple(counts.get(c.code, 0) for c in offered)
    suppressed = _suppression(numbers, base, threshold=threshold)
    kind = _kind(item)
    if suppressed is not None:
        return ChoicesFinding(item.code, item.wording, base, (), kind, suppressed=suppressed)
    simultaneous = _simultaneous(numbers, base) if kind in {"single", "yes_no"} else None
    role_of = _roles(item)
    lines = tuple(
        ChoiceCount(
            choice.code,
            choice.label,
            number,
            share=simultaneous[place] if simultaneous else share_of(number, base),
            role=role_of.get(choice.code, "plain"),
            first_places=counts.get(f"{choice.code}@1", 0) if kind == "top_three" else None,
        )
        for place, (choice, number) in enumerate(zip(offered, numbers, strict=True))
    )
    positive = median = label = None
    if isinstance(item, items.RatingScale):
        positive = share_of(sum(line.count for line in lines if line.role == "positive"), base)
        label = item.positive_label
        median = _median(lines, base.n)
    return ChoicesFinding(
        item.code,
        item.wording,
        base,
        lines,
        kind,
        no_answer=counts.get(NO_ANSWER, 0),
        absent=counts.get(NOT_ATTENDED, 0),
        positive=positive,
        positive_label=label,
        median=median,
    )


def _numbers(
    item: items.Recommendation, counts: Mapping[str, int], *, base: Base, threshold: int
) -> NumbersFinding:
    numbers = tuple(counts.get(n, 0) for n in items.NUMBERS)
    suppressed = _suppression(numbers, base, threshold=threshold)
    if suppressed is not None:
        return NumbersFinding(
            item.code, item.wording, base, item.low, item.high, (), suppressed=suppressed
        )
    given = recommendation.Recommendations(
        promoters=sum(numbers[9:]), detractors=sum(numbers[:7]), answered=base.n, eligible=base.N
    )
    limits = recommendation.recommendation_interval(given)
    bounds = recommendation.recommendation_bounds(given)
    return NumbersFinding(
        item.code,
        item.wording,
        base,
        item.low,
        item.high,
        numbers,
        no_answer=counts.get(NO_ANSWER, 0),
        score=given.score if limits else None,
        score_interval=(limits.low, limits.high) if limits else None,
        score_bounds=(bounds.low, bounds.high) if limits and bounds else None,
        high_share=share_of(sum(numbers[_MANY:]), base),
    )


def _texts(
    item: items.ShortText | items.LongText, *, base: Base, threshold: int, quotes: tuple[str, ...]
) -> TextsFinding:
    if base.n < threshold:
        return TextsFinding(item.code, item.wording, base, suppressed="few")
    return TextsFinding(item.code, item.wording, base, quotes)


def _simultaneous(numbers: tuple[int, ...], base: Base) -> tuple[Share, ...]:
    if base.N is None:
        return tuple(
            Share(number, base.n, (limits.low, limits.high), None)
            for number, limits in zip(numbers, goodman_intervals(numbers), strict=True)
        )
    confidence = confidence_of_each(len(numbers))
    return tuple(ExactShare(number, base, confidence=confidence) for number in numbers)


def _kind(item: Item) -> Literal["rating", "single", "multiple", "yes_no", "top_three"]:
    match item:
        case items.RatingScale():
            return "rating"
        case items.SingleChoice():
            return "single"
        case items.MultipleChoice():
            return "multiple"
        case items.YesNo():
            return "yes_no"
        case _:
            return "top_three"


def _roles(item: Item) -> dict[str, Role]:
    """What each choice of a rating stands for; no other choices stand for anything."""
    if not isinstance(item, items.RatingScale):
        return {}
    roles: dict[str, Role] = {choice.code: "negative" for choice in item.choices}
    for code in item.positive:
        roles[code] = "positive"
    if item.neutral is not None:
        roles[item.neutral] = "neutral"
    return roles


def _median(lines: tuple[ChoiceCount, ...], answered: int) -> str:
    """The choice of the middle person; of the two middle ones, the worse."""
    seen = 0
    for line in lines:
        seen += line.count
        if 2 * seen > answered:
            return line.code
    return lines[-1].code
