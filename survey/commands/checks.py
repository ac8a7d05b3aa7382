"""`doctor`, `urn confirm`: what is wrong, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from survey.commands.frame import (
    InOrder,
    confirm,
    edition_argument,
    in_installation,
    yes_option,
)
from survey.commands.speech import WORDS, _, counted, say
from survey.keeping.doctor import examine
from survey.preparing import find_edition
from survey.urn_watch import confirm_urn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.installation import Installation
    from survey.keeping.diagnosis import Diagnosis


@click.command(
    help=_(
        "Die Installation untersuchen. Zu allem, was nicht stimmt, steht dabei, was zu tun ist; "
        "der Befehl endet dann mit 1."
    )
)
@in_installation
def doctor(inst: Installation) -> None:
    """Tell everything that is wrong."""
    tell_diagnoses(examine(inst))


@click.group(cls=InOrder, help=_("Mit einem Alarm der Urne umgehen."))
def urn() -> None:
    """What to do after an alarm."""


@urn.command(
    "confirm",
    help=_(
        "Bestätigen, dass weniger Umschläge in der Urne liegen als bezeugt sind. "
        "Danach nimmt die Befragung wieder Antworten an."
    ),
)
@edition_argument
@yes_option
@in_installation
def confirm_boxes(inst: Installation, name: str, *, yes: bool) -> None:
    """Go on with the boxes that are there."""
    find_edition(inst, name)
    question = _(
        "Fehlende Umschläge von „%(name)s“ hinnehmen? Eine Sicherung bringt sie vielleicht zurück."
    )
    confirm(question % {"name": name}, yes=yes)
    found = confirm_urn(inst, name)
    say("Bestätigt. Umschläge in der Urne: %(n)s", n=WORDS.number(found))


def tell_diagnoses(diagnoses: Sequence[Diagnosis]) -> None:
    """Each finding with its cure; exit code 1 if there is any."""
    for found in diagnoses:
        sign = _("Dringend") if found.is_urgent else _("Hinweis")
        click.echo(f"{sign}: {WORDS.problem(found.what)}")
        click.echo(f"    {WORDS.problem(found.cure)}")
    if diagnoses:
        click.echo(counted("%(n)s Befund", "%(n)s Befunde", len(diagnoses)))
        raise SystemExit(1)
    say("Alles in Ordnung.")
