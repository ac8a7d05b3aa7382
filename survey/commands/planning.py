"""`plan`: the planning sheet of a series, in sentences or as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from exports.planning_json import planning_json
from exports.planning_report import planning_html
from exports.planning_view import planning_view
from exports.planning_xlsx import planning_xlsx
from survey.commands.chosen_series import chosen_series, organisation_option, series_argument
from survey.commands.frame import in_installation
from survey.commands.speech import _
from survey.commands.written_files import file_options, language_option, print_file, write_file
from survey.housekeeping import profile_behind
from survey.planning.planning_sheet import planned_from, planning_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from survey.installation import Installation
    from survey.language.wording import Language
    from survey.model.event import EditionRecord
    from survey.model.planning import PlanningSheet


@click.command(
    help=_(
        "Das Planungsblatt einer Reihe: was die Antworten für die nächste Ausgabe sagen, was sie nicht entscheiden, "
        "und was Sie entschieden haben. Ohne eine Datei zu nennen, lesen Sie die Sätze hier."
    )
)
@series_argument
@click.option(
    "--edition",
    "name",
    metavar=_("AUSGABE"),
    help=_("Aus dieser Ausgabe planen; sonst aus der neuesten ausgezählten."),
)
@file_options(pdf_help=_("Das Planungsblatt als barrierefreies PDF schreiben."))
@language_option
@organisation_option
@in_installation
def plan(
    inst: Installation,
    *,
    called: str,
    name: str | None,
    pdf: Path | None,
    xlsx: Path | None,
    data_file: Path | None,
    language: Language,
    organisation: str | None,
) -> None:
    """Say what the next edition can be planned from, or write it down."""
    series = chosen_series(inst, called, organisation)
    record = planned_from(series, name)
    sheet = planning_sheet(inst, series, name=record.name)
    if pdf is None and xlsx is None and data_file is None:
        _tell(sheet, language)
        return
    if data_file is not None:
        write_file(data_file, planning_json(sheet).encode())
    if xlsx is not None:
        write_file(xlsx, planning_xlsx(sheet, language))
    if pdf is not None:
        _print(inst, record, sheet, language, pdf=pdf)


def _tell(sheet: PlanningSheet, language: Language) -> None:
    shown = planning_view(sheet, language)
    click.echo(f"{shown.series}: {shown.title}")
    click.echo(shown.participation)
    for line in shown.cautions:
        click.echo(line)
    _list(f"{about}: {text}" for about, text in shown.aloud)
    for found in (*shown.candidates, *shown.to_keep):
        click.echo()
        click.echo(f"{found.title} {found.result}")
        for sentence in found.evidence:
            click.echo(f"  + {sentence}")
        for sentence in found.counter_evidence:
            click.echo(f"  \N{MINUS SIGN} {sentence}")
    _list(f"{one.text} {one.needed}".rstrip() for one in shown.undecided)
    _list(
        f"{d.course}: {d.about} \N{EN DASH} {d.text}" if d.about else f"{d.course}: {d.text}"
        for d in shown.decisions
    )


def _list(sentences: Iterable[str]) -> None:
    told = tuple(sentences)
    if told:
        click.echo()
    for sentence in told:
        click.echo(sentence)


def _print(
    inst: Installation,
    record: EditionRecord,
    sheet: PlanningSheet,
    language: Language,
    *,
    pdf: Path,
) -> None:
    html = planning_html(
        sheet,
        language,
        organisation=record.edition.organisation,
        made_on=inst.clock().astimezone(inst.settings.zone).date(),
        accent=profile_behind(inst, record).accent,
    )
    print_file(pdf, html)
