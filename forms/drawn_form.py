"""The form as templates see it: plain values, one per thing on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from survey.model.items import OTHER

Kind = Literal["scale", "numbers", "radios", "checkboxes", "top_three", "short_text", "long_text"]
"""One macro of templates/components/questions.html each."""


@dataclass(frozen=True, slots=True)
class Option:
    """One radio, checkbox or entry of a list."""

    id: str
    """Of the first, where an error leads; the others need none."""
    value: str
    label: str
    is_chosen: bool
    stands_apart: bool = False


@dataclass(frozen=True, slots=True)
class Control:
    """One text field or list of a question."""

    name: str
    label: str
    value: str = ""
    limit: int = 0
    options: tuple[Option, ...] = ()
    is_wrong: bool = False


@dataclass(frozen=True, slots=True)
class DrawnQuestion:
    """One question with what was typed and what is wrong with it."""

    kind: Kind
    name: str
    label: str
    about: str
    """Title of the session it is about, for those who hear the question alone; empty for general ones."""
    hints: tuple[str, ...]
    is_required: bool
    options: tuple[Option, ...] = ()
    controls: tuple[Control, ...] = ()
    errors: tuple[str, ...] = ()

    @property
    def described_by(self) -> str:
        """Ids of hint and error, as far as there are any."""
        hint = [f"{self.name}-hint"] if self.hints else []
        error = [f"{self.name}-error"] if self.errors else []
        return " ".join(hint + error)

    @property
    def answer(self) -> tuple[str, ...]:
        """What was chosen or typed, readably; empty if untouched."""
        texts = [c.value for c in self.controls if c.value and not c.options]
        if self.kind == "checkboxes" and texts:
            other = [o.label for o in self.options if o.value == OTHER]
            chosen = [o.label for o in self.options if o.is_chosen and o.value != OTHER]
            return (*chosen, f"{other[0]}: {texts[0]}")
        ranked = [o.label for c in self.controls for o in c.options if o.is_chosen and o.value]
        chosen = [o.label for o in self.options if o.is_chosen and o.value]
        return (*chosen, *ranked, *texts)


@dataclass(frozen=True, slots=True)
class DrawnElsewhere:
    """“Ich war in einem anderen Workshop”: a choice of session and one set of questions."""

    name: str
    round_title: str
    has_booking: bool
    choice: DrawnQuestion
    questions: tuple[DrawnQuestion, ...]
    is_open: bool
    chosen_title: str


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """The questions about one session, and the way to another session of its round."""

    title: str
    speakers: tuple[str, ...]
    code: str
    questions: tuple[DrawnQuestion, ...]
    elsewhere: DrawnElsewhere | None


@dataclass(frozen=True, slots=True)
class DrawnSection:
    """One headed stretch of the page."""

    code: str
    heading: str
    introduction: str
    questions: tuple[DrawnQuestion, ...]
    parts: tuple[DrawnPart, ...]
    elsewhere: tuple[DrawnElsewhere, ...]
    """Rounds for which nothing was booked."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One line of the error summary: where it leads, and the same sentence as at the question."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Given:
    """One answered question on the check page."""

    name: str
    about: str
    label: str
    answer: tuple[str, ...]


def first_control(question: DrawnQuestion) -> str:
    """Id of the first thing of the question that takes the focus."""
    return question.options[0].id if question.options else question.controls[0].name


def questions_of(section: DrawnSection) -> tuple[DrawnQuestion, ...]:
    """The section's questions in reading order."""
    found = [*section.questions]
    for part in section.parts:
        found += part.questions
        if part.elsewhere:
            found += [part.elsewhere.choice, *part.elsewhere.questions]
    for other in section.elsewhere:
        found += [other.choice, *other.questions]
    return tuple(found)
