"""The settings of an organisation, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.organiser.settings import (
    appearance,
    backups,
    documents,
    overview,
    program_access,
    sections,
)
from survey.web.organiser.settings.backups import BACKUP
from survey.web.organiser.settings.program_access import ACCESS
from survey.web.organiser.settings.sections import START
from survey.web.workplace.desk import receive, receive_file, receive_proven, show

if TYPE_CHECKING:
    from starlette.routing import Route


def setting_routes() -> list[Route]:
    """Every page about an organisation's settings."""
    return [
        show(START, overview.show_overview),
        show(f"{START}/farbe", appearance.show_colour),
        receive(f"{START}/farbe", appearance.save_colour),
        show(f"{START}/logo", appearance.show_logo),
        receive_file(f"{START}/logo", appearance.save_logo),
        show(f"{START}/logo/entfernen", appearance.ask_before_removing),
        receive(f"{START}/logo/entfernen", appearance.remove_logo),
        show(BACKUP, backups.show_backups),
        receive(BACKUP, backups.back_up),
        show(f"{START}/datenschutz/{{document}}", documents.show_document),
        show(ACCESS, program_access.show_access),
        receive_proven(ACCESS, program_access.make_token),
        show(f"{ACCESS}/{{token}}/widerrufen", program_access.ask_before_revoking),
        receive(f"{ACCESS}/{{token}}/widerrufen", program_access.revoke_token),
        show(f"{START}/{{place}}", sections.show_section),
        receive(f"{START}/{{place}}", sections.save_section),
    ]
