"""`status`: how far an edition has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from survey.commands.edition_words import CAMPAIGNS, DELIVERIES, STATES
from survey.commands.frame import edition_argument, in_installation
from survey.commands.speech import WORDS, _, facts, moment, say, table
from survey.mail_standing import sending_status
from survey.model.invitation import Delivery
from survey.reporting.standing import standing

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.mail_standing import CampaignStatus
    from survey.reporting.standing import Standing

_IN_TABLE = (
    Delivery.QUEUED,
    Delivery.HANDED_OVER,
    Delivery.DEFERRED,
    Delivery.FAILED,
    Delivery.CANCELLED,
)
_SHOWN_AS = {Delivery.LEASED: Delivery.QUEUED, Delivery.UNKNOWN: Delivery.DEFERRED}


@click.command(
    help=_(
        "Zeigen, wie weit eine Ausgabe ist. Vor der Auszählung ist die Zahl der Rückmeldungen "
        "auf fünf abgerundet; wer fehlt, zeigt der Dienst niemandem."
    )
)
@edition_argument
@in_installation
def status(inst: Installation, name: str) -> None:
    """Tell state, dates, responses and mails."""
    found = standing(inst, name)
    record, zone = found.record, inst.settings.zone
    facts(
        (
            (_("Titel"), record.edition.title),
            (_("Stand"), STATES[record.state(inst.clock())]),
            (_("Offen seit"), moment(record.opens, zone)),
            (_("Frist"), moment(record.closes or record.edition.deadline, zone)),
            (_("Ausgezählt"), moment(record.counted, zone)),
            (_("Schlüssel vernichtet"), moment(record.key_destroyed, zone)),
            (_("Adressen gelöscht"), moment(record.addresses_deleted, zone)),
            (_("Angemeldet"), WORDS.number(found.registered)),
            (_("Rückmeldungen"), _responses(found)),
        )
    )
    campaigns = sending_status(inst, name).campaigns
    if not campaigns:
        return
    click.echo()
    table(
        (_("Mails"), _("begonnen"), *(DELIVERIES[state] for state in _IN_TABLE)),
        [(CAMPAIGNS[c.kind], moment(c.started, zone), *_numbers(c)) for c in campaigns],
    )
    if any(c.is_rounded for c in campaigns):
        say("Zahlen der Erinnerungen sind auf fünf abgerundet.")
    if any(c.is_paused for c in campaigns):
        say(
            "Der Versand hat sich angehalten. Weiter geht es mit: nachklang resume %(name)s",
            name=name,
        )


def _responses(found: Standing) -> str:
    if found.is_rounded:
        return _("mindestens %(n)s") % {"n": WORDS.number(found.responses)}
    return WORDS.number(found.responses)


def _numbers(campaign: CampaignStatus) -> tuple[str, ...]:
    shown = dict.fromkeys(_IN_TABLE, 0)
    for state, n in campaign.counts.items():
        shown[_SHOWN_AS.get(state, state)] += n
    return tuple(WORDS.number(n) for n in shown.values())
