"""`compare`: the editions of a series side by side, in sentences or as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from exports.comparison_json import comparison_json
from exports.comparison_report import Publisher, comparison_html
from exports.comparison_words import ComparisonWords
from exports.comparison_xlsx import comparison_xlsx
from exports.pdf_process import PdfPrinter
from survey.commands.chosen_series import chosen_series, organisation_option, series_argument
from survey.commands.frame import in_installation, progress
from survey.commands.speech import _, say, table
from survey.comparing.comparison import comparable_names
from survey.comparing.comparison import compare as compare_editions
from survey.comparing.imprint import imprint_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.comparing.series import Series
    from survey.installation import Installation
    from survey.language.wording import Language
    from survey.model.comparison import Comparison, Line

_target = click.Path(dir_okay=False, path_type=Path)


@click.command(
    help=_(
        "Ausgaben einer Reihe vergleichen. Ohne eine Datei zu nennen, lesen Sie die Sätze des Vergleichs hier; "
        "verglichen wird die neueste Ausgabe mit der letzten davor, die eine Frage mit ihr gemeinsam hat."
    )
)
@series_argument
@click.option(
    "--with",
    "names",
    multiple=True,
    metavar=_("AUSGABE"),
    help=_("Nur diese Ausgaben, zwei bis zehn; mehrmals anzugeben. Sonst die neuesten zehn."),
)
@click.option(
    "--base",
    metavar=_("AUSGABE"),
    help=_("Die ältere Ausgabe, mit der die neueste verglichen wird."),
)
@click.option(
    "--pdf",
    type=_target,
    metavar=_("DATEI"),
    help=_("Den Vergleich als barrierefreies PDF schreiben."),
)
@click.option(
    "--xlsx", type=_target, metavar=_("DATEI"), help=_("Die Zahlen als Tabelle schreiben.")
)
@click.option(
    "--json", "data_file", type=_target, metavar=_("DATEI"), help=_("Alles als JSON schreiben.")
)
@click.option(
    "--language",
    type=click.Choice(["de", "en"]),
    default="de",
    show_default=True,
    help=_("Sprache: Deutsch oder Englisch."),
)
@organisation_option
@in_installation
def compare(
    inst: Installation,
    *,
    called: str,
    names: tuple[str, ...],
    base: str | None,
    pdf: Path | None,
    xlsx: Path | None,
    data_file: Path | None,
    language: Language,
    organisation: str | None,
) -> None:
    """Say what changed, or write it down."""
    series = chosen_series(inst, called, organisation)
    comparison = compare_editions(inst, series, names=names or None, base=base)
    if pdf is None and xlsx is None and data_file is None:
        _tell(comparison, language)
        _list(series)
        return
    if data_file is not None:
        _write(data_file, comparison_json(comparison).encode())
    if xlsx is not None:
        _write(xlsx, comparison_xlsx(comparison, language))
    if pdf is not None:
        _print(inst, series, comparison, language, pdf=pdf)


def _tell(comparison: Comparison, language: Language) -> None:
    words = ComparisonWords(comparison, language)
    click.echo(words.lead())
    for line in words.cautions():
        click.echo(line)
    for heading, lines in _by_question(comparison, language):
        click.echo()
        click.echo(heading)
        told = (words.sentence(lines[0]),) if len(lines) == 1 else words.told(lines)
        for sentence in told:
            click.echo(f"  {sentence}")


def _list(series: Series) -> None:
    """What can stand behind --with and --base."""
    titles = {record.name: record.edition.title for record in series.counted}
    titles |= {earlier.name: earlier.title for earlier in series.earlier}
    click.echo()
    table((_("Ausgabe"), _("Titel")), [(name, titles[name]) for name in comparable_names(series)])


def _by_question(
    comparison: Comparison, language: Language
) -> Iterator[tuple[str, tuple[Line, ...]]]:
    for code in dict.fromkeys(line.code for line in comparison.lines):
        lines = tuple(line for line in comparison.lines if line.code == code)
        yield lines[0].wording.in_language(language), lines


def _print(
    inst: Installation, series: Series, comparison: Comparison, language: Language, *, pdf: Path
) -> None:
    imprint = imprint_of(inst, series)
    html = comparison_html(
        comparison,
        language,
        publisher=Publisher(imprint.organisation, imprint.contact, imprint.accent),
        made=imprint.made,
        zone=inst.settings.zone,
    )
    with PdfPrinter() as printer, progress(_("PDF drucken")) as tell:
        tell(0, 1)
        _write(pdf, printer.print_html(html))
        tell(1, 1)


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    say("Geschrieben: %(file)s", file=target)
