"""What another tool counted, in its own words, and how it is ours; nobody's row is in it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

MOST_PEOPLE = 100_000
"""More were never asked about one event, and exact intervals take their time."""
MOST_QUESTIONS = 150
"""A page can match no more; further ones are passed over."""
MOST_ANSWERS = 60
OWN = "="
"""Their answer stays an answer of its own: where the scale is not ours."""
LEFT_OUT = "-"
"""Whoever said that was not asked: "trifft nicht zu", or the question was not shown."""


def one_line(text: str) -> str:
    """The text as one line, without characters that cannot be seen or turn its direction."""
    line = " ".join(text.split())
    return line if line.isprintable() else "".join(c for c in line if c.isprintable())


class Manner(StrEnum):
    """How their question was answered."""

    ONE = "one"
    SEVERAL = "several"
    RANKED = "ranked"
    UNKNOWN = "unknown"
    """A table of frequencies does not say whether one answer or several."""


@dataclass(frozen=True, slots=True)
class TheirAnswer:
    """One answer as their file has it."""

    value: str
    """Their code or words, as it stands in the file."""
    label: str
    """What it says; the value itself where nothing more is known."""
    count: int
    first: int = 0
    """Of rankings: how many put it first."""


@dataclass(frozen=True, slots=True)
class TheirQuestion:
    """One closed question as their file has it."""

    key: str
    """What the file calls it: a code, or the question itself."""
    text: str
    manner: Manner
    answers: tuple[TheirAnswer, ...]
    answered: int | None = None
    """How many answered at all; None where the file does not say, or it is the sum of the answers."""
    asked: int | None = None
    """N, where the file says so."""
    columns: tuple[TheirQuestion, ...] = ()
    """The same columns one by one, should they turn out to be questions of their own."""


@dataclass(frozen=True, slots=True)
class TheirSurvey:
    """Everything that can be used of a file."""

    file_name: str
    questions: tuple[TheirQuestion, ...]
    responses: int | None = None
    """How many filled in anything; None for tables of frequencies."""
    unfinished: int = 0
    """Begun and never sent: they do not count."""
    passed_over: tuple[str, ...] = ()
    """Headings of what was not read: texts, times, and what tells who somebody is."""
    title: str = ""
    has_structure: bool = False
    """True once the structure of the questionnaire was read too."""

    def question(self, key: str) -> TheirQuestion | None:
        """The question of that key."""
        return next((q for q in self.questions if q.key == key), None)

    def split(self, key: str) -> TheirSurvey:
        """The same, with the columns of that question as questions of their own."""
        split = (q.columns if q.key == key and q.columns else (q,) for q in self.questions)
        return self.with_questions(tuple(each for part in split for each in part))

    def with_questions(self, questions: tuple[TheirQuestion, ...]) -> TheirSurvey:
        """The same with other questions; those that are too many are passed over."""
        passed = (*self.passed_over, *(q.key for q in questions[MOST_QUESTIONS:]))
        return replace(
            self,
            questions=questions[:MOST_QUESTIONS],
            passed_over=tuple(dict.fromkeys(passed)),
        )


@dataclass(frozen=True, slots=True)
class MappedQuestion:
    """Their question as one of ours."""

    theirs: str
    """Key of their question."""
    ours: str
    """Code of ours; with ``@wording.scale`` for an earlier version of it."""
    answers: tuple[tuple[str, str], ...] = ()
    """Their values in the order of the scale, each with our code, the code of no answer, `OWN` or `LEFT_OUT`."""
    is_worded_alike: bool = False
    has_same_scale: bool = False
    is_of_everybody: bool = True
    answered: int | None = None
    """n, where their file does not say."""
    population: int | None = None
    """N of this question, where it is not that of the edition."""

    def meaning(self, value: str) -> str:
        """What that value means; empty while nobody has said."""
        return next((m for v, m in self.answers if v == value), "")


@dataclass(frozen=True, slots=True)
class EarlierFacts:
    """What is known of an edition besides its answers, as it was typed in."""

    title: str = ""
    starts: str = ""
    """ISO date."""
    format: str = ""
    source: str = ""
    invited: int | None = None
    answered: int | None = None
    is_made_up: bool = False


@dataclass(frozen=True, slots=True)
class HeldSurvey:
    """A file between its upload and its import: what it counts, and what was chosen about it so far."""

    survey: TheirSurvey
    mapping: tuple[MappedQuestion, ...] = ()
    facts: EarlierFacts = field(default_factory=EarlierFacts)

    def mapped(self, key: str) -> MappedQuestion | None:
        """How their question of that key is ours; None if it is not brought over."""
        return next((m for m in self.mapping if m.theirs == key), None)

    def with_mapped(self, mapped: MappedQuestion) -> HeldSurvey:
        """The same, with their question mapped so; without one of ours it is not brought over."""
        kept = {m.theirs: m for m in self.mapping if m.theirs != mapped.theirs}
        if mapped.ours:
            kept[mapped.theirs] = mapped
        order = [q.key for q in self.survey.questions]
        return replace(self, mapping=tuple(kept[key] for key in order if key in kept))

    def to_text(self) -> str:
        """As it is held."""
        return json.dumps(asdict(self), ensure_ascii=False)


def held_from_text(text: str) -> HeldSurvey:
    """What was held."""
    stored = json.loads(text)
    survey = stored["survey"]
    return HeldSurvey(
        TheirSurvey(
            **{
                **survey,
                "questions": tuple(_question(each) for each in survey["questions"]),
                "passed_over": tuple(survey["passed_over"]),
            }
        ),
        mapping_from_json(stored["mapping"]),
        EarlierFacts(**stored["facts"]),
    )


def mapping_to_text(mapping: tuple[MappedQuestion, ...]) -> str:
    """As it is kept to be used again: without the numbers of one year."""
    plain = [asdict(replace(m, answered=None, population=None)) for m in mapping]
    return json.dumps(plain, ensure_ascii=False)


def mapping_from_text(text: str) -> tuple[MappedQuestion, ...]:
    """The mapping that was kept."""
    return mapping_from_json(json.loads(text))


def mapping_from_json(stored: list[dict[str, Any]]) -> tuple[MappedQuestion, ...]:
    """The mapping that was written as JSON."""
    return tuple(
        MappedQuestion(**{**each, "answers": tuple((v, m) for v, m in each["answers"])})
        for each in stored
    )


def _question(stored: dict[str, Any]) -> TheirQuestion:
    return TheirQuestion(
        **{
            **stored,
            "manner": Manner(stored["manner"]),
            "answers": tuple(TheirAnswer(**each) for each in stored["answers"]),
            "columns": tuple(_question(each) for each in stored["columns"]),
        }
    )
