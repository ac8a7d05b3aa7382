"""The longest answers that a form takes: by them pages that echo answers are measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model import items

if TYPE_CHECKING:
    from survey.model.personal_form import PersonalForm, Question

LONGEST_CHARACTER = '"'
"""Five bytes in HTML; no other character takes more."""


def fullest_answers(form: PersonalForm) -> dict[str, tuple[str, ...]]:
    """Every field of the form, filled to its limit."""
    typed: dict[str, tuple[str, ...]] = {o.name: (o.sessions[-1].code,) for o in form.elsewhere()}
    for question in form.questions():
        typed |= _fullest_answer(question)
    return typed


def _fullest_answer(question: Question) -> dict[str, tuple[str, ...]]:
    codes = tuple(c.code for c in items.choices(question.item))
    text = LONGEST_CHARACTER * items.text_limit(question.item)
    match question.item:
        case items.ShortText() | items.LongText():
            return {question.name: (text,)}
        case items.MultipleChoice():
            return {question.name: codes} | ({f"{question.name}-text": (text,)} if text else {})
        case items.TopThree():
            names = items.field_names(question.item, question.name)
            return {name: (code,) for name, code in zip(names, codes, strict=False)}
        case _:
            return {question.name: codes[-1:]}
