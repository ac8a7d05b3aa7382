"""What the answers cannot decide, and how many would have been needed where answers are what is missing; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model.comparison import Verdict
from survey.model.planning import Majority, Undecided
from survey.model.summary import Statement
from survey.planning.evidence import signed
from survey.planning.importance import largest_pair
from survey.planning.subjects import FORMAT, FORMAT_ACCEPTABLE, INDIFFERENT, OVERALL, joined
from survey.statistics.association import SMALLEST_TABLE
from survey.statistics.precision import Turnout, answers_to_lead, answers_to_see
from survey.statistics.verdict import THRESHOLD_POINTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from survey.model.comparison import Comparison
    from survey.model.planning import DecisionTable
    from survey.model.summary import EditionSummary
    from survey.planning.evidence import Judged
    from survey.planning.ratings import JudgedRatings

_OPEN = frozenset({Verdict.UNCLEAR, Verdict.HINT, Verdict.SHIFTED})


def undecided(
    summary: EditionSummary,
    tables: Sequence[DecisionTable],
    judged: JudgedRatings,
    *,
    comparison: Comparison | None,
) -> tuple[Undecided, ...]:
    """Choices without an order, the overall rating where its change is open, and what was not asked or not heard."""
    return (
        *(_open_order(table) for table in tables if table.majority is Majority.OPEN),
        *(_withheld(table) for table in tables if table.suppressed == "few"),
        *(() if comparison is None else _open_change(comparison)),
        *(_unweighed(one) for one in judged.unweighed),
        *(() if judged.has_importance else _unknown_importance(summary)),
        *_unasked(tables, summary),
    )


def _open_order(table: DecisionTable) -> Undecided:
    labels = [option.label for option in table.options if option.code in table.leaders]
    needed = _answers_to_lead(table)
    return Undecided(
        table.code,
        Statement(
            "„%(question)s“: Die Rangfolge von %(options)s ist offen.",
            (("question", table.wording), ("options", joined(labels))),
            table.code,
        ),
        answers_needed=needed,
        answers_had=table.base.n,
    )


def _answers_to_lead(table: DecisionTable) -> int | None:
    """How many answers would have settled which of the options that name something leads."""
    counts = [option.count for option in table.options]
    leading = [option.count for option in table.options if option.code not in INDIFFERENT]
    if max(counts) > max(leading, default=0):
        return None
    return answers_to_lead(counts, eligible=table.base.N)


def _withheld(table: DecisionTable) -> Undecided:
    return Undecided(
        table.code,
        Statement(
            "„%(question)s“: Zu wenige haben geantwortet, um das Ergebnis zu zeigen.",
            (("question", table.wording),),
            table.code,
        ),
    )


def _open_change(comparison: Comparison) -> Iterator[Undecided]:
    line = next((line for line in comparison.lines if line.key == OVERALL), None)
    if line is None or line.change.verdict not in _OPEN or line.change.span is None:
        return
    change, least, most = line.change, *line.change.span
    base = comparison.edition(change.base)
    sides = {point.edition: point.base for point in line.points}
    newest, older = sides[comparison.newest.name], sides[base.name]
    points = abs(change.points or 0)
    needed = had = None
    if points >= THRESHOLD_POINTS and newest is not None and older is not None:
        had = newest.n
        needed = answers_to_see(
            points,
            eligible=newest.N,
            base=Turnout(older.n, older.N),
            family=comparison.family,
        )
        if needed is not None and needed <= had:
            # The change was large enough to be seen in four of five cases; this is the fifth.
            needed = had = None
    yield Undecided(
        OVERALL,
        Statement(
            "„%(question)s“: Ob es besser oder schlechter als %(edition)s ist, ist offen "
            "(Spanne %(least)s bis %(most)s Punkte).",
            (
                ("question", line.wording),
                ("edition", base.label),
                ("least", signed(least)),
                ("most", signed(most)),
            ),
            OVERALL,
        ),
        answers_needed=needed,
        answers_had=had,
    )


def _unweighed(judged: Judged) -> Undecided:
    return Undecided(
        judged.code,
        Statement(
            "„%(question)s“: Das Ergebnis liegt unter der Mitte; wie wichtig es den Menschen ist, "
            "sagen diese Antworten nicht.",
            (("question", judged.finding.wording),),
            judged.code,
        ),
    )


def _unknown_importance(summary: EditionSummary) -> Iterator[Undecided]:
    people = largest_pair(summary)
    if people:
        statement = Statement(
            "Welches Urteil am engsten mit dem Gesamturteil zusammengeht, bleibt offen: Dazu müssen bei mindestens "
            "drei Fragen je %(needed)d Personen beides beantwortet haben; es waren höchstens %(people)d.",
            (("needed", SMALLEST_TABLE), ("people", people)),
            OVERALL,
        )
    else:
        statement = Statement(
            "Welches Urteil am engsten mit dem Gesamturteil zusammengeht, bleibt offen: Dazu müssen Fragen vor dem "
            "Öffnen mit dem Gesamturteil verknüpft werden, und je %(needed)d Personen müssen beides beantworten.",
            (("needed", SMALLEST_TABLE),),
            OVERALL,
        )
    yield Undecided(OVERALL, statement)


def _unasked(tables: Sequence[DecisionTable], summary: EditionSummary) -> Iterator[Undecided]:
    asked = {found.code for section in summary.sections for found in section.findings}
    if any(table.code == FORMAT for table in tables) and FORMAT_ACCEPTABLE not in asked:
        yield Undecided(
            FORMAT_ACCEPTABLE,
            Statement(
                "Welche Formen auch in Frage kommen, wurde nicht gefragt, nur welche am liebsten ist.",
                (),
                FORMAT_ACCEPTABLE,
            ),
        )
