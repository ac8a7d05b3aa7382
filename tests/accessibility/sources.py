"""The page as the service sent it, before any script touched it."""

from __future__ import annotations

from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from tests.accessibility.browser_checks import KEPT_BY_THE_BROWSER
from tests.accessibility.rules import read_quickly

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Response

    from tests.accessibility.rules import Markup

MOST_BYTES = 14_000
"""What a server may send before anything comes back, apart from headers: ten segments of 1460 bytes."""
MOST_TRIPS_AS_IT_IS = 2
"""For a page that is not compressed: the second time the server may send twice as much again, and so on."""
MOST_TRIPS_OF_A_REFUSED_SENDING = 4
"""For the page that holds a person's whole answers while nothing can be stored, in the longest form there may be."""
WORK = {"arbeit", "geteilt"}
"""Where people work, or look at what others said: there a page may hold many charts."""
_read = lru_cache(maxsize=1)(read_quickly)
_LAST: WeakKeyDictionary[Page, Response] = WeakKeyDictionary()
_BROUGHT: WeakKeyDictionary[BrowserContext, frozenset[str]] = WeakKeyDictionary()
_SENT: WeakKeyDictionary[Response, str] = WeakKeyDictionary()


def bring_cookie(page: Page, name: str, value: str, *, address: str) -> None:
    """The browser got it there before the visit, which therefore did not leave it behind."""
    page.context.add_cookies([{"name": name, "value": value, "url": address, "httpOnly": True}])
    _BROUGHT[page.context] = frozenset({name})


def without_cookies(page: Page) -> None:
    """A browser that was never here."""
    page.context.clear_cookies()
    _BROUGHT.pop(page.context, None)


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
    response = response_of(page)
    if response not in _SENT:
        _SENT[response] = response.text()
    return _SENT[response]


def markup_of(page: Page) -> Markup:
    """What the service sent, parsed quickly: whether it is valid at all is another check's matter."""
    return _read(source_of(page))


def too_many_bytes(page: Page) -> list[str]:
    """Whether a participant's page, its styles included, takes more round trips than it may."""
    size, most = sent_bytes(response_of(page)), most_bytes(response_of(page))
    return [f"{size} bytes, {most} allowed"] if size > most and not _is_work(page) else []


def sent_bytes(response: Response) -> int:
    """How many bytes of the page itself went over the network."""
    return response.request.sizes()["responseBodySize"]


def most_bytes(response: Response) -> int:
    """How many that page may need: one round trip for what can be sent compressed."""
    if "content-encoding" in response.headers:
        return MOST_BYTES
    if is_padded(response) and response.status == HTTPStatus.SERVICE_UNAVAILABLE:
        return in_round_trips(MOST_TRIPS_OF_A_REFUSED_SENDING)
    return in_round_trips(MOST_TRIPS_AS_IT_IS)


def is_padded(response: Response) -> bool:
    """True for pages that repeat answers: all of one length, and compressed by nobody on the way."""
    return "no-transform" in response.headers.get("cache-control", "")


def in_round_trips(trips: int) -> int:
    """Each time bytes are acknowledged, twice as many may follow."""
    return int(MOST_BYTES * (2**trips - 1))


def left_behind(page: Page) -> list[str]:
    """What the browser keeps of the visit: of a participant's nothing, of work no more than the sign-in."""
    found = set() if _is_work(page) else {one.get("name", "") for one in page.context.cookies()}
    cookies = sorted(found - _BROUGHT.get(page.context, frozenset()))
    return [*cookies, *(str(one) for one in page.evaluate(KEPT_BY_THE_BROWSER) if one)]


def _is_work(page: Page) -> bool:
    return urlsplit(page.url).path.split("/")[1] in WORK
