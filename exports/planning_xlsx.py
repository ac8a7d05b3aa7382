"""The planning sheet as XLSX: a sheet of numbers, of sentences, of decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.planning_table import (
    DECISION_COLUMNS,
    NUMBER_COLUMNS,
    SENTENCE_COLUMNS,
    decision_rows,
    number_rows,
    sentence_rows,
)
from exports.workbook import Sheet, workbook
from survey.language.catalogue import catalogue

if TYPE_CHECKING:
    from survey.language.wording import Language
    from survey.model.planning import PlanningSheet

_WIDTHS = {"subject": 28, "question": 48, "label": 28, "sentence": 90, "text": 60}
_SHARES = frozenset({"share", "interval_low", "interval_high", "bounds_low", "bounds_high"})


def planning_xlsx(sheet: PlanningSheet, language: Language) -> bytes:
    """The workbook; the same sheet gives the same bytes."""
    words = catalogue(language)
    numbers = [row.cells() for row in number_rows(sheet, language)]
    sentences = [row.cells() for row in sentence_rows(sheet, language)]
    decisions = [row.cells() for row in decision_rows(sheet, language)]
    return workbook(
        (
            Sheet(words.gettext("Zahlen"), NUMBER_COLUMNS, numbers, _SHARES, _WIDTHS),
            Sheet(words.gettext("Sätze"), SENTENCE_COLUMNS, sentences, widths=_WIDTHS),
            Sheet(words.gettext("Entscheidungen"), DECISION_COLUMNS, decisions, widths=_WIDTHS),
        ),
        title=sheet.edition.title,
        made_on=sheet.edition.starts,
    )
