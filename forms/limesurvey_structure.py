"""The structure of a LimeSurvey questionnaire (.lss): what its codes mean, in one language.

Versions 2 to 6 lay it out differently: answers and questions with their words, or with words in tables of their own.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from forms.earlier_rows import LONGEST_HEADING, LONGEST_VALUE
from forms.limesurvey_xml import not_limesurvey, read_rows_of_xml
from forms.table_file import LARGEST_FILE
from survey.errors import FileRefused, problem
from survey.model.foreign_survey import (
    MOST_ANSWERS,
    Manner,
    TheirAnswer,
    TheirQuestion,
    one_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from forms.limesurvey_xml import Rows
    from survey.model.foreign_survey import TheirSurvey

_TAG = re.compile(r"<[^<>]*>")
_HIDDEN = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_ALWAYS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "5": tuple((str(n), str(n)) for n in range(1, 6)),
    "A": tuple((str(n), str(n)) for n in range(1, 6)),
    "B": tuple((str(n), str(n)) for n in range(1, 11)),
    "C": (("Y", "Ja"), ("U", "Unsicher"), ("N", "Nein")),
    "E": (("I", "Zunahme"), ("S", "Gleich"), ("D", "Abnahme")),
    "G": (("F", "Weiblich"), ("M", "Männlich")),
    "Y": (("Y", "Ja"), ("N", "Nein")),
}
"""Kinds of question whose answers LimeSurvey knows by itself."""
_CLOSED = frozenset({*_ALWAYS, "!", "1", "F", "H", "L", "M", "O", "P", "R"})
_TICKED = frozenset({"M", "P"})
_RANKED = "R"
_OTHER = "-oth-"


@dataclass(frozen=True, slots=True)
class StructuredQuestion:
    """One column, or several of one question, as LimeSurvey set it up."""

    text: str
    kind: str
    """LimeSurvey's letter."""
    answers: tuple[tuple[str, str], ...]
    """Codes and labels in order: of the answers, or of the parts that can be ticked."""

    @property
    def is_closed(self) -> bool:
        """False for texts, numbers and dates."""
        return self.kind in _CLOSED


@dataclass(frozen=True, slots=True)
class Structure:
    """What the codes of a LimeSurvey export mean."""

    title: str
    questions: Mapping[str, StructuredQuestion]
    """By code: ``Q1``, or ``Q1[SQ001]`` for one line of a table."""


def read_structure(data: bytes, name: str) -> Structure:
    """The structure in the file; FileRefused where it is not one of LimeSurvey."""
    if len(data) > LARGEST_FILE:
        raise FileRefused(
            name,
            (
                problem(
                    "Die Datei ist zu groß. Erlaubt sind höchstens %(limit)s MiB.",
                    limit=LARGEST_FILE // 1024 // 1024,
                ),
            ),
        )
    rows = read_rows_of_xml(data, name)
    if not rows.get("questions"):
        raise not_limesurvey(name)
    return _structure(rows)


def with_structure(survey: TheirSurvey, structure: Structure) -> TheirSurvey:
    """The survey with questions and answers in words, and answers that nobody chose; texts fall out."""
    questions: list[TheirQuestion] = []
    passed = list(survey.passed_over)
    for question in survey.questions:
        for each in _as_set_up(question, structure):
            found = structure.questions.get(_code(each.key)) or _by_text(each, structure)
            if found is None:
                questions.append(each)
            elif not found.is_closed:
                passed.append(each.key)
            else:
                questions.append(_spoken(each, found))
    known = replace(
        survey,
        passed_over=tuple(dict.fromkeys(passed)),
        title=survey.title or structure.title,
        has_structure=True,
    )
    return known.with_questions(tuple(questions))


def _as_set_up(question: TheirQuestion, structure: Structure) -> tuple[TheirQuestion, ...]:
    """The question, or its columns by themselves where they only looked like ticks of one question."""
    found = structure.questions.get(_code(question.key))
    if question.columns and (found is None or found.kind not in _TICKED):
        codes = [_code(column.key) for column in question.columns]
        if all(code in structure.questions for code in codes):
            return question.columns
    return (question,)


def _code(key: str) -> str:
    """``Q1_SQ001`` of newer exports is ``Q1[SQ001]``."""
    if "[" in key or "_" not in key:
        return key
    stem, _, part = key.partition("_")
    return f"{stem}[{part}]"


def _by_text(question: TheirQuestion, structure: Structure) -> StructuredQuestion | None:
    """The one question with exactly these words, for exports with questions as headings."""
    said = _spare(question.text)
    found = [each for each in structure.questions.values() if _spare(each.text) == said]
    return found[0] if len(found) == 1 else None


