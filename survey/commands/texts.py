"""`texts`: read free texts, release quotes for the report, take them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from survey.commands.frame import InOrder, edition_argument, in_installation
from survey.commands.speech import WORDS, _, counted, say
from survey.preparing import find_edition
from survey.reporting.quotes import release_quote, texts_to_read, withdraw_quote

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import Edition
    from survey.model.tally import KeptText

_text = click.argument(
    "text_id",
    metavar=_("KENNUNG"),
    help=_("Die Kennung des Textes; „texts show“ nennt sie."),
)


@click.group(cls=InOrder, help=_("Freie Texte lesen und Zitate für den Bericht freigeben."))
def texts() -> None:
    """Everything about free texts."""


@texts.command(
    "show",
    help=_("Die freien Texte zeigen, gemischt. Was Menschen verraten könnte, ist genannt."),
)
@edition_argument
@in_installation
def show(inst: Installation, name: str) -> None:
    """Print every text under its question."""
    edition = find_edition(inst, name).edition
    found = texts_to_read(inst, name)
    heading = ""
    for text in found:
        question = _question(edition, text)
        if question != heading:
            click.echo(f"\n{question}")
            heading = question
        click.echo(f"  {text.id}  {text.text}")
        if text.marks:
            marked = dict.fromkeys(text.text[m.start : m.end] for m in text.marks)
            say("      Vor der Freigabe streichen: %(parts)s", parts=", ".join(marked))
        if text.released is not None:
            say("      Freigegeben: %(quote)s", quote=text.released)
    click.echo()
    click.echo(counted("%(n)s Text", "%(n)s Texte", len(found)))


@texts.command(
    "release",
    help=_(
        "Einen Text als Zitat freigeben. Markierte Stellen fallen dabei weg. "
        "Der nächste Bericht heißt „Fassung 2“."
    ),
)
@edition_argument
@_text
@click.option(
    "--as",
    "wording",
    metavar=_("WORTLAUT"),
    help=_("So zitieren: Teile des Textes, mit […] für alles, was fehlt."),
)
@in_installation
def release(inst: Installation, name: str, text_id: str, wording: str | None) -> None:
    """Allow a quote."""
    quote = release_quote(inst, name, text_id, wording=wording)
    say("Freigegeben: %(quote)s", quote=quote)


@texts.command("withdraw", help=_("Ein Zitat zurückziehen. Neue Berichte enthalten es nicht mehr."))
@edition_argument
@_text
@in_installation
def withdraw(inst: Installation, name: str, text_id: str) -> None:
    """Take a quote back."""
    withdraw_quote(inst, name, text_id)
    say("Das Zitat ist zurückgezogen.")


def _question(edition: Edition, text: KeptText) -> str:
    language = WORDS.language
    if not text.session:
        return edition.questionnaire.item(text.item).wording.in_language(language)
    session = edition.programme.session(text.session)
    asked = {item.code: item for item in edition.questionnaire.session_items(session.kind)}
    title = session.title.in_language(language)
    return f"{title}: {asked[text.item].wording.in_language(language)}"
