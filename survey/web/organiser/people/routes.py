"""Who works for an organisation, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.organiser.people import colleague, inviting, people
from survey.web.workplace.desk import receive, receive_proven, show

if TYPE_CHECKING:
    from starlette.routing import Route

PEOPLE = "/arbeit/menschen"
INVITATION = f"{PEOPLE}/einladungen/{{invitation}}"
COLLEAGUE = f"{PEOPLE}/{{colleague}}"


def people_routes() -> list[Route]:
    """Every page about colleagues and their roles."""
    return [
        show(PEOPLE, people.show_people),
        show(f"{PEOPLE}/einladen", inviting.show_form),
        receive_proven(f"{PEOPLE}/einladen", inviting.invite),
        show(f"{PEOPLE}/uebergabe", people.show_handover),
        receive_proven(f"{INVITATION}/erneut", inviting.invite_again),
        show(f"{INVITATION}/zuruecknehmen", inviting.ask_take_back),
        receive(f"{INVITATION}/zuruecknehmen", inviting.take_back),
        show(COLLEAGUE, colleague.show_colleague),
        receive_proven(COLLEAGUE, colleague.change_role),
        show(f"{COLLEAGUE}/entfernen", colleague.ask_remove),
        receive_proven(f"{COLLEAGUE}/entfernen", colleague.remove),
        show(f"{COLLEAGUE}/zweiter-faktor", colleague.ask_reset),
        receive_proven(f"{COLLEAGUE}/zweiter-faktor", colleague.reset),
        show(f"{COLLEAGUE}/anmeldung-des-hauses", colleague.ask_lift),
        receive_proven(f"{COLLEAGUE}/anmeldung-des-hauses", colleague.lift),
    ]
