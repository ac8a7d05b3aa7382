"""`scripts/demo`: builds the example events where there are none, then serves them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click
import uvicorn

from survey.application import make_application
from survey.commands.running import listen
from survey.commands.speech import _, say
from survey.demonstration.building import build
from survey.demonstration.start_page import demonstration_routes
from survey.demonstration.worker import at_work
from survey.housekeeping import back_up, backup_state
from survey.installation import make_installation
from survey.keeping.doctor import BACKUP_OLD_AFTER
from survey.keeping.founding import found
from survey.model.workplace import MAIN_ORGANISATION
from survey.rehearsal.progress_bars import ProgressBars
from survey.settings import read_settings

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.settings import Settings

HOST = "127.0.0.1"
_BUILT = "demonstration.built"


@click.command(
    help=_(
        "Zeigt Nachklang mit erfundenen Menschen: baut die Beispiele auf und zeigt sie im Browser."
    ),
    options_metavar=_("[OPTIONEN]"),
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default="demo-data",
    show_default=True,
    metavar=_("ORDNER"),
    help=_("Ordner der Beispiele."),
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    metavar=_("ZAHL"),
    help=_("Port, auf dem die Seite läuft."),
)
@click.option("--build-only", is_flag=True, help=_("Nur aufbauen, nicht anzeigen."))
def main(data: Path, *, port: int, build_only: bool) -> None:
    """Build what is missing, then serve."""
    settings = read_settings(
        {
            "NACHKLANG_BASE_URL": f"http://{HOST}:{port}",
            # Inside: whoever deletes the folder to begin anew leaves no key of an edition that is gone.
            "NACHKLANG_BACKUP_DIRECTORY": str(data / "backups"),
        },
        data=data,
    )
    if build_only:
        _build_what_is_missing(settings)
        return
    # Taken before the building: nobody waits a minute for a port that is not to be had.
    with listen(HOST, port) as listening:
        _build_what_is_missing(settings)
        say("Nachklang läuft: %(address)s – beenden mit Strg+C", address=settings.base_url)
        inst = make_installation(settings)
        _back_up_where_old(inst)
        application = make_application(inst, more_routes=demonstration_routes())
        config = uvicorn.Config(application, log_level="warning", access_log=False)
        with suppress(KeyboardInterrupt), at_work(inst):
            uvicorn.Server(config).run(sockets=[listening])


def _back_up_where_old(inst: Installation) -> None:
    """No night goes by here in which somebody would make one."""
    last = backup_state(inst, MAIN_ORGANISATION).last
    if last is None or inst.clock() - last > BACKUP_OLD_AFTER / 2:
        back_up(inst)


def _build_what_is_missing(settings: Settings) -> None:
    if not (settings.data / _BUILT).is_file():
        if settings.database.exists():
            raise click.ClickException(
                _(
                    "In %(folder)s liegt schon etwas anderes, oder der Aufbau wurde unterbrochen. "
                    "Löschen Sie den Ordner oder nennen Sie einen anderen: --data ORDNER"
                )
                % {"folder": settings.data}
            )
        found(settings)
        inst = make_installation(settings)
        bars = ProgressBars(_)
        build(inst, settings.mail_folder or settings.data / "mails", progress=bars)
        bars.end()
        inst.database.close()
        (settings.data / _BUILT).touch()
    say("Datenbank: %(place)s", place=settings.database)
    say("Mails:     %(place)s", place=settings.mail_folder)
    say("Berichte:  %(place)s", place=settings.reports)


if __name__ == "__main__":
    main(prog_name="scripts/demo")
