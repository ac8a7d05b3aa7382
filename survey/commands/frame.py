"""What every command shares: `--data`, the installation, and errors told in one voice.

Exit codes: 0 done, 1 refused or failed, 2 the command was called wrongly.
"""

from __future__ import annotations

import functools
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import click

from survey.application import make_installation
from survey.commands.speech import _, sentences
from survey.errors import NachklangError
from survey.settings import Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from survey.installation import Installation

Parameters = ParamSpec("Parameters")
Element = TypeVar("Element")

_data = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="NACHKLANG_DATA",
    help=_("Datenverzeichnis (sonst NACHKLANG_DATA, sonst „data“)."),
)
edition_argument = click.argument("name", metavar=_("AUSGABE"))
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
            if not settings.database.is_file():
                message = _("In %(folder)s liegt keine Installation. Beginnen Sie mit: nachklang init --data %(folder)s")
                raise click.ClickException(message % {"folder": settings.data})
            inst = make_installation(settings)
            try:
                function(inst, *args, **kwargs)
            finally:
                inst.database.close()

    return command


@contextmanager
def told_errors() -> Iterator[None]:
    """Turn what the service refuses into words on standard error and exit code 1."""
    try:
        yield
    except NachklangError as error:
        for line in sentences(error):
            click.echo(line, err=True)
        raise SystemExit(1) from error


def confirm(question: str, *, yes: bool) -> None:
    """Ask before something that cannot be undone."""
    if not yes:
        click.confirm(question, abort=True)


def progress(label: str, elements: Iterable[Element], *, length: int | None = None) -> Any:  # noqa: ANN401 -- click's own type
    """A progress bar over long work; silent where nobody looks."""
    return click.progressbar(elements, label=label, length=length, show_pos=True)
