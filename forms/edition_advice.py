"""What an edition file may do, but an organiser should know: no reason to refuse it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model.edition_review import review

if TYPE_CHECKING:
    from survey.errors import Problem
    from survey.model.event import Edition


def advice(edition: Edition) -> tuple[Problem, ...]:
    """Everything that a look at the edition by itself lets say; the earlier ones of its series are not known here."""
    return review(edition, ()).warnings
