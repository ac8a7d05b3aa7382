"""What commands that write reports and numbers share: the options that name files and language, and the writing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from exports.pdf_process import PdfPrinter
from survey.commands.frame import progress
from survey.commands.speech import _, say
from survey.keeping.free_space import require_room

if TYPE_CHECKING:
    from collections.abc import Callable

_Command = TypeVar("_Command", bound="Callable[..., None]")
_target = click.Path(dir_okay=False, path_type=Path)

language_option = click.option(
    "--language",
    type=click.Choice(["de", "en"]),
    default="de",
    show_default=True,
    help=_("Sprache: Deutsch oder Englisch."),
)


def file_options(*, pdf_help: str) -> Callable[[_Command], _Command]:
    """`--pdf`, `--xlsx` and `--json`; the last is called `data_file`."""

    def add(command: _Command) -> _Command:
        for option in (
            click.option(
                "--json",
                "data_file",
                type=_target,
                metavar=_("DATEI"),
                help=_("Alles als JSON schreiben."),
            ),
            click.option(
                "--xlsx",
                type=_target,
                metavar=_("DATEI"),
                help=_("Die Zahlen als Tabelle schreiben."),
            ),
            click.option("--pdf", type=_target, metavar=_("DATEI"), help=pdf_help),
        ):
            command = option(command)
        return command

    return add


def put_file(target: Path, content: bytes) -> None:
    """The whole file is there, with its folder; DiskNearlyFull or OSError, and no part of it, if it does not fit."""
    require_room(target.parent)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.write_bytes(content)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(target)) from error


def write_file(target: Path, content: bytes) -> None:
    """The same, and the reader is told so."""
    put_file(target, content)
    say("Geschrieben: %(file)s", file=target)


def print_file(target: Path, html: str) -> None:
    """The same for a page that has to be printed first."""
    with PdfPrinter() as printer, progress(_("PDF drucken")) as tell:
        tell(0, 1)
        write_file(target, printer.print_html(html))
        tell(1, 1)
