"""One edition while it runs: overview, deadline, closing, opening again, counting, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.organiser.running import counting, deadline, overview
from survey.web.workplace.desk import EVERYBODY, receive, receive_proven, show

if TYPE_CHECKING:
    from starlette.routing import Route

EDITION = "/arbeit/ausgaben/{edition}"


def running_routes() -> list[Route]:
    """Where an edition stands, and what moves it on."""
    return [
        show(EDITION, overview.show_overview, roles=EVERYBODY),
        show(f"{EDITION}/frist", deadline.ask_deadline),
        receive(f"{EDITION}/frist", deadline.extend),
        show(f"{EDITION}/schliessen", deadline.ask_before_closing),
        receive_proven(f"{EDITION}/schliessen", deadline.close),
        show(f"{EDITION}/oeffnen", deadline.ask_before_opening),
        receive_proven(f"{EDITION}/oeffnen", deadline.open_again),
        show(f"{EDITION}/auszaehlen", counting.show_count),
        receive_proven(f"{EDITION}/auszaehlen", counting.order),
    ]
