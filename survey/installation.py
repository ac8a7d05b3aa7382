"""One installation: the parts that every use case needs, put together by `survey/application.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from survey.access.links import LinkSigner
    from survey.settings import Settings
    from survey.storage.connection import Database
    from survey.urn.keys import KeyRing


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
