"""`close` and `count`: no more answers, and what they say together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from survey.commands.frame import confirm, edition_argument, in_installation, yes_option
from survey.commands.speech import WORDS, _, say
from survey.counting import count_edition, decide_unopenable
from survey.model.event import GRACE
from survey.preparing import close_now, find_edition

if TYPE_CHECKING:
    from survey.installation import Installation


@click.command(
    help=_(
        "Die Befragung jetzt schließen, vor ihrer Frist. Bis die Auszählung beginnt, "
        "lässt sie sich wieder öffnen."
    )
)
@edition_argument
@yes_option
@in_installation
def close(inst: Installation, name: str, *, yes: bool) -> None:
    """Close the form early."""
    find_edition(inst, name)
    confirm(_("„%(name)s“ jetzt schließen?") % {"name": name}, yes=yes)
    record = close_now(inst, name)
    closed = record.closes or inst.clock()
    say("„%(name)s“ ist geschlossen.", name=name)
    say(
        "Auszählen können Sie ab %(when)s: nachklang count %(name)s",
        when=WORDS.moment(closed + GRACE, inst.settings.zone),
        name=name,
    )


@click.command(
    help=_(
        "Die Urne öffnen und auszählen. Das geht ab einer Stunde nach der Frist und lässt sich nicht "
        "rückgängig machen: Am Ende sind alle Umschläge gelöscht und der Schlüssel ist vernichtet."
    )
)
@edition_argument
@click.option(
    "--leave-out",
    type=click.IntRange(min=1),
    metavar=_("ANZAHL"),
    help=_("So viele Umschläge weglassen, die sich nicht öffnen lassen."),
)
@yes_option
@in_installation
def count(inst: Installation, name: str, *, leave_out: int | None, yes: bool) -> None:
    """Count an edition and file the protocol."""
    record = find_edition(inst, name)
    is_due = record.closes is not None and inst.clock() >= record.closes + GRACE
    if is_due and record.key_destroyed is None:
        say(
            "Die Umschläge von „%(name)s“ werden geöffnet, Frage für Frage ausgezählt und gelöscht. "
            "Danach wird der Schlüssel vernichtet; niemand kann dann noch sagen, wer was geantwortet hat.",
            name=name,
        )
        confirm(_("Jetzt auszählen?"), yes=yes)
    if leave_out is not None:
        decide_unopenable(inst, name, leave_out=leave_out)
    protocol = count_edition(inst, name, by_hand=True, progress=_tell_step)
    text = protocol.text(WORDS, inst.settings.zone)
    inst.settings.reports.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = inst.settings.reports / f"{name}-{_('protokoll')}.txt"
    target.write_text(text, encoding="utf-8")
    click.echo(text)
    say("Das Protokoll liegt in %(file)s.", file=target)
    say("Weiter geht es mit: nachklang report %(name)s", name=name)


def _tell_step(step: str) -> None:
    click.echo(f"{_(step)} …", err=True)
