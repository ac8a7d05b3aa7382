"""What a questionnaire must have: nothing without a text, nothing twice, no more than a person can take in.

The place of a problem with a question is the name of its field on the question's page (``wording_de``,
``choice_3_de``); with the whole questionnaire it is the path of its part (``questionnaire.overall``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from survey.errors import Problem, problem
from survey.model.items import (
    NO_ANSWER,
    NOT_ATTENDED,
    OTHER,
    LongText,
    MultipleChoice,
    RatingScale,
    Recommendation,
    ShortText,
    SingleChoice,
    TopThree,
    YesNo,
)
from survey.model.personal_form import ELSEWHERE
from survey.model.sent_fields import MOST_ANSWER_FIELDS, most_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from survey.language.wording import Wording
    from survey.model.event import Edition
    from survey.model.items import Choice, Item
    from survey.model.questionnaire import Section

RESERVED_ITEMS = frozenset({ELSEWHERE, "inhalt", "link", "melden", "summary"})
"""Words that form pages use for fields and places of their own; all others of theirs begin with an underscore."""
RESERVED_CHOICES = frozenset({NO_ANSWER, NOT_ATTENDED, OTHER})
ITEM_CODE = re.compile(r"[a-z][a-z0-9_]{0,30}")
CHOICE_CODE = re.compile(r"[a-z0-9][a-z0-9_]{0,30}")
FEWEST_POINTS, MOST_POINTS = 2, 7
FEWEST_CHOICES, FEWEST_TO_RANK, MOST_CHOICES = 2, 4, 30
LEAST_LIMIT, LONGEST_SHORT_TEXT, LONGEST_TEXT = 10, 500, 4000
MOST_ITEMS = 60
LINE_LIMIT = 300
INTRODUCTION_LIMIT = 1000
LONGEST_CODE = 31
_POSITIVE = problem("Sagen Sie, wie die guten Stufen zusammen heißen.")
_LOW = problem("Sagen Sie, was die 0 bedeutet.")
_HIGH = problem("Sagen Sie, was die 10 bedeutet.")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def item_problems(item: Item) -> tuple[Problem, ...]:
    """Everything that would make the question unusable."""
    return (*_text_problems(item), *_kind_problems(item))


def edition_problems(edition: Edition) -> tuple[Problem, ...]:
    """Everything that would make the questionnaire of that edition unusable, its questions' problems included."""
    questionnaire = edition.questionnaire
    return (
        *_size_problems(edition),
        *(p for section in questionnaire.sections for p in _section_problems(section)),
        *_doubled_items([item for section in questionnaire.sections for item in section.items]),
    )


def proposed_code(text: str, taken: Sequence[str]) -> str:
    """A code made of the text's first words that none of the taken ones is; never empty."""
    plain = text.lower().translate(_UMLAUTS)
    words = re.findall(r"[a-z0-9]+", plain)
    made = ""
    for word in words:
        longer = f"{made}_{word}" if made else word
        if len(longer) > LONGEST_CODE - 4:
            break
        made = longer
    made = made or (words[0][: LONGEST_CODE - 4] if words else "answer")
    if not made[0].isalpha():
        made = f"a{made}"
    if made not in taken:
        return made
    return next(code for n in range(2, 100) if (code := f"{made}_{n}") not in taken)


def _text_problems(item: Item) -> Iterator[Problem]:
    if not item.wording.de.strip():
        yield problem("Schreiben Sie den Text der Frage.", place="wording_de")
    for name in ("wording", "hint"):
        wording = getattr(item, name)
        for language in ("de", "easy", "en"):
            if len(getattr(wording, language)) > LINE_LIMIT:
                yield problem(
                    "Dieser Text ist zu lang. Erlaubt sind höchstens %(limit)s Zeichen.",
                    place=f"{name}_{language}",
                    limit=LINE_LIMIT,
                )


def _kind_problems(item: Item) -> Iterator[Problem]:
    match item:
        case RatingScale():
            yield from _choice_problems(item.choices, fewest=FEWEST_POINTS, most=MOST_POINTS)
            yield from _named(item.positive_label, "positive_label_de", _POSITIVE)
        case SingleChoice():
            yield from _choice_problems(item.choices, fewest=FEWEST_CHOICES, most=MOST_CHOICES)
        case MultipleChoice():
            # With "Sonstiges" beside it, one choice is enough to choose from.
            fewest = 1 if item.other_label else FEWEST_CHOICES
            yield from _choice_problems(item.choices, fewest=fewest, most=MOST_CHOICES)
        case TopThree():
            yield from _choice_problems(item.choices, fewest=FEWEST_TO_RANK, most=MOST_CHOICES)
        case Recommendation():
            yield from _named(item.low, "low_de", _LOW)
            yield from _named(item.high, "high_de", _HIGH)
        case ShortText() | LongText():
            yield from _limit_problems(item)
        case YesNo():
            pass
        case _:
            assert_never(item)


