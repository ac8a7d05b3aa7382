"""Errors of the workplace as pages that say what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from survey.errors import (
    DiskNearlyFull,
    FileRefused,
    KeyMissing,
    NotAllowed,
    NotFound,
    StorageUnavailable,
    TooManyAttempts,
    WitnessMismatch,
)
from survey.language.catalogue import catalogue
from survey.web.page_guards import visit_of
from survey.web.workplace.drawing import draw_inside, draw_outside, workplace_reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from survey.language.catalogue import Catalogue
    from survey.model.workplace import WorkLanguage


def workplace_error_page(request: Request, error: Exception | None) -> Response:
    """The page for that error."""
    language: WorkLanguage = (
        "en"
        if "en" in (getattr(request.state, "language", ""), request.query_params.get("sprache"))
        else "de"
    )
    status, heading, lines = _saying(error, catalogue(language))
    visit = visit_of(request, {})
    sign_in = getattr(request.state, "sign_in", None)
    is_error = status != 404  # noqa: PLR2004 -- Not Found
    if sign_in is None:
        html = draw_outside(
            visit,
            "workplace/error.html",
            language=language,
            heading=heading,
            lines=lines,
            is_error=is_error,
        )
    else:
        html = draw_inside(
            visit,
            "workplace/error.html",
            sign_in=sign_in,
            language=language,
            heading=heading,
            lines=lines,
            is_error=is_error,
        )
    reply = workplace_reply(html, status, language=language)
    if status == 503:  # noqa: PLR2004 -- Service Unavailable
        reply.headers["Retry-After"] = "60"
    if isinstance(error, HTTPException) and error.headers:
        reply.headers.update(error.headers)
    return reply


def _saying(error: Exception | None, words: Catalogue) -> tuple[int, str, tuple[str, ...]]:
    say = words.gettext
    nothing_done = say("Es wurde nichts geändert.")
    match error:
        case NotFound() | HTTPException(status_code=404):
            return 404, say("Diese Seite gibt es nicht"), (say("Prüfen Sie die Adresse."),)
        case NotAllowed(why=why):
            return 409, say("Das geht so nicht"), (words.problem(why), nothing_done)
        case FileRefused(problems=problems):
            lines = tuple(words.problem(problem) for problem in problems)
            return 422, say("Die Datei wurde nicht angenommen"), (*lines, nothing_done)
        case KeyMissing() | WitnessMismatch():
            return (
                503,
                say("Die Urne ist gesperrt"),
                (
                    say(
                        "Der Dienst hat etwas gefunden, das ein Mensch prüfen muss, bevor es weitergeht. "
                        "Bitte wenden Sie sich an die Technik: „nachklang doctor“ sagt, was es ist."
                    ),
                    nothing_done,
                ),
            )
        case StorageUnavailable():
            return 503, *_of_storage(error, say, nothing_done)
        case HTTPException(status_code=405):
            return 405, say("So lässt sich diese Seite nicht öffnen"), (nothing_done,)
        case HTTPException(status_code=413):
            return (
                413,
                say("Das ist zu groß"),
                (say("Eine Datei darf höchstens 5 MiB groß sein."), nothing_done),
            )
        case TooManyAttempts() | HTTPException(status_code=429):
            return (
                429,
                say("Zu viele Versuche"),
                (say("Bitte warten Sie ein paar Minuten, und versuchen Sie es dann noch einmal."),),
            )
        case HTTPException(status_code=400):
            return (
                400,
                say("Diese Anfrage war unvollständig oder beschädigt"),
                (
                    say("Gehen Sie zurück, und versuchen Sie es noch einmal."),
                    nothing_done,
                ),
            )
        case _:
            return (
                500,
                say("Hier ist ein Fehler passiert"),
                (say("Der Fehler liegt bei uns. Bitte versuchen Sie es später noch einmal."),),
            )


def _of_storage(
    error: StorageUnavailable, say: Callable[[str], str], nothing_done: str
) -> tuple[str, tuple[str, ...]]:
    if isinstance(error, DiskNearlyFull):
        room = say(
            "Auf der Platte sind nur noch %(megabytes)d MB frei. Sie bleiben den Antworten vorbehalten: "
            "Machen Sie Platz, dann gibt es wieder Berichte und Tabellen."
        )
        heading = say("Für Berichte ist gerade kein Platz")
        return heading, (room % {"megabytes": error.free // 1024**2}, nothing_done)
    return say("Das geht gerade nicht"), (
        say("Der Dienst konnte nichts speichern."),
        nothing_done,
        say("Bitte versuchen Sie es in einer Minute noch einmal."),
    )
