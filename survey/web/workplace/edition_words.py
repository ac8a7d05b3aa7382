"""What kinds, formats and states of editions are called on pages of the workplace; German msgids."""

from __future__ import annotations

from forms.fact_forms import KINDS
from forms.programme_forms import SESSION_KINDS
from forms.workplace_form import marked as _
from survey.model.event import EditionFormat, EditionState

__all__ = ["FORMATS", "KINDS", "SESSION_KINDS", "STATES"]

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
