"""Sealing answers into boxes of one length, and opening them again.

A box is HPKE (RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305) over padded plain bytes. Edition and
slot are bound into it as `info`, so a box opens only in its own place. A draft is sealed with a
key that only its resume code gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

if TYPE_CHECKING:
    from collections.abc import Callable

BOX_SIZES = (4096, 16384, 65536)
"""Lengths a box can have; one for all boxes of an edition."""
PADDING_VERSION = 1
_HPKE_BYTES = 32 + 16  # the sender's public key and the tag
_LENGTH_BYTES = 4
_DRAFT_NONCE_BYTES = 12
_DRAFT_TAG_BYTES = 16
OVERHEAD = _HPKE_BYTES + 1 + _LENGTH_BYTES
"""What sealing adds before padding: a box of that many bytes more than the answers holds them."""

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class TooLargeForBox(ValueError):
    """The plain bytes do not fit into the box."""


class BoxUnopenable(ValueError):
    """The box is damaged, or was not sealed with this key for this place."""


def capacity(box_size: int) -> int:
    """Most plain bytes a box of that size holds."""
    return box_size - OVERHEAD


def seal(public_key: bytes, edition_id: str, slot: str, plain: bytes, box_size: int) -> bytes:
    """A box of exactly `box_size` bytes that opens only with the edition's private key, in this slot."""
    padded = pad(plain, box_size - _HPKE_BYTES)
    key = X25519PublicKey.from_public_bytes(public_key)
    return _SUITE.encrypt(padded, key, _info("urn/v1", edition_id, slot))


class UrnKey:
    """An edition's private key, ready to open any number of boxes: making it ready costs as much as opening one."""

    def __init__(self, private_key: bytes, edition_id: str) -> None:
        self._key = X25519PrivateKey.from_private_bytes(private_key)
        self._edition_id = edition_id

    def open_box(self, slot: str, box: bytes) -> bytes:
        """The plain bytes that were sealed for this slot; BoxUnopenable if key, place or bytes differ."""
        try:
            padded = _SUITE.decrypt(box, self._key, _info("urn/v1", self._edition_id, slot))
        except (InvalidTag, ValueError) as error:
            raise BoxUnopenable from error
        return unpad(padded)


def open_box(private_key: bytes, edition_id: str, slot: str, box: bytes) -> bytes:
    """The plain bytes that were sealed for this slot; BoxUnopenable if key, place or bytes differ."""
    return UrnKey(private_key, edition_id).open_box(slot, box)


def public_key_of(private_key: bytes) -> bytes:
    """The public key that boxes for this private key are sealed to."""
    key = X25519PrivateKey.from_private_bytes(private_key)
    return key.public_key().public_bytes_raw()


def draft_slot(edition_id: str, resume_code: bytes) -> str:
    """Where the draft with that resume code lies."""
    return _derive(resume_code, "draft-slot/v1", edition_id).hex()


def seal_draft(
    edition_id: str,
    resume_code: bytes,
    *,
    plain: bytes,
    box_size: int,
    random_bytes: Callable[[int], bytes],
) -> bytes:
    """A box of exactly `box_size` bytes that only the resume code opens."""
    padded = pad(plain, box_size - _DRAFT_NONCE_BYTES - _DRAFT_TAG_BYTES)
    nonce = random_bytes(_DRAFT_NONCE_BYTES)  # the same code seals again when a draft is kept again
    cipher = ChaCha20Poly1305(_derive(resume_code, "draft-key/v1", edition_id))
    place = _info("draft/v1", edition_id, draft_slot(edition_id, resume_code))
    return nonce + cipher.encrypt(nonce, padded, place)


def open_draft_box(edition_id: str, resume_code: bytes, box: bytes) -> bytes:
    """The plain bytes of a draft; BoxUnopenable if code, edition or bytes differ."""
    cipher = ChaCha20Poly1305(_derive(resume_code, "draft-key/v1", edition_id))
    place = _info("draft/v1", edition_id, draft_slot(edition_id, resume_code))
    try:
        padded = cipher.decrypt(box[:_DRAFT_NONCE_BYTES], box[_DRAFT_NONCE_BYTES:], place)
    except (InvalidTag, ValueError) as error:
        raise BoxUnopenable from error
    return unpad(padded)


def pad(plain: bytes, size: int) -> bytes:
    """A version byte, the length, the bytes, and zeros up to `size`; TooLargeForBox if they do not fit."""
    head = bytes([PADDING_VERSION]) + len(plain).to_bytes(_LENGTH_BYTES, "big")
    if len(head) + len(plain) > size:
        raise TooLargeForBox(len(plain))
    return (head + plain).ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """What `pad` was given; BoxUnopenable if it was not made by `pad`."""
    start = 1 + _LENGTH_BYTES
    length = int.from_bytes(padded[1:start], "big")
    end = start + length
    # Compared as a whole: looking for other bytes one by one takes as long as opening the box.
    if (
        padded[:1] != bytes([PADDING_VERSION])
        or end > len(padded)
        or padded[end:] != bytes(len(padded) - end)
    ):
        raise BoxUnopenable
    return padded[start:end]


def _derive(secret: bytes, purpose: str, edition_id: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=_info(purpose, edition_id)).derive(secret)


def _info(purpose: str, *parts: str) -> bytes:
    # Edition ids have 16 hex digits and slots 64, so joined parts cannot be read in two ways.
    return "|".join((purpose, *parts)).encode("ascii")
