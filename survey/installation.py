"""One installation: the parts that every use case needs, put together from its settings."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from survey.access.links import LinkSigner
from survey.access.sign_in_cookies import SignInCookies
from survey.storage.connection import Database
from survey.urn.keys import KeyRing

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.model.workplace import Actor
    from survey.settings import Settings


@dataclass(frozen=True, slots=True)
class Installation:
    """Settings, storage, keys, clock and randomness."""

    settings: Settings
    database: Database
    links: LinkSigner
    keys: KeyRing
    clock: Callable[[], datetime]
    """Aware, UTC."""
    random_bytes: Callable[[int], bytes]
    cookies: SignInCookies

    def acting(self, actor: Actor) -> Installation:
        """The same installation, in the hands of that person: what they do is logged as theirs."""
        return replace(self, database=self.database.acting(actor))


def make_installation(settings: Settings) -> Installation:
    """The installation those settings describe."""
    keys = KeyRing(settings.keys, settings.secret_directory)
    signing_key = keys.signing_key()
    return Installation(
        settings=settings,
        database=Database(settings.database),
        links=LinkSigner(signing_key),
        keys=keys,
        clock=clock_of(settings),
        random_bytes=secrets.token_bytes,
        cookies=SignInCookies(signing_key),
    )


def clock_of(settings: Settings) -> Callable[[], datetime]:
    """The real time, or the one a demonstration believes in: a moment, or a file that holds one."""
    if not settings.clock:
        return lambda: datetime.now(UTC)
    file = Path(settings.clock)

    def demonstrated() -> datetime:
        text = file.read_text(encoding="utf-8") if file.is_file() else settings.clock
        return datetime.fromisoformat(text.strip()).astimezone(UTC)

    return demonstrated
