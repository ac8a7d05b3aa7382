from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

import pytest

from forms.questionnaire_library import standard_library
from survey.language.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

# What easy language avoids: negation, subjunctive, passive, genitive.
AVOIDED = re.compile(
    r"\b(nicht|kein\w*|nie\w*|würden?|wäre\w*|hätten?|könnten?|sollten?|möchten|werden|wird|wurden?|des)\b",
    re.IGNORECASE,
)
LONGEST_SENTENCE = 12
LONGEST_PLAIN_WORD = 15
PARTS = {
    "overall",
    "content",
    "organisation",
    "technology",
    "exchange",
    "length",
    "recommendation",
    "next_format",
    "rounds_wanted",
    "topics_wanted",
    "keep",
    "change",
    "rating",
    "relevance",
    "message",
    "contributions",
    "guest_talks",
    "focus_next",
    "municipality_size",
}


def wordings(value: object, path: str) -> Iterator[tuple[str, Wording]]:
    """Every text inside a value, with where it stands."""
    if isinstance(value, Wording):
        if value:
            yield path, value
    elif isinstance(value, tuple):
        for n, each in enumerate(value):
            yield from wordings(each, f"{path}[{n}]")
    elif is_dataclass(value):
        for part in fields(value):
            yield from wordings(getattr(value, part.name), f"{path}.{part.name}")


LIBRARY = standard_library()
EVERY = {**LIBRARY.items, **LIBRARY.scales, **LIBRARY.questionnaires}


def test_library_has_every_promised_question() -> None:
    assert PARTS - set(LIBRARY.items) == set()


@pytest.mark.parametrize("name", EVERY)
def test_texts_are_there_in_every_language(name: str) -> None:
    texts = list(wordings(EVERY[name], name))

    assert texts
    assert [path for path, w in texts if not all((w.de, w.easy, w.en))] == []


@pytest.mark.parametrize("name", EVERY)
def test_easy_texts_keep_the_rules(name: str) -> None:
    easy = [w.easy for _, w in wordings(EVERY[name], name)]
    sentences = [s for text in easy for s in re.split(r"[.?!:]", text)]

    assert [text for text in easy if AVOIDED.search(text)] == []
    assert [s for s in sentences if len(s.split()) > LONGEST_SENTENCE] == []
    assert [
        w for text in easy for w in re.findall(r"\w+", text) if len(w) > LONGEST_PLAIN_WORD
    ] == []


def test_ratings_run_from_best_to_worst_in_five_points() -> None:
    assert {
        name: tuple(c.code for c in scale.choices) for name, scale in LIBRARY.scales.items()
    } == {
        "good": ("5", "4", "3", "2", "1"),
        "useful": ("5", "4", "3", "2", "1"),
    }
