"""What forms of the workplace have in common: typed values in, problems as message keys out.

Labels are German msgids marked with `_`; templates translate them. Validators raise `Refused` with a `Problem`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wtforms import Form
from wtforms.validators import StopValidation

from forms.answer_fields import Typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from survey.errors import Problem


def _(text: str) -> str:
    return text


marked = _
"""Marks a German text for translation and returns it: ``from forms.workplace_form import marked as _``."""


class Refused(StopValidation):  # type: ignore[misc]  # WTForms has no types
    """What was typed cannot be used; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)


class Filled:
    """Something was typed or chosen."""

    field_flags: Mapping[str, bool] = {"required": True}

    def __init__(self, otherwise: Problem) -> None:
        self.otherwise = otherwise

    def __call__(self, form: Form, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """Refuse an empty field."""
        del form
        if not field.data or (isinstance(field.data, str) and not field.data.strip()):
            raise Refused(self.otherwise)


class AtMost:
    """No more characters than that."""

    def __init__(self, most: int, otherwise: Problem) -> None:
        self.most = most
        self.otherwise = otherwise

    def __call__(self, form: Form, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """Refuse what is too long."""
        del form
        if field.data and len(field.data) > self.most:
            raise Refused(self.otherwise)


@dataclass(frozen=True, slots=True)
class Complaint:
    """One line of the error summary: where it leads and what it says."""

    anchor: str
    problem: Problem


class WorkplaceForm(Form):  # type: ignore[misc]  # WTForms has no types
    """A form of the workplace."""

    def complaints(self) -> tuple[Complaint, ...]:
        """Every problem in the order of the fields; a set of options or a day is reached at its first one."""
        return tuple(Complaint(_anchor(f), e) for f in self for e in f.errors)

    @classmethod
    def typed(cls, fields: Mapping[str, tuple[str, ...]], **data: Any) -> Any:  # noqa: ANN401 -- WTForms has no types
        """The form as it was sent; `data` are the values of fields that were not."""
        return cls(Typed(fields), data=data)


def _anchor(field: Any) -> str:  # noqa: ANN401 -- WTForms has no types
    if field.type in {"RadioField", "SelectMultipleField"}:
        return f"{field.id}-0"
    return str(getattr(field, "anchor", field.id))
