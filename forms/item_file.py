"""Questions and scales as organisers write them; standard ones are taken from the library by code."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypedDict, assert_never

from survey.language.wording import Wording
from survey.model.items import (
    SHORT_TEXT_LIMIT,
    Choice,
    Item,
    LongText,
    MultipleChoice,
    RatingScale,
    Recommendation,
    ShortText,
    SingleChoice,
    TopThree,
    YesNo,
)
from survey.model.question_law import (
    CHOICE_CODE,
    FEWEST_CHOICES,
    FEWEST_POINTS,
    FEWEST_TO_RANK,
    LEAST_LIMIT,
    LONGEST_SHORT_TEXT,
    LONGEST_TEXT,
    MOST_CHOICES,
    MOST_POINTS,
    RESERVED_CHOICES,
    RESERVED_ITEMS,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forms.toml_keys import Keys
    from survey.model.questionnaire import Questionnaire

DEFAULT_LONG_TEXT = LongText(code="", wording=Wording("")).limit
POSITIVE_LABEL = RatingScale(code="", wording=Wording(""), choices=()).positive_label


class ItemKind(StrEnum):
    """What a question is called in a file."""

    RATING = "rating"
    RECOMMENDATION = "recommendation"
    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"
    YES_NO = "yes_no"
    TOP_THREE = "top_three"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"


@dataclass(frozen=True, slots=True)
class Scale:
    """The labels of a rating, shared by several items so that their results can stand side by side."""

    choices: tuple[Choice, ...]
    positive_label: Wording


@dataclass(frozen=True, slots=True)
class Library:
    """The standard scales, items and questionnaires that ship with the product, by name."""

    scales: Mapping[str, Scale] = field(default_factory=dict)
    items: Mapping[str, Item] = field(default_factory=dict)
    questionnaires: Mapping[str, Questionnaire] = field(default_factory=dict)


def read_items(keys: Keys, library: Library) -> tuple[Item, ...]:
    """The items listed in that table."""
    return tuple(read_item(each, library) for each in keys.tables("items"))


def read_scales(keys: Keys) -> dict[str, Scale]:
    """The scales listed in that table, by code."""
    scales = {}
    for each in keys.tables("scales"):
        code = each.code("code")
        scales[code] = Scale(_points(each), each.wording("positive_label"))
        each.finish()
    return scales


def read_item(keys: Keys, library: Library) -> Item:
    """The item in that table: one of the library (``use``) or one of its own."""
    if keys.has("use"):
        return _library_item(keys, library)
    kind = keys.one_of("kind", ItemKind)
    item = _item_of_kind(keys, kind, library)
    keys.finish()
    return item


def _library_item(keys: Keys, library: Library) -> Item:
    code = keys.text("use")
    required = keys.truth("required", otherwise=False)
    keys.finish()
    if code in library.items:
        return (
            replace(library.items[code], is_required=required) if required else library.items[code]
        )
    if keys.is_sound("use"):
        keys.refuse(
            "Eine Standardfrage „%(value)s“ gibt es nicht. Möglich sind: %(known)s.",
            "use",
            value=code[:60],
            known=", ".join(library.items),
        )
    return ShortText(code="", wording=Wording(""))


class _Asked(TypedDict):
    """What every kind of question has."""

    code: str
    wording: Wording
    hint: Wording
    is_required: bool
    wording_version: int
    scale_version: int


def _item_of_kind(keys: Keys, kind: ItemKind, library: Library) -> Item:
    asked = _Asked(
        code=keys.code("code", RESERVED_ITEMS),
        wording=keys.wording("wording"),
        hint=keys.wording_or_none("hint") or Wording(""),
        is_required=keys.truth("required", otherwise=False),
        wording_version=keys.number("wording_version", 1, least=1, most=1000),
        scale_version=keys.number("scale_version", 1, least=1, most=1000),
    )
    match kind:
        case ItemKind.RATING:
            scale = _scale(keys, library)
            return RatingScale(**asked, choices=scale.choices, positive_label=scale.positive_label)
        case ItemKind.RECOMMENDATION:
            return Recommendation(**asked, low=keys.wording("low"), high=keys.wording("high"))
        case ItemKind.SINGLE_CHOICE:
            return SingleChoice(**asked, choices=_choices(keys, fewest=FEWEST_CHOICES))
        case ItemKind.MULTIPLE_CHOICE:
            return MultipleChoice(
                **asked,
                choices=_choices(keys, fewest=1, may_exclude=True),
                other_label=keys.wording_or_none("other_label"),
            )
        case ItemKind.YES_NO:
            return YesNo(**asked)
        case ItemKind.TOP_THREE:
            return TopThree(**asked, choices=_choices(keys, fewest=FEWEST_TO_RANK))
        case ItemKind.SHORT_TEXT:
            limit = keys.number(
                "limit", SHORT_TEXT_LIMIT, least=LEAST_LIMIT, most=LONGEST_SHORT_TEXT
            )
            return ShortText(**asked, limit=limit)
        case ItemKind.LONG_TEXT:
            limit = keys.number("limit", DEFAULT_LONG_TEXT, least=LEAST_LIMIT, most=LONGEST_TEXT)
            return LongText(**asked, limit=limit)
        case _:
            assert_never(kind)


def _scale(keys: Keys, library: Library) -> Scale:
    if not keys.has("scale"):
        return Scale(_points(keys), keys.wording_or_none("positive_label") or POSITIVE_LABEL)
    name = keys.text("scale")
    if name not in library.scales and keys.is_sound("scale"):
        keys.refuse(
            "Eine Skala „%(value)s“ gibt es nicht. Möglich sind: %(known)s.",
            "scale",
            value=name[:60],
            known=", ".join(library.scales),
        )
    return library.scales.get(name, Scale((), POSITIVE_LABEL))


def _points(keys: Keys) -> tuple[Choice, ...]:
    points = tuple(_choice(each) for each in keys.tables("choices"))
    if not FEWEST_POINTS <= len(points) <= MOST_POINTS and keys.is_sound("choices"):
        keys.refuse(
            "Eine Skala hat %(fewest)s bis %(most)s Stufen, die beste zuerst. Hier sind es %(count)s.",
            "choices",
            fewest=FEWEST_POINTS,
            most=MOST_POINTS,
            count=len(points),
        )
    _check_choices(keys, points)
    _check_none_excludes(keys, points)
    return points


def _choices(keys: Keys, *, fewest: int, may_exclude: bool = False) -> tuple[Choice, ...]:
    choices = tuple(_choice(each) for each in keys.tables("choices"))
    if not fewest <= len(choices) <= MOST_CHOICES and keys.is_sound("choices"):
        keys.refuse(
            "Diese Frage braucht %(fewest)s bis %(most)s Antwortmöglichkeiten. Hier sind es %(count)s.",
            "choices",
            fewest=fewest,
            most=MOST_CHOICES,
            count=len(choices),
        )
    _check_choices(keys, choices)
    if not may_exclude:
        _check_none_excludes(keys, choices)
    return choices


def _check_choices(keys: Keys, choices: tuple[Choice, ...]) -> None:
    for what in ([c.code for c in choices if c.code], [c.label.de for c in choices if c.label]):
        for said in dict.fromkeys(what):
            if what.count(said) > 1:
                keys.refuse(
                    "Die Antwortmöglichkeit „%(value)s“ kommt mehrmals vor.",
                    "choices",
                    value=said[:60],
                )


def _check_none_excludes(keys: Keys, choices: tuple[Choice, ...]) -> None:
    if any(c.is_exclusive for c in choices):
        keys.refuse("„exclusive“ gibt es nur bei „multiple_choice“.", "choices")


def _choice(keys: Keys) -> Choice:
    code = keys.text("code")
    if keys.is_sound("code") and not CHOICE_CODE.fullmatch(code):
        keys.refuse(
            "„%(value)s“ geht nicht als Code: erlaubt sind bis zu 31 kleine Buchstaben (a bis z), Ziffern und "
            "Unterstriche.",
            "code",
            value=code[:60],
        )
    elif code in RESERVED_CHOICES:
        keys.refuse("„%(value)s“ ist vergeben. Wählen Sie ein anderes Wort.", "code", value=code)
    choice = Choice(code, keys.wording("label"), keys.truth("exclusive", otherwise=False))
    keys.finish()
    return choice
