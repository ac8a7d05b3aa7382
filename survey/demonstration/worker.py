"""The demonstration's worker: mails and counts as in a real installation, but nothing is ever deleted."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

import click

from survey.commands.speech import WORDS, sentences
from survey.errors import NachklangError
from survey.working import (
    back_up_as_ordered,
    close,
    count,
    count_as_ordered,
    notify,
    send,
    send_to_colleagues,
    start_mails,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.errors import Problem
    from survey.installation import Installation

_SECONDS_BETWEEN = 3.0
_SECONDS_TO_FINISH = 20
# The events are years ago, their people made up: what the rules would delete is what there is to see.
_TASKS = (
    send_to_colleagues,
    close,
    start_mails,
    send,
    count_as_ordered,
    back_up_as_ordered,
    count,
    notify,
)


@contextmanager
def at_work(inst: Installation) -> Iterator[None]:
    """Meanwhile everything is done soon after it falls due."""
    stop = Event()
    worker = Thread(target=_work, args=(inst, stop), name="worker", daemon=True)
    worker.start()
    try:
        yield
    finally:
        stop.set()
        worker.join(_SECONDS_TO_FINISH)


def _work(inst: Installation, stop: Event) -> None:
    is_over = False
    while not is_over:
        for task in _TASKS:
            try:
                task(inst, _tell)
            except NachklangError as error:
                _tell(error)
        is_over = stop.wait(_SECONDS_BETWEEN)


def _tell(trouble: NachklangError | Problem) -> None:
    lines = sentences(trouble) if isinstance(trouble, NachklangError) else (WORDS.problem(trouble),)
    for line in lines:
        click.echo(line, err=True)
