"""From what the count has left to one frozen `EditionSummary`; pure."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from survey.errors import NotAllowed, problem
from survey.model import items
from survey.model.items import Shape
from survey.model.summary import (
    AskedIf,
    Base,
    ChoicesFinding,
    EditionSummary,
    SectionSummary,
    SessionSummary,
    TextsFinding,
)
from survey.reporting.findings import base_of, finding
from survey.reporting.first_page import OVERALL, statements
from survey.reporting.splits import breakdown_groups, pair_groups, withheld_splits
from survey.statistics.participation import session_population

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from survey.model.event import EditionRecord
    from survey.model.items import Item
    from survey.model.programme import Session
    from survey.model.questionnaire import Section
    from survey.model.tally import SessionTotal, TallyRow

    Counts = dict[tuple[str, str, str], dict[str, int]]
    """By session, grouping and item: tally values with their numbers."""
    Quotes = Mapping[tuple[str, str], tuple[str, ...]]
    """By session and item: released quotes."""


def build_summary(
    record: EditionRecord,
    rows: Iterable[TallyRow],
    session_totals: Mapping[str, SessionTotal],
    quotes: Quotes,
    *,
    attended: int | None = None,
) -> EditionSummary:
    """The summary from what the count has left; pure. `attended`: people who were there, where somebody knows."""
    edition = record.edition
    if record.opens is None or record.closes is None or record.counted is None:
        raise NotAllowed(problem("Diese Ausgabe ist noch nicht ausgezählt."))
    counts: Counts = defaultdict(dict)
    for row in rows:
        counts[row.session, row.grouping, row.item][row.value] = row.n
    sections = _sections(record, counts, quotes)
    # What only some were asked is no statement about everybody.
    general = tuple(f for s in sections if s.asked_if is None for f in s.findings)
    breakdown = breakdown_groups(record, counts)
    pairs = pair_groups(record, counts)
    return EditionSummary(
        name=edition.name,
        series=edition.series,
        title=edition.title,
        kind=edition.kind,
        format=edition.format,
        starts=edition.starts,
        ends=edition.ends,
        organisation=edition.organisation,
        contact=edition.contact,
        opened=record.opens,
        closed=record.closes,
        counted=record.counted,
        version=2 if any(quotes.values()) else 1,
        invited=record.invited or 0,
        answered=record.answered or 0,
        is_made_up=edition.is_made_up,
        disclosure_threshold=edition.disclosure_threshold,
        cell_threshold=edition.cell_threshold,
        statements=statements(general),
        sections=sections,
        sessions=tuple(
            _session(record, session, counts, session_totals.get(session.code), quotes)
            for session in edition.programme.sessions
        ),
        breakdown=breakdown,
        pairs=pairs,
        withheld_splits=withheld_splits(edition, (*breakdown, *pairs)),
        # Of boxes that did not open nobody knows which way they came.
        open_answers=min(record.open_boxes, record.answered or 0),
        attended=attended,
    )


def _everybody(record: EditionRecord) -> int | None:
    """N of what was asked of everybody."""
    return _if_known(record, record.invited or 0, answered=record.answered or 0)


def _if_known(record: EditionRecord, people: int, *, answered: int) -> int | None:
    """So many people; None where others answered too, without a personal link.

    A group too small to be shown stays too small: nobody knows that it was larger.
    """
    if not record.open_boxes:
        return people
    certain = max(people, answered)
    return certain if certain < 2 * record.edition.disclosure_threshold else None


def _sections(record: EditionRecord, counts: Counts, quotes: Quotes) -> tuple[SectionSummary, ...]:
    edition = record.edition
    return tuple(
        SectionSummary(
            section.code,
            section.heading,
            tuple(
                finding(
                    item,
                    counts["", "", item.code],
                    # How many of the silent would have been asked on a condition, nobody knows.
                    base=base_of(
                        counts["", "", item.code],
                        population=None if section.condition else _everybody(record),
                    ),
                    threshold=_threshold(record, item),
                    quotes=quotes.get(("", item.code), ()),
                )
                for item in section.items
            ),
            _asked_if(record, section, counts),
        )
        for section in edition.questionnaire.sections
        if not section.for_each
    )


def _asked_if(record: EditionRecord, section: Section, counts: Counts) -> AskedIf | None:
    condition = section.condition
    if condition is None:
        return None
    item = record.edition.questionnaire.item(condition.item)
    base = base_of(counts["", "", item.code], population=_everybody(record))
    threshold = record.edition.disclosure_threshold
    shown = finding(item, counts["", "", item.code], base=base, threshold=threshold)
    taken = [c for c in items.choices(item) if c.code in condition.choices]
    people = sum(counts["", "", item.code].get(choice.code, 0) for choice in taken)
    return AskedIf(
        item.wording,
        tuple(choice.label for choice in taken),
        None if shown.suppressed else people,
    )


def _session(
    record: EditionRecord,
    session: Session,
    counts: Counts,
    total: SessionTotal | None,
    quotes: Quotes,
) -> SessionSummary:
    edition = record.edition
    asked = edition.questionnaire.session_items(session.kind)
    if session.is_cancelled or not session.is_rated or not asked or total is None:
        return SessionSummary(session, None, Base(0, None), (), suppressed="never_asked")
    concerned = total.booked if session.is_booked else (record.invited or 0)
    at_most = session_population(
        concerned, no_shows=0, not_attended=total.absent, attended_instead=total.elsewhere
    )
    population = _if_known(record, at_most, answered=total.answered)
    base = Base(total.answered, population, is_at_most=population is not None)
    booked = total.booked if session.is_booked else None
    if total.answered < edition.disclosure_threshold or (
        population is not None and population < 2 * edition.disclosure_threshold
    ):
        return SessionSummary(session, booked, base, (), suppressed="few")
    found = tuple(
        finding(
            item,
            counts[session.code, "", item.code],
            base=base_of(
                counts[session.code, "", item.code],
                population=population,
                at_most=population is not None,
            ),
            threshold=_threshold(record, item),
            quotes=quotes.get((session.code, item.code), ()),
        )
        for item in asked
    )
    return SessionSummary(session, booked, base, found)


def _threshold(record: EditionRecord, item: Item) -> int:
    edition = record.edition
    return (
        edition.cell_threshold if items.shape(item) is Shape.TEXTS else edition.disclosure_threshold
    )


def has_texts_to_release(summary: EditionSummary) -> bool:
    """True while free texts wait for somebody to release quotes."""
    return summary.version == 1 and any(
        isinstance(f, TextsFinding) and f.base.n and not f.suppressed
        for s in summary.sections
        for f in s.findings
    )


def overall_rating(summary: EditionSummary) -> ChoicesFinding | None:
    """The one picture of the first page: the general rating called "overall", else the first rating."""
    ratings = [
        f
        for s in summary.sections
        if s.asked_if is None
        for f in s.findings
        if isinstance(f, ChoicesFinding) and f.kind == "rating" and not f.suppressed
    ]
    return next((f for f in ratings if f.code == OVERALL), ratings[0] if ratings else None)
