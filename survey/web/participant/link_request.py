"""A new link: address in, always the same reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from forms.drawn_form import Complaint
from survey import inviting, preparing
from survey.language.catalogue import catalogue
from survey.model.event import EditionState
from survey.web.drawing import draw, page_reply
from survey.web.page_guards import refuse_repeated

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.site import Visit

UNPROCESSABLE = 422


class Choice(NamedTuple):
    """An open edition to choose."""

    value: str
    label: str
    is_chosen: bool


def ask(visit: Visit) -> Response:
    """The empty form."""
    return _form(visit, (), 200)


def request(visit: Visit) -> Response:
    """Asks for the mail; the reply is the same whether the address is invited or not."""
    refuse_repeated(visit)
    say = catalogue(visit.language).gettext
    complaints = []
    address, name = _sent(visit, "address").strip(), _sent(visit, "edition")
    if name not in {choice.value for choice in _choices(visit)}:
        text = say("Wählen Sie aus, um welche Veranstaltung es geht.")
        complaints.append(Complaint("edition", text))
    if "@" not in address.strip("@"):
        text = say("Geben Sie Ihre E-Mail-Adresse so an: name@example.org")
        complaints.append(Complaint("address", text))
    if complaints:
        return _form(visit, tuple(complaints), UNPROCESSABLE)
    inviting.request_link(visit.inst, name, address)
    html = draw(
        visit.site.style,
        "participant/link_requested.html",
        language=visit.language,
        edition=None,
    )
    return page_reply(html, language=visit.language)


def _form(visit: Visit, complaints: tuple[Complaint, ...], status: int) -> Response:
    html = draw(
        visit.site.style,
        "participant/link_request.html",
        language=visit.language,
        edition=None,
        choices=_choices(visit),
        complaints=complaints,
        address=_sent(visit, "address"),
    )
    return page_reply(html, status, language=visit.language)


def _choices(visit: Visit) -> tuple[Choice, ...]:
    chosen = _sent(visit, "edition") or visit.request.query_params.get("befragung", "")
    now = visit.inst.clock()
    return tuple(
        Choice(record.name, record.edition.title, record.name == chosen)
        for record in preparing.list_editions(visit.inst)
        if record.state(now) is EditionState.OPEN
    )


def _sent(visit: Visit, name: str) -> str:
    return next(iter(visit.fields.get(name, ())), "")
