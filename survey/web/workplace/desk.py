"""The desk: one request of a person who is signed in, and the guard every page of the workplace stands behind.

A page function gets a `Desk` and returns a reply. What it is reached through belongs to the person's organisation, or
is not found.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse
from starlette.routing import Route

from survey import preparing, proving, signing_in
from survey.comparing.series import find_series
from survey.errors import NotFound
from survey.language.catalogue import Catalogue, catalogue
from survey.model.workplace import Actor, Role
from survey.web.page_guards import read_sent, visit_of
from survey.web.workplace.drawing import draw_inside, workplace_reply
from survey.web.workplace.needed_first import SetUpNeeded, SignInNeeded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from survey.comparing.series import Series
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.model.workplace import Account, Organisation, SignIn, WorkLanguage
    from survey.web.page_guards import Upload
    from survey.web.site import Visit

ORGANISERS = frozenset({Role.ORGANISER})
EVERYBODY = frozenset(Role)
NOTICE_COOKIE = "nachklang-notice"
MOST_NOTICE = 1500


@dataclass(frozen=True, slots=True)
class Desk:
    """One request of a signed-in person, at the organisation they work for."""

    visit: Visit
    sign_in: SignIn
    inst: Installation
    """In the person's hands: what is written is logged as theirs."""
    upload: Upload | None = None
    """The file that was sent along, where the page takes one."""

    @property
    def person(self) -> Account:
        """Who sits there."""
        return self.sign_in.account

    @property
    def organisation(self) -> Organisation:
        """The organisation they work for now."""
        return self.sign_in.organisation

    @property
    def is_organiser(self) -> bool:
        """True if they may do everything."""
        return self.sign_in.role is Role.ORGANISER

    @property
    def language(self) -> WorkLanguage:
        """The language asked for in the address or by the page that was sent, else the person's own."""
        request = self.visit.request
        asked = self.visit.own.get("spoken") or request.query_params.get("sprache")
        return "en" if asked == "en" else "de" if asked == "de" else self.person.language

    @property
    def words(self) -> Catalogue:
        """The catalogue of that language."""
        return catalogue(self.language)

    @property
    def fields(self) -> Mapping[str, tuple[str, ...]]:
        """What was typed; the pages' own fields (``_…``) are in `own`."""
        return self.visit.fields

    @property
    def own(self) -> Mapping[str, str]:
        """The pages' own control fields, without the underscore."""
        return self.visit.own

    def part(self, name: str) -> str:
        """A part of the address: ``/arbeit/ausgaben/{edition}/…``."""
        return str(self.visit.request.path_params[name])

    def asked(self, name: str) -> str:
        """A value from behind the question mark of the address; empty if it is not there."""
        return self.visit.request.query_params.get(name, "")

    def edition(self) -> EditionRecord:
        """The edition in the address; NotFound also for another organisation's."""
        return preparing.edition_of(self.inst, self.organisation.id, self.part("edition"))

    def series(self) -> Series:
        """The series in the address; NotFound also for another organisation's."""
        return find_series(self.inst, self.organisation.id, self.part("series"))

    def draw(
        self,
        template: str,
        *,
        status: int = 200,
        edition: EditionRecord | None = None,
        series: Series | None = None,
        **values: object,
    ) -> Response:
        """The page, in the frame of the workplace; with the edition's or series' own navigation."""
        html = draw_inside(
            self.visit,
            template,
            sign_in=self.sign_in,
            language=self.language,
            notice=self.notice,
            edition=edition,
            series=series,
            **values,
        )
        return workplace_reply(html, status, language=self.language)

    def go(self, address: str, *, notice: str = "") -> Response:
        """On to another page, which says the notice (a sentence, already in the person's language) once."""
        reply = RedirectResponse(address, 303)
        if notice:
            text = base64.urlsafe_b64encode(notice.encode()[:MOST_NOTICE]).decode("ascii")
            set_cookie(self.visit, reply, NOTICE_COOKIE, text)
        return reply

    @property
    def notice(self) -> str:
        """What the page before this one wants said."""
        text = self.visit.request.cookies.get(cookie_name(self.visit, NOTICE_COOKIE), "")
        try:
            return base64.urlsafe_b64decode(text).decode("utf-8", "ignore")
        except (binascii.Error, ValueError):
            return ""

    @property
    def form_token(self) -> str:
        """What every form of the workplace carries as ``_proof``."""
        return self.inst.cookies.form_token(self.sign_in.hash)


DeskFunction = Callable[[Desk], "Response"]


