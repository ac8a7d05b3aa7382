"""What kinds, formats and states are called in tables."""

from __future__ import annotations

from survey.commands.speech import _
from survey.model.event import EditionFormat, EditionKind, EditionState, SessionKind

STATES = {
    EditionState.PLANNED: _("geplant"),
    EditionState.OPEN: _("offen"),
    EditionState.CLOSED: _("geschlossen"),
    EditionState.COUNTED: _("ausgezählt"),
}
KINDS = {
    EditionKind.CONGRESS: _("Kongress"),
    EditionKind.NETWORK_CALL: _("Netzwerktreffen"),
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
