"""Participants' sentences: each has its English, easy sentences are short, and no place in them gets lost."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from survey.model.items import NO_SUCH_CHOICE
from survey.rendering import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = TEMPLATES.parent
LANGUAGE = ROOT / "survey" / "language"
AREAS = ("participant", "errors")
ALSO_FOR_PARTICIPANTS = ("paper", "results")
"""Easy texts of what participants read elsewhere: on paper, and of the results."""
LONGEST_EASY_SENTENCE = 12
KEYWORDS = {"gettext": None, "say": None, "ngettext": (1, 2), "problem": (1,)}
PYTHON = (
    *sorted((ROOT / "survey" / "web" / "participant").glob("*.py")),
    *sorted((ROOT / "survey" / "web").glob("*.py")),
    ROOT / "forms" / "answer_fields.py",
    ROOT / "forms" / "answer_form.py",
    ROOT / "survey" / "model" / "items.py",
    ROOT / "survey" / "model" / "answering.py",
)
PAGES = (
    TEMPLATES / "page.html",
    *sorted((TEMPLATES / "components").glob("*.html")),
    *sorted((TEMPLATES / "participant").rglob("*.html")),
    *sorted((TEMPLATES / "errors").glob("*.html")),
)


def said() -> set[str]:
    """Every German message of participants' pages."""
    found: set[str] = set()
    options = {"silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}
    for path in PAGES:
        file = io.BytesIO(path.read_bytes())
        found |= {
            _first(m) for _, m, _, _ in extract("jinja2.ext:babel_extract", file, options=options)
        }
    for path in PYTHON:
        file = io.BytesIO(path.read_bytes())
        found |= {_first(m) for _, m, _, _ in extract("python", file, keywords=KEYWORDS)}
    return found


def _first(message: str | Sequence[str]) -> str:
    return message if isinstance(message, str) else message[0]


def entries(language: str) -> dict[str, tuple[str, ...]]:
    """What the catalogues of that language say for each German message."""
    areas = (*AREAS, *ALSO_FOR_PARTICIPANTS) if language == "easy" else AREAS
    return _entries([LANGUAGE / language / f"{area}.po" for area in areas])


def _entries(catalogues: Sequence[Path]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for path in catalogues:
        file = io.BytesIO(path.read_bytes())
        for message in read_po(file):
            if message.id:
                texts = message.string if isinstance(message.string, tuple) else (message.string,)
                found[_first(message.id)] = tuple(str(text) for text in texts)
    return found


def test_every_sentence_has_its_english() -> None:
    assert len(said()) > 150
    every_area = sorted((LANGUAGE / "en").glob("*.po"))
    assert sorted(said() - set(_entries(every_area))) == []


@pytest.mark.parametrize("language", ["en", "easy"])
def test_no_place_gets_lost_in_translation(language: str) -> None:
    places = re.compile(r"%\(\w+\)[sd]")
    lost = {
        german: text
        for german, texts in entries(language).items()
        for text in texts
        if set(places.findall(text)) - set(places.findall(german))
        or (language == "en" and set(places.findall(text)) != set(places.findall(german)))
    }

    assert {g: t for g, t in lost.items() if "%(num)d" not in g and "%(num)d" not in t} == {}


@pytest.mark.proves("A70")
def test_easy_sentences_are_short_and_each_stands_on_its_own_line() -> None:
    long = [
        line
        for texts in entries("easy").values()
        for text in texts
        for line in text.splitlines()
        if len(re.findall(r"\w[\w-]*", re.sub(r"%\(\w+\)[sd]", "x", line))) > LONGEST_EASY_SENTENCE
    ]
    together = [
        text
        for texts in entries("easy").values()
        for text in texts
        if re.search(r"[.!?] [A-ZÄÖÜ]", text)
    ]

    assert long == []
    assert together == []


def test_the_catalogues_hold_nothing_that_nobody_says() -> None:
    elsewhere = {
        "%(day)s, %(time)s Uhr",
        "Ihre Texte sind zusammen zu lang. Kürzen Sie sie bitte.",
        NO_SUCH_CHOICE,
    }

    assert sorted(set(entries("en")) - said() - elsewhere) == []


def test_the_list_of_pages_is_whole() -> None:
    assert Path(TEMPLATES / "participant" / "form.html") in PAGES
