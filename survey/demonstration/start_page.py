"""The demonstration's own pages: a start page that leads to everything, its mails and its reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse
from starlette.routing import Route

from survey.comparing.series import all_series
from survey.demonstration.entrance import entrance_route
from survey.demonstration.planners import COMPARISON, SHEET, short_name
from survey.demonstration.staff import PASSWORD
from survey.demonstration.story import OPEN_NAME
from survey.language.catalogue import catalogue
from survey.model.event import EditionState
from survey.model.invitation import Campaign
from survey.model.workplace import MAIN_ORGANISATION
from survey.preparing import list_editions
from survey.publishing import page_of
from survey.rehearsal.mail_files import last_link, plain_text, read_mail
from survey.web.drawing import draw
from survey.web.site import language_of, site_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from survey.installation import Installation
    from survey.language.catalogue import Catalogue
    from survey.language.wording import Language
    from survey.model.event import EditionRecord

_FILE = re.compile(r"[a-z0-9][a-z0-9_-]*\.(pdf|eml)")
_CAMPAIGNS = (Campaign.INVITATION, Campaign.REMINDER_1, Campaign.THANKS)
_MOST_STAFF_MAILS = 8


@dataclass(frozen=True, slots=True)
class Link:
    """Something to click on."""

    address: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownEdition:
    """One edition on the start page."""

    title: str
    state: str
    reports: tuple[Link, ...]
    session_reports: tuple[Link, ...]
    mails: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ShownSeries:
    """One series on the start page."""

    name: str
    reports: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a mail; `link` where it is one."""

    text: str
    link: str


def demonstration_routes() -> list[BaseRoute]:
    """The start page, the way into the workplace, one mail, one report."""
    return [
        entrance_route(),
        Route("/", start, methods=["GET"]),
        Route("/beispiel/mail/{file}", mail, methods=["GET"]),
        Route("/beispiel/bericht/{file}", report, methods=["GET"]),
    ]


def start(request: Request) -> Response:
    """Everything there is to see."""
    site, language = site_of(request), language_of(request)
    inst = site.inst
    folder = inst.settings.mail_folder
    link = last_link(folder, OPEN_NAME, Campaign.INVITATION) if folder else None
    records = sorted(list_editions(inst), key=lambda r: r.edition.starts, reverse=True)
    page = draw(
        site.style,
        "demonstration/start.html",
        language=language,
        edition=None,
        form_link=urlsplit(link).path if link else "",
        password=PASSWORD,
        staff_mails=_staff_mails(folder) if folder else (),
        series=_series(inst, language),
        editions=[_shown(inst, record, language) for record in records],
        folder=str(inst.settings.data),
    )
    return HTMLResponse(page)


def mail(request: Request) -> Response:
    """One mail as its reader gets it."""
    site, language = site_of(request), language_of(request)
    file = _file(site.inst.settings.mail_folder, request)
    message = read_mail(file)
    paragraphs = [
        [
            Line(
                text,
                urlsplit(text)._replace(scheme="", netloc="").geturl() if _is_link(text) else "",
            )
            for text in p.splitlines()
        ]
        for p in re.split(r"\n\s*\n", plain_text(message))
    ]
    page = draw(
        site.style,
        "demonstration/mail.html",
        language=language,
        edition=None,
        subject=str(message["Subject"]),
        sender=str(message["From"]),
        addressee=str(message["To"]),
        paragraphs=paragraphs,
    )
    return HTMLResponse(page)


def report(request: Request) -> Response:
    """One report."""
    file = _file(site_of(request).inst.settings.reports, request)
    return FileResponse(
        file, media_type="application/pdf", content_disposition_type="inline", filename=file.name
    )


def _file(folder: Path | None, request: Request) -> Path:
    name = str(request.path_params["file"])
    if folder is None or not _FILE.fullmatch(name) or not (folder / name).is_file():
        raise HTTPException(404)
    return folder / name


def _is_link(text: str) -> bool:
    return text.startswith(("http://127.0.0.1", "http://localhost"))


def _series(inst: Installation, language: Language) -> list[ShownSeries]:
    """The series of which there is a report."""
    words = catalogue(language)
    titles = {
        COMPARISON: words.gettext("Vergleich der Ausgaben (PDF)"),
        SHEET: words.gettext("Planungsblatt (PDF)"),
    }
    found = []
    for series in all_series(inst, MAIN_ORGANISATION):
        names = {f"{short_name(series)}-{kind}.pdf": title for kind, title in titles.items()}
        if reports := tuple(_there(inst, names)):
            found.append(ShownSeries(series.name, reports))
    return found


def _shown(inst: Installation, record: EditionRecord, language: Language) -> ShownEdition:
    words = catalogue(language)
    states = {
        EditionState.PLANNED: words.gettext("Geplant."),
        EditionState.OPEN: words.gettext("Offen: Antworten sind noch möglich."),
        EditionState.CLOSED: words.gettext("Geschlossen, noch nicht ausgezählt."),
        EditionState.COUNTED: words.gettext("Ausgezählt."),
    }
    title = words.gettext("%(title)s (PDF)")
    sessions = {
        f"-{s.code}": title % {"title": s.title.in_language(language)}
        for s in record.edition.programme.sessions
    }
    whole = {
        "": words.gettext("Auswertung (PDF)"),
        "-en": words.gettext("Auswertung auf Englisch (PDF)"),
    }
    return ShownEdition(
        record.edition.title,
        states[record.state(inst.clock())],
        (*_reports(inst, record, whole), *_public_page(inst, record, words)),
        tuple(_reports(inst, record, sessions)),
        tuple(_mails(inst, record, language)),
    )


def _public_page(inst: Installation, record: EditionRecord, words: Catalogue) -> Iterator[Link]:
    """The link to what everybody may read of the edition, where there is such a page."""
    if page_of(inst, record) is not None:
        yield Link(f"/ergebnis/{record.name}", words.gettext("Öffentliche Ergebnisseite"))


def _reports(inst: Installation, record: EditionRecord, titles: dict[str, str]) -> list[Link]:
    """Links to the reports that are there; titles by the end of their file names."""
    return _there(inst, {f"{record.name}{ending}.pdf": t for ending, t in titles.items()})


def _there(inst: Installation, names: dict[str, str]) -> list[Link]:
    return [
        Link(f"/beispiel/bericht/{name}", title)
        for name, title in names.items()
        if (inst.settings.reports / name).is_file()
    ]


def _mails(inst: Installation, record: EditionRecord, language: Language) -> list[Link]:
    words = catalogue(language)
    titles = {
        Campaign.INVITATION: words.gettext("Eine Einladung"),
        Campaign.REMINDER_1: words.gettext("Eine Erinnerung"),
        Campaign.THANKS: words.gettext("Ein Dank"),
    }
    folder = inst.settings.mail_folder
    found = []
    for campaign in _CAMPAIGNS:
        files = sorted(folder.glob(f"{record.name}-{campaign}-*.eml")) if folder else []
        if files:
            found.append(Link(f"/beispiel/mail/{files[-1].name}", titles[campaign]))
    return found


def _staff_mails(folder: Path) -> list[Link]:
    """What the people of the workplace were sent, the latest first."""
    files = sorted(folder.glob("workplace-*.eml"), key=lambda file: file.stat().st_mtime)
    latest = files[: -_MOST_STAFF_MAILS - 1 : -1]
    return [Link(f"/beispiel/mail/{file.name}", _subject(file)) for file in latest]


def _subject(file: Path) -> str:
    message = read_mail(file)
    return f"{message['To']}: {message['Subject']}"
