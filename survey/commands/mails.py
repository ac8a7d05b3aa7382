"""`invite`, `remind`, `thank`: mails are queued and sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from survey.commands.frame import confirm, edition_argument, in_installation, progress, yes_option
from survey.commands.participants import one_person
from survey.commands.speech import WORDS, _, counted, say
from survey.inviting import invite as queue_invitations
from survey.inviting import remind as queue_reminders
from survey.inviting import thank as queue_thanks
from survey.mail_standing import resume_sending
from survey.model.event import EditionState
from survey.preparing import find_edition
from survey.sending import send_mails

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.sending import SendingReport


@click.command(
    help=_(
        "Alle einladen, die noch keine Einladung haben. Mit der ersten Einladung öffnet die Befragung; "
        "Fragen und Antwortskalen stehen dann fest."
    )
)
@edition_argument
@click.option(
    "--to",
    multiple=True,
    metavar=_("PERSON"),
    help=_(
        "Nur diese Person; mehrmals möglich. Eine abgelehnte Einladung geht noch einmal hinaus."
    ),
)
@yes_option
@in_installation
def invite(inst: Installation, name: str, *, to: tuple[str, ...], yes: bool) -> None:
    """Queue and send invitations."""
    record = find_edition(inst, name)
    only = tuple(one_person(inst, name, text).id for text in to) if to else None
    say("Die Links in den Mails beginnen mit %(address)s.", address=inst.settings.base_url)
    confirm(_invitation_question(inst, record), yes=yes)
    queued = queue_invitations(inst, name, only)
    click.echo(counted("%(n)s Einladung ist bereit.", "%(n)s Einladungen sind bereit.", queued))
    _send(inst)


@click.command(
    help=_(
        "An die Befragung erinnern. Die Erinnerung bekommt, wer noch nicht geantwortet hat; "
        "bei weniger als 30 Eingeladenen bekommen sie alle."
    )
)
@edition_argument
@yes_option
@in_installation
def remind(inst: Installation, name: str, *, yes: bool) -> None:
    """Queue and send reminders, without a word of how many have answered."""
    find_edition(inst, name)
    confirm(_("Jetzt an „%(name)s“ erinnern?") % {"name": name}, yes=yes)
    queue_reminders(inst, name)
    _send_without_numbers(inst)


@click.command(
    help=_(
        "Allen danken, nachdem die Befragung geschlossen ist. Mit den Links der Aufzeichnungen und dem "
        "Termin der nächsten Ausgabe."
    )
)
@edition_argument
@yes_option
@in_installation
def thank(inst: Installation, name: str, *, yes: bool) -> None:
    """Queue and send thanks."""
    find_edition(inst, name)
    confirm(_("Jetzt allen Eingeladenen von „%(name)s“ danken?") % {"name": name}, yes=yes)
    queued = queue_thanks(inst, name)
    click.echo(counted("%(n)s Dankesmail ist bereit.", "%(n)s Dankesmails sind bereit.", queued))
    _send(inst)


@click.command(
    help=_("Mails weiter senden. Nötig, wenn der Versand sich angehalten hat; „status“ zeigt es.")
)
@edition_argument
@in_installation
def resume(inst: Installation, name: str) -> None:
    """Let campaigns that stopped themselves go on."""
    if not resume_sending(inst, name):
        say("Es war nichts angehalten.")
    _send(inst)


def _invitation_question(inst: Installation, record: EditionRecord) -> str:
    if record.state(inst.clock()) is EditionState.PLANNED:
        return _(
            "Jetzt zu „%(name)s“ einladen? Danach stehen Fragen und Antwortskalen fest. "
            "Antworten können die Menschen bis %(when)s."
        ) % {
            "name": record.name,
            "when": WORDS.moment(record.edition.deadline, inst.settings.zone),
        }
    return _("Jetzt zu „%(name)s“ einladen?") % {"name": record.name}


def _send(inst: Installation) -> None:
    report = _pass(inst)
    if not report.is_someone_else_sending:
        sent = counted("%(n)s Mail ist gesendet.", "%(n)s Mails sind gesendet.", report.sent)
        click.echo(sent)
    _tell_folder(inst)
    _tell_trouble(report)


def _send_without_numbers(inst: Installation) -> None:
    # How many reminders left would tell how many have answered.
    report = _pass(inst)
    if not report.is_someone_else_sending:
        say("Die Erinnerungen sind gesendet.")
    _tell_folder(inst)
    _tell_trouble(report)


def _tell_folder(inst: Installation) -> None:
    if inst.settings.smtp is None:
        say(
            "Kein Mailserver ist gesetzt: Mails liegen als Dateien in %(folder)s.",
            folder=inst.settings.mail_folder,
        )


def _pass(inst: Installation) -> SendingReport:
    with progress(_("Mails senden")) as tell:
        return send_mails(inst, progress=tell)


def _tell_trouble(report: SendingReport) -> None:
    if report.is_someone_else_sending:
        say("Der laufende Dienst sendet die Mails.")
    if report.deferred:
        say("Manche Mails gehen erst beim nächsten Versuch; der Dienst versucht es von selbst.")
    for paused in report.paused:
        say(
            "Der Versand von „%(name)s“ hat sich angehalten, weil der Mailserver zu viel ablehnt. "
            "Klären Sie den Grund, dann: nachklang resume %(name)s",
            name=paused.edition,
        )
    if report.trouble:
        raise click.ClickException(
            _("Der Mailserver ist nicht erreichbar (%(why)s). Die Mails warten im Postausgang.")
            % {"why": report.trouble}
        )
    if report.failed or report.paused:
        refused = counted(
            "%(n)s Mail wurde abgelehnt.", "%(n)s Mails wurden abgelehnt.", report.failed
        )
        raise click.ClickException(refused)
