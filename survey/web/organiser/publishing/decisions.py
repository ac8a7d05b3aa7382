"""What the organisers make of what was said, in their own words, finding by finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.result_forms import decision_too_long
from survey import publishing
from survey.errors import problem
from survey.language.wording import Wording
from survey.planning.decisions import Preparation, public_decisions
from survey.reporting.published import published_summary
from survey.web.workplace.desk import edition_address
from survey.web.workplace.handed_on import handed_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import EditionRecord
    from survey.web.workplace.desk import Desk

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One finding with what was typed about it."""

    code: str
    sentences: tuple[str, ...]
    typed: Wording
    error: Problem | None = None


def show_decisions(desk: Desk) -> Response:
    """Every finding, with a field for what comes of it."""
    record = desk.edition()
    return _draw(desk, record, publishing.decisions_of(desk.inst, record), {})


def keep_decisions(desk: Desk) -> Response:
    """What was typed is kept; a text without its German is refused, with everything typed."""
    record = desk.edition()
    codes = [one.code for one in publishing.answerables(published_summary(desk.inst, record.name))]
    typed = {
        code: Wording(
            _typed(desk, "de", code), _typed(desk, "easy", code), _typed(desk, "en", code)
        )
        for code in codes
    }
    wrong = {code: why for code, wording in typed.items() if (why := _complaint(wording))}
    if wrong:
        return _draw(desk, record, typed, wrong, status=UNPROCESSABLE)
    publishing.decide(desk.inst, record, {code: w for code, w in typed.items() if w})
    notice = desk.words.gettext("Gespeichert: was Sie aus den Ergebnissen machen.")
    return desk.go(edition_address(record, "ergebnisse", "veroeffentlichen"), notice=notice)


def _complaint(wording: Wording) -> Problem | None:
    if not wording.de and (wording.easy or wording.en):
        return problem("Schreiben Sie es zuerst auf Deutsch.")
    if decision_too_long(wording):
        return problem("Das ist zu lang. Höchstens 1.000 Zeichen.")
    return None


def _typed(desk: Desk, language: str, code: str) -> str:
    found = desk.fields.get(f"{language}-{code}", ("",))[0]
    return found.replace("\r\n", "\n").strip()


def _draw(
    desk: Desk,
    record: EditionRecord,
    typed: Mapping[str, Wording],
    wrong: Mapping[str, Problem],
    *,
    status: int = 200,
) -> Response:
    from exports.finding_words import FindingWords  # noqa: PLC0415 -- most requests draw no finding

    words = FindingWords(desk.language)
    findings = []
    for one in publishing.answerables(published_summary(desk.inst, record.name)):
        sentences = tuple(words.statement(statement) for statement in one.statements)
        if one.theme is not None:
            label = one.theme.label.in_language(desk.language)
            sentences = (f"{label}: {words.texts(one.theme.texts)}",)
        findings.append(
            ShownFinding(one.code, sentences, typed.get(one.code, Wording("")), wrong.get(one.code))
        )
    return desk.draw(
        "workplace/publishing/decisions.html",
        status=status,
        edition=record,
        findings=findings,
        planned=handed_on(desk, Preparation(record, public_decisions(desk.inst, record))),
        wrong=bool(wrong),
    )
