"""What guards every page: headers on every reply, limits on what is sent, one door from request to page function."""

from __future__ import annotations

import asyncio
import logging
import traceback
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl
from weakref import WeakKeyDictionary

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from survey.model.sent_fields import MOST_FIELDS
from survey.web.drawing import raw_headers
from survey.web.dressing import style_of
from survey.web.site import OWN, Visit, site_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from survey.web.style import Style

MOST_BYTES = 256 * 1024
MOST_BYTES_WITH_FILE = 5 * 1024 * 1024 + MOST_BYTES
FILE_FORM_TYPE = "multipart/form-data"
POLICY = "Content-Security-Policy"
FORM_TYPE = "application/x-www-form-urlencoded"
MOST_SHOWN_AT_ONCE = 2
"""Showing a form is computing, of which Python does one thing at a time; each thread more would only open the file of
the database once more, and keep what that takes. Whoever sends something waits for the disk, and not for these."""
_SHOWING: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()
_log = logging.getLogger("nachklang.web")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent with a form."""

    field: str
    file_name: str
    """As the browser named it: to be shown, never to be used as a path."""
    content: bytes


def guard_headers(style: Style, *, base_url: str) -> tuple[tuple[str, str], ...]:
    """The headers of every reply, errors too; a reply may say something else in any of them."""
    headers = (
        (POLICY, style.policy),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Robots-Tag", "noindex, nofollow"),
        ("Cache-Control", "no-store"),
    )
    if base_url.startswith("https:"):
        return (*headers, ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))
    return headers


class PageGuards:
    """Sets the headers, and turns whatever nobody expected into the page for it."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        headers: tuple[tuple[str, str], ...],
        unexpected: Callable[[Request], Response],
    ) -> None:
        self._app = app
        self._headers = raw_headers(dict(headers))
        self._unexpected = unexpected

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, guarded."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def guarded(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                own = message["headers"]
                names = {name for name, _ in own}
                added = [header for header in self._headers if header[0] not in names]
                message["headers"] = [*own, *added]
            await send(message)

        try:
            await self._app(scope, receive, guarded)
        except ClientDisconnect:
            return  # whoever went away in the middle gets no reply, and is no trouble of ours
        except Exception as error:  # the last door: a person gets a page, the log gets the place
            # Never the message or the path: either may hold a link or an answer.
            _log.error(
                "%s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__))
            )
            if has_begun:
                raise
            await self._unexpected(Request(scope, receive))(scope, receive, guarded)


def page(work: Callable[[Visit], Response]) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint for a page function: reads what was sent, then works in a thread of its own."""

    async def endpoint(request: Request) -> Response:
        sent = await read_fields(request) if request.method == "POST" else {}
        return await run_in_threadpool(_in_colours, work, visit_of(request, sent))

    return endpoint


def form_page(show: Callable[[Visit], Response]) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint that shows a form: a few at a time, unless that is mostly waiting for a database server."""
    endpoint = page(show)

    async def in_turn(request: Request) -> Response:
        if not site_of(request).inst.database.is_quick_to_read:
            return await endpoint(request)
        async with _showing():
            return await endpoint(request)

    return in_turn


def _showing() -> asyncio.Semaphore:
    """Lets those in who may show a form at the same time."""
    return _SHOWING.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(MOST_SHOWN_AT_ONCE))


def _in_colours(work: Callable[[Visit], Response], visit: Visit) -> Response:
    """The page as its organisation wants it to look; its own sheet is allowed in its own reply only."""
    style = style_of(visit)
    if style is visit.site.style:
        return work(visit)
    reply = work(replace(visit, site=replace(visit.site, style=style)))
    reply.headers.setdefault(POLICY, style.policy)
    return reply


def button(work: Callable[[Visit], Response]) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of a button that needs only to be pressed, by a person or, with any form, by a mail program."""

    async def endpoint(request: Request) -> Response:
        await _read_body(request)  # RFC 8058 wants multipart/form-data, which holds nothing to know
        return await run_in_threadpool(work, visit_of(request, {}))

    return endpoint


async def read_fields(request: Request) -> dict[str, tuple[str, ...]]:
    """Each field with its values in order; refused if it is too large or no form."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await _read_body(request)
    if body and kind != FORM_TYPE:
        raise HTTPException(400)
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            max_num_fields=MOST_FIELDS,
            errors="strict",
        )
    except ValueError as error:
        raise HTTPException(400) from error
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        fields[name] = (*fields.get(name, ()), value)
    return fields


async def read_sent(
    request: Request, *, takes_file: bool
) -> tuple[dict[str, tuple[str, ...]], Upload | None]:
    """The fields of a form, and the file sent with it where the page takes one."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not takes_file or kind != FILE_FORM_TYPE:
        return await read_fields(request), None
    # Counted while it comes, whatever the header says: the parser never sees more.
    body = bytes(await _read_body(request, most=MOST_BYTES_WITH_FILE))

    async def whole() -> AsyncGenerator[bytes, None]:
        yield body

    # Browsers send what a page of ours is written in; other encodings hold texts that nobody can write down.
    if "charset" in request.headers["content-type"].lower():
        raise HTTPException(400)
    parser = MultiPartParser(
        request.headers, whole(), max_files=1, max_fields=MOST_FIELDS, max_part_size=MOST_BYTES
    )
    try:
        form = await parser.parse()
    except (MultiPartException, UnicodeError, KeyError) as error:
        raise HTTPException(400) from error
    fields: dict[str, tuple[str, ...]] = {}
    upload: Upload | None = None
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            upload = Upload(name, value.filename or "", await value.read())
        else:
            fields[name] = (*fields.get(name, ()), value)
    await form.close()
    return fields, upload


async def _read_body(request: Request, *, most: int = MOST_BYTES) -> bytearray:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise HTTPException(413)
    return body


def visit_of(request: Request, sent: Mapping[str, tuple[str, ...]]) -> Visit:
    """The request with what was sent, the pages' own fields apart; refused if one of those comes twice."""
    own = {name[1:]: values for name, values in sent.items() if name.startswith(OWN)}
    if any(len(values) > 1 for values in own.values()):
        raise HTTPException(400)
    typed = {name: values for name, values in sent.items() if not name.startswith(OWN)}
    visit = Visit(
        request, site_of(request), typed, {name: values[0] for name, values in own.items()}
    )
    request.state.language = visit.language  # for the page of an error, should there be one
    return visit


def refuse_repeated(visit: Visit, repeatable: frozenset[str] = frozenset()) -> None:
    """Refuse a request in which a field that stands alone comes twice."""
    if any(len(v) > 1 and name not in repeatable for name, v in visit.fields.items()):
        raise HTTPException(400)
