"""`earlier`: editions that were asked with another tool come in, are listed, and go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from forms.earlier_file import read_earlier_file
from forms.earlier_mapping_file import read_mapping, write_mapping, write_unmatched
from forms.limesurvey_structure import read_structure, with_structure
from survey.commands.chosen_series import chosen_series, organisation_option, series_argument
from survey.commands.frame import Day, InOrder, confirm, in_installation, yes_option
from survey.commands.speech import WORDS, _, counted, say, table
from survey.earlier.editions import delete_earlier, find_earlier
from survey.earlier.guessing import guess_mapping
from survey.earlier.importing import import_earlier, plan_import, questions_of
from survey.earlier.mappings import with_mapping
from survey.errors import FileRefused
from survey.model.event import EditionFormat
from survey.model.foreign_survey import EarlierFacts, HeldSurvey

if TYPE_CHECKING:
    from datetime import date

    from survey.earlier.importing import Plan
    from survey.installation import Installation
    from survey.model.foreign_survey import TheirSurvey

_file_type = click.Path(exists=True, dir_okay=False, path_type=Path)
_file = click.argument(
    "file",
    type=_file_type,
    metavar=_("DATEI"),
    help=_("Häufigkeiten oder einzelne Rückmeldungen: .csv oder .xlsx."),
)
_structure = click.option(
    "--structure",
    type=_file_type,
    metavar=_("DATEI"),
    help=_("Aufbau des Fragebogens aus LimeSurvey (.lss): was die Kürzel bedeuten."),
)


@click.group(
    cls=InOrder,
    help=_("Frühere Ausgaben, die mit einem anderen Werkzeug befragt wurden."),
)
def earlier() -> None:
    """Everything about editions from elsewhere."""


@earlier.command(
    "mapping",
    help=_(
        "Eine Zuordnung vorschlagen: welche Frage der Datei welche von uns ist. Prüfen und ergänzen Sie sie, "
        "bevor Sie einlesen."
    ),
)
@series_argument
@_file
@_structure
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("DATEI"),
    help=_("Hierhin schreiben, statt auszugeben."),
)
@organisation_option
@in_installation
def propose_mapping(
    inst: Installation,
    called: str,
    file: Path,
    *,
    structure: Path | None,
    out: Path | None,
    organisation: str | None,
) -> None:
    """Write a mapping that seems right."""
    series = chosen_series(inst, called, organisation)
    survey = _survey(file, structure)
    ours = questions_of(series)
    mapping = guess_mapping(survey, ours)
    known = {mapped.theirs for mapped in mapping}
    left = [q for q in survey.questions if q.key not in known]
    text = write_mapping(mapping, survey) + write_unmatched(left, ours)
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
        say("Die Zuordnung steht in %(file)s.", file=out)
    for question in left:
        click.echo(
            _("Nicht zugeordnet: %(question)s") % {"question": f"{question.key} ({question.text})"},
            err=True,
        )


@earlier.command(
    "import",
    help=_(
        "Eine frühere Ausgabe einlesen. Einzelne Rückmeldungen werden dabei ausgezählt und nicht gespeichert."
    ),
)
@series_argument
@_file
@click.option(
    "--mapping",
    type=_file_type,
    metavar=_("DATEI"),
    help=_("Die Zuordnung; „earlier mapping“ schlägt eine vor."),
    required=True,
)
@_structure
@click.option("--title", metavar=_("TITEL"), help=_("Titel der Ausgabe."), required=True)
@click.option(
    "--date",
    "day",
    type=Day(),
    metavar=_("TAG"),
    help=_("Tag der Veranstaltung, zum Beispiel 2017-09-15."),
    required=True,
)
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in EditionFormat]),
    help=_("Wie die Veranstaltung stattfand: vor Ort, online oder hybrid."),
    required=True,
)
@click.option(
    "--source",
    metavar=_("TEXT"),
    help=_("Woher die Zahlen stammen; das steht an jedem Bild."),
    required=True,
)
@click.option(
    "--invited",
    type=click.IntRange(0),
    metavar=_("ZAHL"),
    help=_("Wie viele befragt wurden; ohne diese Angabe unbekannt."),
)
@click.option(
    "--answered",
    type=click.IntRange(0),
    metavar=_("ZAHL"),
    help=_("Wie viele geantwortet haben; sonst, was die Datei sagt."),
)
@click.option("--made-up", is_flag=True, help=_("Die Zahlen sind erfunden, zum Ausprobieren."))
@click.option("--dry-run", is_flag=True, help=_("Nur sagen, was geschehen würde."))
@organisation_option
@in_installation
def import_edition(
    inst: Installation,
    called: str,
    file: Path,
    *,
    mapping: Path,
    structure: Path | None,
    title: str,
    day: date,
    form: str,
    source: str,
    invited: int | None,
    answered: int | None,
    made_up: bool,
    dry_run: bool,
    organisation: str | None,
) -> None:
    """Import an edition from elsewhere."""
    series = chosen_series(inst, called, organisation)
    survey = _survey(file, structure)
    facts = EarlierFacts(
        title=title,
        starts=day.isoformat(),
        format=form,
        source=source,
        invited=invited,
        answered=survey.responses if answered is None else answered,
        is_made_up=made_up,
    )
    chosen = read_mapping(mapping.read_bytes(), mapping.name)
    absent = [m.theirs for m in chosen if survey.question(m.theirs) is None]
    held = with_mapping(HeldSurvey(survey, facts=facts), chosen)
    plan = plan_import(inst, series, held)
    if plan.edition is None:
        raise FileRefused(file.name, (*plan.fact_problems, *plan.problems))
    _tell(plan, held.survey)
    for key in absent:
        if held.survey.question(key) is None:
            say("Die Zuordnung nennt eine Frage, die nicht in der Datei steht: %(key)s", key=key)
    if dry_run:
        say("Das war eine Probe. Es wurde nichts geändert.")
        return
    made = import_earlier(inst, series, plan.edition)
    say("Eingelesen als %(id)s.", id=made.id)


@earlier.command(
    "list", help=_("Frühere Ausgaben einer Reihe nennen, die anderswo befragt wurden.")
)
@series_argument
@organisation_option
@in_installation
def list_editions(inst: Installation, called: str, *, organisation: str | None) -> None:
    """List the editions from elsewhere."""
    series = chosen_series(inst, called, organisation)
    if not series.earlier:
        say("Diese Reihe hat keine früheren Ausgaben von anderswo.")
        return
    table(
        (_("Kennung"), _("Tag"), _("Titel"), _("Fragen"), _("Geantwortet"), _("Quelle")),
        [
            (
                edition.id,
                edition.starts.isoformat(),
                edition.title,
                WORDS.number(len(edition.questions)),
                _of(edition.answered, edition.invited),
                edition.source,
            )
            for edition in series.earlier
        ],
    )


@earlier.command(
    "delete", help=_("Eine frühere Ausgabe löschen; Vergleiche nennen sie dann nicht mehr.")
)
@series_argument
@click.argument(
    "edition_id",
    metavar=_("KENNUNG"),
    help=_("Kennung der früheren Ausgabe; „earlier list“ nennt sie."),
)
@organisation_option
@yes_option
@in_installation
def delete_edition(
    inst: Installation, called: str, edition_id: str, *, organisation: str | None, yes: bool
) -> None:
    """Delete an edition from elsewhere."""
    series = chosen_series(inst, called, organisation)
    edition = find_earlier(inst, series.owner, series.name, edition_id)
    confirm(_("„%(title)s“ löschen?") % {"title": edition.title}, yes=yes)
    delete_earlier(inst, series.owner, edition)
    say("„%(title)s“ ist gelöscht.", title=edition.title)


def _survey(file: Path, structure: Path | None) -> TheirSurvey:
    survey = read_earlier_file(file.read_bytes(), file.name)
    if structure is None:
        return survey
    return with_structure(survey, read_structure(structure.read_bytes(), structure.name))


def _tell(plan: Plan, survey: TheirSurvey) -> None:
    if survey.unfinished:
        say(
            "Begonnen und nicht abgeschickt, deshalb nicht gezählt: %(n)s",
            n=WORDS.number(survey.unfinished),
        )
    table(
        (_("Frage"), _("Geantwortet"), _("Vergleichbar")),
        [
            (
                question.item.code,
                _of(found.base.n, found.base.N),
                _("ja") if question.is_worded_alike and question.has_same_scale else _("nein"),
            )
            for question, found in plan.shown
        ],
    )
    click.echo(counted("%(n)s Frage", "%(n)s Fragen", len(plan.shown)))


def _of(answered: int | None, population: int | None) -> str:
    said = "–" if answered is None else WORDS.number(answered)
    if population is None:
        return said
    return _("%(n)s von %(of)s") % {"n": said, "of": WORDS.number(population)}
