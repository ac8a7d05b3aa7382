"""The trials as they are run by hand, in the order of the table in docs/faults.md."""

from __future__ import annotations

from tests.faults.trial import LongForm

LONG_FORMS: tuple[LongForm, ...] = (
    LongForm("R12", "a count killed at each statement", "count_kills", 2),
)
