"""A counted congress for pages about results: 24 answers, each with sentences nobody may see unreleased."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from survey.collecting import submit
from survey.counting import count_edition
from survey.model.items import Answer
from survey.model.response import Response
from tests.counting.ballots import a_response, be_silent, close
from tests.events import congress
from tests.people import add_person, open_edition, store_edition, stored_record
from tests.prepared import prepared

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import StoppedClock

HERE = "/arbeit/ausgaben/kk2020/ergebnisse"
CANARY = "Kanarienvogel"
"""In every text to a general question."""
SESSION_CANARY = "Workshopvogel"
"""In the texts about the first workshop that hold no mail address."""
SPEAKER = "Dr. Sven Sprecher"
ANSWERS = 24
INVITED = 27


@prepared
def counted(inst: Installation, clock: StoppedClock) -> EditionRecord:
    """The congress, counted; somebody speaks in its first workshop."""
    edition = congress()
    sessions = tuple(
        replace(session, speakers=(SPEAKER,)) if session.code == "ws01" else session
        for session in edition.programme.sessions
    )
    programme = replace(edition.programme, sessions=sessions)
    record = open_edition(inst, store_edition(inst, replace(edition, programme=programme)))
    for number in range(INVITED):
        person = add_person(
            inst,
            record,
            f"Person{number} Nachname{chr(ord('A') + number % 26)}berg",
            sessions=("ws01", "ws03"),
            address=f"p{number}@example.org",
        )
        if number < ANSWERS:
            submit(inst, person.token, _answers(number))
    close(clock)
    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)
    return stored_record(inst, "kk2020")


def _answers(number: int) -> Response:
    given = dict(a_response(number).answers)
    if number % 4:
        given["ws01--remark"] = Answer(text=f"{SESSION_CANARY} {number} pfeift")
    return Response(given)
