"""The whole command line, in the order in which the work is done; a command's modules are read when it is called."""

from __future__ import annotations

from importlib import import_module

import click

from survey.commands.frame import InOrder
from survey.commands.speech import _

MODULES = {
    "init": "founding",
    "account": "accounts",
    "edition": "editions",
    "rehearse": "rehearsing",
    "participants": "participants",
    "invite": "mails",
    "remind": "mails",
    "resume": "mails",
    "status": "status",
    "close": "counting",
    "count": "counting",
    "thank": "mails",
    "report": "reports",
    "texts": "texts",
    "export": "reports",
    "compare": "comparing",
    "plan": "planning",
    "answers-needed": "precision",
    "earlier": "earlier",
    "serve": "running",
    "work": "running",
    "bounces": "bounces",
    "mailcheck": "mail_checks",
    "backup": "backups",
    "restore": "backups",
    "upgrade": "backups",
    "move": "moving",
    "doctor": "checks",
    "urn": "checks",
    "audit": "auditing",
}
"""In which module of this folder each command lies, under its own name."""


class Nachklang(InOrder):
    """The commands; reading all their modules takes a second, reading one's a part of it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command's name, in the order of the work."""
        del ctx
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with that name; None if there is none."""
        del ctx
        if cmd_name not in MODULES:
            return None
        module = import_module(f"survey.commands.{MODULES[cmd_name]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return named_parts(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was typed; if there is none, those it could have been are named."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            raise click.NoSuchCommand(error.command_name, possibilities=MODULES, ctx=ctx) from error


def named_parts(command: click.Command) -> click.Command:
    """The command, whose usage line names its parts in the reader's language."""
    command.options_metavar = _("[OPTIONEN]")
    if isinstance(command, click.Group):
        command.subcommand_metavar = _("BEFEHL …")
        for part in command.commands.values():
            named_parts(part)
    return command


@click.group(
    cls=Nachklang,
    help=_(
        "Nachklang fragt die Menschen, die bei einer Veranstaltung waren, wie es war, "
        "und macht daraus eine barrierefreie Auswertung als PDF."
    ),
    epilog=_("Mehr zu einem Befehl: nachklang BEFEHL --help"),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="nachklang", prog_name="Nachklang")
def nachklang() -> None:
    """Everything the service can do."""


named_parts(nachklang)
