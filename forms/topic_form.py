"""One topic that sessions of a series belong to."""

from __future__ import annotations

from wtforms import StringField

from forms.workplace_form import AtMost, Filled, WorkplaceForm
from forms.workplace_form import marked as _
from survey.errors import problem
from survey.language.wording import Wording

_NAME = 80
_TOO_LONG = problem("Höchstens 80 Zeichen.")


class TopicForm(WorkplaceForm):
    """A topic, new or named anew."""

    name_de = StringField(
        _("Name des Themenfelds"),
        [Filled(problem("Geben Sie dem Themenfeld einen Namen.")), AtMost(_NAME, _TOO_LONG)],
    )
    name_en = StringField(_("Name auf Englisch"), [AtMost(_NAME, _TOO_LONG)])

    def name(self) -> Wording:
        """The name in both languages."""
        return Wording((self.name_de.data or "").strip(), en=(self.name_en.data or "").strip())
