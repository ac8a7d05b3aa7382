"""Draws a page: the frame around every template, and the replies pages go out in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup
from starlette.responses import Response

from survey.language.catalogue import catalogue
from survey.language.wording import HTML_LANGUAGE, LANGUAGES, Language
from survey.rendering import render
from survey.web.kept_pages import encoding_asked, packed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.types import Message

    from survey.model.event import Edition
    from survey.web.kept_pages import KeptPage
    from survey.web.style import Style

LANGUAGE_NAMES: dict[Language, str] = {
    "de": "Deutsch",
    "easy": "Einfache Sprache",
    "en": "English",
}


@dataclass(frozen=True, slots=True)
class LanguageEntry:
    """One entry of the language switch."""

    language: Language
    html_language: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class FooterLink:
    """One link at the foot of every page; `html_language` where it may differ from the page's."""

    address: str
    text: str
    html_language: str = ""


def draw(
    style: Style, template: str, /, *, language: Language, edition: Edition | None, **values: object
) -> str:
    """The page in that language, with the frame of the edition where one is known."""
    return render(
        template,
        language,
        style=Markup(style.sheet),  # noqa: S704 -- our own file
        script=style.script_address,
        logo=style.logo,
        results_sheet=style.results_address,
        organisation=edition.organisation if edition else "",
        edition_title=edition.title if edition else "",
        is_made_up=edition.is_made_up if edition else False,
        links=footer_links(edition, language),
        languages=tuple(
            LanguageEntry(known, HTML_LANGUAGE[known], LANGUAGE_NAMES[known], f"?sprache={known}")
            for known in LANGUAGES
        ),
        **values,
    )


def in_language(address: str, language: Language) -> str:
    """The address, asking for that language."""
    return address if language == "de" else f"{address}?sprache={language}"


def about(place: str, edition: Edition | None, language: Language) -> str:
    """Address of a page about the edition: ``/hilfe/kk2020``."""
    return in_language(f"/{place}/{edition.name}" if edition else f"/{place}", language)


def footer_links(edition: Edition | None, language: Language) -> tuple[FooterLink, ...]:
    """Help, privacy, promise, accessibility, report of a barrier, easy language: on every page in this order."""
    say = catalogue(language).gettext
    statement = in_language("/barrierefreiheit", language)
    return (
        FooterLink(about("hilfe", edition, language), say("Hilfe und Kontakt")),
        FooterLink(about("datenschutz", edition, language), say("Datenschutzhinweise")),
        FooterLink(about("versprechen", edition, language), say("So halten wir das Versprechen")),
        FooterLink(statement, say("Erklärung zur Barrierefreiheit")),
        FooterLink(f"{statement}#melden", say("Barriere melden")),
        FooterLink(about("hilfe", edition, "easy"), "Hilfe in Einfacher Sprache", "de"),
    )


def page_reply(html: str, status: int = 200, *, language: Language = "de") -> Response:
    """A page drawn for this request."""
    return _html(html.encode(), status, language, {})


def kept_reply(kept: KeptPage, request: Request, *, language: Language) -> Response:
    """A kept page, compressed where the browser takes it."""
    encoding = encoding_asked(request.scope)
    return _html(kept.encoded(encoding), 200, language, _encoded_in(encoding))


def same_for_all(html: str, request: Request, *, language: Language) -> Response:
    """A page without a word that a visitor has brought along, drawn for this request: compressed, too."""
    encoding = encoding_asked(request.scope)
    return _html(packed(html.encode(), encoding), 200, language, _encoded_in(encoding))


def _encoded_in(encoding: str) -> dict[str, str]:
    return {"Vary": "Accept-Encoding"} | ({"Content-Encoding": encoding} if encoding else {})


def kept_messages(
    kept: KeptPage, encoding: str, headers: Mapping[str, str], *, language: Language
) -> tuple[Message, Message]:
    """The same reply with all its headers, as the web server takes it."""
    body = kept.encoded(encoding)
    own = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(body)),
        "Content-Language": HTML_LANGUAGE[language],
        "Vary": "Accept-Encoding",
    }
    if encoding:
        own["Content-Encoding"] = encoding
    return (
        {"type": "http.response.start", "status": 200, "headers": raw_headers(own | dict(headers))},
        {"type": "http.response.body", "body": body},
    )


def raw_headers(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Headers as the web server takes them."""
    return [
        (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()
    ]


def echo_reply(html: str, length: int, status: int = 200, *, language: Language) -> Response:
    """A page that echoes answers: padded to a multiple of `length`, never compressed, so its size tells nothing."""
    body = html.encode()
    return _html(
        body.ljust(-(-len(body) // length) * length),
        status,
        language,
        {"Cache-Control": "no-store, no-transform"},
    )


def _html(body: bytes, status: int, language: Language, headers: dict[str, str]) -> Response:
    headers = headers | {"Content-Language": HTML_LANGUAGE[language]}
    return Response(body, status, headers, media_type="text/html")