def _spare(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _spoken(question: TheirQuestion, found: StructuredQuestion) -> TheirQuestion:
    counted = {answer.value: answer for answer in question.answers}
    labels = {_spare(label): code for code, label in found.answers}
    has_words = not any(code in counted for code, _ in found.answers) and any(
        _spare(value) in labels for value in counted
    )
    offered = [(label, label) for _, label in found.answers] if has_words else found.answers
    answers = [
        replace(counted.pop(value, TheirAnswer(value, label, 0)), label=label)
        for value, label in offered
    ]
    rest = [
        replace(answer, label="Sonstiges") if answer.value == _OTHER else answer
        for answer in counted.values()
    ]
    is_several = question.manner is Manner.SEVERAL or found.kind in _TICKED
    return replace(
        question,
        text=found.text or question.text,
        manner=question.manner if found.kind == _RANKED or is_several else Manner.ONE,
        answers=(*answers, *rest),
        columns=(),
    )


def _structure(rows: Rows) -> Structure:
    language = _language(rows)
    texts = {
        r.get("qid", ""): r.get("question", "")
        for r in _spoken_in(rows, "question_l10ns", language)
    }
    asked = _spoken_in(rows, "questions", language)
    parts: dict[str, list[dict[str, str]]] = {}
    for part in _spoken_in(rows, "subquestions", language):
        parts.setdefault(part.get("parent_qid", ""), []).append(part)
    questions: dict[str, StructuredQuestion] = {}
    for row in asked:
        if row.get("parent_qid", "0") not in {"", "0"}:
            parts.setdefault(row["parent_qid"], []).append(row)
            continue
    answers = _answers(rows, language)
    for row in asked:
        if row.get("parent_qid", "0") in {"", "0"}:
            below = sorted(parts.get(row.get("qid", ""), ()), key=_order)
            said = [(p.get("title", ""), _words(_text_of(p, texts))) for p in below]
            questions.update(_questions(row, _words(_text_of(row, texts)), said, answers))
    titles = _spoken_in(rows, "surveys_languagesettings", language)
    title = _words(titles[0].get("surveyls_title", "")) if titles else ""
    return Structure(title, questions)


def _questions(
    row: Mapping[str, str],
    text: str,
    parts: list[tuple[str, str]],
    answers: Mapping[tuple[str, str], tuple[tuple[str, str], ...]],
) -> Iterable[tuple[str, StructuredQuestion]]:
    code, kind, qid = row.get("title", ""), row.get("type", ""), row.get("qid", "")
    own = _ALWAYS.get(kind, answers.get((qid, "0"), ()))
    if kind in _TICKED:
        other = [("other", "Sonstiges")] if row.get("other") == "Y" else []
        yield code, StructuredQuestion(text, kind, (*parts[:MOST_ANSWERS], *other))
    elif kind == _RANKED:
        # Version 6 keeps what is ranked among the parts of the question.
        yield code, StructuredQuestion(text, kind, own or tuple(parts[:MOST_ANSWERS]))
        return
    elif not parts:
        yield code, StructuredQuestion(text, kind, own)
    for part, said in parts:
        one = f"{text} – {said}" if said else text
        yield f"{code}[{part}]", StructuredQuestion(one, "F" if kind in _TICKED else kind, own)
        if kind == "1":
            for scale in ("0", "1"):
                found = StructuredQuestion(one, kind, answers.get((qid, scale), ()))
                yield f"{code}[{part}][{int(scale) + 1}]", found


def _answers(rows: Rows, language: str) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    """Codes and labels by question and scale."""
    texts = {
        r.get("aid", ""): r.get("answer", "") for r in _spoken_in(rows, "answer_l10ns", language)
    }
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in sorted(_spoken_in(rows, "answers", language), key=_order):
        label = _words(row.get("answer") or texts.get(row.get("aid", ""), ""))[:LONGEST_VALUE]
        code = one_line(row.get("code", ""))[:LONGEST_VALUE]
        key = (row.get("qid", ""), row.get("scale_id") or "0")
        known = {each for each, _ in found.get(key, ())}
        if code and code not in known and len(known) < MOST_ANSWERS:
            found.setdefault(key, []).append((code, label or code))
    return {key: tuple(each) for key, each in found.items()}


def _language(rows: Rows) -> str:
    """The language the questionnaire was written in."""
    return next((r["language"] for r in rows.get("surveys", ()) if r.get("language")), "")


def _spoken_in(rows: Rows, section: str, language: str) -> list[dict[str, str]]:
    """The rows in that language; where a section has none of them, those of its first language."""
    found = rows.get(section, [])

    def spoken(row: Mapping[str, str]) -> str:
        return row.get("language") or row.get("surveyls_language") or ""

    first = next((spoken(row) for row in found if spoken(row)), "")
    chosen = language if any(spoken(row) == language for row in found) else first
    return [row for row in found if spoken(row) in {"", chosen}]


def _text_of(row: Mapping[str, str], texts: Mapping[str, str]) -> str:
    return row.get("question") or texts.get(row.get("qid", ""), "")


def _order(row: Mapping[str, str]) -> int:
    said = row.get("sortorder") or row.get("question_order") or ""
    return int(said) if said.isdecimal() and len(said) < 7 else 0  # noqa: PLR2004 -- more are none


def _words(text: str) -> str:
    """The text without its markup."""
    said = html.unescape(_TAG.sub(" ", _HIDDEN.sub(" ", text)))
    return one_line(said)[:LONGEST_HEADING]
