"""`participants`: registration lists in, people shown, withdrawn, deleted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from exports.personal_data import personal_data_json, personal_data_text
from forms.registration_list import read_registration_list
from survey import informing
from survey.commands.frame import InOrder, confirm, edition_argument, in_installation, yes_option
from survey.commands.speech import WORDS, _, counted, say, table, told
from survey.errors import FileRefused, NotAllowed, NotFound, problem
from survey.preparing import find_edition, list_editions
from survey.registering import (
    apply_import,
    delete_and_suppress,
    find_participants,
    list_participants,
    plan_import,
)
from survey.registering import delete as delete_participant
from survey.registering import withdraw as withdraw_participant
from survey.web.organiser.participants.held_words import held_in_words, why_no_answers

if TYPE_CHECKING:
    from forms.registration_list import RegistrationList
    from survey.installation import Installation
    from survey.model.import_plan import ImportPlan
    from survey.model.invitation import Participant

_person = click.argument(
    "person",
    metavar=_("PERSON"),
    help=_("Kennung, Adresse, Name oder Anmeldenummer; ein Teil genügt, wenn er eindeutig ist."),
)
_address = click.argument(
    "address", metavar=_("ADRESSE"), help=_("Die ganze Mailadresse; sie gilt für alle Ausgaben.")
)


@click.group(cls=InOrder, help=_("Anmeldelisten einlesen; Menschen ansehen, abmelden, löschen."))
def participants() -> None:
    """Everything about the people of an edition."""


@participants.command(
    "import",
    help=_(
        "Eine Anmeldeliste einlesen, als CSV oder XLSX. Eine neue Fassung der Liste ändert und ergänzt; "
        "niemand bekommt davon eine zweite Einladung."
    ),
)
@edition_argument
@click.argument(
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=_("LISTE"),
    help=_("Die Anmeldeliste: .csv oder .xlsx."),
)
@click.option(
    "--ignore",
    multiple=True,
    metavar=_("SPALTE"),
    help=_("Diese Spalte nicht einlesen; mehrmals möglich."),
)
@click.option(
    "--without-faulty",
    is_flag=True,
    help=_("Fehlerhafte Zeilen auslassen, statt die Liste abzuweisen."),
)
@click.option(
    "--faulty",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("DATEI"),
    help=_("Hierhin kommen die ausgelassenen Zeilen; sonst neben die Liste."),
)
@click.option("--dry-run", is_flag=True, help=_("Nur sagen, was geschehen würde."))
@click.option("--add-only", is_flag=True, help=_("Niemanden abmelden, der in der Liste fehlt."))
@yes_option
@in_installation
def import_list(
    inst: Installation,
    name: str,
    file: Path,
    *,
    ignore: tuple[str, ...],
    without_faulty: bool,
    faulty: Path | None,
    dry_run: bool,
    add_only: bool,
    yes: bool,
) -> None:
    """Read a registration list."""
    edition = find_edition(inst, name).edition
    found = read_registration_list(file.read_bytes(), file.name, edition, ignore=ignore)
    if found.faults and not without_faulty:
        raise FileRefused(file.name, found.faults)
    plan = plan_import(inst, name, found.registrations, add_only=add_only)
    if plan.refused and not without_faulty:
        raise FileRefused(file.name, plan.refused)
    _tell(plan, found)
    if dry_run:
        say("Das war eine Probe. Es wurde nichts geändert.")
        return
    if plan.withdrawn:
        question = counted(
            "%(n)s Person fehlt in der Liste und wird abgemeldet. Fortfahren?",
            "%(n)s Personen fehlen in der Liste und werden abgemeldet. Fortfahren?",
            len(plan.withdrawn),
        )
        confirm(question, yes=yes)
    apply_import(inst, name, plan)
    if found.faults:
        target = faulty or file.with_name(f"{file.stem}-{_('fehlerhaft')}.csv")
        target.write_text(found.faulty_lines_in(WORDS.language), encoding="utf-8-sig", newline="")
        say("Die ausgelassenen Zeilen stehen in %(file)s.", file=target)
    if plan.added:
        say("Weiter geht es mit: nachklang invite %(name)s", name=name)


@participants.command(
    "show",
    help=_("Menschen einer Ausgabe zeigen. Wer geantwortet hat, zeigt der Dienst niemandem."),
)
@edition_argument
@click.argument(
    "text",
    required=False,
    default="",
    metavar=_("[TEXT]"),
    help=_("Nur wo Adresse, Name oder Anmeldenummer diesen Text enthält."),
)
@in_installation
def show(inst: Installation, name: str, text: str) -> None:
    """List people, never who has answered."""
    people = find_participants(inst, name, text) if text else list_participants(inst, name)
    if not people:
        say("Niemand gefunden.")
        return
    table(
        (_("Kennung"), _("Adresse"), _("Name"), _("Sprache"), _("Programmpunkte"), _("Hinweis")),
        [
            (p.id, p.address, p.name or "–", p.language, " ".join(p.sessions) or "–", _remark(p))
            for p in people
        ],
    )
    click.echo(counted("%(n)s Person", "%(n)s Personen", len(people)))


@participants.command(
    "information",
    help=_(
        "Auskunft nach Artikel 15: alles, was über eine Adresse gespeichert ist, in allen Ausgaben. "
        "Ob jemand geantwortet hat, steht nicht darin."
    ),
)
@_address
@click.option("--json", "as_json", is_flag=True, help=_("Als JSON, für andere Programme."))
@in_installation
def information(inst: Installation, address: str, *, as_json: bool) -> None:
    """Hand over everything that is held on an address."""
    held = [part for owner in _owners(inst) for part in informing.held_at(inst, owner, address)]
    if not held:
        raise NotFound("participant", address)
    told_parts = [held_in_words(part, WORDS, inst.settings.zone) for part in held]
    parts = [(part.title, part.facts) for part in told_parts]
    notes = why_no_answers(WORDS)
    if as_json:
        click.echo(personal_data_json(parts, notes).decode())
    else:
        heading = _("Auskunft nach Artikel 15 DSGVO")
        click.echo(personal_data_text(heading, parts, notes).decode("utf-8-sig"))


@participants.command(
    "withdraw",
    help=_("Eine Person abmelden: Sie bekommt keine Mails mehr und zählt nicht zu den Befragten."),
)
@edition_argument
@_person
@yes_option
@in_installation
def withdraw(inst: Installation, name: str, person: str, *, yes: bool) -> None:
    """Take a person off the list."""
    found = one_person(inst, name, person)
    confirm(_("%(who)s abmelden?") % {"who": _who(found)}, yes=yes)
    withdraw_participant(inst, name, found.id)
    say("%(who)s ist abgemeldet.", who=_who(found))


@participants.command(
    "delete",
    help=_(
        "Alles löschen, was über eine Person gespeichert ist. Eine schon gegebene Antwort bleibt in der Urne; "
        "niemand kann sie dort finden."
    ),
)
@edition_argument
@_person
@click.option(
    "--never-again",
    is_flag=True,
    help=_("Auch nach einer neuen Anmeldung nie mehr anschreiben."),
)
@yes_option
@in_installation
def delete(inst: Installation, name: str, person: str, *, never_again: bool, yes: bool) -> None:
    """Delete a person's data."""
    found = one_person(inst, name, person)
    confirm(_("Alle Angaben zu %(who)s löschen?") % {"who": _who(found)}, yes=yes)
    if never_again:
        delete_and_suppress(inst, name, found.id)
    else:
        delete_participant(inst, name, found.id)
    say("Die Angaben sind gelöscht.")


