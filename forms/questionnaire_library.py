"""The library of standard questions and questionnaires in ``templates/questionnaires/``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from forms.item_file import Library, read_items, read_scales
from forms.questionnaire_file import read_questionnaire
from forms.toml_keys import Keys, Problems
from forms.toml_lines import parse_toml
from survey.errors import FileRefused

LIBRARY = Path(__file__).resolve().parent.parent / "templates" / "questionnaires"
STANDARD_QUESTIONNAIRES = ("congress", "network_call", "workshop_series", "training")


@cache
def standard_library() -> Library:
    """The library that ships with the product, read once."""
    problems = Problems()
    library = Library(read_scales(_keys("scales", problems)))
    items = read_items(_keys("items", problems), library)
    library = Library(library.scales, {item.code: item for item in items})
    questionnaires = {
        name: read_questionnaire(_keys(name, problems), library) for name in STANDARD_QUESTIONNAIRES
    }
    if problems.found:
        raise FileRefused(LIBRARY.name, tuple(problems.found))
    return Library(library.scales, library.items, questionnaires)


def _keys(name: str, problems: Problems) -> Keys:
    file = f"{name}.toml"
    problems.beside = file
    return Keys(parse_toml((LIBRARY / file).read_bytes(), file), problems)