@dataclass(frozen=True, slots=True)
class DeskEndpoint:
    """A page of the workplace: who may come, and what it does. The site map can be asked for both."""

    work: DeskFunction
    roles: frozenset[Role]
    needs_fresh_proof: bool = False
    takes_file: bool = False
    waits_for_set_up: bool = True
    """False for what is on the way to a second factor, and for signing out."""

    async def __call__(self, request: Request) -> Response:
        """Read, guard, work."""
        sent: dict[str, tuple[str, ...]] = {}
        upload: Upload | None = None
        if request.method == "POST":
            sent, upload = await read_sent(request, takes_file=self.takes_file)
        visit = visit_of(request, sent)
        return await run_in_threadpool(self._answer, visit, upload)

    def _answer(self, visit: Visit, upload: Upload | None) -> Response:
        found = signing_in.signed_in(visit.inst, sign_in_cookie(visit))
        if found is None:
            raise SignInNeeded(visit, sign_in=None)
        sign_in = found.sign_in
        visit.request.state.sign_in = sign_in  # for the page of an error, should there be one
        actor = Actor(sign_in.account.id, sign_in.organisation.id)
        desk = Desk(visit, sign_in, visit.inst.acting(actor), upload)
        visit.request.state.language = desk.language
        if sign_in.role not in self.roles:
            raise NotFound("page", visit.request.url.path)
        if visit.request.method == "POST":
            proof = visit.own.get("proof", "")
            if not is_from_here(visit) or not visit.inst.cookies.is_form_token(sign_in.hash, proof):
                # Whoever sent it cannot have had the form from this browser's sign-in.
                raise SignInNeeded(visit, sign_in=None)
        if self.waits_for_set_up and proving.needs_set_up(visit.inst, sign_in.account):
            raise SetUpNeeded(visit)
        if visit.request.method == "POST" and self.needs_fresh_proof and not found.is_fresh:
            raise SignInNeeded(visit, sign_in=sign_in)
        reply = self.work(desk)
        set_sign_in_cookie(visit, reply, found.cookie)
        if desk.notice and reply.status_code == 200 and reply.media_type == "text/html":  # noqa: PLR2004
            drop_cookie(visit, reply, NOTICE_COOKIE)
        return reply


def show(path: str, work: DeskFunction, *, roles: frozenset[Role] = ORGANISERS) -> Route:
    """A page to read."""
    return _route(path, DeskEndpoint(work, roles), "GET")


def receive(
    path: str,
    work: DeskFunction,
    *,
    roles: frozenset[Role] = ORGANISERS,
) -> Route:
    """What is done when the page's form is sent."""
    return _route(path, DeskEndpoint(work, roles), "POST")


def receive_proven(path: str, work: DeskFunction, *, roles: frozenset[Role] = ORGANISERS) -> Route:
    """The same for what is sent, deleted or published: asks for the password again after a quarter of an hour."""
    return _route(path, DeskEndpoint(work, roles, needs_fresh_proof=True), "POST")


def receive_file(path: str, work: DeskFunction, *, roles: frozenset[Role] = ORGANISERS) -> Route:
    """The same for a form with one file, in `Desk.upload`."""
    return _route(path, DeskEndpoint(work, roles, takes_file=True), "POST")


def before_set_up(route: Route) -> Route:
    """The same, also for somebody who still has to choose a second factor."""
    endpoint = desk_endpoint(route)
    if endpoint is None:
        raise ValueError(route.path)
    (method,) = (route.methods or set()) - {"HEAD"}
    return _route(route.path, replace(endpoint, waits_for_set_up=False), method)


def _route(path: str, endpoint: DeskEndpoint, method: str) -> Route:
    # Starlette takes only functions for request-reply endpoints; the site map still knows the endpoint.
    async def answer(request: Request) -> Response:
        return await endpoint(request)

    route = Route(path, answer, methods=[method])
    route.desk = endpoint  # type: ignore[attr-defined]
    return route


def desk_endpoint(route: Route) -> DeskEndpoint | None:
    """Who may come to that address, and what it does; None if it is not of the workplace."""
    return getattr(route, "desk", None)


def edition_address(record: EditionRecord, *parts: str, **query: str) -> str:
    """``/arbeit/ausgaben/kk2020/versand?…``."""
    address = "/".join(("/arbeit/ausgaben", record.name, *parts))
    return f"{address}?{urlencode(query)}" if query else address


def series_address(series: Series, *parts: str, **query: str) -> str:
    """``/arbeit/reihen/kommunalkongress/planung?…``."""
    address = "/".join(("/arbeit/reihen", series.address, *parts))
    return f"{address}?{urlencode(query)}" if query else address


def is_from_here(visit: Visit) -> bool:
    """False if the browser says that another site sent this."""
    headers = visit.request.headers
    site = headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    return origin is None or origin == visit.inst.settings.base_url or site == "same-origin"


def cookie_name(visit: Visit, name: str) -> str:
    """With the prefix that binds it to this host, where there is TLS."""
    return f"__Host-{name}" if _is_secure(visit) else name


def sign_in_cookie(visit: Visit) -> str:
    """The cookie of the sign-in; empty if there is none."""
    return visit.request.cookies.get(cookie_name(visit, "nachklang"), "")


def set_sign_in_cookie(visit: Visit, reply: Response, value: str) -> None:
    """The browser is signed in, and used now."""
    set_cookie(visit, reply, "nachklang", value)


def drop_sign_in_cookie(visit: Visit, reply: Response) -> None:
    """The browser forgets the sign-in."""
    drop_cookie(visit, reply, "nachklang")


def set_cookie(visit: Visit, reply: Response, name: str, value: str) -> None:
    """A cookie for this host only, out of reach of scripts, until the browser closes."""
    reply.set_cookie(
        cookie_name(visit, name),
        value,
        path="/",
        secure=_is_secure(visit),
        httponly=True,
        samesite="lax",
    )


def drop_cookie(visit: Visit, reply: Response, name: str) -> None:
    """The browser forgets that cookie."""
    reply.delete_cookie(
        cookie_name(visit, name), path="/", secure=_is_secure(visit), httponly=True, samesite="lax"
    )


def _is_secure(visit: Visit) -> bool:
    return visit.inst.settings.base_url.startswith("https:")
