"""One progress bar after the other, for work whose steps name themselves."""

from __future__ import annotations

import os

import click

_WIDTH = 24


class ProgressBars:
    """Draws on one line how far each step has come; without a terminal, one line per finished step."""

    def __init__(self) -> None:
        self._label = ""

    def __call__(self, label: str, done: int, total: int) -> None:
        """One step has come so far."""
        if not os.isatty(1):
            if done == total:
                click.echo(f"{label}: {done}")
            return
        filled = _WIDTH * done // max(1, total)
        start = "\n" if self._label and self._label != label else "\r"
        bar = "█" * filled + "·" * (_WIDTH - filled)
        click.echo(f"{start}{label:<24} {bar} {done}/{total}", nl=False)
        self._label = label

    def end(self) -> None:
        """Go to the next line."""
        if self._label:
            click.echo()
            self._label = ""
