"""Who answered, in words: a response rate of the invited, or participation where others answered too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.language.catalogue import catalogue

if TYPE_CHECKING:
    from exports.finding_words import FindingWords
    from survey.model.summary import EditionSummary


def participation(summary: EditionSummary, words: FindingWords) -> tuple[str, ...]:
    """How many answered, as sentences; never a rate where somebody answered without a personal link."""
    number = catalogue(words.language).number
    n, invited = number(summary.answered), number(summary.invited)
    if summary.open_answers:
        return _without_a_rate(summary, words)
    if not summary.invited:
        return (
            words.say(
                "%(n)s von %(invited)s Eingeladenen haben geantwortet.", n=n, invited=invited
            ),
        )
    return (
        words.say(
            "%(n)s von %(invited)s Eingeladenen haben geantwortet (%(rate)s).",
            n=n,
            invited=invited,
            rate=words.percent(summary.answered / summary.invited),
        ),
    )


def _without_a_rate(summary: EditionSummary, words: FindingWords) -> tuple[str, ...]:
    number = catalogue(words.language).number
    told = [
        words.say(
            "Beteiligung: %(n)s Antworten, davon %(open)s ohne persönlichen Link.",
            n=number(summary.answered),
            open=number(summary.open_answers),
        )
    ]
    if summary.attended is not None:
        told.append(
            words.say("Anwesend waren %(people)s Menschen.", people=number(summary.attended))
        )
    if summary.has_too_many:
        told.append(
            words.say(
                "Das sind mehr Antworten als Menschen: Entweder hat jemand mehrmals geantwortet, "
                "oder die Zahl der Anwesenden stimmt nicht."
            )
        )
    return tuple(told)
