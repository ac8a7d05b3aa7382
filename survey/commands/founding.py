"""`init`: an installation begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from survey.commands.frame import in_settings
from survey.commands.speech import _, facts, first_start_lines, say
from survey.employing.joining import first_start_link
from survey.installation import make_installation
from survey.keeping.founding import found
from survey.settings import ENV_FILE

if TYPE_CHECKING:
    from survey.settings import Settings


@click.command(
    help=_(
        "Eine neue Installation anlegen. Danach gibt es Datenverzeichnis, Datenbank, Schlüssel und eine "
        "Datei für Einstellungen."
    )
)
@in_settings
def init(settings: Settings) -> None:
    """Make everything an installation needs."""
    found(settings)
    inst = make_installation(settings)
    try:
        start = first_start_link(inst)
    finally:
        inst.database.close()
    say("Die Installation ist angelegt.")
    facts(
        (
            (_("Daten"), str(settings.data)),
            (_("Einstellungen"), str(settings.data / ENV_FILE)),
            (_("Geheimnisse"), str(settings.secret_directory)),
            (_("Sicherungen"), str(settings.backup_directory)),
            (_("Mails"), _mails(settings)),
        )
    )
    say(
        "Sichern Sie den Ordner der Geheimnisse getrennt von den Daten: "
        "Ohne ihn lässt sich keine Rückmeldung mehr öffnen."
    )
    say("Weiter geht es mit: nachklang serve")
    for line in first_start_lines(start):
        click.echo(line)


def _mails(settings: Settings) -> str:
    if settings.smtp is not None:
        return f"{settings.smtp.host}:{settings.smtp.port}"
    return str(settings.mail_folder)
