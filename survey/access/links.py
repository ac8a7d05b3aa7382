"""Links in mails: signed, so that forged or damaged ones never reach the database.

Each purpose has its own salt: a signature for one is worth nothing for another.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from itsdangerous import BadSignature, Signer

from survey.errors import LinkForged

SECRET_BYTES = 16
_BOUNCE_SIGNATURE_BYTES = 10
_OPEN_SIGNATURE_BYTES = 5
_BLOCK_BYTES = 64
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


@dataclass(frozen=True, slots=True)
class PersonalLink:
    """What a genuine personal link says."""

    edition_name: str
    secret: bytes

    def __repr__(self) -> str:
        """Never the secret."""
        return f"PersonalLink({self.edition_name})"


@dataclass(frozen=True, slots=True)
class ParticipantLink:
    """What a genuine opt-out link says; it opens no form."""

    edition_name: str
    participant_id: str


@dataclass(frozen=True, slots=True)
class BounceAddress:
    """What a genuine bounce address says: which mail came back, and nothing about its person."""

    edition_id: str
    mail: str
    """How its Message-ID begins."""


@dataclass(frozen=True, slots=True)
class ShareLink:
    """What a genuine link to one session's results says."""

    edition_name: str
    share_id: str


class LinkSigner:
    """Makes and reads the links of one installation."""

    def __init__(self, signing_key: bytes) -> None:
        self._personal = _PreparedHmac(_signer(signing_key, "personal-link/v1").derive_key())
        self._opt_out = _signer(signing_key, "opt-out/v1")
        self._prepared_opt_out = _PreparedHmac(self._opt_out.derive_key())
        self._share = _signer(signing_key, "share/v1")
        self._bounce_key = _signer(signing_key, "bounce/v1").derive_key()
        self._open_key = _signer(signing_key, "open-link/v1").derive_key()
        self._identity_key = _signer(signing_key, "identity/v1").derive_key()
        self._address_key = _signer(signing_key, "address/v1").derive_key()

    def personal_token(self, edition_name: str, secret: bytes) -> str:
        """``<edition>.<secret>.<signature>``: the authorisation to answer as one person."""
        return _signed(self._personal, f"{edition_name}.{secret_to_text(secret)}")

    def read_personal_token(self, token: str) -> PersonalLink:
        """What the token says; LinkForged if this installation did not make exactly it."""
        value = token.rpartition(".")[0]
        _require_same(token, _signed(self._personal, value))
        edition_name, text = _split(value)
        # Base64 reads some damaged last letters as the same bytes; but this is the very text that was signed.
        return PersonalLink(edition_name, base64.urlsafe_b64decode(text + "=="))

    def opt_out_token(self, edition_name: str, participant_id: str) -> str:
        """For the opt-out link in a mail; it carries no secret."""
        return _signed(self._prepared_opt_out, f"{edition_name}.{participant_id}")

    def read_opt_out_token(self, token: str) -> ParticipantLink:
        """Whom the token is about; LinkForged if this installation did not make exactly it."""
        link = ParticipantLink(*_parts(self._opt_out, token))
        _require_same(token, self.opt_out_token(link.edition_name, link.participant_id))
        return link

    def share_token(self, edition_name: str, share_id: str) -> str:
        """For the link that shows one session's results to its speakers."""
        return self._share.sign(f"{edition_name}.{share_id}").decode("ascii")

    def read_share_token(self, token: str) -> ShareLink:
        """Which share the token is about; LinkForged if this installation did not make exactly it."""
        link = ShareLink(*_parts(self._share, token))
        _require_same(token, self.share_token(link.edition_name, link.share_id))
        return link

    def bounce_token(self, edition_id: str, mail: str) -> str:
        """For the envelope sender of a mail: short, and it survives being written in capitals.

        The signature is weaker than the others'; forging one could only report a bounce.
        """
        value = f"{edition_id}.{mail}"
        digest = hmac.digest(self._bounce_key, value.encode("utf-8", "surrogatepass"), "sha256")[
            :_BOUNCE_SIGNATURE_BYTES
        ]
        return f"{value}.{base64.b32encode(digest).decode('ascii')}".lower()

    def read_bounce_token(self, token: str) -> BounceAddress:
        """Which mail the token is about, as it was written in lower case; LinkForged if it is not ours."""
        address = BounceAddress(*_split(token.lower().rpartition(".")[0]))
        _require_same(token.lower(), self.bounce_token(address.edition_id, address.mail))
        return address

    def open_token(self, edition_name: str) -> str:
        """``kk2020.7kq2m9xa``: for a link that everybody may use, short enough to be typed from a wall.

        It names the edition only. Forging one would open a form that is open to everybody anyway.
        """
        digest = hmac.digest(
            self._open_key, edition_name.encode("utf-8", "surrogatepass"), "sha256"
        )
        signature = base64.b32encode(digest[:_OPEN_SIGNATURE_BYTES]).decode("ascii")
        return f"{edition_name}.{signature}".lower()

    def read_open_token(self, token: str) -> str:
        """The edition's name, in whatever case it was typed; LinkForged if it is not ours."""
        edition_name, _ = _split(token.lower())
        _require_same(token.lower(), self.open_token(edition_name))
        return edition_name

    def identity_fingerprint(self, edition_id: str, identity: str) -> str:
        """What is remembered of a deleted participant, so that a new import cannot answer twice."""
        return _fingerprint(self._identity_key, edition_id, identity)

    def address_fingerprint(self, organisation: str, address: str) -> str:
        """What is remembered of an address that gets no more mail from this organisation."""
        return _fingerprint(self._address_key, organisation, address.casefold())


