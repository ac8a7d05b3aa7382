"""The form one question at a time, as easy language asks it: which question comes next, and which no longer matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from survey.model.items import NOT_ATTENDED, field_names
from survey.model.personal_form import BETWEEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from forms.answer_form import AnswerForm
    from forms.drawn_form import Complaint, DrawnElsewhere, DrawnPart, DrawnQuestion
    from survey.model.personal_form import PersonalForm


@dataclass(frozen=True, slots=True)
class Step:
    """One question alone on its page."""

    question: DrawnQuestion
    section: str
    """Heading of the section it stands in."""
    place: int = 0
    number: int = 0

    @property
    def names(self) -> frozenset[str]:
        """The form fields on this page."""
        return frozenset({self.question.name, *(c.name for c in self.question.controls)})

    def complaints(self, form: AnswerForm) -> tuple[Complaint, ...]:
        """What is wrong with this question."""
        return tuple(c for c in form.complaints if c.text in self.question.errors)


def steps(form: AnswerForm) -> tuple[Step, ...]:
    """The questions that matter, given the answers so far: the absent rate nothing and are asked where they were."""
    found: list[Step] = []
    for section in form.sections:
        asked = [*section.questions]
        for part in section.parts:
            asked += _of_part(part)
        for other in section.elsewhere:
            asked += _of_elsewhere(other)
        found += [Step(question, section.heading) for question in asked]
    return tuple(
        replace(step, place=place, number=len(found)) for place, step in enumerate(found, 1)
    )


def first_open(found: Sequence[Step]) -> Step:
    """Where somebody goes on who has answered some: the question after the last answer."""
    answered = [step.place for step in found if step.question.answer]
    return found[min(max(answered, default=0), len(found) - 1)]


def _of_part(part: DrawnPart) -> list[DrawnQuestion]:
    absent = next(
        (
            q
            for q in part.questions
            if any(o.value == NOT_ATTENDED and o.is_chosen for o in q.options)
        ),
        None,
    )
    asked = [absent] if absent else list(part.questions)
    if part.elsewhere and (absent or part.elsewhere.is_open):
        asked += _of_elsewhere(part.elsewhere)
    return asked


def _of_elsewhere(other: DrawnElsewhere) -> list[DrawnQuestion]:
    return [other.choice, *(other.questions if other.chosen_title else ())]


def without_leftovers(
    form: PersonalForm, typed: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """What was typed, without answers that a later choice took the ground from."""
    kept = {name: tuple(values) for name, values in typed.items()}
    for other in form.elsewhere():
        if not any(kept.get(other.name, ())):
            kept = {n: v for n, v in kept.items() if not n.startswith(other.name + BETWEEN)}
    for part in (part for section in form.sections for part in section.parts):
        marker = next((q.name for q in part.questions if q.may_be_absent), None)
        if marker and NOT_ATTENDED in kept.get(marker, ()):
            for question in part.questions:
                if question.name != marker:
                    for name in field_names(question.item, question.name):
                        kept.pop(name, None)
    return kept
