"""Results for speakers and for everybody, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.organiser.publishing import decisions, public_page, sharing
from survey.web.workplace.desk import receive, receive_proven, show

if TYPE_CHECKING:
    from starlette.routing import Route

_HERE = "/arbeit/ausgaben/{edition}/ergebnisse"
_PUBLIC = f"{_HERE}/veroeffentlichen"


def publishing_routes() -> list[Route]:
    """What organisers let others see."""
    return [
        show(_PUBLIC, public_page.show_page),
        receive_proven(_PUBLIC, public_page.plan_page),
        show(f"{_PUBLIC}/vorschau", public_page.preview),
        show(f"{_PUBLIC}/daraus", decisions.show_decisions),
        receive_proven(f"{_PUBLIC}/daraus", decisions.keep_decisions),
        show(f"{_PUBLIC}/zuruecknehmen", public_page.ask_before_withdrawing),
        receive(f"{_PUBLIC}/zuruecknehmen", public_page.withdraw_page),
        show(f"{_HERE}/punkte/{{session}}/teilen", sharing.show_links),
        receive_proven(f"{_HERE}/punkte/{{session}}/teilen", sharing.change_links),
    ]
