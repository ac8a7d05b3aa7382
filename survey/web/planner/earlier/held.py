"""The file that somebody is bringing over: what it counts, and what was chosen about it so far."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.earlier.holding import Held, change_held, held_survey
from survey.earlier.importing import questions_of
from survey.web.workplace.desk import series_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.comparing.series import Series
    from survey.model.foreign_survey import HeldSurvey
    from survey.model.our_questions import OurQuestion
    from survey.web.workplace.desk import Desk

UNPROCESSABLE = 422
HERE = "frueher"
NEW = "neu"


@dataclass(frozen=True, slots=True)
class Busy:
    """What is held, in its series."""

    series: Series
    held: Held

    @property
    def chosen(self) -> HeldSurvey:
        """What the file counts, and what was chosen about it."""
        return self.held.survey

    @property
    def ours(self) -> tuple[OurQuestion, ...]:
        """The series' questions that theirs can be."""
        return questions_of(self.series)

    @property
    def revision(self) -> str:
        """Changes with whatever is chosen."""
        digest = hashlib.sha256(self.chosen.to_text().encode()).hexdigest()[:16]
        return f"{self.held.id}.{digest}"


def busy_with(desk: Desk) -> Busy | None:
    """What this person holds for the series; None if its hour is over, or another file was uploaded since."""
    series = desk.series()
    held = held_survey(desk.inst, series, account=desk.person.id)
    sent = desk.own.get("revision")
    if held is None or (sent is not None and sent.partition(".")[0] != held.id):
        return None
    return Busy(series, held)


def gone(desk: Desk) -> Response:
    """Back to the upload: the file that was asked for is not there any more."""
    return desk.go(
        new_address(desk.series()),
        notice=desk.words.gettext("Diese Datei ist nicht mehr da. Laden Sie sie noch einmal hoch."),
    )


def keep(desk: Desk, busy: Busy, chosen: HeldSurvey) -> None:
    """It is held so from now on."""
    change_held(desk.inst, busy.series, busy.held, account=desk.person.id, survey=chosen)


def new_address(series: Series, *parts: str) -> str:
    """Where an edition from elsewhere comes in, step by step."""
    return series_address(series, HERE, NEW, *parts)
