"""`move`: the database goes to a PostgreSQL server, or back into a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from survey.commands.frame import confirm, in_installation, yes_option
from survey.commands.speech import WORDS, _, say, table
from survey.errors import SettingsProblem
from survey.keeping.moving import move_to_file, move_to_server
from survey.settings import SERVER_ADDRESS_WANTED, is_server_address

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.keeping.moving import Moved


@click.command(
    help=_(
        "Die Datenbank auf einen PostgreSQL-Server bringen, oder von dort in eine Datei. "
        "Halten Sie den Dienst vorher an. Jede Zeile kommt mit, auch aus offenen Urnen; "
        "beide Seiten werden verglichen, und die alte bleibt, wie sie ist."
    )
)
@click.option(
    "--to-postgresql",
    metavar=_("ADRESSE"),
    help=_("Der Server, zum Beispiel postgresql://nachklang@db.example.org/nachklang"),
)
@click.option(
    "--to-sqlite",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("DATEI"),
    help=_("Die neue Datei; der Dienst liest „nachklang.db“ im Datenverzeichnis."),
)
@yes_option
@in_installation
def move(
    inst: Installation, *, to_postgresql: str | None, to_sqlite: Path | None, yes: bool
) -> None:
    """Carry every table, compare, and say what to set."""
    if (to_postgresql is None) == (to_sqlite is None):
        raise click.UsageError(_("Nennen Sie entweder --to-postgresql oder --to-sqlite."))
    if to_postgresql is not None and not is_server_address(to_postgresql):
        raise SettingsProblem("--to-postgresql", SERVER_ADDRESS_WANTED)
    confirm(_("Ist der Dienst angehalten, und soll es losgehen?"), yes=yes)
    if to_postgresql is not None:
        _tell(move_to_server(inst, to_postgresql))
        say("Setzen Sie jetzt NACHKLANG_POSTGRESQL auf diese Adresse.")
    elif to_sqlite is not None:
        _tell(move_to_file(inst, to_sqlite.absolute()))
        say("Nehmen Sie jetzt NACHKLANG_POSTGRESQL aus den Einstellungen.")
    say(
        "In der alten Datenbank stehen weiter alle Adressen: Löschen Sie sie, sobald der Dienst läuft."
    )


def _tell(moved: Moved) -> None:
    table(
        (_("Tabelle"), _("Zeilen")),
        [(name, WORDS.number(rows)) for name, rows in moved.tables],
    )
    say("Alle %(n)s Tabellen sind auf beiden Seiten gleich.", n=WORDS.number(len(moved.tables)))
