"""What happened to an edition, for auditors and the staff council: sending, count, deletion; it names nobody."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from survey.keeping.retention import BACKUPS_KEPT, people_expire
from survey.storage import deeds as log
from survey.storage.connection import foreign_errors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from survey.installation import Installation
    from survey.model.event import EditionRecord

SENDING = frozenset(
    {
        "edition opened",
        "invitations queued",
        "invitation sent again",
        "reminder queued",
        "thanks queued",
        "results mails queued",
        "failed mails queued again",
        "sending paused",
        "sending resumed",
        "deadline extended",
        "edition closed",
        "edition reopened",
    }
)
DELETION = frozenset(
    {"key destroyed", "people deleted", "participant deleted", "unreleased texts deleted"}
)


@dataclass(frozen=True, slots=True)
class Happening:
    """One deed of a protocol: the moment, what it was, and its numbers."""

    at: datetime
    deed: str
    facts: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Protocols:
    """Everything that an auditor may want to see of one edition."""

    sending: tuple[Happening, ...]
    deletion: tuple[Happening, ...]
    addresses_expire: datetime
    backups_expire: datetime


def protocols_of(inst: Installation, record: EditionRecord) -> Protocols:
    """The protocols of sending and deletion, from the log; that of the count is the count's own."""
    with foreign_errors():
        deeds = log.of_edition(inst.database.read(), record.id)
    happened = [Happening(datetime.fromisoformat(d.at), d.deed, json.loads(d.facts)) for d in deeds]
    expire = people_expire(record)
    return Protocols(
        tuple(h for h in happened if h.deed in SENDING),
        tuple(h for h in happened if h.deed in DELETION),
        expire,
        (record.addresses_deleted or expire) + BACKUPS_KEPT,
    )
