"""People who answer, for the tests of everything after the close."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from survey.collecting import submit
from survey.model.event import GRACE
from survey.model.items import NOT_ATTENDED, Answer
from survey.model.response import Response
from tests.events import DEADLINE, FORMATS, QUALITY, SIZES
from tests.people import Invited, StoppedClock, add_person

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord

COUNT_TIME = DEADLINE + GRACE
CANARY = "Kanarienvogel Nummer {} singt"


def a_response(number: int) -> Response:
    """The made-up answers of one person who was in the first workshop of each round."""
    return Response(
        {
            "overall": Answer((QUALITY[number % 3].code,)),
            "recommendation": Answer((str(number % 11),)),
            "next_format": Answer((FORMATS[number % 3].code,)),
            "size": Answer((SIZES[number % 2].code,)),
            "change": Answer(text=CANARY.format(number)),
            "ws01--rating": Answer((QUALITY[number % 2].code,)),
            "ws01--remark": Answer(text="" if number % 4 else f"Mail an p{number}@example.org"),
            "ws03--rating": Answer((NOT_ATTENDED,)),
        }
    )


def people_answer(
    inst: Installation, record: EditionRecord, answers: int, *, silent: int = 3
) -> tuple[Invited, ...]:
    """So many people answer, and some more stay silent; all booked the same workshops."""
    invited = tuple(
        add_person(
            inst,
            record,
            f"Person{number} Nachname{chr(ord('A') + number % 26)}berg",
            sessions=("ws01", "ws03"),
            address=f"p{number}@example.org",
        )
        for number in range(answers + silent)
    )
    for number in range(answers):
        submit(inst, invited[number].token, a_response(number))
    return invited


def close(clock: StoppedClock) -> None:
    """It is the first moment at which somebody may count by hand."""
    clock.set(COUNT_TIME)


def a_day_later(clock: StoppedClock) -> None:
    clock.pass_by(timedelta(hours=24))


def be_silent(_message: str) -> None:
    """Nobody watches the progress."""
