"""What the answers cannot decide, and how many would have been needed where answers are what is missing; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model.planning import Majority, Undecided
from survey.model.summary import Statement
from survey.planning.importance import largest_pair
from survey.planning.open_change import open_change
from survey.planning.subjects import FORMAT, FORMAT_ACCEPTABLE, INDIFFERENT, OVERALL, joined
from survey.statistics.association import SMALLEST_TABLE
from survey.statistics.precision import answers_to_lead

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from survey.model.comparison import Comparison
    from survey.model.planning import DecisionTable
    from survey.model.summary import EditionSummary
    from survey.planning.evidence import Judged
    from survey.planning.ratings import JudgedRatings

_TWO = 2


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
        *(() if comparison is None else open_change(comparison)),
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
    leading = [option.count for option in table.options if option.code not in INDIFFERENT]
    beside = [option.count for option in table.options if option.code in INDIFFERENT]
    if len(leading) < _TWO:
        return None
    return answers_to_lead(leading, eligible=table.base.N, beside=beside)


def _withheld(table: DecisionTable) -> Undecided:
    return Undecided(
        table.code,
        Statement(
            "„%(question)s“: Zu wenige haben geantwortet, um das Ergebnis zu zeigen.",
            (("question", table.wording),),
            table.code,
        ),
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
