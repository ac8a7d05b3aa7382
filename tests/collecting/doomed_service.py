"""A service that takes answers until it is killed, and says which it has acknowledged."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from survey.collecting import submit, take_back
from survey.model.items import Answer
from survey.model.response import Response
from tests.people import StoppedClock, at_rest

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

THREADS = 6
TAKEN_BACK = -1
"""Every third thing a person does is to take the answer back."""


def state_after(step: int) -> int:
    """What a person's answer is after so many steps; none before the first."""
    return TAKEN_BACK if step % 3 == 0 else step


def response_of(step: int) -> Response:
    """The answers somebody sends in that step, recognisable by their text."""
    return Response({"change": Answer(text=f"Schritt {step}")})


def take_answers(
    directory: Path, tokens: list[str], steps: list[int], acknowledged: Connection
) -> None:
    """Each person acts again and again; (person, step) is sent once the service has said thanks."""
    inst = at_rest(directory, StoppedClock())
    saying = threading.Lock()

    def act_for(people: range) -> None:
        for round_ in range(1, 1000):
            for person in people:
                step = steps[person] + round_
                if state_after(step) == TAKEN_BACK:
                    take_back(inst, tokens[person])
                else:
                    submit(inst, tokens[person], response_of(step))
                with saying:
                    acknowledged.send((person, step))

    threads = [
        threading.Thread(target=act_for, args=(range(start, len(tokens), THREADS),))
        for start in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
