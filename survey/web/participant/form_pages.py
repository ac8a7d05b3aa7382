"""The pages that one person's answers are drawn on: the form, one question, the check page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.answer_form import AnswerForm, carried
from forms.question_steps import Step, steps
from survey.errors import KeyMissing, StorageUnavailable, WitnessMismatch
from survey.model import items
from survey.model.personal_form import asked_given
from survey.web.drawing import draw, echo_reply
from survey.web.participant.echo_length import echo_length
from survey.web.participant.introduction import introduction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from survey.collecting import OpenForm
    from survey.errors import NachklangError, Problem
    from survey.language.wording import Language
    from survey.model.personal_form import FormSection, PersonalForm
    from survey.web.site import Site

OK = 200
UNPROCESSABLE = 422
UNAVAILABLE = 503
LONGEST_KNOWN = 1 << 17
"""Bytes of a page that echoes answers before its edition is known."""
NOT_STORED = (StorageUnavailable, KeyMissing, WitnessMismatch)
"""Nothing was stored, and later it may be: what was typed stays in the page."""


@dataclass(frozen=True, slots=True)
class Answering:
    """One person answering: the form, what was typed, the language it is shown in."""

    site: Site
    opened: OpenForm
    language: Language
    typed: Mapping[str, tuple[str, ...]]
    step: str = ""
    """Name of the question that was shown alone; empty if there was none."""
    is_change: bool = False
    """True if that question was opened from the check page, to return there."""
    shown: frozenset[str] = frozenset()
    """Codes of the sections on a condition that the page sent had on it."""

    @property
    def asked(self) -> PersonalForm:
        """The part of the form that is asked of somebody who has answered this so far."""
        return asked_given(self.opened.form, self.typed)

    @property
    def newly_asked(self) -> tuple[FormSection, ...]:
        """Sections that are asked because of an answer on the page sent, and were not on it."""
        return tuple(s for s in self.asked.sections if s.condition and s.code not in self.shown)

    def form(self, problems: tuple[Problem, ...] = ()) -> AnswerForm:
        """The form as it is drawn."""
        edition = self.opened.record.edition
        return AnswerForm(
            self.asked,
            self.typed,
            language=self.language,
            problems=problems,
            text_readers=edition.text_readers,
        )

    def draw(self, template: str, **values: object) -> str:
        """A page of this edition."""
        edition = self.opened.record.edition
        asked = " ".join(s.code for s in self.asked.sections if s.condition)
        return draw(
            self.site.style,
            template,
            language=self.language,
            edition=edition,
            asked=asked,
            **values,
        )

    def echo(self, html: str, status: int = 200) -> Response:
        """A page that shows answers, of the one length of its edition."""
        length = echo_length(self.site, self.opened.record)
        return echo_reply(html, length, status, language=self.language)


def draw_form(
    answering: Answering,
    problems: tuple[Problem, ...] = (),
    *,
    trouble: NachklangError | None = None,
) -> str:
    """The form on one page; in easy language the question shown before, or the first with a problem."""
    if answering.language == "easy":
        name = "" if problems else answering.step
        return draw_step(answering, problems, name, trouble=trouble)
    return answering.draw(
        "participant/form.html",
        form=answering.form(problems),
        trouble=trouble is not None,
        newly=tuple(
            (first_field(section), section.heading.in_language(answering.language))
            for section in answering.newly_asked
        ),
        standing="answered" if answering.opened.has_answered else "fresh",
        asks=introduction(
            answering.site, answering.opened.record, answering.opened.form, answering.language
        ),
    )


def first_field(section: FormSection) -> str:
    """The field that the first question of a section begins with."""
    question = section.questions[0]
    return items.field_names(question.item, question.name)[0]


def draw_step(
    answering: Answering,
    problems: tuple[Problem, ...],
    name: str,
    *,
    trouble: NachklangError | None = None,
) -> str:
    """One question on its page, everything else carried along."""
    form = answering.form(problems)
    step = step_called(form, name)
    complaints = step.complaints(form) or (form.complaints if problems else ())
    return answering.draw(
        "participant/one_question.html",
        step=step,
        complaints=complaints,
        trouble=trouble is not None,
        is_change=answering.is_change,
        # What belongs to no question (any more) would be refused on each page.
        carried=carried(form.known(answering.typed), without=step.names),
        standing="answered" if answering.opened.has_answered else "fresh",
        has_required=form.has_required,
        asks=introduction(
            answering.site, answering.opened.record, answering.opened.form, answering.language
        ),
    )


def draw_check(answering: Answering, *, trouble: NachklangError | None = None) -> str:
    """All answers, readably, with the buttons that send or change them."""
    return answering.draw(
        "participant/check.html",
        form=answering.form(),
        carried=carried(answering.typed),
        trouble=trouble is not None,
    )


def later(reply: Response) -> Response:
    """The reply, asking to come back in a minute."""
    reply.headers["Retry-After"] = "60"
    return reply


def step_called(form: AnswerForm, name: str) -> Step:
    """The step of that name; without one the first with a problem, else the first."""
    found = steps(form)
    wrong = (s for s in found if not name and s.question.errors)
    return next(wrong, None) or next((s for s in found if s.question.name == name), found[0])
