"""What would be imported, before it is; then it is, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.earlier_mapping_file import write_mapping
from survey.earlier.guessing import renamed_answers
from survey.earlier.importing import import_earlier, plan_import
from survey.earlier.mappings import LONGEST_NAME, keep_mapping
from survey.errors import NotAllowed, StorageUnavailable
from survey.model.foreign_survey import LEFT_OUT, one_line
from survey.model.items import NO_ANSWER, choices
from survey.web.attachment import attachment
from survey.web.planner.earlier.held import HERE, Busy, busy_with, gone, new_address
from survey.web.planner.earlier.shown import shown_questions
from survey.web.workplace.desk import series_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.web.workplace.desk import Desk

CONFLICT = 409


def show_preview(desk: Desk) -> Response:
    """The edition as it would be, or what is still missing."""
    busy = busy_with(desk)
    return gone(desk) if busy is None else _page(desk, busy)


def take_over(desk: Desk) -> Response:
    """The edition is there, if it still is what was shown; what was held is gone."""
    busy = busy_with(desk)
    if busy is None:
        return gone(desk)
    plan = plan_import(desk.inst, busy.series, busy.chosen)
    if plan.edition is None or desk.own.get("revision") != busy.revision:
        return _page(desk, busy, has_moved=True)
    name = one_line(next(iter(desk.fields.get("mapping_name", ())), ""))[:LONGEST_NAME].strip()
    try:
        made = import_earlier(desk.inst, busy.series, plan.edition, held_by=desk.person.id)
    except NotAllowed as error:
        return _page(desk, busy, refused=error.why)
    notice = desk.words.gettext("Die frühere Ausgabe ist eingelesen.")
    if name:
        # From here on the edition is there: a page that says nothing was changed would be wrong.
        try:
            keep_mapping(desk.inst, busy.series.owner, name, questions=busy.chosen.mapping)
        except NotAllowed as error:
            notice = desk.words.problem(error.why)
        except StorageUnavailable:
            notice = desk.words.gettext(
                "Die frühere Ausgabe ist eingelesen. Die Zuordnung ließ sich gerade nicht aufbewahren."
            )
    return desk.go(series_address(busy.series, HERE, made.id), notice=notice)


def hand_over_mapping(desk: Desk) -> Response:
    """The mapping as it is now, as a file."""
    busy = busy_with(desk)
    if busy is None:
        return gone(desk)
    text = write_mapping(busy.chosen.mapping, busy.chosen.survey)
    return attachment(text.encode(), name="zuordnung.toml", media_type="application/toml")


def _page(
    desk: Desk, busy: Busy, *, has_moved: bool = False, refused: Problem | None = None
) -> Response:
    plan = plan_import(desk.inst, busy.series, busy.chosen)
    numbers = {q.key: at + 1 for at, q in enumerate(busy.chosen.survey.questions)}
    return desk.draw(
        "workplace/earlier/preview.html",
        status=CONFLICT if has_moved or refused else 200,
        series=busy.series,
        survey=busy.chosen.survey,
        edition_from_elsewhere=plan.edition,
        questions=shown_questions(desk.words, plan.shown, renamed=_renamed(desk, busy)),
        fact_problems=plan.fact_problems,
        problems=[(numbers.get(p.place), p) for p in plan.problems],
        left_out=len(busy.chosen.survey.questions) - len(busy.chosen.mapping),
        has_moved=has_moved,
        refused=refused,
        revision=busy.revision,
        longest_name=LONGEST_NAME,
        typed_name=next(iter(desk.fields.get("mapping_name", ())), ""),
        held=busy.held,
        here=new_address(busy.series),
    )


def _renamed(desk: Desk, busy: Busy) -> dict[str, tuple[tuple[str, str], ...]]:
    """For each code of ours, which of their answers counts as which of ours, where the words differ."""
    ours = {our.key: our for our in busy.ours}
    said = {
        NO_ANSWER: desk.words.gettext("Keine Angabe"),
        LEFT_OUT: desk.words.gettext("Zählt nicht mit: war nicht gefragt"),
    }
    found = {}
    for mapped in busy.chosen.mapping:
        question, our = busy.chosen.survey.question(mapped.theirs), ours.get(mapped.ours)
        if question is not None and our is not None:
            named = said | {c.code: c.label.in_language(desk.language) for c in choices(our.item)}
            found[our.item.code] = tuple(
                (answer.label, named[code])
                for answer, code in renamed_answers(question, our, mapped)
                if code in named
            )
    return found
