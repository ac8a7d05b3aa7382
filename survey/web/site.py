"""What every page function gets: the installation, the style, the kept pages, and what was sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from survey.fresh_links import FreshForm, FreshLinks
from survey.language.wording import LANGUAGES, Language
from survey.web.kept_pages import KeptPages
from survey.web.peers import Peers

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from starlette.requests import Request

    from survey.installation import Installation
    from survey.web.style import Style

OWN = "_"
"""Pages' own control fields begin with it; they are taken out before answers are read."""


@dataclass(frozen=True, slots=True)
class Site:
    """One installation as pages see it."""

    inst: Installation
    style: Style
    kept: KeptPages = field(default_factory=KeptPages)
    peers: Peers = field(default_factory=Peers)
    """Who knocks too often at the sign-in."""
    echo_lengths: dict[tuple[str, int, str], int] = field(default_factory=dict)
    """Per edition, revision and look: the one length of pages that echo answers."""
    fresh_links: FreshLinks = field(default_factory=FreshLinks)
    fresh_pages: dict[tuple[FreshForm, Language], tuple[Hashable, str]] = field(
        default_factory=dict
    )
    """Under which key the page of a fresh form is kept, and the content security policy it goes out with."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request, read."""

    request: Request
    site: Site
    fields: Mapping[str, tuple[str, ...]]
    """What was typed, the pages' own fields removed."""
    own: Mapping[str, str]
    """The pages' own fields, without the underscore."""

    @property
    def inst(self) -> Installation:
        """The installation."""
        return self.site.inst

    @property
    def token(self) -> str:
        """The token in the address."""
        return str(self.request.path_params["token"])

    @property
    def language(self) -> Language:
        """The language asked for: by a button, by the page that was sent, or in the address."""
        asked = (
            self.own.get("language"),
            self.own.get("spoken"),
            self.request.query_params.get("sprache"),
        )
        return next((known for name in asked if (known := _language(name))), "de")


def language_of(request: Request) -> Language:
    """The language of the page that was sent; else the one asked for in the address."""
    sent = getattr(request.state, "language", None)
    return _language(sent) or _language(request.query_params.get("sprache")) or "de"


def site_of(request: Request) -> Site:
    """The site that the application was made for."""
    site: Site = request.app.state.site
    return site


def _language(name: str | None) -> Language | None:
    return next((known for known in LANGUAGES if known == name), None)
