"""How an organisation wants its participants' pages to look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey import housekeeping
from survey.errors import StorageUnavailable
from survey.model.colour import accent
from survey.web.style import dressed

if TYPE_CHECKING:
    from survey.web.site import Visit
    from survey.web.style import Style


def style_of(visit: Visit) -> Style:
    """The style of the page's organisation, if the address names an edition and it has one; else the service's own."""
    style = visit.site.style
    name = _edition_named(visit)
    if not name:
        return style
    try:
        colour, logo = housekeeping.look_of_edition(visit.inst, name)
    except StorageUnavailable:
        return style  # the page says so itself, and keeps what was typed
    if not colour and logo is None:
        return style
    return dressed(style, accent(colour) if colour else None, logo)


def _edition_named(visit: Visit) -> str:
    # A link begins with its edition's short name. A forged one gets a page about that; in what colours says nothing
    # that the edition's help page does not.
    found = visit.request.path_params
    return str(found.get("edition") or found.get("token", "")).partition(".")[0]
