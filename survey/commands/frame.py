"""What every command shares: `--data`, the installation, questions, and errors told in one voice.

Exit codes: 0 done, 1 refused or failed, 2 the command was called wrongly.
"""

from __future__ import annotations

import functools
import os
import sys
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec

import click

from survey.commands.speech import _, sentences
from survey.errors import NachklangError
from survey.settings import Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from survey.installation import Installation

Parameters = ParamSpec("Parameters")

_data = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar=_("ORDNER"),
    help=_("Datenverzeichnis; sonst gilt NACHKLANG_DATA, sonst „data“."),
)
edition_argument = click.argument(
    "name", metavar=_("AUSGABE"), help=_("Der Kurzname der Ausgabe; „edition list“ nennt ihn.")
)
yes_option = click.option("--yes", is_flag=True, help=_("Nicht nachfragen."))


def in_settings(
    function: Callable[Concatenate[Settings, Parameters], None],
) -> Callable[..., None]:
    """A command that gets the settings; for what works without a database."""

    @_data
    @functools.wraps(function)
    def command(data: Path | None, *args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        with told_errors():
            function(read_settings(os.environ, data=data), *args, **kwargs)

    return command


def in_installation(
    function: Callable[Concatenate[Installation, Parameters], None],
) -> Callable[..., None]:
    """A command that gets the installation, which must have been made with `init`."""

    @_data
    @functools.wraps(function)
    def command(data: Path | None, *args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        with told_errors():
            settings = read_settings(os.environ, data=data)
            inst = open_installation(settings)
            try:
                function(inst, *args, **kwargs)
            finally:
                inst.database.close()

    return command


def open_installation(settings: Settings) -> Installation:
    """The installation in the data directory; a plain refusal if there is none."""
    from survey.installation import make_installation  # noqa: PLC0415 -- help needs no web framework
    from survey.keeping.founding import is_founded  # noqa: PLC0415 -- nor the database

    if not is_founded(settings):
        raise click.ClickException(
            _("Auf dem Datenbankserver liegt keine Installation. Beginnen Sie mit: nachklang init")
            if settings.postgresql
            else _(
                "In %(folder)s liegt keine Installation. "
                "Beginnen Sie mit: nachklang init --data %(folder)s"
            )
            % {"folder": settings.data}
        )
    return make_installation(settings)


@contextmanager
def told_errors() -> Iterator[None]:
    """Turn what the service refuses into words on standard error and exit code 1."""
    try:
        yield
    except NachklangError as error:
        for line in sentences(error):
            click.echo(line, err=True)
        raise SystemExit(1) from error
    except OSError as error:
        if error.filename is None:
            raise
        raise click.FileError(str(error.filename), error.strerror) from error


def confirm(question: str, *, yes: bool) -> None:
    """Ask before something that cannot be undone; anything but a yes ends the command."""
    if yes:
        return
    asked = f"{question} {_('[j/N]')}"
    reply = click.prompt(asked, default="", show_default=False, prompt_suffix=" ", err=True)
    if reply.strip().lower() not in {"j", "ja", "y", "yes"}:
        raise click.Abort


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, in percent: tell it how many of how many are done."""
    with click.progressbar(length=0, label=label, file=sys.stderr) as bar:

        def tell(done: int, of: int) -> None:
            bar.length = max(of, done)
            bar.update(done - bar.pos)

        yield tell


class InOrder(click.Group):
    """A group that lists its commands in the order of the work, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names as they were added."""
        del ctx
        return list(self.commands)


class Day(click.ParamType[date]):
    """A day as people type it."""

    name = "day"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(
                _("„%(value)s“ ist kein Tag. So geht es: 2017-09-15") % {"value": value}, param, ctx
            )


class Moment(click.ParamType[datetime]):
    """A day and a time as people type them, in the installation's time zone unless they say otherwise."""

    name = "moment"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The moment, without a zone where none was given."""
        try:
            return datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(
                _("„%(value)s“ ist kein Zeitpunkt. So geht es: 2020-09-25T18:00")
                % {"value": value},
                param,
                ctx,
            )


def aware(moment: datetime, settings: Settings) -> datetime:
    """The moment in the installation's time zone, if it has none of its own."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=settings.zone)
