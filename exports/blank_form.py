"""The questionnaire on paper, blank: boxes to tick, lines to write on, as HTML for the accessible PDF.

The same questions as in the form of a person without bookings; whoever types it in finds them in the same order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from survey.language.catalogue import Catalogue, catalogue
from survey.model import items
from survey.model.items import NUMBERS, offers_no_answer
from survey.model.personal_form import personal_form
from survey.rendering import render

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from survey.language.wording import Language
    from survey.model.event import Edition
    from survey.model.personal_form import Elsewhere, FormSection, Question
    from survey.model.programme import Session
    from survey.model.ways_in import WaysIn

_CHARACTERS_PER_LINE = 85
_MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """One question as it is printed."""

    text: str
    hints: tuple[str, ...]
    boxes: tuple[str, ...] = ()
    """Choices to tick."""
    numbers: tuple[str, ...] = ()
    """Choices that stand side by side, from 0 to 10."""
    apart: tuple[str, ...] = ()
    """Choices that are no judgement."""
    places: tuple[str, ...] = ()
    """Ranks to fill in."""
    lines: int = 0


@dataclass(frozen=True, slots=True)
class PaperPart:
    """Questions about one session, or about the one session of a round that a person was in."""

    title: str
    speakers: str
    questions: tuple[PaperQuestion, ...]


@dataclass(frozen=True, slots=True)
class PaperSection:
    """One headed stretch of the sheet."""

    heading: str
    asked_if: str
    """Who answers it; empty for everybody."""
    introduction: str
    questions: tuple[PaperQuestion, ...]
    parts: tuple[PaperPart, ...]


def blank_form_html(
    edition: Edition, language: Language, *, ways: WaysIn, closes: datetime, zone: ZoneInfo
) -> str:
    """The sheet in that language; it says who types it in, and where it goes."""
    words = catalogue(language)
    form = personal_form(edition, frozenset())
    return render(
        "report/blank_form.html",
        language,
        summary=edition,
        created=f"{edition.starts.isoformat()}T00:00:00Z",
        sections=[_section(edition, section, language, words) for section in form.sections],
        has_texts=any(items.text_limit(q.item) for q in form.questions()),
        has_required=any(q.item.is_required for q in form.questions()),
        typist=ways.typist,
        return_to=ways.return_to,
        closes=words.moment(closes, zone),
        readers=edition.text_readers or edition.organisation,
    )


def _section(
    edition: Edition, section: FormSection, language: Language, words: Catalogue
) -> PaperSection:
    return PaperSection(
        section.heading.in_language(language),
        _asked_if(edition, section, language, words),
        section.introduction.in_language(language),
        tuple(_question(q, language, words) for q in section.questions),
        (
            *(
                PaperPart(
                    part.session.title.in_language(language),
                    ", ".join(part.session.speakers),
                    tuple(_question(q, language, words) for q in part.questions),
                )
                for part in section.parts
            ),
            *(_of_round(other, language, words) for other in section.elsewhere),
        ),
    )


def _asked_if(edition: Edition, section: FormSection, language: Language, words: Catalogue) -> str:
    condition = section.condition
    if condition is None:
        return ""
    item = edition.questionnaire.item(condition.item)
    taken = [c for c in items.choices(item) if c.code in condition.choices]
    return words.gettext(
        "Nur für Sie, wenn Sie bei der Frage „%(question)s“ das angekreuzt haben: %(choices)s."
    ) % {
        "question": item.wording.in_language(language),
        "choices": ", ".join(choice.label.in_language(language) for choice in taken),
    }


def _of_round(other: Elsewhere, language: Language, words: Catalogue) -> PaperPart:
    say = words.gettext

    def title(session: Session) -> str:
        return session.title.in_language(language)

    which = PaperQuestion(
        say("In welchem Workshop waren Sie?"),
        (say("Kreuzen Sie einen an. Die Fragen darunter gelten für diesen Workshop."),),
        boxes=tuple(title(s) for s in other.sessions),
        apart=(say("In keinem"),),
    )
    asked = tuple(_question(q, language, words) for q in other.questions)
    return PaperPart(other.round.title.in_language(language), "", (which, *asked))


def _question(question: Question, language: Language, words: Catalogue) -> PaperQuestion:
    item, say = question.item, words.gettext
    text = item.wording.in_language(language)
    if item.is_required and not question.is_about_elsewhere:
        text = f"{text} {say('(bitte beantworten)')}"
    own = (item.hint.in_language(language),) if item.hint else ()
    apart = (
        *((say("Keine Angabe"),) if offers_no_answer(item) else ()),
        *((say("Nicht teilgenommen"),) if question.may_be_absent else ()),
    )
    labels = tuple(choice.label.in_language(language) for choice in items.choices(item))
    match item:
        case items.Recommendation():
            ends = say("0 bedeutet: %(low)s. 10 bedeutet: %(high)s.") % {
                "low": item.low.in_language(language),
                "high": item.high.in_language(language),
            }
            return PaperQuestion(text, (*own, ends), numbers=NUMBERS, apart=apart)
        case items.RatingScale() | items.SingleChoice() | items.YesNo():
            return PaperQuestion(text, own, boxes=labels, apart=apart)
        case items.MultipleChoice():
            hints = (*own, say("Sie können mehrere Antworten ankreuzen."))
            lines = 1 if item.other_label else 0
            return PaperQuestion(text, hints, boxes=labels, apart=apart, lines=lines)
        case items.TopThree():
            hints = (*own, say("Schreiben Sie 1, 2 und 3 davor. Die 1 ist Ihnen am wichtigsten."))
            return PaperQuestion(text, hints, places=labels)
        case items.ShortText() | items.LongText():
            limit = say("Höchstens %(limit)s Zeichen. Bitte nennen Sie keine Namen.") % {
                "limit": words.number(item.limit)
            }
            room = min(_MOST_LINES, max(2, -(-item.limit // _CHARACTERS_PER_LINE)))
            return PaperQuestion(text, (*own, limit), lines=room)
        case _:
            assert_never(item)
