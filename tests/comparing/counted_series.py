"""Series with counted editions, their numbers written as a count leaves them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from survey.model import items
from survey.model.event import EditionFormat, EditionRecord
from survey.model.items import ANSWERED
from survey.model.tally import KeptText, SessionTotal, TallyRow
from survey.reporting.publish import publish, publish_first_version
from survey.storage import editions, tallies, texts, themes, totals
from tests.events import congress
from tests.people import store_edition, stored_record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from survey.installation import Installation
    from survey.model.event import Edition
    from survey.storage.connection import Connection

Counts = dict[str, int]


def congress_of(
    year: int, *, form: EditionFormat = EditionFormat.ON_SITE, name: str = "", day: int = 11
) -> Edition:
    """The congress of that year, asking what it always asks."""
    starts = date(year, 9, day)
    return replace(
        congress(),
        name=name or f"kk{year}",
        title=f"Kommunalkongress {year}",
        format=form,
        starts=starts,
        ends=starts,
        deadline=congress().deadline.replace(year=year),
        breakdown=None,
        pairs=(),
    )


def chosen(edition: Edition, code: str, *numbers: int, answered: int | None = None) -> Counts:
    """The tally of one question: how many chose each of its answers, the first first."""
    codes = [choice.code for choice in items.choices(edition.questionnaire.item(code))]
    counts = dict(zip(codes, numbers, strict=True))
    return counts | {ANSWERED: sum(numbers) if answered is None else answered}


def store_counted(
    inst: Installation,
    edition: Edition,
    *,
    invited: int,
    answered: int,
    general: Mapping[str, Counts],
    sessions: Mapping[str, Mapping[str, Counts]] | None = None,
    spoken: Mapping[str, int] | None = None,
    silent_texts: int = 0,
) -> EditionRecord:
    """The edition after its count and its first version; `spoken`: how many texts speak of each theme.

    Sessions are booked by twice as many as answered.
    """
    record = store_edition(inst, edition)
    of_sessions = sessions or {}
    kept = _texts(inst, spoken or {}, silent_texts)
    numbers = dict(general) | ({"change": {ANSWERED: len(kept)}} if kept else {})
    rows = [*_rows("", numbers), *(r for code, t in of_sessions.items() for r in _rows(code, t))]

    def work(connection: Connection) -> None:
        opens = edition.deadline - timedelta(days=14)
        editions.open_for_answers(
            connection,
            record.id,
            opens=opens,
            closes=edition.deadline,
            size_class="small" if invited < 30 else "large",
        )
        editions.start_count(connection, record.id, edition.deadline + timedelta(hours=2))
        editions.set_tallied(
            connection, record.id, invited=invited, answered=answered, unopenable=0
        )
        editions.set_counted(connection, record.id, edition.deadline + timedelta(hours=3))
        tallies.insert(connection, record.id, rows)
        totals.insert(connection, record.id, _totals(edition, of_sessions))
        texts.insert(connection, record.id, [text for text, _ in kept])
        for text, theme in kept:
            if theme:
                themes.code_text(connection, record.id, text.id, themes=frozenset({theme}))

    inst.database.write(work)
    publish_first_version(inst, edition.name)
    if kept:
        publish(inst, edition.name)
    return stored_record(inst, edition.name)


def _rows(session: str, counts: Mapping[str, Counts]) -> list[TallyRow]:
    return [
        TallyRow(session, "", item, value, n)
        for item, values in counts.items()
        for value, n in values.items()
        if n
    ]


def _totals(
    edition: Edition, counts: Mapping[str, Mapping[str, Counts]]
) -> dict[str, SessionTotal]:
    found = {}
    for session in edition.programme.held_and_rated():
        answered = max((c[ANSWERED] for c in counts.get(session.code, {}).values()), default=0)
        found[session.code] = SessionTotal(
            booked=2 * answered, absent=0, elsewhere=0, answered=answered
        )
    return found


def _texts(
    inst: Installation, spoken: Mapping[str, int], silent: int
) -> Sequence[tuple[KeptText, str]]:
    wanted = [theme for theme, n in spoken.items() for _ in range(n)] + [""] * silent
    return [
        (KeptText(inst.random_bytes(8).hex(), "", "change", f"Text {place}", ()), theme)
        for place, theme in enumerate(wanted)
    ]
