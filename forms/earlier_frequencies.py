"""Tables of frequencies from another tool: a line for each answer, or a line for each question."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from forms.earlier_rows import LONGEST_HEADING, LONGEST_VALUE
from survey.earlier.guessing import is_refusal
from survey.errors import Problem, problem
from survey.model.foreign_survey import (
    MOST_ANSWERS,
    MOST_PEOPLE,
    MOST_QUESTIONS,
    Manner,
    TheirAnswer,
    TheirQuestion,
    TheirSurvey,
    one_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from forms.table_file import Row

_QUESTION = frozenset({"frage", "fragetext", "item", "question", "variable"})
_CODE = frozenset({"code", "kürzel", "fragecode", "question code"})
_ANSWER = frozenset({"antwort", "kategorie", "antwortmöglichkeit", "answer", "category", "option"})
_COUNT = frozenset(
    {"anzahl", "häufigkeit", "absolut", "absolute häufigkeit", "count", "frequency", "nennungen"}
)
_ANSWERED = frozenset(
    {"antwortende", "gültige", "gültige antworten", "geantwortet", "answered", "valid", "responses"}
)
_ASKED = frozenset({"befragte", "eingeladen", "eingeladene", "gefragt", "asked", "invited"})
_SHARES = frozenset({"%", "prozent", "anteil", "percent", "share", "relative häufigkeit"})
_NUMBER = re.compile(r"\d{1,3}(?:[.  ’']\d{3})+|\d{1,8}")


@dataclass(frozen=True, slots=True)
class _Places:
    """Where what stands in the table; None where it does not."""

    question: int
    answer: int | None = None
    count: int | None = None
    code: int | None = None
    answered: int | None = None
    asked: int | None = None
    categories: tuple[int, ...] = ()
    """Where a line is a question: the columns of its answers."""


@dataclass(slots=True)
class _Found:
    """One question while its lines are read."""

    key: str
    text: str
    answers: dict[str, int] = field(default_factory=dict)
    answered: int | None = None
    asked: int | None = None

    def question(self) -> TheirQuestion:
        total = sum(n for answer, n in self.answers.items() if not is_refusal(answer))
        is_several = self.answered is not None and total > self.answered
        return TheirQuestion(
            key=self.key,
            text=self.text,
            manner=Manner.SEVERAL if is_several else Manner.UNKNOWN,
            answers=tuple(TheirAnswer(value, value, n) for value, n in self.answers.items()),
            answered=self.answered,
            asked=self.asked,
        )


@dataclass(frozen=True, slots=True)
class Frequencies:
    """What a table of frequencies says, and what is wrong with it."""

    questions: tuple[TheirQuestion, ...]
    problems: tuple[Problem, ...]


def is_frequencies(headings: Sequence[str]) -> bool:
    """True for a table of frequencies."""
    return _places(headings) is not None


def read_frequencies(headings: Sequence[str], rows: Sequence[Row]) -> Frequencies:
    """The questions of the table, with every line that cannot be understood."""
    places = _places(headings)
    if places is None:
        return Frequencies((), ())
    problems: list[Problem] = []
    found: dict[str, _Found] = {}
    key = ""
    for row in rows:
        said = _text(row, places.question)
        code = _text(row, places.code)
        if said or code:
            key = code or said
            found.setdefault(key, _Found(key, said or code))
        if not key:
            problems.append(problem("In dieser Zeile fehlt die Frage.", line=row.line))
            continue
        question = found[key]
        problems += _take_bases(question, row, places)
        for answer, at in _answers(row, places, headings):
            problems += _take(question, answer, row, at=at)
    questions = tuple(each.question() for each in found.values() if each.answers)
    problems += _sizes(found.values(), len(questions))
    return Frequencies(questions, tuple(problems[:100]))


def survey_of(questions: Sequence[TheirQuestion], file_name: str) -> TheirSurvey:
    """The questions as everything that a file says."""
    return TheirSurvey(file_name=file_name, questions=tuple(questions))


def _places(headings: Sequence[str]) -> _Places | None:
    names = [one_line(heading) for heading in headings]
    known = [name.casefold() for name in names]

    def place(words: frozenset[str], exactly: str = "") -> int | None:
        return next(
            (
                at
                for at, name in enumerate(known)
                if name in words or (exactly and names[at] == exactly)
            ),
            None,
        )

    question = place(_QUESTION)
    if question is None:
        return None
    code, answered, asked = place(_CODE), place(_ANSWERED, "n"), place(_ASKED, "N")
    answer, count = place(_ANSWER), place(_COUNT)
    if answer is not None and count is not None:
        return _Places(question, answer, count, code, answered, asked)
    used = {question, code, answered, asked}
    shares = {at for at, name in enumerate(known) if name in _SHARES or name.endswith("%")}
    categories = tuple(
        at for at, name in enumerate(names) if name and at not in used and at not in shares
    )
    if len(categories) < 2 or answer is not None:  # noqa: PLR2004 -- one answer is no choice
        return None
    return _Places(question, None, None, code, answered, asked, categories)


def _answers(row: Row, places: _Places, headings: Sequence[str]) -> Iterator[tuple[str, int]]:
    if places.answer is not None and places.count is not None:
        answer = _text(row, places.answer)
        if answer:
            yield answer, places.count
        return
    for at in places.categories:
        if _text(row, at):
            yield one_line(headings[at])[:LONGEST_VALUE], at


def _take(question: _Found, answer: str, row: Row, *, at: int) -> Iterator[Problem]:
    count = _number(_text(row, at))
    answer = answer[:LONGEST_VALUE]
    if count is None:
        yield _no_number(row, _text(row, at))
    elif answer in question.answers:
        yield problem(
            "Die Antwort „%(answer)s“ steht bei dieser Frage zweimal.", line=row.line, answer=answer
        )
    else:
        question.answers[answer] = count


def _take_bases(question: _Found, row: Row, places: _Places) -> Iterator[Problem]:
    for name, at in (("answered", places.answered), ("asked", places.asked)):
        said = _text(row, at)
        if not said:
            continue
        number, before = _number(said), getattr(question, name)
        if number is None:
            yield _no_number(row, said)
        elif before is not None and before != number:
            yield problem(
                "Hier steht %(now)s, weiter oben bei derselben Frage %(before)s.",
                line=row.line,
                now=number,
                before=before,
            )
        else:
            setattr(question, name, number)


def _sizes(found: Iterable[_Found], questions: int) -> Iterator[Problem]:
    if questions > MOST_QUESTIONS:
        yield problem("Erlaubt sind höchstens %(most)s Fragen.", most=MOST_QUESTIONS)
    for each in found:
        if len(each.answers) > MOST_ANSWERS:
            yield problem(
                "Die Frage „%(question)s“ hat mehr als %(most)s Antworten.",
                question=each.text[:80],
                most=MOST_ANSWERS,
            )


def _no_number(row: Row, said: str) -> Problem:
    if "%" in said or "," in said:
        return problem(
            "„%(said)s“ ist ein Anteil. Gebraucht wird die Zahl der Personen, zum Beispiel 27.",
            line=row.line,
            said=said[:40],
        )
    if not said.strip():
        return problem(
            "Die Zahl der Personen fehlt. Hat niemand so geantwortet, steht dort 0.", line=row.line
        )
    return problem(
        "„%(said)s“ ist keine Zahl von Personen, zum Beispiel 27.", line=row.line, said=said[:40]
    )


def _number(text: str) -> int | None:
    if not _NUMBER.fullmatch(text) or not text.isascii():
        return None
    number = int(re.sub(r"\D", "", text))
    return number if number <= MOST_PEOPLE else None


def _text(row: Row, at: int | None) -> str:
    if at is None or at >= len(row.cells):
        return ""
    return one_line(row.cells[at])[:LONGEST_HEADING]
