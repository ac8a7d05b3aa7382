"""One progress bar after the other, for events whose steps name themselves."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

_WIDTH = 24


class ProgressBars:
    """Draws on one line how far each step has come; without a terminal, one line per finished step."""

    def __init__(self, words: Callable[[str], str]) -> None:
        self._words = words
        self._label = ""

    def __call__(self, event: str, step: str, done: int, total: int) -> None:
        """One step, of an event or of all, has come so far."""
        label = f"{event}: {self._words(step)}" if event else self._words(step)
        if not os.isatty(1):
            if done == total:
                click.echo(f"{label}: {done}")
            return
        filled = _WIDTH * done // max(1, total)
        start = "\n" if self._label and self._label != label else "\r"
        bar = "█" * filled + "·" * (_WIDTH - filled)
        click.echo(f"{start}{label:<28} {bar} {done}/{total}", nl=False)
        self._label = label

    def end(self) -> None:
        """Go to the next line."""
        if self._label:
            click.echo()
            self._label = ""
