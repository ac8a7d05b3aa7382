"""Comparisons of editions, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.planner.comparison import downloads, pages, topics
from survey.web.workplace.desk import EVERYBODY, receive, receive_proven, show

if TYPE_CHECKING:
    from starlette.routing import Route

_HERE = "/arbeit/reihen/{series}"
_TOPICS = f"{_HERE}/themen"
_TOPIC = f"{_TOPICS}/{{topic}}"


def comparison_routes() -> list[Route]:
    """Every page of it."""
    return [
        show(_HERE, pages.show_comparison, roles=EVERYBODY),
        show(f"{_HERE}/herunterladen/{{file}}", downloads.download, roles=EVERYBODY),
        show(_TOPICS, topics.show_topics, roles=EVERYBODY),
        receive(_TOPICS, topics.change_topics, roles=EVERYBODY),
        show(_TOPIC, topics.show_topic, roles=EVERYBODY),
        receive(_TOPIC, topics.rename_topic, roles=EVERYBODY),
        show(f"{_TOPIC}/loeschen", topics.ask_before_deleting, roles=EVERYBODY),
        receive_proven(f"{_TOPIC}/loeschen", topics.delete_topic, roles=EVERYBODY),
    ]
