"""What is done beside the sheet: keep, change or drop, by whom and until when; taken back again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.planning_form import DecisionForm, typed_decision
from survey import publishing
from survey.errors import NotFound
from survey.planning.decisions import (
    decidable_subjects,
    decide,
    decision_about,
    take_back,
)
from survey.planning.planning_sheet import planned_from
from survey.planning.subjects import OWN, SESSION, THEME
from survey.web.workplace.desk import series_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from survey.comparing.series import Series
    from survey.language.wording import Wording
    from survey.model.event import EditionRecord
    from survey.model.planning import PlannedDecision
    from survey.web.workplace.desk import Desk

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that can be decided about."""

    address: str
    label: str


@dataclass(frozen=True, slots=True)
class Subjects:
    """Things of one kind that can be decided about."""

    code: str
    heading: str
    entries: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a decision is made: from which edition, about what."""

    series: Series
    record: EditionRecord
    subject: str
    label: Wording | None
    """None for something of the planners' own."""
    decision: PlannedDecision | None


def show_subjects(desk: Desk) -> Response:
    """Everything that can be decided about."""
    series, record = _edition(desk)
    known = decidable_subjects(desk.inst, record)
    say = desk.words.gettext

    def kind(code: str, heading: str, belongs: Callable[[str], bool]) -> Subjects:
        return Subjects(
            code,
            heading,
            tuple(
                Subject(_address(series, record, subject), label.in_language(desk.language))
                for subject, label in known.items()
                if belongs(subject)
            ),
        )

    return desk.draw(
        "workplace/planning/subjects.html",
        series=series,
        planned_from=record.name,
        edition_called=record.edition.title,
        own=_address(series, record, OWN),
        kinds=(
            kind("questions", say("Fragen"), lambda subject: ":" not in subject),
            kind("topics", say("Gewünschte Themen"), _is_topic),
            kind("themes", say("Themen der Texte"), lambda s: s.startswith(THEME)),
            kind("sessions", say("Programmpunkte"), lambda s: s.startswith(SESSION)),
        ),
    )


def show_decision(desk: Desk) -> Response:
    """What was decided about it so far, and the form to decide."""
    place = _place(desk)
    return _draw(desk, place, DecisionForm(data=typed_decision(place.decision)))


def keep_decision(desk: Desk) -> Response:
    """This is decided."""
    place = _place(desk)
    form = DecisionForm.typed(desk.fields)
    form.name_courses(desk.words)
    if not form.validate():
        return _draw(desk, place, form, status=UNPROCESSABLE)
    decide(desk.inst, place.record, form.decision(place.subject))
    return desk.go(_sheet(place), notice=desk.words.gettext("Die Entscheidung ist gespeichert."))


def ask_before_taking_back(desk: Desk) -> Response:
    """What taking the decision back does."""
    place = _decided(desk)
    return desk.draw(
        "workplace/planning/take_back.html",
        series=place.series,
        decision=place.decision,
        label=place.label,
        back=_sheet(place),
    )


def take_decision_back(desk: Desk) -> Response:
    """Nothing is decided about it any longer."""
    place = _decided(desk)
    take_back(desk.inst, place.record, place.subject)
    notice = desk.words.gettext("Die Entscheidung ist zurückgenommen.")
    return desk.go(_sheet(place), notice=notice)


def _edition(desk: Desk) -> tuple[Series, EditionRecord]:
    series = desk.series()
    return series, planned_from(series, desk.part("edition"))


def _place(desk: Desk) -> _Place:
    series, record = _edition(desk)
    subject = desk.part("subject")
    decision = decision_about(desk.inst, record, subject)
    label = decidable_subjects(desk.inst, record).get(subject)
    if label is None and decision is None and subject != OWN:
        raise NotFound("subject", subject)
    return _Place(series, record, subject, label, decision)


def _decided(desk: Desk) -> _Place:
    place = _place(desk)
    if place.decision is None:
        raise NotFound("decision", place.subject)
    return place


def _draw(desk: Desk, place: _Place, form: DecisionForm, *, status: int = 200) -> Response:
    form.name_courses(desk.words)
    page = publishing.page_of(desk.inst, place.record)
    return desk.draw(
        "workplace/planning/decision.html",
        status=status,
        series=place.series,
        form=form,
        label=place.label,
        edition_called=place.record.edition.title,
        is_decided=place.decision is not None,
        is_told=page is not None and page.visible_from <= desk.inst.clock(),
        is_session=place.subject.startswith(SESSION),
        back=_sheet(place),
        take_back=_address(place.series, place.record, place.subject, "zuruecknehmen"),
    )


def _is_topic(subject: str) -> bool:
    return ":" in subject and not subject.startswith((THEME, SESSION))


def _address(series: Series, record: EditionRecord, *parts: str) -> str:
    return series_address(series, "planung", "entscheidungen", record.name, *parts)


def _sheet(place: _Place) -> str:
    address = series_address(place.series, "planung", ausgabe=place.record.name)
    return f"{address}#entscheidungen"
