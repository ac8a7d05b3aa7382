"""The kinds of question: which one a question is, which have answers to choose from, and an empty question of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from forms.item_file import ItemKind
from forms.questionnaire_library import standard_library
from survey.language.wording import Wording
from survey.model.items import (
    LongText,
    MultipleChoice,
    RatingScale,
    Recommendation,
    ShortText,
    SingleChoice,
    TopThree,
    YesNo,
)

if TYPE_CHECKING:
    from survey.model.items import Item

WITH_CHOICES = (
    ItemKind.RATING,
    ItemKind.SINGLE_CHOICE,
    ItemKind.MULTIPLE_CHOICE,
    ItemKind.TOP_THREE,
)
_KINDS: dict[type[Item], ItemKind] = {
    RatingScale: ItemKind.RATING,
    Recommendation: ItemKind.RECOMMENDATION,
    SingleChoice: ItemKind.SINGLE_CHOICE,
    MultipleChoice: ItemKind.MULTIPLE_CHOICE,
    YesNo: ItemKind.YES_NO,
    TopThree: ItemKind.TOP_THREE,
    ShortText: ItemKind.SHORT_TEXT,
    LongText: ItemKind.LONG_TEXT,
}


def kind_of_item(item: Item) -> ItemKind:
    """What the question is called in a file."""
    return _KINDS[type(item)]


def empty_item(kind: ItemKind) -> Item:
    """A question of that kind that says nothing yet."""
    nothing = Wording("")
    match kind:
        case ItemKind.RATING:
            scale = next(iter(standard_library().scales.values()))
            return RatingScale(
                code="", wording=nothing, choices=scale.choices, positive_label=scale.positive_label
            )
        case ItemKind.RECOMMENDATION:
            return Recommendation(code="", wording=nothing, low=nothing, high=nothing)
        case ItemKind.SINGLE_CHOICE:
            return SingleChoice(code="", wording=nothing, choices=())
        case ItemKind.MULTIPLE_CHOICE:
            return MultipleChoice(code="", wording=nothing, choices=())
        case ItemKind.YES_NO:
            return YesNo(code="", wording=nothing)
        case ItemKind.TOP_THREE:
            return TopThree(code="", wording=nothing, choices=())
        case ItemKind.SHORT_TEXT:
            return ShortText(code="", wording=nothing)
        case ItemKind.LONG_TEXT:
            return LongText(code="", wording=nothing)
        case _:
            assert_never(kind)