def link_hash(edition_id: str, secret: bytes) -> str:
    """What the link table keeps of a link: it recognises the secret and gives neither it nor its slot."""
    return hashlib.sha256(f"link/v1|{edition_id}|".encode("ascii") + secret).hexdigest()


def slot_of(edition_id: str, secret: bytes) -> str:
    """Where the answers sent through a link lie in the urn: only the secret leads there."""
    info = f"slot/v1|{edition_id}".encode("ascii")
    return HKDF(SHA256(), length=32, salt=None, info=info).derive(secret).hex()


def open_slot_of(edition_id: str, secret: bytes) -> str:
    """Where the answers of a form without a personal link lie: never where a personal one's lie."""
    info = f"open-slot/v1|{edition_id}".encode("ascii")
    return HKDF(SHA256(), length=32, salt=None, info=info).derive(secret).hex()


def secret_to_text(secret: bytes) -> str:
    """A secret as a form carries it."""
    text = binascii.b2a_base64(secret, newline=False)
    return text.translate(_URL_SAFE, b"=").decode("ascii")


def text_to_secret(text: str) -> bytes:
    """The secret that a form carried; LinkForged if it is none."""
    try:
        secret = base64.urlsafe_b64decode(text + "==")
    except (binascii.Error, ValueError) as error:
        raise LinkForged from error
    if len(secret) != SECRET_BYTES or secret_to_text(secret) != text:
        raise LinkForged
    return secret


class _PreparedHmac:
    """HMAC-SHA-256 (RFC 2104) with one key, whose two blocks are hashed once and not for every message."""

    def __init__(self, key: bytes) -> None:
        block = key.ljust(_BLOCK_BYTES, b"\0")
        if len(block) != _BLOCK_BYTES:
            raise ValueError(len(key))
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))

    def digest(self, message: bytes) -> bytes:
        """The code of the message."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(message)
        outer.update(inner.digest())
        return outer.digest()


def _signed(key: _PreparedHmac, value: str) -> str:
    # As itsdangerous signs with this key, which is derived once and not for every link.
    digest = key.digest(value.encode("utf-8", "surrogatepass"))
    return f"{value}.{secret_to_text(digest)}"


def _signer(signing_key: bytes, salt: str) -> Signer:
    return Signer(signing_key, salt=salt, key_derivation="hmac", digest_method=hashlib.sha256)


def _parts(signer: Signer, token: str) -> tuple[str, str]:
    try:
        return _split(signer.unsign(token).decode("utf-8"))
    except (BadSignature, UnicodeError) as error:
        raise LinkForged from error


def _split(value: str) -> tuple[str, str]:
    edition_name, dot, rest = value.rpartition(".")
    if not dot:
        raise LinkForged
    return edition_name, rest


def _require_same(token: str, genuine: str) -> None:
    # What we make is ASCII, and the comparison takes no other text.
    if not (token.isascii() and hmac.compare_digest(token, genuine)):
        raise LinkForged


def _fingerprint(key: bytes, *parts: str) -> str:
    # The unit separator keeps ("ab", "c") and ("a", "bc") apart.
    return hmac.digest(key, "\x1f".join(parts).encode(), "sha256").hex()
