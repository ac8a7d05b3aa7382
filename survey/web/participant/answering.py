"""The form: shown, checked, sent, changed. Nothing is kept before "Absenden"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from forms.answer_form import AnswerForm, carried, repeatable_names
from forms.question_steps import Step, steps, without_leftovers
from survey import collecting
from survey.errors import AnswerRefused, KeyMissing, NachklangError, StorageUnavailable
from survey.model.personal_form import read_response
from survey.web.drawing import draw, echo_reply, in_language, kept_reply, page_reply
from survey.web.page_guards import refuse_repeated
from survey.web.participant.echo_length import echo_length
from survey.web.participant.introduction import closing, introduction
from survey.web.participant.other_link import answered_with_other_link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from survey.collecting import OpenForm
    from survey.errors import Problem
    from survey.language.wording import Language
    from survey.web.site import Site, Visit

UNPROCESSABLE = 422
UNAVAILABLE = 503


@dataclass(frozen=True, slots=True)
class Answering:
    """One person answering: the form, what was typed, the language it is shown in."""

    site: Site
    opened: OpenForm
    language: Language
    typed: Mapping[str, tuple[str, ...]]

    def form(self, problems: tuple[Problem, ...] = ()) -> AnswerForm:
        """The form as it is drawn."""
        edition = self.opened.record.edition
        return AnswerForm(
            self.opened.form,
            self.typed,
            language=self.language,
            problems=problems,
            text_readers=edition.text_readers,
        )

    def draw(self, template: str, **values: object) -> str:
        """A page of this edition."""
        edition = self.opened.record.edition
        return draw(self.site.style, template, language=self.language, edition=edition, **values)

    def echo(self, html: str, status: int = 200) -> Response:
        """A page that shows answers, of the one length of its edition."""
        length = echo_length(self.site, self.opened.record)
        return echo_reply(html, length, status, language=self.language)


def show(visit: Visit) -> Response:
    """The empty form; GET changes nothing and holds no byte about the person."""
    opened = collecting.open_form(visit.inst, visit.token)
    if opened.has_answered and not opened.answers_with_this_link:
        return answered_with_other_link(visit, opened)
    answering = Answering(visit.site, opened, visit.language, {})
    record = opened.record
    key = (
        "form",
        record.id,
        record.revision,
        record.closes,
        visit.language,
        opened.booked,
        opened.has_answered,
    )
    kept = visit.site.kept.page(key, lambda: draw_form(answering))
    return kept_reply(kept, visit.request, language=visit.language)


def receive(visit: Visit) -> Response:
    """Whatever the form's buttons ask for."""
    try:
        opened = collecting.open_sent_form(visit.inst, visit.token)
    except (StorageUnavailable, KeyMissing):
        return unavailable(visit)
    if opened.has_answered and not opened.answers_with_this_link:
        return answered_with_other_link(visit, opened, status=409)
    refuse_repeated(visit, repeatable_names(opened.form))
    answering = Answering(visit.site, opened, visit.language, visit.fields)
    if visit.own.get("language"):
        return switch_language(answering, visit.own.get("page", ""))
    match visit.own.get("action"):
        case "submit":
            return submit(visit, answering)
        case "draft":
            return keep_draft(visit, answering)
        case "edit":
            return answering.echo(draw_form(answering))
        case "take_back":
            address = f"/f/{visit.token}/zurueck"
            return RedirectResponse(in_language(address, visit.language), 303)
        case "next" | "back" as action:
            return turn(answering, visit.own.get("step", ""), action)
        case _:
            return check(answering)


def check(answering: Answering) -> Response:
    """The check page, or the form with its error summary."""
    try:
        read_response(answering.opened.form, answering.typed)
    except AnswerRefused as refused:
        return answering.echo(draw_form(answering, refused.problems), UNPROCESSABLE)
    return answering.echo(draw_check(answering))


def submit(visit: Visit, answering: Answering) -> Response:
    """Seal the answers; only then thanks. What cannot be kept stays in the page."""
    try:
        response = read_response(answering.opened.form, answering.typed)
        collecting.submit(visit.inst, visit.token, response, resume_code=_resume_code(visit))
    except AnswerRefused as refused:
        return answering.echo(draw_form(answering, refused.problems), UNPROCESSABLE)
    except (StorageUnavailable, KeyMissing) as error:
        return later(answering.echo(draw_check(answering, trouble=error), UNAVAILABLE))
    return RedirectResponse(in_language(f"/f/{visit.token}/danke", visit.language), 303)


