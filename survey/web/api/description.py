"""The programming interface described for programs: OpenAPI 3.1."""

from __future__ import annotations

from functools import cache
from typing import Any

from survey.web.api.problems import MEDIA_TYPE, TITLES

VERSION = "1"
EDITIONS = "/api/v1/editions"
EDITION = "/api/v1/editions/{edition}"
SUMMARY = "/api/v1/editions/{edition}/summary"
DESCRIPTION = "/api/v1/openapi.json"
_SCHEMAS = "#/components/schemas/"
_EDITION_PARAMETER = {
    "name": "edition",
    "in": "path",
    "required": True,
    "description": "Short name of the edition.",
    "schema": {"type": "string", "minLength": 1},
}


@cache
def description(base_url: str) -> dict[str, Any]:
    """The whole description."""
    from exports.summary_schema import ROOT, summary_schemas  # noqa: PLC0415 -- only programs that ask need it

    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Nachklang results",
            "version": VERSION,
            "description": (
                "The results of an organisation's counted editions, as they were last published. Read only. "
                "Disclosure rules are those of every report: small groups are not shown."
            ),
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": base_url}],
        "security": [{"token": []}],
        "paths": {
            EDITIONS: {
                "get": {
                    "operationId": "listEditions",
                    "summary": "The organisation's editions, the latest event first.",
                    "responses": _responses(f"{_SCHEMAS}EditionList"),
                }
            },
            EDITION: {
                "get": {
                    "operationId": "readEdition",
                    "summary": "One edition, without any number of people.",
                    "parameters": [_EDITION_PARAMETER],
                    "responses": _responses(f"{_SCHEMAS}Edition", 404),
                }
            },
            SUMMARY: {
                "get": {
                    "operationId": "readSummary",
                    "summary": "The published summary of a counted edition.",
                    "parameters": [_EDITION_PARAMETER],
                    "responses": _responses(f"{_SCHEMAS}{ROOT}", 404, 409),
                }
            },
            DESCRIPTION: {
                "get": {
                    "operationId": "readDescription",
                    "summary": "This description.",
                    "security": [],
                    "responses": {
                        "200": {
                            "description": "OpenAPI 3.1",
                            "content": {"application/json": {"schema": {"type": "object"}}},
                        },
                        **_problems(405, 500),
                    },
                }
            },
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {**_own_schemas(), **summary_schemas(_SCHEMAS)},
        },
    }


def _responses(schema: str, *more: int) -> dict[str, Any]:
    return {
        "200": {
            "description": "OK",
            "content": {"application/json": {"schema": {"$ref": schema}}},
        },
        **_problems(401, 405, 429, 500, 503, *more),
    }


def _problems(*statuses: int) -> dict[str, Any]:
    return {
        str(status): {
            "description": TITLES[status][1],
            "content": {MEDIA_TYPE: {"schema": {"$ref": f"{_SCHEMAS}Problem"}}},
        }
        for status in sorted(statuses)
    }


def _own_schemas() -> dict[str, Any]:
    text = {"type": "string"}
    edition = {
        "name": text,
        "series": text,
        "title": text,
        "kind": text,
        "format": text,
        "starts": {"type": "string", "format": "date"},
        "ends": {"type": "string", "format": "date"},
        "state": {"enum": ["planned", "open", "closed", "counted"]},
        "is_made_up": {"type": "boolean"},
        "summary": {"type": ["string", "null"], "description": "Address of the results, once counted."},
    }  # fmt: skip
    return {
        "Edition": _object(edition),
        "EditionList": _object(
            {"editions": {"type": "array", "items": {"$ref": f"{_SCHEMAS}Edition"}}}
        ),
        "Problem": _object(
            {"type": text, "title": text, "status": {"type": "integer"}, "detail": text}
        ),
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
