"""Organisers' pages, as a site map: one table per room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.organiser.edition.routes import edition_routes
from survey.web.organiser.editions.routes import edition_list_routes
from survey.web.organiser.log.routes import log_routes
from survey.web.organiser.participants.routes import participant_list_routes
from survey.web.organiser.people.routes import people_routes
from survey.web.organiser.publishing.routes import publishing_routes
from survey.web.organiser.questionnaire.routes import questionnaire_routes
from survey.web.organiser.running.routes import running_routes
from survey.web.organiser.sending.routes import sending_routes
from survey.web.organiser.settings.routes import setting_routes
from survey.web.organiser.texts.routes import text_routes
from survey.web.organiser.today.routes import today_routes
from survey.web.organiser.ways_in.routes import way_in_routes

if TYPE_CHECKING:
    from starlette.routing import Route


def organiser_routes() -> list[Route]:
    """Every address an organiser can come to; fixed words stand before names (``/ausgaben/neu``)."""
    return [
        *today_routes(),
        *edition_list_routes(),
        *running_routes(),
        *edition_routes(),
        *questionnaire_routes(),
        *participant_list_routes(),
        *sending_routes(),
        *way_in_routes(),
        *text_routes(),
        *publishing_routes(),
        *setting_routes(),
        *log_routes(),
        *people_routes(),
    ]
