"""`compare`: the editions of a series side by side, in sentences or as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from exports.comparison_json import comparison_json
from exports.comparison_report import Publisher, comparison_html
from exports.comparison_words import ComparisonWords
from exports.comparison_xlsx import comparison_xlsx
from survey.commands.chosen_series import chosen_series, organisation_option, series_argument
from survey.commands.frame import in_installation
from survey.commands.speech import _, table
from survey.commands.written_files import file_options, language_option, print_file, write_file
from survey.comparing.comparison import comparable_names
from survey.comparing.comparison import compare as compare_editions
from survey.comparing.imprint import imprint_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from survey.comparing.series import Series
    from survey.installation import Installation
    from survey.language.wording import Language
    from survey.model.comparison import Comparison, Line


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
@file_options(pdf_help=_("Den Vergleich als barrierefreies PDF schreiben."))
@language_option
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
        write_file(data_file, comparison_json(comparison).encode())
    if xlsx is not None:
        write_file(xlsx, comparison_xlsx(comparison, language))
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
    print_file(pdf, html)