def keep_draft(visit: Visit, answering: Answering) -> Response:
    """Keep what was typed under a link that is shown once."""
    try:
        code = collecting.keep_draft(
            visit.inst, visit.token, answering.typed, resume_code=_resume_code(visit)
        )
    except AnswerRefused as refused:
        return answering.echo(draw_form(answering, refused.problems), UNPROCESSABLE)
    except (StorageUnavailable, KeyMissing) as error:
        return later(answering.echo(draw_check(answering, trouble=error), UNAVAILABLE))
    address = f"{visit.inst.settings.base_url}/f/{visit.token}/weiter/{code}"
    return answering.echo(
        answering.draw(
            "participant/draft_kept.html",
            resume_address=in_language(address, visit.language),
            closes=closing(visit.site, answering.opened.record, visit.language),
        )
    )


def resume(visit: Visit) -> Response:
    """The form with a draft in it."""
    opened = collecting.open_form(visit.inst, visit.token)
    if opened.has_answered and not opened.answers_with_this_link:
        return answered_with_other_link(visit, opened)
    code = str(visit.request.path_params["code"])
    draft = collecting.open_draft(visit.inst, visit.token, code)
    if draft is None:
        html = draw(
            visit.site.style,
            "participant/draft_gone.html",
            language=visit.language,
            edition=opened.record.edition,
            form_address=in_language(f"/f/{visit.token}", visit.language),
        )
        return page_reply(html, 404, language=visit.language)
    answering = Answering(visit.site, opened, visit.language, draft)
    return answering.echo(draw_form(answering))


def switch_language(answering: Answering, page: str) -> Response:
    """The same page in another language, nothing lost."""
    return answering.echo(
        draw_check(answering) if page == "check" else draw_form(answering),
    )


def turn(answering: Answering, name: str, action: str) -> Response:
    """The next question or the one before; a refused answer keeps its page."""
    answering = replace(answering, typed=without_leftovers(answering.opened.form, answering.typed))
    if action == "next":
        here = _step(answering.form(), name)
        problems = tuple(p for p in _problems(answering) if p.place in here.names)
        if problems:
            return answering.echo(draw_step(answering, problems, name), UNPROCESSABLE)
        if here.place == here.number:
            return check(answering)
    all_steps = steps(answering.form())
    here = _step(answering.form(), name)
    there = here.place - 1 + (1 if action == "next" else -1)
    return answering.echo(draw_step(answering, (), all_steps[max(0, there)].question.name))


def unavailable(visit: Visit) -> Response:
    """503 before the form is known: everything typed stays in the page."""
    own = {f"_{name}": (value,) for name, value in visit.own.items()}
    html = draw(
        visit.site.style,
        "errors/unavailable_with_answers.html",
        language=visit.language,
        edition=None,
        carried=carried(own | dict(visit.fields)),
        texts=tuple(v for values in visit.fields.values() for v in values if " " in v.strip()),
    )
    length = max(visit.site.echo_lengths.values(), default=1 << 17)
    return later(echo_reply(html, length, UNAVAILABLE, language=visit.language))


def later(reply: Response) -> Response:
    """The reply, asking to come back in a minute."""
    reply.headers["Retry-After"] = "60"
    return reply


def draw_form(answering: Answering, problems: tuple[Problem, ...] = ()) -> str:
    """The form on one page; in easy language its first question, or the first with a problem."""
    if answering.language == "easy":
        return draw_step(answering, problems, "")
    return answering.draw(
        "participant/form.html",
        form=answering.form(problems),
        standing="answered" if answering.opened.has_answered else "fresh",
        asks=introduction(
            answering.site, answering.opened.record, answering.opened.form, answering.language
        ),
    )


def draw_step(answering: Answering, problems: tuple[Problem, ...], name: str) -> str:
    """One question on its page, everything else carried along."""
    form = answering.form(problems)
    step = _step(form, name)
    complaints = step.complaints(form) or (form.complaints if problems else ())
    return answering.draw(
        "participant/one_question.html",
        step=step,
        complaints=complaints,
        carried=carried(answering.typed, without=step.names),
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


def _resume_code(visit: Visit) -> str | None:
    """The code in the address, if the form was opened by a draft's link."""
    code = visit.request.path_params.get("code")
    return None if code is None else str(code)


def _step(form: AnswerForm, name: str) -> Step:
    found = steps(form)
    wrong = (s for s in found if not name and s.question.errors)
    return next(wrong, None) or next((s for s in found if s.question.name == name), found[0])


def _problems(answering: Answering) -> tuple[Problem, ...]:
    try:
        read_response(answering.opened.form, answering.typed)
    except AnswerRefused as refused:
        return refused.problems
    return ()
