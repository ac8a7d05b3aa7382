"""The form that asks for a short name before everything with it is gone."""

from __future__ import annotations

from typing import Any

from wtforms import StringField

from forms.workplace_form import Refused, WorkplaceForm
from forms.workplace_form import marked as _
from survey.errors import problem


class DeleteForm(WorkplaceForm):
    """The short name, typed by hand."""

    name = StringField(_("Kurzname der Ausgabe"))
    expected = ""
    """The short name of the edition that is to go."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        super().__init__(*arguments, **options)
        self.name.flags.required = True

    def validate_name(self, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """Refuse any other name."""
        if (field.data or "").strip() != self.expected:
            raise Refused(
                problem("Das ist nicht der Kurzname. Geben Sie „%(name)s“ ein.", name=self.expected)
            )
