"""`answers-needed`: which change so many answers would show next time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from exports.how_many_words import HowManyWords
from survey.commands.chosen_series import chosen_series, organisation_option, series_argument
from survey.commands.frame import in_installation
from survey.commands.speech import _
from survey.commands.written_files import language_option
from survey.planning.answers_needed import MOST_COUNTED_ON, past_edition, prospects
from survey.statistics.precision import USUAL_FAMILY, Turnout, answers_to_see

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.language.wording import Language

_MOST_QUESTIONS = 500


@click.command(
    "answers-needed",
    help=_(
        "Wie viele Antworten die nächste Ausgabe braucht: welche Veränderung sich mit so vielen Antworten "
        "erkennen ließe. Ohne weitere Angaben gilt die Beteiligung der letzten Ausgabe."
    ),
)
@series_argument
@click.option(
    "--answers",
    type=click.IntRange(1, MOST_COUNTED_ON),
    metavar=_("ZAHL"),
    help=_("Mit so vielen Antworten rechnen Sie."),
)
@click.option(
    "--of",
    "people",
    type=click.IntRange(1),
    metavar=_("ZAHL"),
    help=_("So viele werden eingeladen; ohne --answers und --of so viele wie beim letzten Mal."),
)
@click.option(
    "--with",
    "name",
    metavar=_("AUSGABE"),
    help=_("Womit verglichen wird; sonst die letzte ausgezählte Ausgabe."),
)
@click.option(
    "--points",
    type=click.IntRange(5, 100),
    metavar=_("ZAHL"),
    help=_("Auch sagen, wie viele Antworten eine Veränderung um so viele Punkte zeigen."),
)
@click.option(
    "--questions",
    type=click.IntRange(1, _MOST_QUESTIONS),
    default=USUAL_FAMILY,
    show_default=True,
    metavar=_("ZAHL"),
    help=_("So viele Fragen werden verglichen."),
)
@language_option
@organisation_option
@in_installation
def answers_needed(
    inst: Installation,
    called: str,
    *,
    answers: int | None,
    people: int | None,
    name: str | None,
    points: int | None,
    questions: int,
    language: Language,
    organisation: str | None,
) -> None:
    """Say what could be seen, and a sentence for the invitation."""
    base = past_edition(chosen_series(inst, called, organisation), name or "")
    eligible = people if answers or people else base.turnout.eligible
    hoped = answers or min(base.turnout.answered, people or base.turnout.answered)
    if eligible is not None and hoped > eligible:
        raise click.UsageError(_("Das sind mehr Antworten als Eingeladene."))
    words = HowManyWords(language)
    found = prospects(base, Turnout(hoped, eligible), family=questions)
    click.echo(words.compared_with(found))
    click.echo(words.result(found))
    for other in found.others:
        click.echo(words.alternative(other))
    if points is not None:
        needed = answers_to_see(points, eligible=eligible, base=base.turnout, family=questions)
        click.echo(words.needed(points, needed))
    if sentence := words.for_the_invitation(found):
        click.echo(words.say("Für die Einladung: %(sentence)s", sentence=sentence))
    click.echo(words.meaning(found))
