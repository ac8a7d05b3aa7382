"""Draws a page of the workplace: its frame, its navigation, and the edition's own where it is about one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup
from starlette.responses import Response

from survey.access.sign_in_cookies import LONGEST, LONGEST_IDLE
from survey.language.catalogue import catalogue
from survey.rendering import render
from survey.web.drawing import LANGUAGE_NAMES, LanguageEntry, footer_links

if TYPE_CHECKING:
    from datetime import datetime

    from survey.model.event import EditionRecord
    from survey.model.workplace import WorkLanguage
    from survey.web.site import Visit
    from survey.web.style import Style
    from survey.web.workplace.desk import Desk

WORK_LANGUAGES: tuple[WorkLanguage, ...] = ("de", "en")


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """One entry of a navigation."""

    address: str
    text: str
    is_current: bool


def draw_workplace(
    desk: Desk, template: str, /, *, edition: EditionRecord | None = None, **values: object
) -> str:
    """The page of a signed-in person."""
    path = desk.visit.request.url.path
    return _draw(
        desk.visit.site.style,
        template,
        language=desk.language,
        path=path,
        organisation=desk.organisation.name,
        person=desk.person,
        proof=desk.form_token,
        notice=desk.notice,
        navigation=main_navigation(desk, path),
        edition=edition,
        edition_title=edition.edition.title if edition else "",
        is_made_up=edition.edition.is_made_up if edition else False,
        edition_navigation=edition_navigation(desk, edition, path) if edition else (),
        now=desk.inst.clock(),
        signed_in_until=_until(desk),
        zone=desk.inst.settings.zone,
        **values,
    )


def draw_outside(
    visit: Visit, template: str, /, *, language: WorkLanguage, **values: object
) -> str:
    """A page of the workplace for somebody who is not signed in: signing in, a link that ended."""
    return _draw(
        visit.site.style,
        template,
        language=language,
        path=visit.request.url.path,
        organisation="",
        person=None,
        proof="",
        notice="",
        navigation=(),
        edition=None,
        edition_title="",
        is_made_up=False,
        edition_navigation=(),
        house_name=visit.inst.settings.house.name if visit.inst.settings.house else "",
        now=visit.inst.clock(),
        signed_in_until=None,
        zone=visit.inst.settings.zone,
        **values,
    )


def workplace_reply(html: str, status: int = 200, *, language: WorkLanguage) -> Response:
    """A page of the workplace."""
    return Response(html, status, {"Content-Language": language}, media_type="text/html")


def main_navigation(desk: Desk, path: str) -> tuple[NavigationEntry, ...]:
    """What the person can come to from every page."""
    say = desk.words.gettext
    entries = [("/arbeit", say("Heute")), ("/arbeit/ausgaben", say("Ausgaben"))]
    if desk.is_organiser:
        entries += [
            ("/arbeit/menschen", say("Menschen und Rollen")),
            ("/arbeit/einstellungen", say("Einstellungen")),
            ("/arbeit/protokoll", say("Protokoll")),
        ]
    entries.append(("/arbeit/konto", say("Mein Konto")))
    return tuple(
        NavigationEntry(address, text, _is_below(path, address, is_start=address == "/arbeit"))
        for address, text in entries
    )


def edition_navigation(desk: Desk, record: EditionRecord, path: str) -> tuple[NavigationEntry, ...]:
    """The rooms of one edition, in the order of the work."""
    say = desk.words.gettext
    start = f"/arbeit/ausgaben/{record.name}"
    entries = [("", say("Überblick"))]
    if desk.is_organiser:
        entries += [
            ("/angaben", say("Angaben")),
            ("/programm", say("Programm")),
            ("/fragebogen", say("Fragebogen")),
            ("/teilnehmende", say("Teilnehmende")),
            ("/versand", say("Versand")),
            ("/zugaenge", say("Weitere Zugänge")),
        ]
    entries.append(("/ergebnisse", say("Ergebnisse")))
    return tuple(
        NavigationEntry(start + end, text, _is_below(path, start + end, is_start=not end))
        for end, text in entries
    )


def _until(desk: Desk) -> datetime:
    return min(desk.sign_in.began + LONGEST, desk.inst.clock() + LONGEST_IDLE)


def _is_below(path: str, address: str, *, is_start: bool) -> bool:
    return path == address or (not is_start and path.startswith(f"{address}/"))


def _draw(
    style: Style, template: str, /, *, language: WorkLanguage, path: str, **values: object
) -> str:
    return render(
        template,
        language,
        style=Markup(style.sheet),  # noqa: S704 -- our own file
        path=path,
        logo=None,
        script=style.script_address,
        workplace_sheet=style.workplace_address,
        results_sheet=style.results_address,
        links=footer_links(None, language),
        languages=tuple(
            LanguageEntry(known, known, LANGUAGE_NAMES[known], f"{path}?sprache={known}")
            for known in WORK_LANGUAGES
        ),
        words=catalogue(language),
        **values,
    )
