"""The check before the first mail, as a page: what blocks it, what has to be read, and what is in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey import checking
from survey.errors import problem
from survey.web.organiser.questionnaire.changing import CONFLICT, is_frozen
from survey.web.organiser.questionnaire.places import mending_address
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import EditionRecord
    from survey.web.workplace.desk import Desk


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was found, and the page that mends it."""

    problem: Problem
    address: str


def show_check(desk: Desk) -> Response:
    """What should be known before the first mail."""
    return _draw(desk, desk.edition())


def receive_warnings_read(desk: Desk) -> Response:
    """The warnings on the page were read."""
    record = desk.edition()
    if not checking.confirm_warnings(desk.inst, record, digest=desk.own.get("warnings", "")):
        why = problem(
            "Inzwischen ist etwas anderes dazugekommen. Lesen Sie die Hinweise noch einmal."
        )
        return _draw(desk, record, problems=(why,), status=CONFLICT)
    notice = desk.words.gettext("Es ist vermerkt, dass Sie die Hinweise gelesen haben.")
    return desk.go(edition_address(record, "pruefung"), notice=notice)


def _draw(
    desk: Desk, record: EditionRecord, *, problems: Sequence[Problem] = (), status: int = 200
) -> Response:
    check = checking.send_off_check(desk.inst, record)
    return desk.draw(
        "workplace/questionnaire/send_off.html",
        status=status,
        edition=record,
        record=record,
        check=check,
        has_left=is_frozen(record),
        errors=_lines(record, check.errors),
        warnings=_lines(record, check.warnings),
        digest=checking.warnings_digest(check),
        problems=problems,
        sending=edition_address(record, "versand"),
    )


def _lines(record: EditionRecord, problems: Sequence[Problem]) -> tuple[Line, ...]:
    return tuple(Line(found, mending_address(record, found.place)) for found in problems)
