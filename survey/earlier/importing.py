"""Use case: what another tool counted becomes an edition of a series, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from survey.earlier.holding import place_of
from survey.earlier.translating import translate
from survey.errors import NotAllowed, Problem, problem
from survey.model.earlier import EarlierEdition
from survey.model.event import EditionFormat
from survey.model.foreign_survey import MOST_PEOPLE, one_line
from survey.model.items import ANSWERED
from survey.model.our_questions import our_questions
from survey.reporting.publication_log import (
    deleted_of_that_week,
    earlier_findings,
    earlier_key,
    put_on_record,
    tables_of_earlier,
)
from survey.statistics.disclosure import SMALLEST_GROUP
from survey.storage import earlier_editions, held_earlier, profiles
from survey.storage.connection import CONSTRAINT_BROKEN, foreign_errors
from survey.storage.deeds import write_deed

if TYPE_CHECKING:
    from survey.comparing.series import Series
    from survey.installation import Installation
    from survey.model.earlier import EarlierQuestion
    from survey.model.foreign_survey import EarlierFacts, HeldSurvey
    from survey.model.our_questions import OurQuestion
    from survey.model.summary import Finding
    from survey.storage.connection import Connection

_ID_BYTES = 8
LONGEST_TITLE = 200
LONGEST_SOURCE = 300
SAME_DAY = problem(
    "Zu diesem Tag gibt es in dieser Reihe schon eine frühere Ausgabe. Löschen Sie sie zuerst, wenn diese an ihre "
    "Stelle treten soll."
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be imported, or why it cannot be."""

    edition: EarlierEdition | None
    """None while anything is wrong."""
    shown: tuple[tuple[EarlierQuestion, Finding], ...] = ()
    """Each question with what may be shown of it."""
    fact_problems: tuple[Problem, ...] = ()
    """Each one's place is the name of a fact."""
    problems: tuple[Problem, ...] = ()
    """Each one's place is the key of a question."""


def questions_of(series: Series) -> tuple[OurQuestion, ...]:
    """What results from elsewhere can be brought under."""
    return our_questions(record.edition for record in series.records)


def plan_import(inst: Installation, series: Series, held: HeldSurvey) -> Plan:
    """What importing this would do; nothing is written."""
    found = translate(
        held.survey,
        held.mapping,
        questions_of(series),
        invited=held.facts.invited,
        answered=held.facts.answered,
    )
    wrong = (
        *fact_problems(held.facts, today=inst.clock().astimezone(inst.settings.zone).date()),
        *_asked_here_that_day(series, held.facts),
    )
    if wrong or found.problems:
        return Plan(None, (), wrong, found.problems)
    threshold = disclosure_threshold(inst, series.owner)
    edition = _without_small_groups(
        _edition(series, held.facts, found.questions, threshold=threshold)
    )
    return Plan(edition, earlier_findings(edition, threshold=threshold))


def import_earlier(
    inst: Installation, series: Series, edition: EarlierEdition, *, held_by: str = ""
) -> EarlierEdition:
    """The edition is there, its tables are on record, and what that account held for the series is gone.

    NotAllowed if the series has one of that day, or its tables would give anybody away beside what was published of
    that day before.
    """
    made = replace(edition, id=inst.random_bytes(_ID_BYTES).hex())
    threshold = made.disclosure_threshold

    def work(connection: Connection) -> None:
        now = inst.clock()
        key = earlier_key(series.owner, series.name, made.starts)
        kept = earlier_editions.of_series(connection, series.owner, series.name)
        put_on_record(
            connection,
            key,
            tables_of_earlier(made, threshold=threshold),
            at=now,
            threshold=threshold,
            wordings={question.item.code: question.item.wording for question in made.questions},
            beside=deleted_of_that_week(connection, key, kept={e.starts for e in kept}),
        )
        earlier_editions.insert(connection, made, organisation=series.owner, imported=now)
        facts: dict[str, str | int] = {
            "title": made.title,
            "series": series.name,
            "questions": len(made.questions),
            "source": made.source,
        }
        write_deed(connection, "earlier edition imported", at=now, edition="", facts=facts)
        if held_by:
            held_earlier.delete(connection, place_of(series, held_by))

    try:
        inst.database.write(work)
    except CONSTRAINT_BROKEN as error:
        raise NotAllowed(SAME_DAY) from error
    return made


