"""The form of the summary's JSON, as JSON Schema 2020-12: read from the very types that the JSON is written from."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from exports.summary_json import SCHEMA
from survey.language.wording import Wording
from survey.model import programme, summary
from survey.model.event import EditionFormat, EditionKind
from survey.model.programme import Session
from survey.model.summary import EditionSummary

JsonSchema = dict[str, Any]
ROOT = "EditionSummary"
_NAMES = {
    **vars(programme),
    **vars(summary),
    "EditionFormat": EditionFormat,
    "EditionKind": EditionKind,
    "Session": Session,
    "Wording": Wording,
    "date": date,
    "datetime": datetime,
}
_PLAIN: dict[object, JsonSchema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    NoneType: {"type": "null"},
    object: {},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}


def summary_schemas(reference: str) -> dict[str, JsonSchema]:
    """Every object of the summary by name; they refer to each other below `reference`."""
    found: dict[str, JsonSchema] = {}
    _describe(EditionSummary, reference, found)
    root = found[ROOT]
    root["properties"] = {"schema": {"const": SCHEMA}, **root["properties"]}
    root["required"] = ["schema", *root["required"]]
    return found


def _describe(kind: Any, reference: str, found: dict[str, JsonSchema]) -> JsonSchema:  # noqa: ANN401 -- any annotation
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"type": "string", "enum": [member.value for member in kind]}
    if is_dataclass(kind):
        return _object(kind, reference, found)
    arguments = get_args(kind)
    match get_origin(kind):
        case origin if origin is Literal:
            return {"enum": list(arguments)}
        case origin if origin in {Union, UnionType}:
            return {"anyOf": [_describe(one, reference, found) for one in arguments]}
        case origin if origin is tuple and arguments[-1] is Ellipsis:
            return {"type": "array", "items": _describe(arguments[0], reference, found)}
        case origin if origin is tuple:
            parts = [_describe(one, reference, found) for one in arguments]
            return {
                "type": "array",
                "prefixItems": parts,
                "minItems": len(parts),
                "maxItems": len(parts),
            }
        case _:
            raise TypeError(kind)


def _object(kind: Any, reference: str, found: dict[str, JsonSchema]) -> JsonSchema:  # noqa: ANN401 -- a dataclass
    name = kind.__name__
    if name not in found:
        described: JsonSchema = {"type": "object"}
        found[name] = described
        hints = get_type_hints(kind, localns=_NAMES)
        names = [field.name for field in fields(kind)]
        properties = {name: _describe(hints[name], reference, found) for name in names}
        if "suppressed" in names:
            properties = {"type": {"const": name}, **properties}
        described["description"] = (kind.__doc__ or "").partition("\n")[0]
        described["properties"] = properties
        described["required"] = list(properties)
        described["additionalProperties"] = False
    return {"$ref": f"{reference}{name}"}
