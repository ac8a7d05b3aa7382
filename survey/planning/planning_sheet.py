"""Use case: what one edition says for the next one, by what is published of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from survey.comparing.asked import counted_here
from survey.comparing.comparison import comparable_names, compare
from survey.errors import NotAllowed, NotFound, problem
from survey.model.comparison import FEWEST_EDITIONS, Verdict
from survey.model.planning import MOST_CANDIDATES, PlanningSheet
from survey.planning.decision_tables import decision_tables
from survey.planning.decisions import decided_from
from survey.planning.ratings import candidates, judged_ratings, to_keep
from survey.planning.sessions import sessions_to_offer_again
from survey.planning.subjects import THEME
from survey.planning.undecided import undecided
from survey.planning.wishes import themes_spoken_of, topics_wanted
from survey.reporting.published import published_summary
from survey.storage import themes
from survey.storage.connection import foreign_errors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from survey.comparing.series import Series
    from survey.installation import Installation
    from survey.model.comparison import Change, ComparedEdition, Comparison
    from survey.model.event import EditionRecord
    from survey.model.planning import PlannedDecision
    from survey.model.summary import EditionSummary

_MOST_BEFORE = 4
"""So many editions before the planned-from one are looked through for one that asked the same."""


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a planning sheet is made from."""

    series: str
    summary: EditionSummary
    edition: ComparedEdition
    comparison: Comparison | None
    """With an earlier edition; None where there is none."""
    questions_of_themes: Mapping[str, str]
    """The question that each theme (``theme:pausen``) says more about."""
    decisions: tuple[PlannedDecision, ...]


def planning_sheet(inst: Installation, series: Series, *, name: str | None = None) -> PlanningSheet:
    """The planning sheet of that edition, else of the newest counted one.

    NotFound if the edition is not counted or not of the series, NotAllowed if none is counted.
    """
    return sheet_from(_material(inst, series, planned_from(series, name)))


def planned_from(series: Series, name: str | None = None) -> EditionRecord:
    """The edition with that name, else the newest counted one; NotFound, or NotAllowed if none is counted."""
    if not series.counted:
        raise NotAllowed(problem("In dieser Reihe ist noch keine Ausgabe ausgezählt."))
    if name is None:
        return series.counted[-1]
    for record in series.counted:
        if record.name == name:
            return record
    raise NotFound("edition", name)


def sheet_from(material: Material) -> PlanningSheet:
    """The planning sheet; pure."""
    summary, comparison = material.summary, material.comparison
    lines = () if comparison is None else comparison.lines
    changes = {line.key: line.change for line in lines if _is_of_the_same(line.change)}
    theme_lines = () if comparison is None else comparison.themes
    theme_changes = {line.code: line.change for line in theme_lines if _is_of_the_same(line.change)}
    base = None if comparison is None else comparison.edition(comparison.base)
    tables = decision_tables(summary, changes)
    spoken_of = themes_spoken_of(material.edition, theme_changes)
    judged = judged_ratings(
        summary,
        themes=spoken_of,
        questions_of_themes=material.questions_of_themes,
        changes=changes,
        base_label=base.label if base else "",
    )
    return PlanningSheet(
        series=material.series,
        edition=material.edition,
        base=base,
        tables=tables,
        topics=topics_wanted(summary, changes),
        themes=spoken_of,
        candidates=candidates(judged),
        to_keep=(*to_keep(judged), *sessions_to_offer_again(summary))[:MOST_CANDIDATES],
        undecided=undecided(summary, tables, judged, comparison=comparison),
        decisions=material.decisions,
        cautions=() if comparison is None else comparison.cautions,
        has_importance=judged.has_importance,
    )


def _is_of_the_same(change: Change) -> bool:
    """True if the base asked the same: whatever it did not ask has no change to tell."""
    return change.verdict is not Verdict.NOT_COMPARABLE


def _material(inst: Installation, series: Series, record: EditionRecord) -> Material:
    comparison = _comparison(inst, series, record)
    summary = published_summary(inst, record.name)
    with foreign_errors():
        codebook = themes.of_series(inst.database.read(), record.owner, record.edition.series)
    return Material(
        series=series.name,
        summary=summary,
        edition=comparison.newest if comparison else _alone(record, summary),
        comparison=comparison,
        questions_of_themes={f"{THEME}{theme.code}": theme.item for theme in codebook},
        decisions=tuple(
            replace(one.decision, about=one.label) for one in decided_from(inst, record)
        ),
    )


def _comparison(inst: Installation, series: Series, record: EditionRecord) -> Comparison | None:
    known = comparable_names(series)
    names = known[max(0, known.index(record.name) - _MOST_BEFORE) : known.index(record.name) + 1]
    if len(names) < FEWEST_EDITIONS:
        return None
    return compare(inst, series, names=names)


def _alone(record: EditionRecord, summary: EditionSummary) -> ComparedEdition:
    return counted_here(summary, record.edition, topics={})
