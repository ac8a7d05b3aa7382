"""What was decided from one edition, as the next one's pages tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.comparing.series import find_series
from survey.web.workplace.desk import series_address

if TYPE_CHECKING:
    from datetime import date

    from survey.model.planning import Course
    from survey.planning.decisions import Decided, Preparation
    from survey.web.workplace.desk import Desk


@dataclass(frozen=True, slots=True)
class HandedDecision:
    """One decision in the reader's language."""

    subject: str
    about: str
    course: str
    text: str
    responsible: str
    until: date | None
    is_public: bool


@dataclass(frozen=True, slots=True)
class HandedOn:
    """Everything that was decided from an edition."""

    title: str
    address: str
    """Its planning sheet."""
    decisions: tuple[HandedDecision, ...]


def handed_on(desk: Desk, preparation: Preparation | None) -> HandedOn | None:
    """What was decided; None if nothing was."""
    if preparation is None or not preparation.decided:
        return None
    edition = preparation.record.edition
    series = find_series(desk.inst, desk.organisation.id, edition.series)
    return HandedOn(
        edition.title,
        series_address(series, "planung", ausgabe=edition.name),
        tuple(_decision(desk, one) for one in preparation.decided),
    )


def _decision(desk: Desk, one: Decided) -> HandedDecision:
    decision = one.decision
    return HandedDecision(
        decision.subject,
        one.label.in_language(desk.language),
        _course(desk, decision.course),
        decision.text.in_language(desk.language),
        decision.responsible,
        decision.until,
        decision.is_public,
    )


def _course(desk: Desk, course: Course) -> str:
    from forms.planning_form import COURSES  # noqa: PLC0415 -- most pages have no decisions

    return desk.words.gettext(COURSES[course])
