"""What needs a person today, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.organiser.today import today
from survey.web.workplace.desk import EVERYBODY, show

if TYPE_CHECKING:
    from starlette.routing import Route


def today_routes() -> list[Route]:
    """The start page of the workplace."""
    return [show("/arbeit", today.show_today, roles=EVERYBODY)]
