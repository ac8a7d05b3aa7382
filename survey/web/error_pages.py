"""Every error as a page that says what to do; the only place that knows both our errors and HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from survey import preparing
from survey.errors import (
    AlreadyClosed,
    AnsweredWithOtherLink,
    KeyMissing,
    LinkForged,
    LinkUnknown,
    NachklangError,
    NotFound,
    NotYetOpen,
    OpenLinkUnknown,
    StorageUnavailable,
    WitnessMismatch,
)
from survey.language.catalogue import Catalogue, catalogue
from survey.web.api.problems import PREFIX, problem_page
from survey.web.drawing import draw, in_language, page_reply
from survey.web.site import language_of, site_of
from survey.web.workplace.needed_first import SetUpNeeded, SignInNeeded

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from zoneinfo import ZoneInfo

    from starlette.requests import Request
    from starlette.responses import Response

    from survey.model.event import EditionRecord

RETRY = {"Retry-After": "60"}


@dataclass(frozen=True, slots=True)
class Saying:
    """What an error page says."""

    status: int
    heading: str
    text: str
    next_address: str = ""
    next_text: str = ""
    is_error: bool = True


def handlers() -> Mapping[type[Exception], Callable[[Request, Exception], Awaitable[Response]]]:
    """Which errors have pages."""
    return {
        NachklangError: error_page,
        HTTPException: error_page,
        SignInNeeded: _sign_in_needed_page,
        SetUpNeeded: _set_up_needed_page,
    }


async def error_page(request: Request, error: Exception) -> Response:
    """The page for that error."""
    return _page(request, error)


# These pages come with the first person who works here: those who answer need nothing of what is loaded with them.
async def _sign_in_needed_page(request: Request, error: Exception) -> Response:
    from survey.web.signing_in.asked_to_sign_in import sign_in_needed_page  # noqa: PLC0415 -- see above

    return await sign_in_needed_page(request, error)


async def _set_up_needed_page(request: Request, error: Exception) -> Response:
    from survey.web.signing_in.asked_to_sign_in import set_up_needed_page  # noqa: PLC0415 -- see above

    return await set_up_needed_page(request, error)


def unexpected_page(request: Request) -> Response:
    """The page for what nobody expected."""
    return _page(request, None)


def _page(request: Request, error: Exception | None) -> Response:
    if request.url.path.startswith(PREFIX):
        return problem_page(error)
    if request.url.path.startswith("/arbeit"):
        from survey.web.workplace.error_pages import workplace_error_page  # noqa: PLC0415 -- as above

        return workplace_error_page(request, error)
    site = site_of(request)
    language = language_of(request)
    record = _record(request)
    edition = record.edition if record else None
    says = saying(
        error,
        catalogue(language),
        zone=site.inst.settings.zone,
        language_query=in_language("", language),
        is_running=record is not None and record.takes_answers(site.inst.clock()),
    )
    html = draw(
        site.style,
        "errors/message.html",
        language=language,
        edition=edition,
        says=says,
        contact=edition.contact if edition else "",
    )
    reply = page_reply(html, says.status, language=language)
    if says.status == 503:  # noqa: PLR2004 -- Service Unavailable
        reply.headers.update(RETRY)
    if isinstance(error, HTTPException) and error.headers:
        reply.headers.update(error.headers)
    return reply


def saying(
    error: Exception | None,
    words: Catalogue,
    *,
    zone: ZoneInfo,
    language_query: str,
    is_running: bool,
) -> Saying:
    """What to tell a person about that error."""
    say = words.gettext
    new_link = (f"/link{language_query}", say("Link neu anfordern"))
    match error:
        case LinkForged() | OpenLinkUnknown():
            return _no_such_link(error, say, new_link)
        case LinkUnknown() if is_running:
            return Saying(
                410,
                say("Dieser Link gilt nicht mehr"),
                say(
                    "Zu diesem Link gibt es keine Daten mehr. Fragen Sie uns, wenn Sie das wundert."
                ),
                is_error=False,
            )
        case LinkUnknown():
            return Saying(
                410,
                say("Diese Befragung ist beendet"),
                say("Ihr Link war echt. Die Daten dazu sind inzwischen gelöscht, wie versprochen."),
                is_error=False,
            )
        case NotYetOpen(opens=opens):
            text = (
                say("Die Befragung beginnt am %(opens)s. Ihr Link gilt dann.")
                % {"opens": words.moment(opens, zone)}
                if opens
                else say(
                    "Die Befragung hat noch nicht begonnen. Ihr Link gilt, sobald sie beginnt."
                )
            )
            return Saying(403, say("Die Befragung hat noch nicht begonnen"), text, is_error=False)
        case AlreadyClosed(closed=closed):
            text = say("Sie lief bis %(closed)s. Vielen Dank für Ihr Interesse!") % {
                "closed": words.moment(closed, zone)
            }
            return Saying(410, say("Die Befragung ist geschlossen"), text, is_error=False)
        case AnsweredWithOtherLink():
            return Saying(
                409,
                say("Sie haben schon geantwortet"),
                say(
                    "Ihre Antworten sind gespeichert. Ändern oder zurücknehmen kann sie nur der Link, "
                    "mit dem Sie geantwortet haben."
                ),
            )
        case StorageUnavailable() | KeyMissing() | WitnessMismatch():
            return Saying(
                503,
                say("Das geht gerade nicht"),
                say(
                    "Der Dienst ist gestört. Es ist nichts verloren. "
                    "Bitte versuchen Sie es in ein paar Minuten noch einmal."
                ),
            )
        case NotFound():
            return _by_status(404, say)
        case HTTPException(status_code=status):
            return _by_status(status, say)
        case _:
            return _by_status(500, say)


def _no_such_link(
    error: LinkForged | OpenLinkUnknown, say: Callable[[str], str], new_link: tuple[str, str]
) -> Saying:
    if isinstance(error, OpenLinkUnknown):
        return Saying(
            404,
            say("Dieser Link führt zu keinem Fragebogen"),
            say(
                "Prüfen Sie die Adresse auf der Anzeige oder auf dem Blatt. "
                "Vielleicht nimmt der Link keine Antworten mehr an."
            ),
            is_error=False,
        )
    return Saying(
        404,
        say("Dieser Link stimmt nicht"),
        say(
            "Vielleicht fehlt am Ende ein Stück. Öffnen Sie den Link noch einmal aus der Mail, "
            "oder fordern Sie einen neuen an."
        ),
        *new_link,
    )


def _by_status(status: int, say: Callable[[str], str]) -> Saying:
    match status:
        case 404:
            return Saying(
                404,
                say("Diese Seite gibt es nicht"),
                say(
                    "Prüfen Sie die Adresse. Den Link zu Ihrem Fragebogen finden Sie in Ihrer Mail."
                ),
            )
        case 405:
            return Saying(
                405,
                say("So lässt sich diese Seite nicht öffnen"),
                say("Öffnen Sie den Link noch einmal aus Ihrer Mail."),
            )
        case 413:
            return Saying(
                413,
                say("Das ist zu viel Text"),
                say("Gehen Sie zurück und kürzen Sie Ihre Texte. Es wurde nichts gespeichert."),
            )
        case 400:
            return Saying(
                400,
                say("Diese Anfrage war unvollständig oder beschädigt"),
                say("Öffnen Sie den Link noch einmal aus Ihrer Mail. Es wurde nichts gespeichert."),
            )
        case _:
            return Saying(
                500,
                say("Hier ist ein Fehler passiert"),
                say("Der Fehler liegt bei uns. Bitte versuchen Sie es später noch einmal."),
            )


def _record(request: Request) -> EditionRecord | None:
    """The edition a page is about; none where that cannot be known."""
    site = site_of(request)
    try:
        token = request.path_params.get("token")
        if token is not None and request.url.path.startswith("/f/"):
            name = site.inst.links.read_personal_token(token).edition_name
            return preparing.find_edition(site.inst, name)
        if token is not None and request.url.path.startswith("/o/"):
            return preparing.find_edition(site.inst, site.inst.links.read_open_token(token))
    except NachklangError:
        return None  # the page is about that very error
    return None
