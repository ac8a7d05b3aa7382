"""A frozen value as JSON, key by key: what summaries, comparisons and planning sheets leave the house as."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum

from survey.language.wording import Wording


def frozen_json(value: object, *, schema: str) -> str:
    """The value as readable JSON, its schema first; the same value gives the same bytes."""
    return json.dumps({"schema": schema, **_fields(value)}, ensure_ascii=False, indent=2) + "\n"


def _fields(value: object) -> dict[str, object]:
    if not is_dataclass(value):
        raise TypeError(type(value))
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _plain(value: object) -> object:
    if isinstance(value, Wording):
        return {"de": value.de, "easy": value.easy, "en": value.en}
    if is_dataclass(value):
        return {
            **({"type": type(value).__name__} if hasattr(value, "suppressed") else {}),
            **_fields(value),
        }
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value
