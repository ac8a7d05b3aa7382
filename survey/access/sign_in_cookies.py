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
        self._signer = _signer(signing_key, "sign-in/v1")
        self._form_key = _signer(signing_key, "form/v1").derive_key()
        self._missed_key = _signer(signing_key, "missed-attempt/v1").derive_key()
        self._begun = _signer(signing_key, "begun-sign-in/v1")
        self._known = _signer(signing_key, "known-browser/v1")

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

    def begun_cookie(self, secret: bytes) -> str:
        """The value of the cookie of a browser that has proved one of two factors."""
        return self._begun.sign(base64.urlsafe_b64encode(secret)).decode("ascii")

    def read_begun(self, cookie: str) -> str | None:
        """The hash of that browser's secret; None if this installation did not make it."""
        try:
            return hash_of(base64.urlsafe_b64decode(self._begun.unsign(cookie)))
        except (BadSignature, ValueError):
            return None

    def known_cookie(self, account: str, device: str) -> str:
        """The value of the cookie of a browser that this person has signed in with before."""
        return self._known.sign(f"{device}.{self.missed_key('known', account)}").decode("ascii")

    def known_device(self, cookie: str, account: str) -> str:
        """The browser's own name if that person has signed in with it before; empty if not."""
        try:
            device, _, whose = self._known.unsign(cookie).decode("ascii").partition(".")
        except (BadSignature, ValueError):
            return ""
        return device if hmac.compare_digest(whose, self.missed_key("known", account)) else ""

    def missed_key(self, kind: str, *about: str) -> str:
        """Under which a failed attempt is counted; it does not say whose it was."""
        text = "\x1f".join((kind, *about)).encode("utf-8", "surrogatepass")
        return hmac.new(self._missed_key, text, hashlib.sha256).hexdigest()

    def form_token(self, hashed: str) -> str:
        """What every form of this browser carries, so that no other site can send one."""
        return hmac.new(self._form_key, hashed.encode(), hashlib.sha256).hexdigest()

    def is_form_token(self, hashed: str, token: str) -> bool:
        """True for the token of exactly this browser."""
        return hmac.compare_digest(self.form_token(hashed).encode(), token.encode())


def hash_of(secret: bytes) -> str:
    """What is stored of a secret."""
    return hashlib.sha256(b"sign-in/v1" + secret).hexdigest()


def _signer(signing_key: bytes, salt: str) -> Signer:
    return Signer(signing_key, salt=salt, key_derivation="hmac", digest_method=hashlib.sha256)
