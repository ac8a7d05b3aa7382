"""`rehearse`: an edition with its own list, played through by made-up people, before the real one begins."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from exports.pdf_process import PdfPrinter
from exports.summary_report import summary_html
from forms.edition_file import read_edition_file
from forms.registration_list import read_registration_list
from survey.commands.frame import told_errors
from survey.commands.speech import _, facts, say
from survey.errors import FileRefused
from survey.installation import make_installation
from survey.keeping.founding import found
from survey.rehearsal.people import Temper
from survey.rehearsal.playing import play, stage_of
from survey.rehearsal.progress_bars import ProgressBars
from survey.reporting.publish import publish
from survey.settings import read_settings

_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    help=_(
        "Eine Ausgabe mit ihrer Anmeldeliste zur Probe durchspielen: Einladungen, Antworten erfundener "
        "Menschen, Auszählung, Bericht. Es geht keine Mail hinaus; alles entsteht in einem eigenen Ordner."
    )
)
@click.argument(
    "file", type=_file, metavar=_("DATEI"), help=_("Die Datei der Ausgabe, eine TOML-Datei.")
)
@click.argument(
    "registrations", type=_file, metavar=_("LISTE"), help=_("Die Anmeldeliste, als CSV oder XLSX.")
)
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    default="rehearsal",
    show_default=True,
    metavar=_("ORDNER"),
    help=_("Ein neuer Ordner für die Probe."),
)
@click.option(
    "--ignore",
    multiple=True,
    metavar=_("SPALTE"),
    help=_("Diese Spalte der Liste weglassen; mehrmals möglich."),
)
def rehearse(file: Path, registrations: Path, *, into: Path, ignore: tuple[str, ...]) -> None:
    """Play an edition through where nobody is asked."""
    with told_errors():
        # Only the folder counts: the real installation's mail relay must not be reached from here.
        settings = read_settings({}, data=into)
        if settings.database.exists():
            raise click.ClickException(
                _(
                    "In %(folder)s liegt schon eine Probe. Löschen Sie den Ordner, "
                    "oder nennen Sie einen anderen: --into ORDNER"
                )
                % {"folder": into}
            )
        edition = replace(read_edition_file(file), is_made_up=True)
        people = read_registration_list(
            registrations.read_bytes(), registrations.name, edition, ignore=ignore
        )
        if people.faults:
            raise FileRefused(registrations.name, people.faults)
        found(settings)
        inst = make_installation(settings)
        mails = settings.data / "mails"
        bars = ProgressBars(_)
        try:
            with stage_of(inst, mails, progress=bars) as stage:
                play(stage, edition, people.registrations, Temper())
                page = summary_html(publish(stage.inst, edition.name), "de", zone=settings.zone)
            with PdfPrinter() as printer:
                report = settings.reports / f"{edition.name}.pdf"
                report.write_bytes(printer.print_html(page))
        finally:
            bars.end()
            inst.database.close()
    say("Die Probe ist gespielt. Alle Antworten darin sind erfunden.")
    facts(
        (
            (_("Bericht"), str(into / report.relative_to(settings.data))),
            (_("Mails"), str(into / mails.relative_to(settings.data))),
        )
    )
