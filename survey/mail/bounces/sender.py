"""The envelope sender of a mail that says which mail it is, to those who can read it (VERP)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.installation import Installation

MARK_LENGTH = 12
"""So much of a Message-ID is enough to tell the mails of an edition apart."""


def bounce_sender(inst: Installation, *, edition_id: str, message_id: str) -> str:
    """``rueckmeldung+<which mail, signed>@stadt.example``; nothing in it tells the person or the edition."""
    local, _, domain = inst.settings.bounce_address.rpartition("@")
    mark = message_id.lstrip("<")[:MARK_LENGTH]
    return f"{local}+{inst.links.bounce_token(edition_id, mark)}@{domain}"
