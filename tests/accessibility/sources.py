"""The page as the service sent it, before any script touched it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from lxml import html

from tests.accessibility.rules import Markup

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

_LAST: WeakKeyDictionary[Page, Response] = WeakKeyDictionary()


def keep_source(page: Page) -> Page:
    """From now on the tab remembers what each page it shows was made from."""

    def remember(response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == page.main_frame:
            _LAST[page] = response

    page.on("response", remember)
    return page


def response_of(page: Page) -> Response:
    """The reply that the page shown was made from; `KeyError` where nobody kept it."""
    return _LAST[page]


def source_of(page: Page) -> str:
    """What the service sent."""
    return response_of(page).text()


def markup_of(page: Page) -> Markup:
    """What the service sent, parsed quickly: whether it is valid at all is another check's matter."""
    root = html.document_fromstring(source_of(page))
    return Markup(root, {child: parent for parent in root.iter() for child in parent}, ())
