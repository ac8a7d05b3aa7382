"""Words that spoil a question: two matters in one, an answer put into the mouth, a negation that turns the scale round.

A machine only suspects here. The lists are short on purpose: a warning that is often wrong is not read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from survey.errors import problem
from survey.model.items import RatingScale, Recommendation, YesNo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.errors import Problem
    from survey.model.items import Item

JOINS = ("und", "oder", "sowie", "bzw.", "beziehungsweise", "and", "or")
"""Join two matters: whoever likes one and not the other cannot answer."""
FIXED_PAIRS = (
    r"\w+innen und \w+",  # Bürgerinnen und Bürger
    r"\w+ und \w+innen",
    r"ja oder nein",
    r"mehr oder weniger",
    r"ganz und gar",
    r"nach und nach",
    r"ab und zu",
    r"hin und wieder",
    r"nach wie vor",
    r"vor- und nachteile",
    r"\w+- und \w+",  # Vor- und Zuname
    r"kinder und jugendliche",
    r"innern und für",  # the ministry's own name
    r"yes or no",
    r"more or less",
)
"""One matter although two words are joined."""
LEADING = (
    r"sicher(lich)? auch",
    r"doch sicher(lich)?",
    r"natürlich",
    r"selbstverständlich",
    r"finden sie (auch|nicht)",
    r"sind sie (auch|nicht) der (meinung|ansicht)",
    r"meinen sie (auch|nicht)",
    r"stimmen sie (uns )?zu",
    r"wie (gut|sehr|toll) (hat|haben|war|waren)",
    r"hervorragend\w*",
    r"gelungen\w*",
    r"großartig\w*",
    r"toll(e|en|er|es)?",
    r"leider",
    r"endlich",
    r"don’t you (think|agree)",
    r"do you agree",
    r"of course",
    r"excellent",
)
"""Say which answer is wanted."""
NEGATIONS = (
    r"nicht",
    r"nichts",
    r"kein(e|en|em|er|es)?",
    r"nie",
    r"niemals",
    r"niemand\w*",
    r"ohne",
    r"weder",
    r"not",
    r"never",
    r"without",
)
"""Turn a scale round: "nicht gut" and "sehr schlecht" are then the same, and people tick the wrong end."""


def word_warnings(item: Item) -> tuple[Problem, ...]:
    """What the question's German or English text lets suspect."""
    # The same suspicion in both languages is one suspicion.
    suspected = {
        p.key: p for text in (item.wording.en, item.wording.de) for p in _found(item, text)
    }
    return tuple(suspected.values())


def _found(item: Item, text: str) -> Iterator[Problem]:
    place = f"questionnaire.{item.code}"
    is_scale = isinstance(item, RatingScale | Recommendation)
    if (is_scale or isinstance(item, YesNo)) and (word := _joining(text)):
        yield problem(
            "Die Frage „%(question)s“ verbindet vielleicht zwei Dinge („%(word)s“). "
            "Wer nur eines davon gut fand, kann nicht antworten. Besser sind zwei Fragen.",
            place=place,
            question=item.wording,
            word=word,
        )
    if word := _first(LEADING, text):
        yield problem(
            "Die Frage „%(question)s“ legt vielleicht eine Antwort nahe („%(word)s“).",
            place=place,
            question=item.wording,
            word=word,
        )
    if is_scale and (word := _first(NEGATIONS, text)):
        yield problem(
            "In der Frage „%(question)s“ steht eine Verneinung („%(word)s“). "
            "Mit einer Skala führt das leicht zur falschen Antwort.",
            place=place,
            question=item.wording,
            word=word,
        )


def _joining(text: str) -> str:
    rest = text
    for pair in FIXED_PAIRS:
        rest = re.sub(rf"\b{pair}\b", " ", rest, flags=re.IGNORECASE)
    return _first(tuple(re.escape(word) for word in JOINS), rest)


def _first(words: tuple[str, ...], text: str) -> str:
    found = re.search(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", text, flags=re.IGNORECASE)
    return found.group() if found else ""
