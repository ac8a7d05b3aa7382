"""The programme of an edition, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.organiser.programme import leaving, overview, rounds, sessions
from survey.web.workplace.desk import receive, show

if TYPE_CHECKING:
    from starlette.routing import Route


def programme_routes() -> list[Route]:
    """Every page about rounds and sessions."""
    start = "/arbeit/ausgaben/{edition}/programm"
    session, round_ = f"{start}/punkte/{{session}}", f"{start}/runden/{{round}}"
    return [
        show(start, overview.show_programme),
        receive(start, overview.receive_move),
        show(f"{start}/neuer-punkt", sessions.show_new_session),
        receive(f"{start}/neuer-punkt", sessions.receive_new_session),
        show(f"{start}/buchung", rounds.show_booking),
        receive(f"{start}/buchung", rounds.receive_booking),
        show(session, sessions.show_session),
        receive(session, sessions.receive_session),
        show(f"{session}/entfernen", leaving.show_removal),
        receive(f"{session}/entfernen", leaving.receive_removal),
        show(f"{session}/ausgefallen", leaving.show_cancellation),
        receive(f"{session}/ausgefallen", leaving.receive_cancellation),
        show(round_, rounds.show_round),
        receive(round_, rounds.receive_round),
        show(f"{round_}/entfernen", leaving.show_round_removal),
        receive(f"{round_}/entfernen", leaving.receive_round_removal),
    ]
