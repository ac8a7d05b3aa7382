"""The one length of an edition's pages that echo answers: no size of a reply matches anybody's texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.answer_form import AnswerForm, carried
from forms.fullest_answers import fullest_answers
from survey.errors import problem
from survey.language.wording import LANGUAGES
from survey.model.personal_form import personal_form
from survey.web.drawing import draw
from survey.web.participant.introduction import introduction

if TYPE_CHECKING:
    from survey.model.event import EditionRecord
    from survey.web.site import Site

STEP = 8192
SPARE = 1.15
"""Titles differ a little between people, and a page says more when something is wrong."""


def echo_length(site: Site, record: EditionRecord) -> int:
    """Bytes of a page that holds the longest answers of the longest form, in the longest language."""
    key = (record.id, record.revision, site.style.look)
    if key not in site.echo_lengths:
        site.echo_lengths[key] = _measure(site, record)
    return site.echo_lengths[key]


def _measure(site: Site, record: EditionRecord) -> int:
    edition = record.edition
    rounds = (edition.programme.of_round(r.code) for r in edition.programme.rounds)
    form = personal_form(edition, frozenset(held[0].code for held in rounds if held))
    typed = fullest_answers(form)
    wrong = tuple(
        problem("Bitte beantworten Sie diese Frage.", place=q.name) for q in form.questions()
    )
    on_condition = [s for s in form.sections if s.condition]
    every_condition = " ".join(s.code for s in on_condition)
    longest = 0
    for language in LANGUAGES:
        check = draw(
            site.style,
            "participant/check.html",
            language=language,
            edition=edition,
            form=AnswerForm(form, typed, language=language),
            carried=carried(typed),
            trouble=True,
            asked=every_condition,
        )
        refused = draw(
            site.style,
            "participant/form.html",
            language=language,
            edition=edition,
            form=AnswerForm(form, typed, language=language, problems=wrong),
            trouble=True,
            newly=tuple(
                (s.questions[0].name, s.heading.in_language(language)) for s in on_condition
            ),
            asked=every_condition,
            standing="answered",
            asks=introduction(site, record, form, language),
        )
        longest = max(longest, len(check.encode()), len(refused.encode()))
    return -(-int(longest * SPARE) // STEP) * STEP
