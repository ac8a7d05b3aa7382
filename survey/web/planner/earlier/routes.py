"""Editions from elsewhere, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.planner.earlier import editions, facts, preview, question, questions, upload
from survey.web.workplace.desk import EVERYBODY, receive, receive_file, receive_proven, show

if TYPE_CHECKING:
    from starlette.routing import Route

_HERE = "/arbeit/reihen/{series}/frueher"
_NEW = f"{_HERE}/neu"
_MAPPING = f"{_HERE}/zuordnungen/{{mapping}}"
_EDITION = f"{_HERE}/{{earlier}}"


def earlier_routes() -> list[Route]:
    """Every page of it; fixed words stand before editions."""
    return [
        show(_HERE, editions.show_editions, roles=EVERYBODY),
        show(_NEW, upload.show_upload, roles=EVERYBODY),
        receive_file(_NEW, upload.receive_file_of_answers, roles=EVERYBODY),
        receive(f"{_NEW}/verwerfen", upload.drop, roles=EVERYBODY),
        receive_file(f"{_NEW}/aufbau", upload.receive_structure, roles=EVERYBODY),
        receive_file(f"{_NEW}/zuordnung", upload.receive_mapping, roles=EVERYBODY),
        receive(f"{_NEW}/aufbewahrte", upload.apply_kept_mapping, roles=EVERYBODY),
        show(f"{_NEW}/zuordnung.toml", preview.hand_over_mapping, roles=EVERYBODY),
        show(f"{_NEW}/angaben", facts.show_facts, roles=EVERYBODY),
        receive(f"{_NEW}/angaben", facts.give_facts, roles=EVERYBODY),
        show(f"{_NEW}/fragen", questions.show_questions, roles=EVERYBODY),
        receive(f"{_NEW}/fragen", questions.choose_questions, roles=EVERYBODY),
        show(f"{_NEW}/fragen/{{number}}", question.show_question, roles=EVERYBODY),
        receive(f"{_NEW}/fragen/{{number}}", question.match_answers, roles=EVERYBODY),
        show(f"{_NEW}/pruefen", preview.show_preview, roles=EVERYBODY),
        receive(f"{_NEW}/einlesen", preview.take_over, roles=EVERYBODY),
        show(f"{_MAPPING}/datei", editions.hand_over_kept_mapping, roles=EVERYBODY),
        show(f"{_MAPPING}/loeschen", editions.show_mapping_deletion, roles=EVERYBODY),
        receive_proven(f"{_MAPPING}/loeschen", editions.delete_kept_mapping, roles=EVERYBODY),
        show(_EDITION, editions.show_edition, roles=EVERYBODY),
        show(f"{_EDITION}/loeschen", editions.show_deletion, roles=EVERYBODY),
        receive_proven(f"{_EDITION}/loeschen", editions.delete_edition, roles=EVERYBODY),
    ]
