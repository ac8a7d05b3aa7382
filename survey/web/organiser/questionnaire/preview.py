"""The form as participants will see it, for an example person, in each language, on a phone and on a desk.

Nothing that is typed there is read, let alone kept. The form's own page is the only one of the service that may stand
in a frame, and only in one of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.responses import RedirectResponse

from forms.answer_form import AnswerForm
from forms.question_steps import steps
from forms.typed_number import typed_number
from survey.errors import NotFound
from survey.language.catalogue import catalogue
from survey.language.wording import HTML_LANGUAGE, LANGUAGES
from survey.model.duration import longest_booking, minutes_to_answer
from survey.model.personal_form import personal_form
from survey.web.drawing import LANGUAGE_NAMES, LanguageEntry, about, draw, page_reply
from survey.web.dressing import style_of
from survey.web.page_guards import POLICY
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.language.wording import Language
    from survey.model.event import EditionRecord
    from survey.model.programme import Round, Session
    from survey.web.workplace.desk import Desk

_NOBODY = "-"


@dataclass(frozen=True, slots=True)
class _Asks:
    """What the first screen says; the participants' pages know the same as `introduction`."""

    organisation: str
    minutes: int
    closes: str
    text_readers: str
    promise: str


@dataclass(frozen=True, slots=True)
class BookingChoice:
    """What the example person may have booked in one round."""

    round: Round
    sessions: tuple[Session, ...]
    chosen: str


def show_preview(desk: Desk) -> Response:
    """Whom to be, in which language; and the form in both widths."""
    record = desk.edition()
    booked = _booked(desk, record)
    language = _language(desk)
    form = personal_form(record.edition, booked)
    reply = desk.draw(
        "workplace/questionnaire/preview.html",
        edition=record,
        record=record,
        rounds=_rounds(record, booked),
        shown=language,
        language_names=tuple((known, LANGUAGE_NAMES[known]) for known in LANGUAGES),
        form_address=_form_address(record, booked, language),
        minutes=minutes_to_answer(form),
        questions=len(form.questions()),
        has_conditions=any(section.condition for section in form.sections),
    )
    reply.headers[POLICY] = f"{desk.visit.site.style.policy}; frame-src 'self'"
    return reply


def show_form(desk: Desk) -> Response:
    """The form itself, drawn from the current definition."""
    record = desk.edition()
    language = _language(desk)
    booked = _booked(desk, record)
    style = style_of(desk.visit)
    answers = AnswerForm(
        personal_form(record.edition, booked),
        {},
        language=language,
        text_readers=record.edition.text_readers,
    )
    values: dict[str, object] = {
        "proof": desk.form_token,
        "back": _preview_address(record, booked, language),
        "again": _form_address(record, booked, language),
        "switch": tuple(
            LanguageEntry(
                known,
                HTML_LANGUAGE[known],
                LANGUAGE_NAMES[known],
                _form_address(record, booked, known, ende="1"),
            )
            for known in LANGUAGES
        ),
        "trouble": False,
        "standing": "fresh",
        "complaints": (),
        "carried": (),
        "is_change": False,
        "asked": "",
        "newly": (),
    }
    if desk.asked("ende") or not answers.questions():
        template = "workplace/questionnaire/preview_end.html"
        values["has_questions"] = bool(answers.questions())
    elif language == "easy":
        found = steps(answers)
        template = "workplace/questionnaire/preview_step.html"
        values["step"] = found[min(_place(desk), len(found)) - 1]
        values["has_required"] = answers.has_required
    else:
        template = "workplace/questionnaire/preview_form.html"
        values["form"] = answers
    html = draw(
        style,
        template,
        language=language,
        edition=record.edition,
        asks=_asks(desk, record, booked, language),
        **values,
    )
    reply = page_reply(html, language=language)
    # The one page that may stand in a frame, and in ours only: nothing in it does anything.
    reply.headers[POLICY] = style.policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    return reply


def receive_form(desk: Desk) -> Response:
    """A button of the form: another language, the next question, or the end of the preview. Nothing else is read."""
    record = desk.edition()
    booked = _booked(desk, record)
    language = _language(desk)
    asked = desk.own.get("language", "")
    if asked in LANGUAGES:
        language = next(known for known in LANGUAGES if known == asked)
        return RedirectResponse(_form_address(record, booked, language), 303)
    action = desk.own.get("action", "")
    if language == "easy" and action in {"next", "back"}:
        form = AnswerForm(personal_form(record.edition, booked), {}, language=language)
        there = _place(desk) + (1 if action == "next" else -1)
        if there <= len(steps(form)):
            address = _form_address(record, booked, language, frage=str(max(there, 1)))
            return RedirectResponse(address, 303)
    return RedirectResponse(_form_address(record, booked, language, ende="1"), 303)


def _place(desk: Desk) -> int:
    """Which question of the easy-language form is shown, from 1."""
    return max(typed_number(desk.asked("frage")) or 1, 1)


def _booked(desk: Desk, record: EditionRecord) -> frozenset[str]:
    """What the example person booked: as asked, else what leads to the longest form."""
    query = desk.visit.request.query_params
    rounds = record.edition.programme.rounds
    if not any(f"runde-{r.code}" in query for r in rounds):
        return longest_booking(record.edition)
    asked = {query.get(f"runde-{r.code}", _NOBODY) for r in rounds} - {_NOBODY, ""}
    known = {s.code for r in rounds for s in record.edition.programme.of_round(r.code)}
    if asked - known:
        raise NotFound("session", ", ".join(sorted(asked - known))[:60])
    return frozenset(asked)


def _rounds(record: EditionRecord, booked: frozenset[str]) -> tuple[BookingChoice, ...]:
    programme = record.edition.programme
    return tuple(
        BookingChoice(
            round_,
            (sessions := programme.of_round(round_.code)),
            next((s.code for s in sessions if s.code in booked), _NOBODY),
        )
        for round_ in programme.rounds
        if programme.of_round(round_.code)
    )


def _language(desk: Desk) -> Language:
    asked = desk.asked("in") or "de"
    for known in LANGUAGES:
        if known == asked:
            return known
    raise NotFound("language", asked[:20])


def _query(record: EditionRecord, booked: frozenset[str], language: Language) -> dict[str, str]:
    return {"in": language} | {
        f"runde-{choice.round.code}": choice.chosen for choice in _rounds(record, booked)
    }


def _form_address(
    record: EditionRecord, booked: frozenset[str], language: Language, **more: str
) -> str:
    query = _query(record, booked, language) | more
    return f"{edition_address(record, 'fragebogen', 'vorschau', 'formular')}?{urlencode(query)}"


def _preview_address(record: EditionRecord, booked: frozenset[str], language: Language) -> str:
    query = _query(record, booked, language)
    return f"{edition_address(record, 'fragebogen', 'vorschau')}?{urlencode(query)}"


def _asks(desk: Desk, record: EditionRecord, booked: frozenset[str], language: Language) -> _Asks:
    edition = record.edition
    moment = record.closes or edition.deadline
    return _Asks(
        edition.organisation,
        minutes_to_answer(personal_form(edition, booked)),
        catalogue(language).moment(moment, desk.inst.settings.zone),
        edition.text_readers or edition.organisation,
        about("versprechen", edition, language),
    )
