"""The comparison as XLSX: a sheet of changes, of values, of editions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.comparison_table import (
    CHANGE_COLUMNS,
    VALUE_COLUMNS,
    change_rows,
    value_rows,
)
from exports.workbook import Sheet, workbook
from survey.language.catalogue import catalogue

if TYPE_CHECKING:
    from exports.summary_table import Cell
    from survey.language.wording import Language
    from survey.model.comparison import Comparison

_WIDTHS = {"question": 48, "label": 28, "sentence": 80, "title": 40, "source": 40}
_SHARES = frozenset({"value", "interval_low", "interval_high", "bounds_low", "bounds_high"})
_EDITION_COLUMNS = (
    "edition",
    "title",
    "starts",
    "format",
    "invited",
    "answered",
    "source",
    "is_base",
    "is_made_up",
)


def comparison_xlsx(comparison: Comparison, language: Language) -> bytes:
    """The workbook; the same comparison gives the same bytes."""
    words = catalogue(language)
    changes = [row.cells() for row in change_rows(comparison, language)]
    values = [row.cells() for row in value_rows(comparison, language)]
    return workbook(
        (
            Sheet(words.gettext("Veränderungen"), CHANGE_COLUMNS, changes, widths=_WIDTHS),
            Sheet(words.gettext("Werte"), VALUE_COLUMNS, values, shares=_SHARES, widths=_WIDTHS),
            Sheet(
                words.gettext("Ausgaben"), _EDITION_COLUMNS, _editions(comparison), widths=_WIDTHS
            ),
        ),
        title=comparison.series,
        made_on=comparison.newest.starts,
    )


def _editions(comparison: Comparison) -> list[tuple[Cell, ...]]:
    return [
        (
            edition.label,
            edition.title,
            edition.starts.isoformat(),
            edition.format.value,
            edition.invited,
            edition.answered,
            edition.source,
            int(edition.name == comparison.base),
            int(edition.is_made_up),
        )
        for edition in comparison.editions
    ]
