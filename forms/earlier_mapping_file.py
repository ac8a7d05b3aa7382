"""Mapping files: which question of another tool is which of ours, as TOML that people can read, keep and mend."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from forms.earlier_rows import LONGEST_HEADING, LONGEST_VALUE
from forms.toml_keys import Keys, Problems
from forms.toml_lines import parse_toml
from survey.errors import FileRefused
from survey.model import items
from survey.model.foreign_survey import (
    LEFT_OUT,
    MOST_PEOPLE,
    MOST_QUESTIONS,
    OWN,
    MappedQuestion,
)
from survey.model.items import NO_ANSWER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from survey.model.foreign_survey import TheirQuestion, TheirSurvey
    from survey.model.our_questions import OurQuestion

NO_ANSWER_WORD = "keine_angabe"
LEFT_OUT_WORD = "nicht_gefragt"
OWN_WORD = "eigene"
_WORDS = {NO_ANSWER_WORD: NO_ANSWER, LEFT_OUT_WORD: LEFT_OUT, OWN_WORD: OWN}
_SAID = {meaning: word for word, meaning in _WORDS.items()}
_MOST_ANSWERS = 100
_HEAD = """\
# Zuordnung: Welche Frage eines anderen Werkzeugs ist welche von uns, und welche Antwort welche?
# theirs: wie die Frage in der Datei heißt. ours: das Kürzel unserer Frage.
# same_wording: gleich gefragt. same_scale: gleiche Antworten. Nur wo beides gilt, wird verglichen.
# answers: je Antwort in der Datei unser Kürzel, oder "keine_angabe", "nicht_gefragt" (zählt nicht mit) oder,
# wo die Antworten andere sind, "eigene"; bei Bewertungen steht dann die beste zuerst.
"""
_HEAD_OF_UNMATCHED = """
# Noch nicht zugeordnet. Wenn eine dieser Fragen eine von unseren ist: Entfernen Sie die # vor ihr und ihren Antworten,
# und setzen Sie zwischen die Anführungszeichen, was sie bei uns ist.
# Unsere Fragen und ihre Antworten:"""


def read_mapping(data: bytes, name: str) -> tuple[MappedQuestion, ...]:
    """The mapping in the file; FileRefused with everything that is wrong in it."""
    file = parse_toml(data, name)
    problems = Problems()
    keys = Keys(file, problems)
    found: dict[str, MappedQuestion] = {}
    tables = keys.tables("questions")
    if not tables:
        keys.refuse("Die Datei ordnet keine Frage zu: [[questions]] fehlt.")
    for each in tables[:MOST_QUESTIONS]:
        mapped = _question(each)
        if mapped.theirs in found:
            each.refuse("Diese Frage steht zweimal in der Datei.", "theirs")
        found[mapped.theirs] = mapped
    keys.finish()
    if problems.found:
        raise FileRefused(name, tuple(problems.found[:100]))
    return tuple(found.values())


def write_mapping(mapping: Sequence[MappedQuestion], survey: TheirSurvey | None = None) -> str:
    """The mapping as a file; with the survey, what its codes mean stands beside them."""
    lines = [_HEAD]
    for each in mapping:
        lines += _lines(each, survey.question(each.theirs) if survey is not None else None)
    return "\n".join(lines)


def write_unmatched(questions: Sequence[TheirQuestion], ours: Sequence[OurQuestion]) -> str:
    """Questions that a person has to match, as remarks to take the # from, below what ours are called."""
    if not questions:
        return ""
    lines = [_HEAD_OF_UNMATCHED]
    for our in ours:
        codes = ", ".join(f"{c.code} = {c.label.de}" for c in items.choices(our.item))
        lines.append(f"#   {our.key}: {our.item.wording.de} ({codes})")
    for question in questions:
        empty = tuple((answer.value, "") for answer in question.answers)
        mapped = MappedQuestion(question.key, "", empty, has_same_scale=True)
        lines += ["", *(f"# {line}" for line in _lines(mapped, question) if line)]
    return "\n".join(lines) + "\n"


def _question(keys: Keys) -> MappedQuestion:
    theirs = _text(keys, "theirs", LONGEST_HEADING)
    ours = _text(keys, "ours", LONGEST_VALUE)
    answered = keys.number("answered", -1, least=0, most=MOST_PEOPLE)
    population = keys.number("population", -1, least=0, most=MOST_PEOPLE)
    mapped = MappedQuestion(
        theirs=theirs,
        ours=ours,
        answers=tuple(_answers(keys)),
        is_worded_alike=keys.truth("same_wording", otherwise=False),
        has_same_scale=keys.truth("same_scale", otherwise=False),
        is_of_everybody=keys.truth("asked_everybody", otherwise=True),
        answered=None if answered < 0 else answered,
        population=None if population < 0 else population,
    )
    keys.finish()
    return mapped


def _text(keys: Keys, key: str, limit: int) -> str:
    text = keys.wording(key, limit=limit).de if keys.is_text(key) else keys.text(key)
    return " ".join(text.split())


def _answers(keys: Keys) -> Iterator[tuple[str, str]]:
    answers = keys.table("answers")
    if answers is None:
        if keys.is_sound("answers"):
            keys.refuse("„%(entry)s“ fehlt.", "answers")
        return
    names = answers.names()
    if len(names) > _MOST_ANSWERS:
        keys.refuse("Das sind zu viele Antworten.", "answers")
        return
    for name in names:
        said = answers.text(name)
        yield name, _WORDS.get(said, said)


def _lines(mapped: MappedQuestion, question: TheirQuestion | None) -> Iterator[str]:
    labels = {a.value: a.label for a in question.answers} if question is not None else {}
    if question is not None and question.text != question.key:
        yield f"# {question.text}"
    yield "[[questions]]"
    yield f"theirs = {_quoted(mapped.theirs)}"
    yield f"ours = {_quoted(mapped.ours)}"
    yield f"same_wording = {_truth(mapped.is_worded_alike)}"
    yield f"same_scale = {_truth(mapped.has_same_scale)}"
    if not mapped.is_of_everybody:
        yield "asked_everybody = false"
    if mapped.answered is not None:
        yield f"answered = {mapped.answered}"
    if mapped.population is not None:
        yield f"population = {mapped.population}"
    yield "[questions.answers]"
    for value, meaning in mapped.answers:
        label = labels.get(value, value)
        remark = f"  # {label}" if label != value else ""
        yield f"{_quoted(value)} = {_quoted(_SAID.get(meaning, meaning))}{remark}"
    yield ""


def _truth(value: object) -> str:
    return "true" if value else "false"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