@participants.command(
    "delete-address",
    help=_(
        "Alles löschen, was über Menschen mit dieser Adresse gespeichert ist, in allen Ausgaben."
    ),
)
@_address
@click.option(
    "--never-again",
    is_flag=True,
    help=_("Auch nach einer neuen Anmeldung nie mehr anschreiben."),
)
@yes_option
@in_installation
def delete_address(inst: Installation, address: str, *, never_again: bool, yes: bool) -> None:
    """Delete everybody with that address."""
    owners = [owner for owner in _owners(inst) if informing.held_at(inst, owner, address)]
    if not owners:
        raise NotFound("participant", address)
    confirm(_("Alle Angaben zu %(who)s löschen?") % {"who": address}, yes=yes)
    remove = informing.delete_and_suppress_at if never_again else informing.delete_at
    for owner in owners:
        remove(inst, owner, address)
    say("Die Angaben sind gelöscht.")


def _owners(inst: Installation) -> tuple[str, ...]:
    """The organisations of the installation, by their editions."""
    return tuple(dict.fromkeys(record.owner for record in list_editions(inst)))


def one_person(inst: Installation, name: str, text: str) -> Participant:
    """The one person meant; NotFound, or NotAllowed with the people it could be."""
    everybody = list_participants(inst, name)
    exact = [p for p in everybody if text in {p.id, p.number, p.name, p.address} - {""}]
    found = exact or find_participants(inst, name, text)
    if not found:
        raise NotFound("participant", text)
    if len(found) > 1:
        raise NotAllowed(
            problem(
                "„%(text)s“ passt auf mehrere Personen. Nennen Sie die Kennung: %(people)s",
                text=text,
                people="; ".join(f"{p.id} ({_who(p)})" for p in found[:5]),
            )
        )
    return found[0]


def _tell(plan: ImportPlan, found: RegistrationList) -> None:
    for problems in (found.faults, plan.refused):
        for each in problems:
            click.echo(told(each), err=True)
    table(
        (_("Neu"), _("Geändert"), _("Unverändert"), _("Abgemeldet"), _("Ausgelassen")),
        [
            tuple(
                WORDS.number(n)
                for n in (
                    len(plan.added),
                    len(plan.changed),
                    len(plan.unchanged),
                    len(plan.withdrawn),
                    len(found.faulty) + len(plan.refused),
                )
            )
        ],
    )


def _who(person: Participant) -> str:
    return f"{person.name} <{person.address}>" if person.name else person.address


def _remark(person: Participant) -> str:
    remarks = []
    if person.is_withdrawn:
        remarks.append(_("abgemeldet"))
    if person.has_opted_out:
        remarks.append(_("will keine Mails"))
    if person.is_no_show:
        remarks.append(_("war nicht da"))
    return ", ".join(remarks)
