"""The key ring: each edition's private key, wrapped by a secret of this host, until it is destroyed.

`keys_directory` holds ``<edition>.key`` and, for good, ``<edition>.destroyed``. `secret_directory`
holds the host secret and the signing key and never lies inside a backup of the data. Keys are
always made from the operating system's randomness: a seeded demonstration must not have guessable keys.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from survey.errors import KeyMissing, SecretMissing
from survey.urn.durable_files import sync_directory, write_new_file
from survey.urn.sealing import BOX_SIZES, BoxUnopenable, open_box, seal

if TYPE_CHECKING:
    from pathlib import Path

HOST_SECRET = "host.secret"  # noqa: S105 -- a file name
SIGNING_KEY = "signing.key"
_SECRET_BYTES = 32
_WRAPPING_VERSION = 1
_NONCE_BYTES = 12
_TEST_SLOT = "0" * 64


class KeyRing:
    """The private keys of the editions of one installation."""

    def __init__(self, keys_directory: Path, secret_directory: Path) -> None:
        self.keys_directory = keys_directory
        self.secret_directory = secret_directory
        self._proven: dict[str, _Proof] = {}
        self._places: dict[str, tuple[str, str, str]] = {}

    def initialise(self) -> None:
        """Directories for their owner only, a host secret and a signing key exist; what exists already stays."""
        for directory in (self.keys_directory, self.secret_directory):
            directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            directory.chmod(0o700)
        for name in (HOST_SECRET, SIGNING_KEY):
            path = self.secret_directory / name
            if not path.exists():
                write_new_file(path, secrets.token_bytes(_SECRET_BYTES))

    def signing_key(self) -> bytes:
        """The key that signs personal links; SecretMissing if it is not there."""
        try:
            return self._secret(SIGNING_KEY)
        except FileNotFoundError as error:
            raise SecretMissing(str(self.secret_directory), SIGNING_KEY) from error

    def key_for(self, purpose: str) -> bytes:
        """A key that only this host can make, for that purpose alone; SecretMissing if the host's secret is away."""
        try:
            secret = self._secret(HOST_SECRET)
        except FileNotFoundError as error:
            raise SecretMissing(str(self.secret_directory), HOST_SECRET) from error
        info = b"for/v1|" + purpose.encode("ascii")
        return HKDF(SHA256(), length=32, salt=None, info=info).derive(secret)

    def create(self, edition_id: str) -> bytes:
        """The public key of a fresh pair whose private key is durable; an edition gets one pair only, ever."""
        if self.is_destroyed(edition_id):
            raise FileExistsError(self._destroyed_path(edition_id))
        private = X25519PrivateKey.generate()
        nonce = secrets.token_bytes(_NONCE_BYTES)
        wrapped = self._wrapper().encrypt(nonce, private.private_bytes_raw(), _place(edition_id))
        write_new_file(self._key_path(edition_id), bytes([_WRAPPING_VERSION]) + nonce + wrapped)
        return private.public_key().public_bytes_raw()

    def private_key(self, edition_id: str) -> bytes:
        """The edition's private key; KeyMissing if it is not here, destroyed, or wrapped by another host's secret."""
        if self.is_destroyed(edition_id):
            raise KeyMissing(edition_id)
        try:
            stored = self._key_path(edition_id).read_bytes()
            nonce, wrapped = stored[1 : 1 + _NONCE_BYTES], stored[1 + _NONCE_BYTES :]
            if stored[:1] != bytes([_WRAPPING_VERSION]):
                raise KeyMissing(edition_id)
            return self._wrapper().decrypt(nonce, wrapped, _place(edition_id))
        except (OSError, InvalidTag, ValueError) as error:
            raise KeyMissing(edition_id) from error

    def has(self, edition_id: str) -> bool:
        """True while the edition's key lies here and is not destroyed."""
        return self._key_path(edition_id).is_file() and not self.is_destroyed(edition_id)

    def prove(self, edition_id: str, public_key: bytes) -> None:
        """A test box sealed to the public key opens with the private key; if not, KeyMissing, now and in `require`."""
        files = self._files_of(edition_id)  # before: one that changes meanwhile is looked at again
        test = secrets.token_bytes(_SECRET_BYTES)
        box = seal(public_key, edition_id, _TEST_SLOT, test, BOX_SIZES[0])
        try:
            is_proven = open_box(self.private_key(edition_id), edition_id, _TEST_SLOT, box) == test
        except (BoxUnopenable, KeyMissing):
            is_proven = False
        # Set once, at the end: others ask `require` meanwhile.
        self._proven[edition_id] = _Proof(is_proven, files)
        if not is_proven:
            raise KeyMissing(edition_id)

    def require(self, edition_id: str, public_key: bytes) -> None:
        """KeyMissing if the key did not open the last test box; one is made whenever its files have changed."""
        proof = self._proven.get(edition_id)
        if proof is None or proof.files != self._files_of(edition_id):
            self.prove(edition_id, public_key)
        elif not proof.is_good:
            raise KeyMissing(edition_id)

    def destroy(self, edition_id: str, at: datetime) -> None:
        """The key is gone for good and a note says since when; killed anywhere, it can be done again."""
        if not self.is_destroyed(edition_id):
            # The note comes first: from here on the key opens nothing, whatever happens to its file.
            write_new_file(self._destroyed_path(edition_id), at.isoformat().encode("ascii"))
        self._remove(edition_id)

    def is_destroyed(self, edition_id: str) -> bool:
        """True once the note of destruction lies here; it outlives any restore."""
        return self._destroyed_path(edition_id).exists()

    def destroyed_at(self, edition_id: str) -> datetime:
        """When the key was destroyed; FileNotFoundError if it was not."""
        return datetime.fromisoformat(self._destroyed_path(edition_id).read_text(encoding="ascii"))

    def discard(self, edition_id: str) -> None:
        """The key of an edition that was never stored is removed."""
        self._remove(edition_id)

    def _remove(self, edition_id: str) -> None:
        path = self._key_path(edition_id)
        if path.exists():
            descriptor = os.open(path, os.O_WRONLY)
            try:
                os.write(descriptor, bytes(path.stat().st_size))
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            path.unlink()
        sync_directory(self.keys_directory)
        self._proven.pop(edition_id, None)

    def _files_of(self, edition_id: str) -> tuple[object, ...]:
        # Asked whenever somebody opens a form: as texts, for making paths takes longer than looking at their files.
        places = self._places.get(edition_id)
        if places is None:
            places = self._places[edition_id] = (
                str(self._key_path(edition_id)),
                str(self.secret_directory / HOST_SECRET),
                str(self._destroyed_path(edition_id)),
            )
        key, secret, destroyed = places
        # The note of destruction says all by being there.
        return (
            _file_as_it_is(key),
            _file_as_it_is(secret),
            os.access(destroyed, os.F_OK),
        )

    def _wrapper(self) -> AESGCM:
        secret = self._secret(HOST_SECRET)
        return AESGCM(HKDF(SHA256(), length=32, salt=None, info=b"wrap/v1").derive(secret))

    def _secret(self, name: str) -> bytes:
        secret = (self.secret_directory / name).read_bytes()
        if len(secret) != _SECRET_BYTES:
            raise ValueError(name)
        return secret

    def _key_path(self, edition_id: str) -> Path:
        return self.keys_directory / f"{edition_id}.key"

    def _destroyed_path(self, edition_id: str) -> Path:
        return self.keys_directory / f"{edition_id}.destroyed"


@dataclass(frozen=True, slots=True)
class _Proof:
    """Whether a test box opened, and the files it was opened with."""

    is_good: bool
    files: tuple[object, ...]


def _file_as_it_is(place: str) -> tuple[int, ...] | None:
    """Changes when the file is written, replaced or taken away."""
    try:
        found = os.stat(place)  # noqa: PTH116 -- see _files_of
    except OSError:
        return None
    return (found.st_dev, found.st_ino, found.st_size, found.st_ctime_ns)


def _place(edition_id: str) -> bytes:
    return b"key/v1|" + edition_id.encode("ascii")
