"""`audit`: the attack on anonymity, tried on this installation's own code."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from survey.auditing.linkage import audit_linkage
from survey.commands.frame import in_installation, progress
from survey.commands.speech import WORDS, _, say

if TYPE_CHECKING:
    from survey.installation import Installation

PEOPLE = 21


@click.command(
    help=_(
        "Die Anonymität angreifen und ein Protokoll schreiben. Der Angriff läuft mit erfundenen "
        "Menschen in einem Ordner, der danach gelöscht wird; Ihre Daten bleiben unberührt. "
        "Gelingt er, endet der Befehl mit 1."
    )
)
@click.option(
    "--people",
    type=click.IntRange(5, 500),
    default=PEOPLE,
    show_default=True,
    metavar=_("ANZAHL"),
    help=_("So viele erfundene Menschen antworten."),
)
@in_installation
def audit(inst: Installation, *, people: int) -> None:
    """Attack, and file the protocol."""
    now = inst.clock()
    with (
        tempfile.TemporaryDirectory(prefix="nachklang-audit-") as directory,
        progress(_("Anonymität angreifen")) as tell,
    ):
        protocol = audit_linkage(
            inst.settings, Path(directory) / "audit", people=people, now=now, progress=tell
        )
    text = protocol.text(WORDS)
    inst.settings.reports.mkdir(parents=True, exist_ok=True, mode=0o700)
    day = now.astimezone(inst.settings.zone).date()
    target = inst.settings.reports / f"{_('anonymitaet')}-{day}.txt"
    target.write_text(text, encoding="utf-8")
    click.echo(text)
    say("Das Protokoll liegt in %(file)s.", file=target)
    if not protocol.holds:
        raise SystemExit(1)
