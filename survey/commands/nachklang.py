"""The whole command line, in the order in which the work is done."""

from __future__ import annotations

from importlib.metadata import version

import click

from survey.commands.backups import backup, restore, upgrade
from survey.commands.checks import doctor, urn
from survey.commands.counting import close, count
from survey.commands.editions import edition
from survey.commands.founding import init
from survey.commands.frame import InOrder
from survey.commands.mails import invite, remind, resume, thank
from survey.commands.participants import participants
from survey.commands.reports import export, report
from survey.commands.running import serve, work
from survey.commands.speech import _
from survey.commands.status import status
from survey.commands.texts import texts

IN_ORDER = (
    init,
    edition,
    participants,
    invite,
    remind,
    resume,
    status,
    close,
    count,
    thank,
    report,
    texts,
    export,
    serve,
    work,
    backup,
    restore,
    upgrade,
    doctor,
    urn,
)


@click.group(
    cls=InOrder,
    help=_(
        "Nachklang fragt die Menschen, die bei einer Veranstaltung waren, wie es war, "
        "und macht daraus eine barrierefreie Auswertung als PDF."
    ),
    epilog=_("Mehr zu einem Befehl: nachklang BEFEHL --help"),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(version("nachklang"), prog_name="Nachklang")
def nachklang() -> None:
    """Everything the service can do."""


def _name_the_parts(command: click.Command) -> None:
    """Usage lines name their parts in the reader's language."""
    command.options_metavar = _("[OPTIONEN]")
    if isinstance(command, click.Group):
        command.subcommand_metavar = _("BEFEHL …")
        for part in command.commands.values():
            _name_the_parts(part)


for each in IN_ORDER:
    nachklang.add_command(each)
_name_the_parts(nachklang)
