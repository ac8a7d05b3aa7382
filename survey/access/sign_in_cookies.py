"""The cookie of a signed-in browser, a secret and the moment of its last use; and what proves a form is ours."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, Signer

LONGEST = timedelta(hours=12)
LONGEST_IDLE = timedelta(hours=2)
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class UsedCookie:
    """What a genuine cookie says."""

    hash: str
    """Of its secret, as stored."""
    used: datetime
    secret: bytes

    def __repr__(self) -> str:
        """Never the secret."""
        return f"UsedCookie({self.used:%H:%M})"


class SignInCookies:
    """Makes and reads the cookies of one installation."""

    def __init__(self, signing_key: bytes) -> None:
        self._signer = Signer(
            signing_key, salt="sign-in/v1", key_derivation="hmac", digest_method=hashlib.sha256
        )
        self._form_key = Signer(
            signing_key, salt="form/v1", key_derivation="hmac", digest_method=hashlib.sha256
        ).derive_key()

    def cookie(self, secret: bytes, now: datetime) -> str:
        """The value of the cookie, used now."""
        text = base64.urlsafe_b64encode(secret).rstrip(b"=").decode("ascii")
        return self._signer.sign(f"{text}.{int(now.timestamp())}").decode("ascii")

    def read(self, cookie: str) -> UsedCookie | None:
        """What the cookie says; None if this installation did not make it."""
        try:
            text, _, moment = self._signer.unsign(cookie).decode("ascii").partition(".")
            secret = base64.urlsafe_b64decode(text + "=")
            return UsedCookie(hash_of(secret), datetime.fromtimestamp(int(moment), tz=UTC), secret)
        except (BadSignature, ValueError):
            return None

    def form_token(self, hashed: str) -> str:
        """What every form of this browser carries, so that no other site can send one."""
        return hmac.new(self._form_key, hashed.encode(), hashlib.sha256).hexdigest()

    def is_form_token(self, hashed: str, token: str) -> bool:
        """True for the token of exactly this browser."""
        return hmac.compare_digest(self.form_token(hashed).encode(), token.encode())


def hash_of(secret: bytes) -> str:
    """What is stored of a secret."""
    return hashlib.sha256(b"sign-in/v1" + secret).hexdigest()
