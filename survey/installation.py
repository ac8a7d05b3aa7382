"""One installation: the parts that every use case needs, put together from its settings."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from survey.access.links import LinkSigner
from survey.access.sign_in_cookies import SignInCookies
from survey.model.steady_time import SteadyTime
from survey.storage.whole_database import database_of, lost_commits
from survey.urn.keys import KeyRing
from survey.urn.witness import Witness

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.model.workplace import Actor
    from survey.settings import Settings
    from survey.storage.connection import Database


_BOOT = Path("/proc/sys/kernel/random/boot_id")


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
    machine: Callable[[], SteadyTime] | None = None
    """How long the machine has been running; None where the clock is not the machine's, but a demonstration's."""

    def steady_time(self) -> SteadyTime:
        """Time that passes whatever the clock is put to, unless somebody plays with it on purpose."""
        if self.machine is None:
            return SteadyTime("demonstration", self.clock().timestamp())
        return self.machine()

    def witness(self) -> Witness:
        """Who notices that boxes are missing from an urn."""
        if not self.database.postgresql:
            return Witness(self.settings.witnesses)
        return Witness(self.settings.witnesses, has_lost=self._has_lost_commits)

    def _has_lost_commits(self) -> bool:
        return lost_commits(self.database) > 0

    def acting(self, actor: Actor) -> Installation:
        """The same installation, in the hands of that person: what they do is logged as theirs."""
        return replace(self, database=self.database.acting(actor))


def make_installation(settings: Settings) -> Installation:
    """The installation those settings describe."""
    keys = KeyRing(settings.keys, settings.secret_directory)
    signing_key = keys.signing_key()
    return Installation(
        settings=settings,
        database=database_of(settings),
        links=LinkSigner(signing_key),
        keys=keys,
        clock=clock_of(settings),
        random_bytes=secrets.token_bytes,
        cookies=SignInCookies(signing_key),
        machine=None if settings.clock else machine_time,
    )


def machine_time() -> SteadyTime:
    """The seconds since this machine was started, its sleep included."""
    return SteadyTime(
        _BOOT.read_text(encoding="ascii").strip(), time.clock_gettime(time.CLOCK_BOOTTIME)
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
