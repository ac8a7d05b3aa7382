"""What kinds, formats, states and mails are called in tables."""

from __future__ import annotations

from survey.commands.speech import _
from survey.model.event import EditionFormat, EditionKind, EditionState
from survey.model.invitation import Campaign, Delivery
from survey.model.programme import SessionKind

STATES = {
    EditionState.PLANNED: _("geplant"),
    EditionState.OPEN: _("offen"),
    EditionState.CLOSED: _("geschlossen"),
    EditionState.COUNTED: _("ausgezählt"),
}
KINDS = {
    EditionKind.CONGRESS: _("Kongress"),
    EditionKind.NETWORK_CALL: _("Netzwerktreffen"),
    EditionKind.WORKSHOP_SERIES: _("Workshop-Reihe"),
    EditionKind.TRAINING: _("Schulung"),
}
FORMATS = {
    EditionFormat.ON_SITE: _("vor Ort"),
    EditionFormat.ONLINE: _("online"),
    EditionFormat.HYBRID: _("hybrid"),
}
SESSION_KINDS = {
    SessionKind.GREETING: _("Begrüßung"),
    SessionKind.INTERVIEW: _("Gespräch"),
    SessionKind.KEYNOTE: _("Hauptvortrag"),
    SessionKind.WORKSHOP: _("Workshop"),
    SessionKind.GUEST_TALK: _("Gastvortrag"),
    SessionKind.DISCUSSION: _("Diskussion"),
}
CAMPAIGNS = {
    Campaign.INVITATION: _("Einladung"),
    Campaign.REMINDER_1: _("Erste Erinnerung"),
    Campaign.REMINDER_2: _("Zweite Erinnerung"),
    Campaign.THANKS: _("Dank"),
    Campaign.LINK_REQUEST: _("Neuer Link"),
}
DELIVERIES = {
    Delivery.QUEUED: _("bereit"),
    Delivery.HANDED_OVER: _("gesendet"),
    Delivery.DEFERRED: _("aufgeschoben"),
    Delivery.FAILED: _("abgelehnt"),
    Delivery.CANCELLED: _("entfallen"),
}
