"""`audit`: the attack on anonymity, tried with this installation's own code, settings and schema."""

from __future__ import annotations

import tempfile
from importlib.metadata import version
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import click

from survey.auditing.linkage import audit_once, schema_faults
from survey.auditing.protocol import AuditProtocol
from survey.auditing.protocol_words import protocol_html, protocol_text
from survey.commands.frame import in_installation, progress
from survey.commands.speech import WORDS, _, say
from survey.language.catalogue import catalogue

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.language.wording import Language

PEOPLE = 21
FEWEST, MOST = 14, 400
"""Fewer leave no texts to guess about; more have no room for lengths of their own."""
_NAMES: dict[Language, str] = {"de": "anonymitaet", "en": "anonymity"}


@click.command(
    help=_(
        "Die Anonymität angreifen und ein Protokoll auf Deutsch und Englisch schreiben, für Datenschutz und "
        "Personalrat. Der Dienst läuft dazu ein zweites Mal, mit erfundenen Menschen in einem Ordner, der danach "
        "gelöscht wird; Ihre Daten bleiben unberührt. Gelingt ein Angriff oder misslingt eine Gegenprobe, endet "
        "der Befehl mit 1."
    )
)
@click.option(
    "--people",
    type=click.IntRange(FEWEST, MOST),
    default=PEOPLE,
    show_default=True,
    metavar=_("ANZAHL"),
    help=_("So viele erfundene Menschen antworten."),
)
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("DATEI"),
    help=_("Das Protokoll auch als Seite zum Drucken in diese Datei schreiben."),
)
@in_installation
def audit(inst: Installation, *, people: int, html: Path | None) -> None:
    """Attack, and file the protocol."""
    now = inst.clock()
    with (
        tempfile.TemporaryDirectory(prefix="nachklang-audit-") as directory,
        progress(_("Anonymität angreifen")) as tell,
    ):
        result = audit_once(
            inst.settings,
            Path(directory) / "audit",
            people=people,
            now=now,
            chance=Random(),  # noqa: S311 -- who does what when: no secret hangs on it
            progress=tell,
        )
    protocol = AuditProtocol((result,), now, version("nachklang"), schema_faults(inst))
    zone = inst.settings.zone
    inst.settings.reports.mkdir(parents=True, exist_ok=True, mode=0o700)
    written = []
    for language, name in _NAMES.items():
        target = inst.settings.reports / f"{name}-{now.astimezone(zone).date()}.txt"
        text = protocol_text(protocol, catalogue(language), zone=zone)
        target.write_text(text, encoding="utf-8")
        written.append(target)
    if html is not None:
        html.write_text(protocol_html(protocol, WORDS, zone=zone), encoding="utf-8")
        written.append(html)
    for target in written:
        say("Das Protokoll liegt in %(file)s.", file=target)
    click.echo(protocol_text(protocol, WORDS, zone=zone), nl=False)
    if not protocol.holds:
        raise SystemExit(1)
