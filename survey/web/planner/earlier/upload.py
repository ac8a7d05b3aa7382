"""Another tool's file comes in; with it, if there are any, the structure of its questionnaire and a kept mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.earlier_file import read_earlier_file
from forms.earlier_mapping_file import read_mapping
from forms.limesurvey_structure import read_structure, with_structure
from survey.earlier.guessing import guess_mapping
from survey.earlier.holding import drop_held, held_survey, hold_survey
from survey.earlier.importing import questions_of
from survey.earlier.mappings import find_mapping, with_mapping
from survey.errors import FileRefused, NotAllowed, NotFound, problem
from survey.model.foreign_survey import EarlierFacts, HeldSurvey
from survey.web.planner.earlier.held import (
    HERE,
    UNPROCESSABLE,
    Busy,
    busy_with,
    gone,
    keep,
    new_address,
)
from survey.web.planner.earlier.questions import questions_page
from survey.web.workplace.desk import series_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.foreign_survey import MappedQuestion
    from survey.web.page_guards import Upload
    from survey.web.workplace.desk import Desk

LONGEST_FILE_NAME = 120
_CHOOSE = problem("Wählen Sie eine Datei aus.")
_EMPTY = problem("Die Datei ist leer.")
_OF_ANOTHER_FILE = problem(
    "Keine Frage dieser Zuordnung steht in Ihrer Datei: Sie gehört zu einer anderen. Es bleibt, was schon "
    "zugeordnet ist."
)


def show_upload(desk: Desk) -> Response:
    """Where a file is uploaded; one that was begun can be gone on with."""
    return _page(desk)


def receive_file_of_answers(desk: Desk) -> Response:
    """What the file counts is held, not the file; then its facts are asked."""
    upload, series = desk.upload, desk.series()
    if upload is None or not upload.content:
        is_chosen = upload is not None and bool(upload.file_name)
        return _page(desk, problems=(_EMPTY if is_chosen else _CHOOSE,))
    try:
        survey = read_earlier_file(upload.content, _file_name(upload))
    except FileRefused as error:
        return _page(desk, problems=error.problems)
    held = HeldSurvey(
        survey,
        guess_mapping(survey, questions_of(series)),
        EarlierFacts(answered=survey.responses),
    )
    hold_survey(desk.inst, series, held, account=desk.person.id)
    return desk.go(new_address(series, "angaben"))


def drop(desk: Desk) -> Response:
    """What was held is gone; nothing was imported."""
    series = desk.series()
    drop_held(desk.inst, series, account=desk.person.id)
    return desk.go(
        series_address(series, HERE),
        notice=desk.words.gettext("Die Datei ist verworfen. Es wurde nichts eingelesen."),
    )


def receive_structure(desk: Desk) -> Response:
    """The questions and answers have words now, and what seems to be ours is proposed anew."""

    def read(busy: Busy, content: bytes, name: str) -> HeldSurvey:
        survey = with_structure(busy.chosen.survey, read_structure(content, name))
        facts = busy.chosen.facts
        return HeldSurvey(survey, guess_mapping(survey, busy.ours), facts)

    notice = desk.words.gettext("Der Aufbau des Fragebogens ist eingelesen.")
    return _receive(desk, read, field="structure", notice=notice)


def receive_mapping(desk: Desk) -> Response:
    """The questions are matched as the file says."""

    def read(busy: Busy, content: bytes, name: str) -> HeldSurvey:
        return _mapped(busy, read_mapping(content, name))

    notice = desk.words.gettext("Die Zuordnung ist übernommen.")
    return _receive(desk, read, field="mapping-file", notice=notice)


def apply_kept_mapping(desk: Desk) -> Response:
    """The questions are matched as was kept."""
    busy = busy_with(desk)
    if busy is None:
        return gone(desk)
    called = next(iter(desk.fields.get("mapping", ())), "")
    try:
        kept = find_mapping(desk.inst, desk.organisation.id, called)
    except NotFound:
        why = problem("Wählen Sie eine Zuordnung aus.")
        return questions_page(desk, busy, problems=(why,), wrong="mapping")
    try:
        keep(desk, busy, _mapped(busy, kept.questions))
    except FileRefused as error:
        return questions_page(desk, busy, problems=error.problems, wrong="mapping")
    return desk.go(
        new_address(busy.series, "fragen"),
        notice=desk.words.gettext("Die Zuordnung ist übernommen."),
    )


def _mapped(busy: Busy, mapping: tuple[MappedQuestion, ...]) -> HeldSurvey:
    """What is held, mapped so; a mapping of another file takes nothing away."""
    chosen = with_mapping(busy.chosen, mapping)
    if not chosen.mapping:
        raise FileRefused(busy.chosen.survey.file_name, (_OF_ANOTHER_FILE,))
    return chosen


def _receive(
    desk: Desk, read: Callable[[Busy, bytes, str], HeldSurvey], *, field: str, notice: str
) -> Response:
    busy, upload = busy_with(desk), desk.upload
    if busy is None:
        return gone(desk)
    if upload is None or not upload.content:
        return questions_page(desk, busy, problems=(_CHOOSE,), wrong=field)
    try:
        keep(desk, busy, read(busy, upload.content, _file_name(upload)))
    except FileRefused as error:
        return questions_page(desk, busy, problems=error.problems, wrong=field)
    except NotAllowed:
        return gone(desk)
    return desk.go(new_address(busy.series, "fragen"), notice=notice)


def _file_name(upload: Upload) -> str:
    # To be shown: without characters that turn the direction of a text or break its line.
    printable = "".join(c for c in upload.file_name if c.isprintable())
    return printable[-LONGEST_FILE_NAME:] or "datei"


def _page(desk: Desk, *, problems: tuple[Problem, ...] = ()) -> Response:
    series = desk.series()
    return desk.draw(
        "workplace/earlier/upload.html",
        status=UNPROCESSABLE if problems else 200,
        series=series,
        problems=problems,
        held=held_survey(desk.inst, series, account=desk.person.id),
        has_questions=bool(questions_of(series)),
        here=new_address(series),
        back=series_address(series, HERE),
    )
