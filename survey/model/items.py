"""The kinds of question, one class each: how an answer is read, what the law allows, what it adds to the tally.

Every answer has one shape (`Answer`): chosen codes and a text. Statistics and exports know
three shapes only (`Shape`), never these classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never
from unicodedata import category

from survey.errors import Problem, problem
from survey.language.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NO_ANSWER = "na_no_answer"
""""Keine Angabe": stays in N, counts as missing in the bounds."""
NOT_ATTENDED = "na_not_attended"
""""Nicht teilgenommen": leaves the session's N."""
OTHER = "other"
"""The choice "Sonstiges" of a multiple choice, with its own text."""
OTHER_TEXT_LIMIT = 200
SHORT_TEXT_LIMIT = 200
NO_SUCH_CHOICE = "Diese Antwort gibt es hier nicht. Wählen Sie eine der Antworten."
ANSWERED = "_n"
"""Tally value: how many answered the question validly (its base n)."""


class Shape(StrEnum):
    """The three shapes of a result."""

    CHOICES = "choices"
    NUMBERS = "numbers"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's answer to one question: chosen codes in the question's order (ranks in rank order) and a text."""

    choices: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer (Antwortmöglichkeit)."""

    code: str
    label: Wording
    is_exclusive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    code: str
    """Stable over the years: editions are compared by it."""
    wording: Wording
    hint: Wording = Wording("")
    is_required: bool = False
    wording_version: int = 1
    scale_version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingScale(_Asked):
    """A labelled rating of 2 to 7 points, the best first; the middle of an odd scale is neutral."""

    choices: tuple[Choice, ...]
    positive_label: Wording = Wording("gut oder sehr gut", "gut oder sehr gut", "good or very good")
    """Names the positive choices together (the top two of five)."""

    @property
    def positive(self) -> tuple[str, ...]:
        """Codes of the positive choices: the better half."""
        return tuple(c.code for c in self.choices[: len(self.choices) // 2])

    @property
    def neutral(self) -> str | None:
        """Code of the middle choice of an odd scale."""
        middle, rest = divmod(len(self.choices), 2)
        return self.choices[middle].code if rest else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation(_Asked):
    """From 0 to 10, would you recommend it."""

    low: Wording
    """What 0 means."""
    high: Wording
    """What 10 means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleChoice(_Asked):
    """One of several choices, or "Keine Angabe"."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipleChoice(_Asked):
    """Any of several choices; an exclusive one stands alone; "Sonstiges" may take a text."""

    choices: tuple[Choice, ...]
    other_label: Wording | None = None
    """Label of the choice "Sonstiges" with its text field; None if there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNo(_Asked):
    """Yes, no or don't know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopThree(_Asked):
    """The three most important of several choices, in order; fewer are welcome."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortText(_Asked):
    """One line of free text."""

    limit: int = SHORT_TEXT_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class LongText(_Asked):
    """Free text."""

    limit: int = 1000


Item = (
    RatingScale
    | Recommendation
    | SingleChoice
    | MultipleChoice
    | YesNo
    | TopThree
    | ShortText
    | LongText
)

YES_NO = (
    Choice("yes", Wording("Ja", "Ja", "Yes")),
    Choice("no", Wording("Nein", "Nein", "No")),
    Choice("dont_know", Wording("Weiß nicht", "Das weiß ich nicht", "Don’t know")),
)
NUMBERS = tuple(str(n) for n in range(11))


def shape(item: Item) -> Shape:
    """Which of the three shapes the item's results have."""
    match item:
        case ShortText() | LongText():
            return Shape.TEXTS
        case Recommendation():
            return Shape.NUMBERS
        case RatingScale() | SingleChoice() | MultipleChoice() | YesNo() | TopThree():
            return Shape.CHOICES
        case _:
            assert_never(item)


def choices(item: Item) -> tuple[Choice, ...]:
    """The item's own choices in order, without the two "no answer" codes; empty for texts."""
    match item:
        case RatingScale() | SingleChoice() | TopThree():
            return item.choices
        case MultipleChoice():
            return item.choices + ((Choice(OTHER, item.other_label),) if item.other_label else ())
        case YesNo():
            return YES_NO
        case Recommendation():
            return tuple(Choice(n, Wording(n)) for n in NUMBERS)
        case ShortText() | LongText():
            return ()
        case _:
            assert_never(item)


def offers_no_answer(item: Item) -> bool:
    """True where radios need a way back, so that "Keine Angabe" stands last; nobody is forced to judge."""
    return isinstance(item, RatingScale | Recommendation | SingleChoice)


def text_limit(item: Item) -> int:
    """Most characters of the item's text, line breaks counted as one; 0 if it takes none."""
    match item:
        case ShortText() | LongText():
            return item.limit
        case MultipleChoice(other_label=Wording()):
            return OTHER_TEXT_LIMIT
        case _:
            return 0


def field_names(item: Item, name: str) -> tuple[str, ...]:
    """The form fields of the item when its question is called `name`."""
    match item:
        case TopThree():
            return (f"{name}-1", f"{name}-2", f"{name}-3")
        case MultipleChoice(other_label=Wording()):
            return (name, f"{name}-text")
        case _:
            return (name,)


def read(item: Item, name: str, fields: Mapping[str, Sequence[str]]) -> Answer | None:
    """The answer as sent, not yet checked; None if untouched."""
    match item:
        case ShortText() | LongText():
            answer = Answer(text=_clean(_one(fields, name)))
        case MultipleChoice():
            text = _clean(_one(fields, f"{name}-text")) if item.other_label else ""
            ticked = tuple(fields.get(name, ()))
            if text and OTHER not in ticked:
                ticked = (*ticked, OTHER)  # whoever writes a text there means "Sonstiges"
            answer = Answer(ticked, text)
        case TopThree():
            answer = Answer(
                tuple(v for part in field_names(item, name) if (v := _one(fields, part)))
            )
        case _:
            answer = Answer(tuple(v for v in fields.get(name, ()) if v))
    return answer if answer.choices or answer.text else None


def check(
    item: Item, answer: Answer, *, place: str, may_be_absent: bool = False
) -> tuple[Problem, ...]:
    """Everything wrong with an answer by the law of its question; `may_be_absent` allows "Nicht teilgenommen"."""
    problems: list[Problem] = []
    allowed = {c.code for c in choices(item)}
    if offers_no_answer(item):
        allowed.add(NO_ANSWER)
    if may_be_absent:
        allowed.add(NOT_ATTENDED)
    if not allowed.issuperset(answer.choices):
        problems.append(problem(NO_SUCH_CHOICE, place=place))
    most = {"MultipleChoice": len(allowed), "TopThree": 3}.get(type(item).__name__, 1)
    if len(answer.choices) > most:
        problems.append(problem("Wählen Sie nur eine Antwort.", place=place))
    if len(set(answer.choices)) < len(answer.choices):
        problems.append(_doubled(item, answer, place))
    if isinstance(item, MultipleChoice) and len(answer.choices) > 1:
        alone = [c for c in item.choices if c.is_exclusive and c.code in answer.choices]
        if alone:
            problems.append(
                problem(
                    "Sie haben „%(choice)s“ und noch etwas anderes gewählt. Wählen Sie nur eines davon.",
                    place=place,
                    choice=alone[0].label,
                )
            )
    limit = text_limit(item)
    if len(answer.text) > limit:
        where = f"{place}-text" if isinstance(item, MultipleChoice) else place
        problems.append(
            problem(
                "Ihr Text hat %(length)d Zeichen. Kürzen Sie ihn bitte auf höchstens %(limit)d Zeichen.",
                place=where,
                length=len(answer.text),
                limit=limit,
            )
        )
    return tuple(problems)


def tally(item: Item, answer: Answer) -> tuple[str, ...]:
    """The tally values this answer adds one to: its codes, and `ANSWERED` if it counts in the base n."""
    if NO_ANSWER in answer.choices or NOT_ATTENDED in answer.choices:
        return answer.choices
    match item:
        case TopThree():
            return (*answer.choices, f"{answer.choices[0]}@1", ANSWERED) if answer.choices else ()
        case ShortText() | LongText():
            return (ANSWERED,) if answer.text else ()
        case _:
            return (*answer.choices, ANSWERED) if answer.choices else ()


def _doubled(item: Item, answer: Answer, place: str) -> Problem:
    twice = next(code for code in answer.choices if answer.choices.count(code) > 1)
    label = next((c.label for c in choices(item) if c.code == twice), twice)
    first = answer.choices.index(twice) + 1
    second = answer.choices.index(twice, first) + 1
    return problem(
        "„%(choice)s“ steht auf Platz %(first)d und auf Platz %(second)d. Wählen Sie jedes nur einmal.",
        place=f"{place}-{second}" if isinstance(item, TopThree) else place,
        choice=label,
        first=first,
        second=second,
    )


def _one(fields: Mapping[str, Sequence[str]], name: str) -> str:
    values = fields.get(name, ())
    return values[0] if values else ""


def _clean(text: str) -> str:
    """Line breaks as one character, tabs as spaces, no control or direction characters, no white space at the ends."""
    if text.isprintable():  # neither holds any of these
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(c for c in text if c == "\n" or not (_is_control(c) or c in _DIRECTIONS)).strip()


def _is_control(character: str) -> bool:
    return category(character) == "Cc"


_DIRECTIONS = frozenset(
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\ufeff"
)
