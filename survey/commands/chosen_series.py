"""Which series a command is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from survey.commands.speech import _
from survey.comparing.series import series_called
from survey.errors import NotFound

if TYPE_CHECKING:
    from survey.comparing.series import Series
    from survey.installation import Installation

series_argument = click.argument(
    "called",
    metavar=_("REIHE"),
    help=_("Die Veranstaltungsreihe: ihr Name, oder so, wie sie in Adressen heißt."),
)
organisation_option = click.option(
    "--organisation",
    metavar="ID",
    help=_("Kennung der Organisation, wenn mehrere eine Reihe dieses Namens haben."),
)


def chosen_series(inst: Installation, called: str, organisation: str | None) -> Series:
    """The series that was typed; a usage error if several organisations have one of that name."""
    found = [s for s in series_called(inst, called) if organisation in {None, s.owner}]
    if not found:
        raise NotFound("series", called)
    if len(found) > 1:
        raise click.UsageError(
            _("Nennen Sie mit --organisation eine von: %(all)s")
            % {"all": ", ".join(series.owner for series in found)}
        )
    return found[0]
