"""What bounces, opt-outs, resting domains and recent mails are remembered by, instead of addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord


def address_fingerprint(inst: Installation, record: EditionRecord, address: str) -> str:
    """What a bounce is remembered by."""
    return inst.links.address_fingerprint(record.edition.organisation, address)


def domain_fingerprint(inst: Installation, address: str) -> str:
    """What a domain that asked for a rest is remembered by."""
    return inst.links.address_fingerprint("domain", address.rpartition("@")[2])


def recent_fingerprint(inst: Installation, address: str) -> str:
    """What an address is remembered by for seven days, whichever organisation wrote to it."""
    return inst.links.address_fingerprint("recent", address)


def person_fingerprint(inst: Installation, record: EditionRecord, address: str, name: str) -> str:
    """What an opt-out is remembered by: one person, even at an address that several share."""
    return inst.links.address_fingerprint(record.edition.organisation, f"{address}\n{name}")
