"""The form of somebody who has not answered, as it is kept: found without drawing, and without a thread if possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.routing import Match

from survey.model.colour import accent
from survey.web.drawing import kept_messages
from survey.web.kept_pages import encoding_asked
from survey.web.page_guards import POLICY
from survey.web.style import dressed

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from survey.fresh_links import FreshForm
    from survey.language.wording import Language
    from survey.model.event import EditionRecord
    from survey.web.site import Site
    from survey.web.style import Style

PLACE = "/f/"
"""Personal links begin with it, and end with a token that has no slash."""
MOST_KNOWN = 4096
ASKED: dict[bytes, Language] = {
    b"": "de",
    b"sprache=de": "de",
    b"sprache=easy": "easy",
    b"sprache=en": "en",
}
"""What addresses of our own say after the question mark."""


class KeptForms:
    """Replies to a GET of a personal link with the kept page; whatever is out of the ordinary goes the ordinary way.

    It stands before everything else, for guards and routes take as long as finding the page.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        site: Site,
        headers: Mapping[str, str],
        but_not: Sequence[BaseRoute],
    ) -> None:
        self._app = app
        self._site = site
        self._headers = headers
        self._but_not = but_not

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Reply, or pass the request on."""
        if self._is_asked(scope):
            if self._site.inst.database.is_quick_to_read:
                found = self._find(scope)
            else:
                found = await run_in_threadpool(self._find, scope)
            if found is not None:
                start, body = found
                await send(start)
                await send(body)
                return
        await self._app(scope, receive, send)

    def _is_asked(self, scope: Scope) -> bool:
        return (
            scope["type"] == "http"
            and scope["path"].startswith(PLACE)
            and scope["method"] == "GET"
            and scope["query_string"] in ASKED
            and not scope["root_path"]
            and not (self._but_not and self._is_for_others(scope))
        )

    def _is_for_others(self, scope: Scope) -> bool:
        return any(route.matches(scope)[0] is Match.FULL for route in self._but_not)

    def _find(self, scope: Scope) -> tuple[Message, Message] | None:
        site, language = self._site, ASKED[scope["query_string"]]
        try:
            form = site.fresh_links.find(site.inst, scope["path"][len(PLACE) :])
        except Exception:  # noqa: BLE001 -- whatever it was, the ordinary way meets it again, and tells
            return None
        if form is None:
            return None
        known = site.fresh_pages.get((form, language))
        if known is None:
            known = _remember(site, form, language)
        key, policy = known
        page = site.kept.find(key)
        if page is None:
            return None  # drawn and kept on the ordinary way
        encoding = encoding_asked(scope)
        reply = page.replies.get(encoding)
        if reply is None:
            headers = {**self._headers, POLICY: policy}
            reply = kept_messages(page, encoding, headers, language=language)
            if (
                encoding
            ):  # whoever takes no compression is rare, and unpacked a page is ten times as large
                page.replies[encoding] = reply
        return reply


def form_key(
    record: EditionRecord,
    booked: frozenset[str],
    style: Style,
    *,
    language: Language,
) -> Hashable:
    """What the page of a fresh form depends on: pages under equal keys are equal."""
    return ("form", record.id, record.revision, record.closes, language, booked, style.look)


def _remember(site: Site, form: FreshForm, language: Language) -> tuple[Hashable, str]:
    style = site.style
    if form.accent or form.logo:
        style = dressed(style, accent(form.accent) if form.accent else None, form.logo)
    known = form_key(form.record, form.booked, style, language=language), style.policy
    if len(site.fresh_pages) >= MOST_KNOWN:
        site.fresh_pages.clear()
    site.fresh_pages[form, language] = known
    return known
