"""`bounces`: mails that came back are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from survey.bouncing import fetch_bounces
from survey.commands.frame import in_installation
from survey.commands.speech import _, counted, say

if TYPE_CHECKING:
    from survey.installation import Installation


@click.command(
    help=_(
        "Das Postfach für unzustellbare Mails lesen und leeren. Der laufende Dienst tut das alle paar Minuten von "
        "selbst."
    )
)
@in_installation
def bounces(inst: Installation) -> None:
    """Read the mailbox that mails come back to."""
    if inst.settings.bounce_maildir is None and inst.settings.bounce_imap is None:
        say(
            "Kein Postfach für unzustellbare Mails ist gesetzt: NACHKLANG_BOUNCE_MAILDIR oder "
            "NACHKLANG_BOUNCE_IMAP_HOST."
        )
        return
    read = fetch_bounces(inst)
    click.echo(counted("%(n)s Bericht gelesen.", "%(n)s Berichte gelesen.", read.reports))
    # Not how many mails failed: of a reminder that would tell how many have not answered.
    if read.others:
        click.echo(
            counted(
                "%(n)s andere Mail liegt noch im Postfach.",
                "%(n)s andere Mails liegen noch im Postfach.",
                read.others,
            )
        )
