"""The second factor: six figures from an app, once each, and recovery codes for when the app is lost."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from survey.errors import LinkForged

if TYPE_CHECKING:
    from datetime import datetime

SECRET_BYTES = 20
NONCE_BYTES = 12
STEP_SECONDS = 30
FIGURES = 6
RECOVERY_CODES = 10
RECOVERY_BYTES = 10
_DRIFT = 1
"""So many steps may a telephone's clock be wrong."""


def readable_secret(secret: bytes) -> str:
    """The secret as an app takes it when it is typed: groups of four."""
    text = base64.b32encode(secret).decode("ascii").rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def app_address(secret: bytes, *, account: str, issuer: str) -> str:
    """What the QR code says: ``otpauth://totp/…``."""
    query = urlencode(
        {
            "secret": base64.b32encode(secret).decode("ascii").rstrip("="),
            "issuer": issuer,
            "algorithm": "SHA1",
            "digits": FIGURES,
            "period": STEP_SECONDS,
        },
        quote_via=quote,
    )
    return f"otpauth://totp/{quote(f'{issuer}:{account}')}?{query}"


def app_code(secret: bytes, at: datetime) -> str:
    """What the app shows at that moment."""
    return _totp(secret).generate(int(at.timestamp())).decode("ascii")


def matching_step(secret: bytes, code: str, *, at: datetime, after: int) -> int | None:
    """The step whose figures were typed; None if they are wrong, or of a step that was used (not `after` it)."""
    typed = "".join(code.split()).encode("utf-8", "replace")
    now = int(at.timestamp()) // STEP_SECONDS
    found: int | None = None
    for step in range(now - _DRIFT, now + _DRIFT + 1):
        genuine = _totp(secret).generate(step * STEP_SECONDS)
        if hmac.compare_digest(genuine, typed) and step > after:
            found = step
    return found


def seal_secret(secret: bytes, *, key: bytes, account: str, nonce: bytes) -> str:
    """The secret as it is stored: opens with the host's key and for that account only."""
    sealed = AESGCM(key).encrypt(nonce, secret, f"app/v1|{account}".encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode("ascii")


def open_secret(sealed: str, *, key: bytes, account: str) -> bytes:
    """The secret; LinkForged if it was sealed elsewhere or for somebody else."""
    try:
        raw = base64.urlsafe_b64decode(sealed.encode("ascii"))
        return AESGCM(key).decrypt(
            raw[:NONCE_BYTES], raw[NONCE_BYTES:], f"app/v1|{account}".encode()
        )
    except (binascii.Error, ValueError, InvalidTag) as error:
        raise LinkForged from error


def recovery_code(random: bytes) -> str:
    """Sixteen letters and figures in groups, none of which is easily taken for another."""
    text = base64.b32encode(random).decode("ascii").lower().translate(_CLEAR)
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def recovery_hash(account: str, code: str) -> str:
    """What is stored of a recovery code, however it was typed."""
    typed = "".join(c for c in code.casefold() if c.isalnum())
    return hashlib.sha256(f"recovery/v1|{account}|{typed}".encode("utf-8", "replace")).hexdigest()


_CLEAR = str.maketrans({"o": "8", "l": "9", "i": "0"})
"""Of base32's letters those that look like figures become figures it does not use."""


def _totp(secret: bytes) -> TOTP:
    return TOTP(secret, FIGURES, SHA1(), STEP_SECONDS)  # noqa: S303 -- what apps understand (RFC 6238)
