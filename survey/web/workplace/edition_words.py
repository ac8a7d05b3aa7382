"""What kinds, formats and states of editions are called on pages of the workplace; German msgids."""

from __future__ import annotations

from forms.workplace_form import marked as _
from survey.model.event import EditionFormat, EditionKind, EditionState
from survey.model.programme import SessionKind

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
STATES = {
    EditionState.PLANNED: _("geplant"),
    EditionState.OPEN: _("offen"),
    EditionState.CLOSED: _("geschlossen"),
    EditionState.COUNTED: _("ausgezählt"),
}
SESSION_KINDS = {
    SessionKind.GREETING: _("Begrüßung"),
    SessionKind.INTERVIEW: _("Gespräch"),
    SessionKind.KEYNOTE: _("Hauptvortrag"),
    SessionKind.WORKSHOP: _("Workshop"),
    SessionKind.GUEST_TALK: _("Gastvortrag"),
    SessionKind.DISCUSSION: _("Diskussion"),
}
