"""The summary of an edition as JSON: the frozen value itself, key by key."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING

from survey.language.wording import Wording

if TYPE_CHECKING:
    from survey.model.summary import EditionSummary

SCHEMA = "nachklang-summary/1"


def summary_json(summary: EditionSummary) -> str:
    """The summary as readable JSON; the same summary gives the same bytes."""
    return (
        json.dumps({"schema": SCHEMA, **_plain_fields(summary)}, ensure_ascii=False, indent=2)
        + "\n"
    )


def _plain_fields(value: object) -> dict[str, object]:
    if not is_dataclass(value):
        raise TypeError(type(value))
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _plain(value: object) -> object:
    if isinstance(value, Wording):
        return {"de": value.de, "easy": value.easy, "en": value.en}
    if is_dataclass(value):
        return {
            **({"type": type(value).__name__} if hasattr(value, "suppressed") else {}),
            **_plain_fields(value),
        }
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value
