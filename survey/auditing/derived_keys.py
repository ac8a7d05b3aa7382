"""Every key that somebody can make from what mails hold: as written, hashed, and derived as the service derives."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PARTS = re.compile(r"[./@<> ]+")
KEY_BYTES = 32
CODE_BYTES = 16
PURPOSES = (
    "slot/v1",
    "open-slot/v1",
    "link/v1",
    "urn/v1",
    "draft-slot/v1",
    "draft-key/v1",
    "draft/v1",
    "key/v1",
    "wrap/v1",
    "for/v1",
    "",
)
"""For which the service derives something from something."""


def materials(texts: Iterable[str]) -> frozenset[bytes]:
    """What the texts of a mail (links, Message-ID, recipient) may be made of: whole, in parts, and decoded."""
    found: set[bytes] = set()
    for text in texts:
        whole = text.partition("?")[0]
        for part in (whole, whole.rpartition("/")[2], *_PARTS.split(whole)):
            if part:
                found.add(part.encode())
                found |= set(_decoded(part))
    return frozenset(found)


def keys_from(material: bytes, edition_id: str) -> frozenset[bytes]:
    """Keys of 32 bytes that can be made from one piece."""
    found = {material[:KEY_BYTES].ljust(KEY_BYTES, b"\0"), hashlib.sha256(material).digest()}
    edition = edition_id.encode()
    for purpose in PURPOSES:
        label = purpose.encode()
        for info in (label, label + b"|" + edition):
            found.add(derive(material, info))
        found.add(hashlib.sha256(label + b"|" + edition + b"|" + material).digest())
        found.add(hmac.digest(material, label + b"|" + edition, "sha256"))
    return frozenset(found)


def codes_from(material: bytes, edition_id: str) -> frozenset[bytes]:
    """Codes of 16 bytes that can be made from one piece."""
    return frozenset(
        {material[:CODE_BYTES].ljust(CODE_BYTES, b"\0")}
        | {key[:CODE_BYTES] for key in keys_from(material, edition_id)}
    )


def derive(material: bytes, info: bytes) -> bytes:
    """HKDF-SHA-256 without salt (RFC 5869), the first 32 bytes."""
    extracted = hmac.digest(bytes(KEY_BYTES), material, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def _decoded(text: str) -> Iterator[bytes]:
    with suppress(binascii.Error, ValueError):
        yield base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    with suppress(ValueError):
        yield bytes.fromhex(text)