def _named(wording: Wording, place: str, otherwise: Problem) -> Iterator[Problem]:
    if not wording.de.strip():
        yield replace(otherwise, place=place)


def _limit_problems(item: ShortText | LongText) -> Iterator[Problem]:
    most = LONGEST_SHORT_TEXT if isinstance(item, ShortText) else LONGEST_TEXT
    if not LEAST_LIMIT <= item.limit <= most:
        yield problem(
            "Die Höchstlänge liegt zwischen %(least)s und %(most)s Zeichen.",
            place="limit",
            least=LEAST_LIMIT,
            most=most,
        )


def _choice_problems(choices: Sequence[Choice], *, fewest: int, most: int) -> Iterator[Problem]:
    if not fewest <= len(choices) <= most:
        yield problem(
            "Diese Frage braucht %(fewest)s bis %(most)s Antwortmöglichkeiten. Hier sind es %(count)s.",
            place="choices",
            fewest=fewest,
            most=most,
            count=len(choices),
        )
    labels = [choice.label.de.strip().casefold() for choice in choices]
    codes = [choice.code for choice in choices]
    for place, choice in enumerate(choices, 1):
        label = choice.label.de.strip()
        if not label:
            yield problem(
                "Schreiben Sie den Text der Antwort %(number)s, oder entfernen Sie die Antwort.",
                place=f"choice_{place}_de",
                number=place,
            )
        elif labels.index(label.casefold()) + 1 < place:
            yield problem(
                "Die Antwortmöglichkeit „%(value)s“ kommt mehrmals vor.",
                place=f"choice_{place}_de",
                value=label[:60],
            )
        elif len(label) > LINE_LIMIT:
            yield problem(
                "Dieser Text ist zu lang. Erlaubt sind höchstens %(limit)s Zeichen.",
                place=f"choice_{place}_de",
                limit=LINE_LIMIT,
            )
        if not CHOICE_CODE.fullmatch(choice.code) or choice.code in RESERVED_CHOICES:
            yield problem(
                "„%(code)s“ geht nicht als Code einer Antwort.",
                place=f"choice_{place}_de",
                code=choice.code[:60],
            )
        elif codes.index(choice.code) + 1 < place:
            yield problem(
                "Zwei Antworten haben denselben Code „%(code)s“.",
                place=f"choice_{place}_de",
                code=choice.code,
            )


def _size_problems(edition: Edition) -> Iterator[Problem]:
    count = sum(len(section.items) for section in edition.questionnaire.sections)
    if not count:
        yield problem("Der Fragebogen hat keine Fragen.", place="questionnaire")
    if count > MOST_ITEMS:
        yield problem(
            "Der Fragebogen hat %(count)s Fragen. Erlaubt sind höchstens %(limit)s.",
            place="questionnaire",
            count=count,
            limit=MOST_ITEMS,
        )
    fields = most_fields(edition)
    if fields > MOST_ANSWER_FIELDS:
        yield problem(
            "Der Fragebogen ist zu lang: Ein ausgefülltes Formular hat bis zu %(needed)s Felder, erlaubt sind "
            "%(room)s. Fragen Sie weniger, oder geben Sie weniger Antworten zum Ankreuzen vor.",
            place="questionnaire",
            needed=fields,
            room=MOST_ANSWER_FIELDS,
        )


def _section_problems(section: Section) -> Iterator[Problem]:
    place = f"questionnaire.sections.{section.code}"
    if not section.heading.de.strip():
        yield problem("Ein Abschnitt hat keine Überschrift.", place=place)
    if not section.items:
        yield problem(
            "Der Abschnitt „%(heading)s“ hat keine Fragen.", place=place, heading=section.heading
        )
    for item in section.items:
        wrong = item_problems(item)
        if wrong:
            yield replace(wrong[0], place=f"questionnaire.{item.code}")


def _doubled_items(items: Sequence[Item]) -> Iterator[Problem]:
    codes = [item.code for item in items]
    for code in dict.fromkeys(codes):
        if codes.count(code) > 1:
            yield problem(
                "Die Frage „%(code)s“ kommt mehrmals vor. Jeder Code darf nur einmal vorkommen.",
                place=f"questionnaire.{code}",
                code=code,
            )
