"""`edition`: set up editions, look at them, change them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from forms.edition_advice import advice
from forms.edition_file import read_edition_file, write_edition_file
from survey.commands.edition_words import FORMATS, KINDS, SESSION_KINDS, STATES
from survey.commands.frame import (
    InOrder,
    Moment,
    aware,
    confirm,
    edition_argument,
    in_installation,
    yes_option,
)
from survey.commands.speech import WORDS, _, counted, facts, moment, say, table
from survey.errors import NotAllowed, problem
from survey.model.event import EditionKind
from survey.preparing import (
    change_edition,
    create_edition,
    extend_deadline,
    find_edition,
    list_editions,
)
from survey.preparing import reopen as reopen_edition
from survey.rendering import TEMPLATES

if TYPE_CHECKING:
    from datetime import datetime

    from survey.installation import Installation
    from survey.model.event import Edition, EditionRecord
    from survey.model.programme import Session

EXAMPLES = tuple(kind.value for kind in EditionKind)

_file = click.argument(
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=_("DATEI"),
    help=_("Die Datei der Ausgabe, eine TOML-Datei."),
)


@click.group(cls=InOrder, help=_("Ausgaben einer Veranstaltung anlegen, ansehen und ändern."))
def edition() -> None:
    """Everything about editions."""


@edition.command(
    "example",
    help=_(
        "Eine Datei zum Anfangen zeigen. Es gibt sie für einen Kongress, ein Netzwerktreffen, eine Workshop-Reihe "
        "und eine Schulung: nachklang edition example congress > mein-kongress.toml"
    ),
)
@click.argument(
    "kind",
    type=click.Choice(EXAMPLES),
    metavar="|".join(EXAMPLES),
    help=_("Was für eine Veranstaltung es war."),
)
def example(kind: str) -> None:
    """Print a starting file."""
    text = (TEMPLATES / "editions" / f"{kind}.toml").read_text(encoding="utf-8")
    click.echo(text, nl=False)


@edition.command("new", help=_("Eine Ausgabe aus ihrer Datei anlegen."))
@_file
@in_installation
def new(inst: Installation, file: Path) -> None:
    """Make an edition."""
    record = create_edition(inst, read_edition_file(file, zone=inst.settings.zone))
    say("Die Ausgabe „%(name)s“ ist angelegt: %(title)s", name=record.name, title=_title(record))
    _tell_advice(record.edition)
    say("Weiter geht es mit: nachklang participants import %(name)s LISTE.csv", name=record.name)


@edition.command("list", help=_("Alle Ausgaben zeigen, die neueste zuerst."))
@in_installation
def list_all(inst: Installation) -> None:
    """List the editions."""
    records = list_editions(inst)
    if not records:
        say("Es gibt noch keine Ausgabe.")
        return
    zone = inst.settings.zone
    table(
        (_("Ausgabe"), _("Stand"), _("Tag"), _("Frist"), _("Titel")),
        [
            (
                record.name,
                STATES[record.state(inst.clock())],
                WORDS.day(record.edition.starts),
                moment(record.closes or record.edition.deadline, zone),
                record.edition.title,
            )
            for record in records
        ],
    )


@edition.command("show", help=_("Eine Ausgabe zeigen."))
@edition_argument
@click.option(
    "--toml", "as_file", is_flag=True, help=_("Als Datei, die sich wieder einlesen lässt.")
)
@in_installation
def show(inst: Installation, name: str, *, as_file: bool) -> None:
    """Show one edition."""
    record = find_edition(inst, name)
    if as_file:
        click.echo(write_edition_file(record.edition), nl=False)
        return
    edition = record.edition
    zone = inst.settings.zone
    facts(
        (
            (_("Titel"), _title(record)),
            (_("Reihe"), edition.series),
            (_("Art"), f"{KINDS[edition.kind]}, {FORMATS[edition.format]}"),
            (_("Beginn"), WORDS.day(edition.starts)),
            (_("Ende"), WORDS.day(edition.ends)),
            (_("Organisation"), edition.organisation),
            (_("Absender"), edition.sender),
            (_("Kontakt"), edition.contact),
            (_("Stand"), STATES[record.state(inst.clock())]),
            (_("Offen seit"), moment(record.opens, zone)),
            (_("Frist"), moment(record.closes or edition.deadline, zone)),
            (_("Ausgezählt"), moment(record.counted, zone)),
            (_("Fragen"), str(len(tuple(edition.questionnaire.general_items())))),
        )
    )
    if edition.programme.sessions:
        click.echo()
        table(
            (_("Programmpunkt"), _("Art"), _("Runde"), _("Titel")),
            [
                (s.code, SESSION_KINDS[s.kind], s.round or "–", _session_title(s))
                for s in edition.programme.sessions
            ],
        )


@edition.command(
    "change",
    help=_(
        "Eine Ausgabe nach ihrer geänderten Datei ändern. Nach der ersten Einladung stehen Fragen und "
        "Antwortskalen fest; Titel, Vortragende, Links und Frist lassen sich weiter ändern."
    ),
)
@edition_argument
@click.argument(
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=_("[DATEI]"),
    required=False,
    help=_("Die geänderte Datei der Ausgabe."),
)
@click.option(
    "--deadline",
    type=Moment(),
    metavar=_("ZEITPUNKT"),
    help=_("Nur die Frist verlängern, zum Beispiel bis 2020-09-30T18:00."),
)
@in_installation
def change(inst: Installation, name: str, file: Path | None, deadline: datetime | None) -> None:
    """Change an edition within the rules."""
    if file is not None and deadline is None:
        _change_by_file(inst, name, file)
    elif deadline is not None and file is None:
        record = extend_deadline(inst, name, aware(deadline, inst.settings))
        say("Neue Frist: %(when)s", when=_moment(record.closes or record.edition.deadline, inst))
    else:
        raise click.UsageError(_("Nennen Sie die geänderte Datei oder --deadline."))


def _change_by_file(inst: Installation, name: str, file: Path) -> None:
    changed = read_edition_file(file, zone=inst.settings.zone)
    if changed.name != name:
        raise NotAllowed(
            problem(
                "In der Datei steht die Ausgabe „%(other)s“, nicht „%(name)s“.",
                other=changed.name,
                name=name,
            )
        )
    parts = change_edition(inst, name, changed)
    if not parts:
        say("Die Datei ändert nichts.")
        return
    click.echo(counted("%(n)s Angabe ist geändert:", "%(n)s Angaben sind geändert:", len(parts)))
    for part in parts:
        click.echo(f"  {part}")
    _tell_advice(changed)


@edition.command(
    "reopen",
    help=_("Eine geschlossene Ausgabe wieder öffnen. Das geht, bis ihre Auszählung beginnt."),
)
@edition_argument
@click.option(
    "--deadline",
    type=Moment(),
    required=True,
    metavar=_("ZEITPUNKT"),
    help=_("Die neue Frist, zum Beispiel 2020-09-30T18:00."),
)
@yes_option
@in_installation
def reopen(inst: Installation, name: str, deadline: datetime, *, yes: bool) -> None:
    """Take answers again."""
    until = aware(deadline, inst.settings)
    question = _("„%(name)s“ bis %(when)s wieder öffnen?")
    confirm(question % {"name": name, "when": _moment(until, inst)}, yes=yes)
    reopen_edition(inst, name, until)
    say("„%(name)s“ nimmt wieder Antworten an.", name=name)


def _tell_advice(edition: Edition) -> None:
    for found in advice(edition):
        click.echo(f"{_('Hinweis')}: {WORDS.problem(found)}")


def _title(record: EditionRecord) -> str:
    made_up = _(" (erfunden)") if record.edition.is_made_up else ""
    return f"{record.edition.title}{made_up}"


def _session_title(session: Session) -> str:
    title = session.title.in_language(WORDS.language)
    return f"{title} ({_('ausgefallen')})" if session.is_cancelled else title


def _moment(when: datetime, inst: Installation) -> str:
    return WORDS.moment(when, inst.settings.zone)
