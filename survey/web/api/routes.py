"""The programming interface, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from survey.web.api.answers import (
    describe,
    list_editions,
    read_edition,
    read_summary,
    with_token,
)
from survey.web.api.description import DESCRIPTION, EDITION, EDITIONS, SUMMARY
from survey.web.api.pace import Pace

if TYPE_CHECKING:
    from survey.web.api.answers import Answer


def interface_routes() -> list[Route]:
    """Every address of the programming interface."""
    pace = Pace()

    def read(path: str, answer: Answer) -> Route:
        return Route(path, with_token(answer, pace), methods=["GET"])

    return [
        Route(DESCRIPTION, describe, methods=["GET"]),
        read(EDITIONS, list_editions),
        read(EDITION, read_edition),
        read(SUMMARY, read_summary),
    ]
