"""The pages of the site map, by audience: what a walk over all pages has to see."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.routing import Match, Route

from survey.rendering import TEMPLATES
from survey.web.routes import routes
from survey.web.style import read_style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Page, Response
    from starlette.routing import BaseRoute

NOT_WHAT_WAS_SENT_TO = {404, 405, 500}
"""Whatever was sent there, not that address is what answered; any other refusal of what was sent is its own page."""
Entry = tuple[str, str]
"""Method and pattern of an address: `("GET", "/hilfe/{edition}")`."""

NO_PAGES = ("/logo/", "/api/", "/stil/")
"""Below these lie pictures, an interface for programs, style sheets and the script."""
FILES = frozenset(
    {
        "/arbeit/ausgaben/{edition}/angaben/datei",
        "/arbeit/ausgaben/{edition}/teilnehmende/liste/ausgelassen.csv",
        "/arbeit/ausgaben/{edition}/teilnehmende/auskunft.txt",
        "/arbeit/ausgaben/{edition}/teilnehmende/auskunft.json",
        "/arbeit/ausgaben/{edition}/teilnehmende/{person}/auskunft.txt",
        "/arbeit/ausgaben/{edition}/teilnehmende/{person}/auskunft.json",
        "/arbeit/ausgaben/{edition}/zugaenge/code.svg",
        "/arbeit/ausgaben/{edition}/zugaenge/blatt.pdf",
        "/arbeit/ausgaben/{edition}/zugaenge/papier.pdf",
        "/arbeit/ausgaben/{edition}/ergebnisse/herunterladen/{file}",
        "/arbeit/protokoll/protokoll.csv",
        "/arbeit/reihen/{series}/herunterladen/{file}",
        "/arbeit/reihen/{series}/planung/herunterladen/{file}",
        "/arbeit/reihen/{series}/frueher/neu/zuordnung.toml",
        "/arbeit/reihen/{series}/frueher/zuordnungen/{mapping}/datei",
    }
)
"""Files to be kept; how they read is proved with the files."""


def pages_below(
    *prefixes: str, apart_from: str = "", within: Sequence[BaseRoute] | None = None
) -> frozenset[Entry]:
    """Every page whose address begins so: from the site map, so that none is forgotten."""
    return frozenset(
        (method, route.path)
        for route in (site_map() if within is None else within)
        if isinstance(route, Route)
        and route.path.startswith(prefixes)
        and not route.path.startswith(NO_PAGES)
        and route.path not in FILES
        and not (apart_from and route.path.startswith(apart_from))
        for method in (route.methods or set()) - {"HEAD"}
    )


def site_map() -> tuple[BaseRoute, ...]:
    """Every address of the service."""
    return tuple(routes(read_style(TEMPLATES)))


@dataclass
class Walk:
    """Which pages the states of a walk really showed."""

    site: tuple[BaseRoute, ...] = field(default_factory=site_map)
    shown: dict[Entry, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Pages that were drawn at the end of a state."""
    passed: dict[Entry, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Addresses that were asked on the way, and led on."""
    refused: dict[Entry, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Addresses that were asked last, and showed some other page instead."""

    visited: set[str] = field(default_factory=set)
    """States that were reached."""

    @contextmanager
    def watch(self, page: Page, state: str) -> Iterator[None]:
        """Sees where the browser goes, and what it shows at the end."""
        asked: list[tuple[Entry, int]] = []

        def see(reply: Response) -> None:
            if reply.request.is_navigation_request() and reply.frame == page.main_frame:
                asked.append((self.entry(reply.request.method, reply.url), reply.status))

        page.on("response", see)
        try:
            yield
        finally:
            page.remove_listener("response", see)
        self.note(state, asked)

    def note(self, state: str, asked: Sequence[tuple[Entry, int]]) -> None:
        """What a state asked for, in order, and with which status it was answered."""
        self.visited.add(state)
        for entry, _ in asked[:-1]:
            self.passed[entry].add(state)
        for entry, status in asked[-1:]:
            (self.shown if _is_its_page(entry, status) else self.refused)[entry].add(state)

    def entry(self, method: str, address: str) -> Entry:
        """The pattern behind an address; the address itself where the site map has none."""
        path = urlsplit(address).path
        scope = {"type": "http", "method": method, "path": path, "root_path": "", "headers": []}
        for route in self.site:
            if isinstance(route, Route) and route.matches(scope)[0] is Match.FULL:
                return method, route.path
        return method, path


def _is_its_page(entry: Entry, status: int) -> bool:
    if entry[0] == "GET":
        return status == HTTPStatus.OK
    return status not in NOT_WHAT_WAS_SENT_TO
