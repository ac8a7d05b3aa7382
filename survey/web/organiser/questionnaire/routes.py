"""The questionnaire of an edition, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.organiser.questionnaire import (
    adding,
    outline,
    preview,
    question,
    removing,
    section,
    send_off,
)
from survey.web.workplace.desk import receive, show

if TYPE_CHECKING:
    from starlette.routing import Route

_START = "/arbeit/ausgaben/{edition}/fragebogen"
_CHECK = "/arbeit/ausgaben/{edition}/pruefung"


def questionnaire_routes() -> list[Route]:
    """Every page about what is asked."""
    return [
        show(_START, outline.show_outline),
        receive(_START, outline.receive_move),
        show(f"{_START}/hinzufuegen", adding.show_library),
        receive(f"{_START}/hinzufuegen", adding.receive_library),
        show(f"{_START}/neue-frage", question.show_new_question),
        receive(f"{_START}/neue-frage", question.receive_new_question),
        show(f"{_START}/neuer-abschnitt", section.show_new_section),
        receive(f"{_START}/neuer-abschnitt", section.receive_new_section),
        show(f"{_START}/vorschau", preview.show_preview),
        show(f"{_START}/vorschau/formular", preview.show_form),
        receive(f"{_START}/vorschau/formular", preview.receive_form),
        show(f"{_START}/abschnitt/{{section}}", section.show_section),
        receive(f"{_START}/abschnitt/{{section}}", section.receive_section),
        show(f"{_START}/abschnitt/{{section}}/entfernen", removing.show_section_removal),
        receive(f"{_START}/abschnitt/{{section}}/entfernen", removing.receive_section_removal),
        show(f"{_START}/frage/{{item}}", question.show_question),
        receive(f"{_START}/frage/{{item}}", question.receive_question),
        receive(f"{_START}/frage/{{item}}/verschieben", question.receive_other_section),
        show(f"{_START}/frage/{{item}}/entfernen", removing.show_item_removal),
        receive(f"{_START}/frage/{{item}}/entfernen", removing.receive_item_removal),
        show(_CHECK, send_off.show_check),
        receive(_CHECK, send_off.receive_warnings_read),
    ]
