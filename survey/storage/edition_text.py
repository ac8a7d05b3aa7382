"""An edition's definition as the JSON text of its `definition` column, and back without loss.

Every value that JSON lacks carries its type's name under "@"; a field at its default is left out,
so fields that come later read well from older texts. Only the types named here are ever made.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, get_args

from survey.language.wording import Wording
from survey.model import event, items, programme, questionnaire
from survey.model.event import Edition

if TYPE_CHECKING:
    from survey.model.items import Item

_TYPE = "@"
_DATACLASSES: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        Wording,
        event.Breakdown,
        event.Edition,
        event.NextEdition,
        event.Pair,
        programme.Programme,
        programme.Round,
        programme.Session,
        items.Choice,
        items.LongText,
        items.MultipleChoice,
        items.RatingScale,
        items.Recommendation,
        items.ShortText,
        items.SingleChoice,
        items.TopThree,
        items.YesNo,
        questionnaire.Condition,
        questionnaire.Questionnaire,
        questionnaire.Section,
    )
}
_WORDS: dict[str, type[StrEnum]] = {
    kind.__name__: kind for kind in (event.EditionKind, event.EditionFormat, programme.SessionKind)
}


def edition_to_text(edition: Edition) -> str:
    """The edition as JSON, the same text for equal editions."""
    return json.dumps(_plain(edition), ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=64)
def edition_from_text(text: str) -> Edition:
    """The edition that `edition_to_text` was given; ValueError if it is none."""
    edition = json.loads(text, object_hook=_value)
    if not isinstance(edition, Edition):
        raise ValueError(text[:80])  # noqa: TRY004 -- what is wrong is the text
    return edition


def item_to_text(item: Item) -> str:
    """One question as JSON, the same text for equal questions."""
    return json.dumps(_plain(item), ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=512)
def item_from_text(text: str) -> Item:
    """The question that `item_to_text` was given; ValueError if it is none."""
    item = json.loads(text, object_hook=_value)
    if not isinstance(item, get_args(items.Item)):
        raise ValueError(text[:80])  # noqa: TRY004 -- what is wrong is the text
    found: Item = item
    return found


def _plain(value: object) -> object:
    match value:
        case StrEnum():
            return {_TYPE: type(value).__name__, "value": value.value}
        case None | bool() | int() | float() | str():
            return value
        case tuple():
            return [_plain(part) for part in value]
        case datetime():
            return {_TYPE: "datetime", "value": value.isoformat()}
        case date():
            return {_TYPE: "date", "value": value.isoformat()}
        case _ if is_dataclass(value) and type(value).__name__ in _DATACLASSES:
            return {_TYPE: type(value).__name__} | {
                field.name: _plain(content)
                for field in fields(value)
                if (content := getattr(value, field.name)) != _default(field)
            }
        case _:
            raise TypeError(type(value))


def _default(field: Any) -> object:  # noqa: ANN401 -- Field[Any]
    return field.default if field.default is not MISSING else MISSING


def _value(found: dict[str, Any]) -> object:
    name = found.pop(_TYPE, None)
    if name == "datetime":
        return datetime.fromisoformat(found["value"])
    if name == "date":
        return date.fromisoformat(found["value"])
    if name in _WORDS:
        return _WORDS[name](found["value"])
    if name in _DATACLASSES:
        return _DATACLASSES[name](
            **{key: _tuples(content) for key, content in found.items()},
        )
    raise ValueError(name)


def _tuples(value: object) -> object:
    # Every sequence of the model is a tuple.
    return tuple(_tuples(part) for part in value) if isinstance(value, list) else value
