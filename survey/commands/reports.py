"""`report` and `export`: the summary as PDF, and as data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from exports.file_names import file_base
from exports.pdf_process import PdfPrinter
from exports.summary_csv import codebook_csv, summary_csv
from exports.summary_json import summary_json
from exports.summary_report import session_html, summary_html
from exports.summary_xlsx import summary_xlsx
from survey.commands.frame import edition_argument, in_installation, progress
from survey.commands.speech import _, say
from survey.commands.written_files import language_option, put_file, write_file
from survey.housekeeping import profile_behind
from survey.preparing import find_edition
from survey.reporting.publish import publish

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.installation import Installation
    from survey.language.wording import Language
    from survey.model.event import Edition
    from survey.model.summary import EditionSummary

    Make = Callable[[EditionSummary, Edition, Language], bytes]

_FORMATS: dict[str, tuple[str, Make]] = {
    "json": (".json", lambda summary, _edition, _language: summary_json(summary).encode()),
    "xlsx": (".xlsx", lambda summary, _edition, language: summary_xlsx(summary, language)),
    "csv": (".csv", lambda summary, _edition, language: summary_csv(summary, language).encode()),
    "codebook": (
        "-codebook.csv",
        lambda _summary, edition, language: codebook_csv(edition, language).encode(),
    ),
}


@click.command(
    help=_(
        "Die Auswertung als barrierefreies PDF schreiben. Ohne weitere Angaben kommt sie in den Ordner "
        "„reports“ im Datenverzeichnis."
    )
)
@edition_argument
@language_option
@click.option(
    "--session",
    multiple=True,
    metavar=_("CODE"),
    help=_("Nur diesen Programmpunkt, für seine Vortragenden; mehrmals möglich."),
)
@click.option("--sessions", is_flag=True, help=_("Ein PDF für jeden bewerteten Programmpunkt."))
@click.option(
    "--pdf",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("DATEI"),
    help=_("In diese Datei schreiben, wenn es nur ein PDF ist."),
)
@in_installation
def report(
    inst: Installation,
    name: str,
    *,
    language: Language,
    session: tuple[str, ...],
    sessions: bool,
    pdf: Path | None,
) -> None:
    """Print the summary, or what was said about sessions."""
    if pdf is not None and (sessions or len(session) > 1):
        raise click.UsageError(_("--pdf nennt eine Datei; für mehrere PDF lassen Sie es weg."))
    summary = publish(inst, name)
    zone = inst.settings.zone
    accent = profile_behind(inst, find_edition(inst, name)).accent
    base = file_base(summary, language)
    codes = _asked_sessions(summary) if sessions else session
    pages = {
        f"{base}-{code}.pdf": session_html(summary, code, language, zone=zone, accent=accent)
        for code in codes
    }
    if not codes:
        pages = {f"{base}.pdf": summary_html(summary, language, zone=zone, accent=accent)}
    written = []
    with PdfPrinter() as printer, progress(_("PDF drucken")) as tell:
        tell(0, len(pages))
        for file_name, html in pages.items():
            target = pdf or inst.settings.reports / file_name
            put_file(target, printer.print_html(html))
            written.append(target)
            tell(len(written), len(pages))
    for target in written:
        say("Geschrieben: %(file)s", file=target)


@click.command(
    help=_(
        "Die Auswertung als Daten schreiben. Es gibt JSON, XLSX, CSV und das Codebuch zur CSV-Datei; "
        "darin stehen dieselben Zahlen wie im PDF."
    )
)
@edition_argument
@click.option(
    "--format",
    "formats",
    type=click.Choice(list(_FORMATS)),
    multiple=True,
    required=True,
    help=_("Was geschrieben wird; mehrmals möglich."),
)
@language_option
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar=_("ORDNER"),
    help=_("Hierhin; sonst in den Ordner „reports“ im Datenverzeichnis."),
)
@in_installation
def export(
    inst: Installation,
    name: str,
    *,
    formats: tuple[str, ...],
    language: Language,
    folder: Path | None,
) -> None:
    """Write the summary's numbers."""
    edition = find_edition(inst, name).edition
    summary = publish(inst, name)
    for chosen in formats:
        ending, make = _FORMATS[chosen]
        target = (folder or inst.settings.reports) / f"{file_base(summary, language)}{ending}"
        write_file(target, make(summary, edition, language))


def _asked_sessions(summary: EditionSummary) -> tuple[str, ...]:
    return tuple(s.session.code for s in summary.sessions if s.suppressed != "never_asked")
