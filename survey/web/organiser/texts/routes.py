"""Free texts, their themes, and new versions of the report, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.organiser.texts import new_version, one_text, texts, themes
from survey.web.workplace.desk import receive, receive_proven, show

if TYPE_CHECKING:
    from starlette.routing import Route

_HERE = "/arbeit/ausgaben/{edition}/ergebnisse"


def text_routes() -> list[Route]:
    """What organisers do with texts; planners find none of it."""
    return [
        show(f"{_HERE}/texte", texts.show_texts),
        receive(f"{_HERE}/texte", texts.change_texts),
        show(f"{_HERE}/texte/{{text}}", one_text.show_text),
        receive(f"{_HERE}/texte/{{text}}", one_text.change_text),
        show(f"{_HERE}/themen", themes.show_themes),
        receive(f"{_HERE}/themen", themes.add_theme),
        show(f"{_HERE}/themen/{{theme}}", themes.show_theme),
        receive(f"{_HERE}/themen/{{theme}}", themes.change_theme),
        show(f"{_HERE}/fassung", new_version.ask_before_publishing),
        receive_proven(f"{_HERE}/fassung", new_version.publish_version),
    ]
