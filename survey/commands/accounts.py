"""`account`: people who sign in, for when nobody is left who can open the door from inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from survey.commands.frame import InOrder, in_installation
from survey.commands.speech import _, say, table
from survey.employing import operating
from survey.model.workplace import MAIN_ORGANISATION, Role

if TYPE_CHECKING:
    from survey.installation import Installation

address_argument = click.argument("address", metavar=_("ADRESSE"), help=_("Die Mailadresse."))


@click.group(cls=InOrder, help=_("Menschen, die sich am Arbeitsplatz anmelden."))
def account() -> None:
    """People who sign in."""


@account.command(
    help=_(
        "Ein Konto anlegen. Gedruckt wird ein Link, der ein Mal und sieben Tage gilt; damit wählt die Person "
        "Namen und Passwort."
    )
)
@address_argument
@click.option(
    "--organisation",
    default=MAIN_ORGANISATION,
    metavar="ID",
    show_default=True,
    help=_("Für welche Organisation."),
)
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.ORGANISER.value,
    show_default=True,
    help=_(
        "organiser darf alles, planner sieht die Ergebnisse, vergleicht Ausgaben und plant die nächste."
    ),
)
@in_installation
def new(inst: Installation, *, address: str, organisation: str, role: str) -> None:
    """Invite somebody without a mail."""
    link = operating.new_account(inst, address, organisation=organisation, role=Role(role))
    say("Mit diesem Link beginnt %(address)s (sieben Tage, ein Mal):", address=address)
    click.echo(link)


@account.command(
    help=_(
        "Jemanden wieder hineinlassen. Der zweite Nachweis ist danach neu zu wählen; gedruckt wird ein Link für ein "
        "neues Passwort, der ein Mal und 30 Minuten gilt."
    )
)
@address_argument
@in_installation
def link(inst: Installation, *, address: str) -> None:
    """Let somebody in again."""
    made = operating.way_back_in(inst, address)
    say(
        "Mit diesem Link wählt %(address)s ein neues Passwort (30 Minuten, ein Mal):",
        address=address,
    )
    click.echo(made)


@account.command(help=_("Ein Konto sperren. Alle Browser der Person werden abgemeldet."))
@address_argument
@in_installation
def disable(inst: Installation, *, address: str) -> None:
    """Keep somebody out."""
    operating.disable(inst, address)
    say("%(address)s kann sich nicht mehr anmelden.", address=address)


@account.command(help=_("Ein gesperrtes Konto wieder öffnen."))
@address_argument
@in_installation
def enable(inst: Installation, *, address: str) -> None:
    """Let somebody sign in again."""
    operating.enable(inst, address)
    say("%(address)s kann sich wieder anmelden.", address=address)


@account.command("list", help=_("Alle Konten mit ihren Rollen zeigen."))
@in_installation
def list_accounts(inst: Installation) -> None:
    """Show everybody."""
    rows = [
        (
            known.address,
            known.name,
            ", ".join(f"{organisation.id}: {role.value}" for organisation, role in roles) or "–",
            _("gesperrt") if known.is_disabled else "",
        )
        for known, roles in operating.everybody(inst)
    ]
    if rows:
        table((_("Adresse"), _("Name"), _("Rollen"), ""), rows)
    else:
        say("Es gibt noch kein Konto.")


@account.command(
    help=_(
        "Eine weitere Organisation anlegen. Sie sieht nichts von den anderen, und keine andere sieht etwas von ihr."
    )
)
@click.argument("name", metavar=_("NAME"), help=_("Wie die Organisation heißt."))
@in_installation
def organisation(inst: Installation, *, name: str) -> None:
    """Make a tenant."""
    made = operating.new_organisation(inst, name)
    say("„%(name)s“ ist angelegt. Ihre Kennung: %(id)s", name=made.name, id=made.id)
    say("Weiter geht es mit: nachklang account new ADRESSE --organisation %(id)s", id=made.id)
