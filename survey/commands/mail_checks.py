"""`mailcheck`: the service writes to itself and says what the receiving mail server thinks of it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from survey.commands.frame import in_installation
from survey.commands.speech import _, say
from survey.mail_checking import (
    look_for_mail_checks,
    mail_checks_of,
    own_mailbox,
    read_pasted_headers,
    send_mail_check,
    senders_of,
)

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.mail_checking import MailCheck

SECONDS_BETWEEN_LOOKS = 5.0


@click.command(
    help=_(
        "Prüfen, ob Mails als die eigenen ankommen: Der Dienst schreibt an sich selbst und liest, was der "
        "empfangende Mailserver zu DKIM, SPF, DMARC und TLS sagt."
    )
)
@click.option("--sender", metavar=_("ADRESSE"), help=_("Die Absenderadresse, die geprüft wird."))
@click.option(
    "--to",
    metavar=_("ADRESSE"),
    help=_("Dorthin geht die Prüfmail; sonst in das Postfach, das der Dienst selbst liest."),
)
@click.option(
    "--read",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar=_("DATEI"),
    help=_("Statt zu senden: die angekommene Prüfmail aus dieser Datei lesen."),
)
@click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=120,
    metavar=_("SEKUNDEN"),
    help=_("So lange auf die Prüfmail warten."),
)
@in_installation
def mailcheck(
    inst: Installation, *, sender: str | None, to: str | None, read: Path | None, wait: float
) -> None:
    """Send a mail to ourselves, or read the one that came."""
    organisation, address = _chosen(inst, sender)
    if read is not None:
        text = read.read_bytes().decode("utf-8", "replace")
        read_pasted_headers(inst, organisation, sender=address, text=text)
        _tell(_check(inst, organisation, address))
        return
    mailbox = own_mailbox(inst)
    if not (to or mailbox):
        raise click.UsageError(
            _("Kein Postfach ist gesetzt. Nennen Sie mit --to, wohin die Prüfmail geht.")
        )
    send_mail_check(inst, organisation, sender=address, to=to or mailbox)
    say("Die Prüfmail ist unterwegs an %(to)s.", to=to or mailbox)
    if to and to != mailbox:
        say("Speichern Sie die angekommene Mail, dann: nachklang mailcheck --read DATEI")
        return
    until = time.monotonic() + wait
    while not look_for_mail_checks(inst):
        if _check(inst, organisation, address).findings is not None:
            break  # the running service was faster
        if time.monotonic() >= until:
            raise click.ClickException(_("Die Prüfmail ist noch nicht angekommen."))
        time.sleep(SECONDS_BETWEEN_LOOKS)
    _tell(_check(inst, organisation, address))


def _chosen(inst: Installation, sender: str | None) -> tuple[str, str]:
    known = [(owner, address) for owner, address in senders_of(inst) if sender in {None, address}]
    if len(known) == 1:
        return known[0]
    if not known:
        raise click.UsageError(_("Von dieser Adresse sendet keine Ausgabe."))
    addresses = ", ".join(dict.fromkeys(address for _owner, address in known))
    raise click.UsageError(_("Nennen Sie mit --sender eine von: %(all)s") % {"all": addresses})


def _check(inst: Installation, organisation: str, sender: str) -> MailCheck:
    return next(c for c in mail_checks_of(inst, organisation) if c.sender == sender)


def _tell(check: MailCheck) -> None:
    words = {
        "passed": _("bestanden"),
        "failed": _("nicht bestanden"),
        "missing": _("nicht gefunden"),
    }
    found = check.findings
    if found is None:
        raise click.ClickException(_("Die Prüfmail ist noch nicht angekommen."))
    for name, verdict in (
        ("DKIM", found.dkim),
        ("SPF", found.spf),
        ("DMARC", found.dmarc),
        ("TLS", found.tls),
    ):
        click.echo(f"{name}: {words[verdict.value]}")
    if not found.has_passed:
        raise click.ClickException(
            _("Die Mailprüfung ist nicht bestanden. Was zu tun ist, steht im Arbeitsplatz.")
        )
