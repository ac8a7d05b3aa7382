"""Draws a page of the workplace, inside and outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup
from starlette.responses import Response

from survey.access.sign_in_cookies import LONGEST, LONGEST_IDLE
from survey.language.catalogue import catalogue
from survey.model.workplace import Role
from survey.rendering import render
from survey.web.drawing import LANGUAGE_NAMES, LanguageEntry, footer_links
from survey.web.workplace.navigation import (
    organiser_edition_navigation,
    organiser_navigation,
    planner_edition_navigation,
    planner_navigation,
    series_navigation,
)

if TYPE_CHECKING:
    from survey.comparing.series import Series
    from survey.model.event import EditionRecord
    from survey.model.workplace import SignIn, WorkLanguage
    from survey.web.site import Visit
    from survey.web.style import Style

WORK_LANGUAGES: tuple[WorkLanguage, ...] = ("de", "en")


def draw_inside(
    visit: Visit,
    template: str,
    /,
    *,
    sign_in: SignIn,
    language: WorkLanguage,
    notice: str = "",
    edition: EditionRecord | None = None,
    series: Series | None = None,
    **values: object,
) -> str:
    """The page of a signed-in person; with the edition's or series' own navigation where it is about one."""
    inst, path = visit.inst, visit.request.url.path
    say = catalogue(language).gettext
    is_organiser = sign_in.role is Role.ORGANISER
    main = organiser_navigation if is_organiser else planner_navigation
    rooms = organiser_edition_navigation if is_organiser else planner_edition_navigation
    return _draw(
        visit.site.style,
        template,
        language=language,
        path=path,
        organisation=sign_in.organisation.name,
        person=sign_in.account,
        proof=inst.cookies.form_token(sign_in.hash),
        notice=notice,
        navigation=main(path, say),
        edition=edition,
        edition_title=edition.edition.title if edition else "",
        is_made_up=edition.edition.is_made_up if edition else False,
        edition_navigation=rooms(edition, path, say) if edition else (),
        series=series,
        series_navigation=series_navigation(series.address, path, say) if series else (),
        now=inst.clock(),
        signed_in_until=min(sign_in.began + LONGEST, inst.clock() + LONGEST_IDLE),
        zone=inst.settings.zone,
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
        series=None,
        series_navigation=(),
        house_name=visit.inst.settings.house.name if visit.inst.settings.house else "",
        now=visit.inst.clock(),
        signed_in_until=None,
        zone=visit.inst.settings.zone,
        **values,
    )


def workplace_reply(html: str, status: int = 200, *, language: WorkLanguage) -> Response:
    """A page of the workplace."""
    return Response(html, status, {"Content-Language": language}, media_type="text/html")


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
