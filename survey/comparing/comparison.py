"""Use case: two to ten editions of a series side by side, by what is published of them."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from survey.comparing.asked import brought_from_elsewhere
from survey.comparing.drawing import lines, theme_lines, topic_lines
from survey.comparing.first_page import cautions, foremost, verdict_counts
from survey.comparing.judging import judged
from survey.comparing.kept_comparisons import Asked, kept_comparison
from survey.comparing.kept_editions import counted_edition
from survey.comparing.matching import have_question_in_common
from survey.comparing.topics import topics_of
from survey.errors import NotAllowed, NotFound, problem
from survey.model.comparison import FEWEST_EDITIONS, MOST_EDITIONS, ComparedEdition, Comparison
from survey.reporting.publication_log import (
    earlier_key,
    require_published,
    tables_of_earlier,
)
from survey.storage import topics as stored_topics
from survey.storage.connection import foreign_errors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.comparing.series import Series
    from survey.installation import Installation
    from survey.model.earlier import EarlierEdition
    from survey.model.event import EditionRecord
    from survey.model.topic import Topic


def comparable_names(series: Series) -> tuple[str, ...]:
    """Names of all its editions of which there are results, from elsewhere too, the oldest first."""
    dated = [(r.edition.starts, r.name) for r in series.counted]
    dated += [(earlier.starts, earlier.name) for earlier in series.earlier]
    return tuple(name for _, name in sorted(dated))


def compare(
    inst: Installation,
    series: Series,
    *,
    names: Sequence[str] | None = None,
    base: str | None = None,
) -> Comparison:
    """The comparison of these editions, else of the newest ten; the newest is compared with the base.

    Without a base, with the last edition before it that has a question in common with it. NotFound if an edition is
    unknown, NotAllowed unless they are two to ten, if the base is none of the older ones, or if what is published of
    one of them may not be shown; unless it was asked for, that one is left out.
    """
    topics = topics_of(inst, series)
    if names is None:
        shown = _newest(inst, series, topics)
    else:
        shown = tuple(_edition(inst, series, n, topics) for n in _chosen(series, names))
    return kept_comparison(
        Asked(series.owner, series.name, base, shown, topics),
        lambda: _compared(series.name, _labelled(shown), topics, base=base),
    )


def _compared(
    series: str, editions: Sequence[ComparedEdition], topics: Sequence[Topic], *, base: str | None
) -> Comparison:
    older = _base(editions, base)
    found = judged(
        lines(editions),
        themes=theme_lines(editions),
        topics=topic_lines(editions, topics),
        editions=editions,
        base=older,
    )
    return Comparison(
        series=series,
        editions=tuple(editions),
        base=older.name,
        lines=found.lines,
        counts=verdict_counts(found.lines),
        family=found.family,
        foremost=foremost(found.lines),
        cautions=cautions(editions[-1], older),
        themes=found.themes,
        topics=found.topics,
    )


def _chosen(series: Series, names: Sequence[str]) -> tuple[str, ...]:
    known = comparable_names(series)
    for name in names:
        if name not in known:
            raise NotFound("edition", name)
    chosen = tuple(name for name in known if name in names)
    _require_some(len(chosen))
    return chosen


def _newest(
    inst: Installation, series: Series, topics: Sequence[Topic]
) -> tuple[ComparedEdition, ...]:
    """The newest ten whose numbers may be shown, the oldest first."""
    found: list[ComparedEdition] = []
    for name in reversed(comparable_names(series)):
        # One summary that would give somebody away must not take the comparison of all others away.
        with suppress(NotAllowed):
            found.append(_edition(inst, series, name, topics))
        if len(found) == MOST_EDITIONS:
            break
    _require_some(len(found))
    return tuple(reversed(found))


def _require_some(editions: int) -> None:
    if not FEWEST_EDITIONS <= editions <= MOST_EDITIONS:
        raise NotAllowed(
            problem(
                "Vergleichen lassen sich %(fewest)d bis %(most)d Ausgaben mit Ergebnissen. Das sind %(n)d.",
                fewest=FEWEST_EDITIONS,
                most=MOST_EDITIONS,
                n=editions,
            )
        )


def _edition(
    inst: Installation, series: Series, name: str, topics: Sequence[Topic]
) -> ComparedEdition:
    for earlier in series.earlier:
        if earlier.name == name:
            _require_published(inst, series, earlier)
            return brought_from_elsewhere(earlier)
    record = next(record for record in series.counted if record.name == name)
    return _counted(inst, record, topics)


def _counted(inst: Installation, record: EditionRecord, topics: Sequence[Topic]) -> ComparedEdition:
    known = {topic.code for topic in topics}
    with foreign_errors():
        given = stored_topics.of_edition(inst.database.read(), record.id)
    found = counted_edition(inst, record)
    if known.isdisjoint(given.values()):
        return found
    sessions = tuple(
        replace(session, topic=given[session.code]) if given.get(session.code) in known else session
        for session in found.sessions
    )
    return replace(found, sessions=sessions)


def _require_published(inst: Installation, series: Series, earlier: EarlierEdition) -> None:
    with foreign_errors():
        require_published(
            inst.database.read(),
            earlier_key(series.owner, series.name, earlier.starts),
            tables_of_earlier(earlier, threshold=earlier.disclosure_threshold),
        )


def _labelled(editions: Sequence[ComparedEdition]) -> tuple[ComparedEdition, ...]:
    """The editions by their years; all by their days where a year has two, with their titles where a day has."""
    years = Counter(edition.starts.year for edition in editions)
    days = Counter(edition.starts for edition in editions)

    def label(edition: ComparedEdition) -> str:
        if max(years.values()) == 1:
            return str(edition.starts.year)
        day = f"{edition.starts:%d.%m.%Y}"
        return day if days[edition.starts] == 1 else f"{day} ({edition.title})"

    return tuple(replace(edition, label=label(edition)) for edition in editions)


def _base(editions: Sequence[ComparedEdition], name: str | None) -> ComparedEdition:
    newest, older = editions[-1], editions[:-1]
    if name is None:
        alike = [edition for edition in older if have_question_in_common(newest, edition)]
        return (alike or older)[-1]
    for edition in older:
        if edition.name == name:
            return edition
    if name == newest.name:
        raise NotAllowed(
            problem("Verglichen wird mit einer älteren Ausgabe, nicht mit sich selbst.")
        )
    raise NotFound("edition", name)
