"""`backup`, `restore`, `upgrade`: copies that prove themselves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from survey.commands.checks import tell_diagnoses
from survey.commands.frame import confirm, in_installation, in_settings, yes_option
from survey.commands.speech import _, say
from survey.keeping.backup import make_backup
from survey.keeping.founding import is_founded
from survey.keeping.restore import restore_backup
from survey.keeping.upgrade import upgrade as upgrade_installation

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.settings import Settings


@click.command(
    help=_(
        "Die Daten sichern und die Sicherung zur Probe zurückspielen. Die Schlüssel kommen in einen "
        "eigenen Ordner daneben."
    )
)
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    metavar=_("ORDNER"),
    help=_("Hierhin; sonst in den Ordner für Sicherungen."),
)
@in_installation
def backup(inst: Installation, *, to: Path | None) -> None:
    """Make a proven backup."""
    folder = make_backup(inst, to.absolute() if to is not None else None)
    say("Gesichert und geprüft: %(folder)s", folder=folder)


@click.command(
    help=_(
        "Eine Sicherung zurückspielen. Halten Sie den Dienst vorher an. "
        "Eine ausgezählte Ausgabe öffnet davon nicht wieder."
    )
)
@click.argument(
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar=_("SICHERUNG"),
    help=_("Der Ordner der Sicherung."),
)
@yes_option
@in_settings
def restore(settings: Settings, folder: Path, *, yes: bool) -> None:
    """Put a backup in place of the database."""
    from survey.installation import clock_of  # noqa: PLC0415 -- help needs no web framework

    if is_founded(settings):
        say("Die Datenbank in %(folder)s wird ersetzt und beiseitegelegt.", folder=settings.data)
        confirm(_("Ist der Dienst angehalten, und soll es losgehen?"), yes=yes)
    restored = restore_backup(folder.absolute(), settings, now=clock_of(settings)())
    say("Zurückgespielt: %(names)s", names=", ".join(restored.editions) or "–")
    if restored.replaced is not None:
        say("Die ersetzte Datenbank liegt in %(folder)s.", folder=restored.replaced)
    if restored.deleted_again:
        say(
            "Nach der Sicherung gelöschte Personen sind wieder gelöscht: %(n)s",
            n=restored.deleted_again,
        )
    for name, lost in restored.lost_boxes:
        say(
            "In „%(name)s“ fehlen %(n)s Rückmeldungen, die nach der Sicherung kamen. "
            "Diese Menschen können noch einmal antworten.",
            name=name,
            n=lost,
        )


@click.command(
    help=_(
        "Die Datenbank auf den Stand dieser Version bringen. Vorher wird gesichert, danach geprüft."
    )
)
@in_installation
def upgrade(inst: Installation) -> None:
    """Back up, migrate, examine."""
    upgraded = upgrade_installation(inst)
    say("Gesichert und geprüft: %(folder)s", folder=upgraded.backup)
    if upgraded.migrations:
        say("Angewendet: %(names)s", names=", ".join(upgraded.migrations))
    else:
        say("Die Datenbank war schon auf dem neuesten Stand.")
    tell_diagnoses(upgraded.diagnoses)
