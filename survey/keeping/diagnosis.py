"""What the doctor tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.errors import Problem


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that is wrong."""

    what: Problem
    cure: Problem
    is_urgent: bool = False
    """Answers, keys or the promise are at risk."""
