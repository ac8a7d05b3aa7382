"""The summary as CSV, and the codebook that says what its columns and codes mean.

UTF-8 with a byte order mark and semicolons, so that a German Excel opens it by a double click.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from exports.summary_table import COLUMNS, HIGH, POSITIVE, THEMES, table_rows
from survey.language.catalogue import catalogue
from survey.model import items
from survey.model.items import ANSWERED, NO_ANSWER, NOT_ATTENDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from exports.summary_table import Cell
    from survey.language.wording import Language
    from survey.model.event import Edition
    from survey.model.summary import EditionSummary

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def summary_csv(summary: EditionSummary, language: Language) -> str:
    """Every number of the summary, one a row."""
    rows = (row.cells() for row in table_rows(summary, language))
    return csv_text(COLUMNS, rows)


def codebook_csv(edition: Edition, language: Language) -> str:
    """What the columns are, and each question's codes with their wording and versions."""
    words = catalogue(language)
    rows: list[tuple[Cell, ...]] = [
        ("", "", name, words.gettext(meaning), "", "") for name, meaning in _MEANINGS.items()
    ]
    for section in edition.questionnaire.sections:
        for item in section.items:
            question = item.wording.in_language(language)
            versions = (item.wording_version, item.scale_version)
            rows.append((item.code, type(item).__name__, "", question, *versions))
            rows.extend(
                (item.code, type(item).__name__, c.code, c.label.in_language(language), *versions)
                for c in items.choices(item)
            )
    columns = ("item", "kind", "value", "meaning", "wording_version", "scale_version")
    return csv_text(columns, rows)


def neutral(text: str) -> str:
    """The text, with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The rows below their columns, safe to be opened in a spreadsheet."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(
        [neutral(c) if isinstance(c, str) else _number(c) for c in row] for row in rows
    )
    return out.getvalue()


def _number(cell: float | None) -> str | int:
    """A number as German spreadsheets read it."""
    if cell is None:
        return ""
    return cell if isinstance(cell, int) else f"{cell:.4f}".replace(".", ",")


_MEANINGS = {
    "group": "Gruppe: Frage=Antwort; @better: bessere Hälfte, @other: alle anderen, @others: auch die ohne Angabe",
    "count": "Personen, die diese Antwort gegeben haben",
    "n": "Personen, die diese Frage beantwortet haben",
    "N": "Personen, die diese Frage hätten beantworten können; bei Programmpunkten höchstens so viele",
    "share": "count geteilt durch n",
    "interval_low": "untere Grenze der Unsicherheit, als Anteil von N (95 %, exakt)",
    "interval_high": "obere Grenze der Unsicherheit, als Anteil von N (95 %, exakt)",
    "bounds_low": "kleinster möglicher Anteil, was immer die Schweigenden gesagt hätten",
    "bounds_high": "größter möglicher Anteil, was immer die Schweigenden gesagt hätten",
    "suppressed": "warum Zahlen fehlen: few = zu wenige, everyone = alle gleich, never_asked = nicht gefragt",
    ANSWERED: "alle gültigen Antworten",
    POSITIVE: "die bessere Hälfte der Skala zusammen",
    HIGH: "8, 9 und 10 zusammen",
    THEMES: "Themen aus den Texten; count zählt hier Texte, nicht Personen",
    NO_ANSWER: "Keine Angabe",
    NOT_ATTENDED: "Nicht teilgenommen",
}
