"""The participants of an edition, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.organiser.participants import (
    columns,
    information,
    people,
    person,
    person_steps,
    preview,
    undeliverable,
    upload,
)
from survey.web.workplace.desk import receive, receive_file, receive_proven, show

if TYPE_CHECKING:
    from starlette.routing import Route

EVERYBODY = "/arbeit/ausgaben/{edition}/teilnehmende"
PERSON = f"{EVERYBODY}/{{person}}"


def participant_list_routes() -> list[Route]:
    """Every page about who is invited; fixed words stand before persons."""
    return [
        show(EVERYBODY, people.show_people),
        show(f"{EVERYBODY}/neu", person.show_late_registration),
        receive_proven(f"{EVERYBODY}/neu", person.register_late),
        show(f"{EVERYBODY}/unzustellbar", undeliverable.show_undeliverable),
        show(f"{EVERYBODY}/liste", upload.show_upload),
        receive_file(f"{EVERYBODY}/liste", upload.receive_list),
        show(f"{EVERYBODY}/liste/spalten", columns.show_columns),
        receive(f"{EVERYBODY}/liste/spalten", columns.choose_columns),
        show(f"{EVERYBODY}/liste/programmpunkte", columns.show_sessions),
        receive(f"{EVERYBODY}/liste/programmpunkte", columns.choose_sessions),
        show(f"{EVERYBODY}/liste/pruefen", preview.show_preview),
        receive(f"{EVERYBODY}/liste/pruefen", preview.mend),
        show(f"{EVERYBODY}/liste/ausgelassen.csv", preview.hand_over_left_out),
        receive(f"{EVERYBODY}/liste/einlesen", preview.take_over),
        receive(f"{EVERYBODY}/liste/verwerfen", upload.drop_list),
        show(f"{EVERYBODY}/auskunft", information.show_address),
        show(f"{EVERYBODY}/auskunft.txt", information.hand_over_address_text),
        show(f"{EVERYBODY}/auskunft.json", information.hand_over_address_json),
        show(f"{EVERYBODY}/auskunft/loeschen", information.show_address_deletion),
        receive_proven(f"{EVERYBODY}/auskunft/loeschen", information.delete_address),
        show(PERSON, person.show_person),
        receive(PERSON, person.correct_person),
        receive_proven(f"{PERSON}/einladen", person.invite_person_again),
        *(
            make(f"{PERSON}/{name}", work)
            for name in person_steps.STEPS
            for make, work in ((show, person_steps.show_step), (receive, person_steps.take_step))
        ),
        show(f"{PERSON}/auskunft", information.show_information),
        show(f"{PERSON}/auskunft.txt", information.hand_over_text),
        show(f"{PERSON}/auskunft.json", information.hand_over_json),
        show(f"{PERSON}/loeschen", person_steps.show_deletion),
        receive_proven(f"{PERSON}/loeschen", person_steps.delete_person),
    ]