def disclosure_threshold(inst: Installation, owner: str) -> int:
    """Answers of no fewer people are shown."""
    with foreign_errors():
        profile = profiles.find(inst.database.read(), owner)
    return max(SMALLEST_GROUP, profile.disclosure_threshold if profile else SMALLEST_GROUP)


def fact_problems(facts: EarlierFacts, *, today: date) -> tuple[Problem, ...]:
    """What is wrong with what was typed about the edition; each one's place is the name of the fact."""
    found = []
    if not one_line(facts.title) or len(facts.title) > LONGEST_TITLE:
        found.append(problem("Geben Sie der Ausgabe einen Titel.", place="title"))
    if not one_line(facts.source) or len(facts.source) > LONGEST_SOURCE:
        found.append(
            problem(
                "Sagen Sie, woher die Zahlen stammen. Das steht dann an jedem Bild.", place="source"
            )
        )
    day = day_of(facts.starts)
    if day is None:
        found.append(problem("Geben Sie den Tag der Veranstaltung an.", place="starts"))
    elif day > today:
        found.append(problem("Eine frühere Ausgabe liegt nicht in der Zukunft.", place="starts"))
    if facts.format not in set(EditionFormat):
        found.append(
            problem(
                "Wählen Sie, ob die Veranstaltung vor Ort, online oder hybrid stattfand.",
                place="format",
            )
        )
    for name, number in (("invited", facts.invited), ("answered", facts.answered)):
        if number is not None and not 0 <= number <= MOST_PEOPLE:
            found.append(
                problem(
                    "Geben Sie eine ganze Zahl bis %(most)s ein, oder nichts.",
                    place=name,
                    most=MOST_PEOPLE,
                )
            )
    if None not in {facts.invited, facts.answered} and (facts.answered or 0) > (facts.invited or 0):
        found.append(
            problem("Es können nicht mehr geantwortet haben, als befragt wurden.", place="answered")
        )
    return tuple(found)


def _asked_here_that_day(series: Series, facts: EarlierFacts) -> tuple[Problem, ...]:
    """The same event counted here and elsewhere: who answered only there is their difference."""
    day = day_of(facts.starts)
    return tuple(
        problem(
            "Die Veranstaltung an diesem Tag, „%(title)s“, wird hier ausgezählt. Sie kommt nicht noch einmal dazu.",
            title=record.edition.title,
            place="starts",
        )
        for record in series.records
        if day is not None and record.edition.starts <= day <= record.edition.ends
    )


def day_of(text: str) -> date | None:
    """The day; None if that is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _edition(
    series: Series,
    facts: EarlierFacts,
    questions: tuple[EarlierQuestion, ...],
    *,
    threshold: int,
) -> EarlierEdition:
    return EarlierEdition(
        id="",
        series=series.name,
        title=one_line(facts.title),
        format=EditionFormat(facts.format),
        starts=date.fromisoformat(facts.starts),
        source=one_line(facts.source),
        invited=facts.invited,
        answered=facts.answered,
        questions=questions,
        is_made_up=facts.is_made_up,
        disclosure_threshold=threshold,
    )


def _without_small_groups(edition: EarlierEdition) -> EarlierEdition:
    """As after a count: of what is too small to be shown, at most the number of answers is kept."""
    kept = []
    for question, found in earlier_findings(edition, threshold=edition.disclosure_threshold):
        if found.suppressed in {None, "everyone"}:
            kept.append(question)
        else:
            kept.append(replace(question, counts=((ANSWERED, found.base.n),)))
    return replace(edition, questions=tuple(kept))
