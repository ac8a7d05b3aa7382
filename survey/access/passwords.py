"""Passwords: hashed with argon2id, a few at a time, and refused where anybody could guess them."""

from __future__ import annotations

import re
import threading
import unicodedata
from contextlib import contextmanager
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from survey.errors import Problem, TooManyAttempts, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LEAST_CHARACTERS = 12
MOST_CHARACTERS = 128
SALT_BYTES = 16
MEMORY_KIBIBYTES = 64 * 1024
PASSES = 3
LANES = 1
MOST_AT_ONCE = 4
MOST_WAITING = 8
"""Whoever comes when so many wait is asked to come again: threads are for participants too."""
NOBODYS = (
    "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)
"""Compared with where there is no account, so that this takes as long."""
_HASH_BYTES = 32
_LEAST_DIFFERENT = 5
_LEAST_BESIDE_A_WORD = 7
_LEAST_OF_A_NAME = 3
_LONGEST_UNIT = 6
_LEAST_RUNS = 3
_ROWS = (
    "qwertzuiopüasdfghjklöäyxcvbnm",
    "qwertyuiopasdfghjklzxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
)
_DIGITS = "12345678901234567890"
_LOOKS_LIKE = str.maketrans("013457@$!", "oieastasi")


class _Turns:
    """Lets a few hash at once and some more wait."""

    def __init__(self) -> None:
        self._working = threading.Semaphore(MOST_AT_ONCE)
        self._present = threading.Semaphore(MOST_AT_ONCE + MOST_WAITING)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn; TooManyAttempts if too many wait already."""
        if not self._present.acquire(blocking=False):
            raise TooManyAttempts(seconds=5)
        try:
            with self._working:
                yield
        finally:
            self._present.release()


_TURNS = _Turns()


def hash_password(password: str, *, salt: bytes) -> str:
    """What is stored of a password, with the costs it was hashed at."""
    with _TURNS.turn():
        return Argon2id(
            salt=salt,
            length=_HASH_BYTES,
            iterations=PASSES,
            lanes=LANES,
            memory_cost=MEMORY_KIBIBYTES,
        ).derive_phc_encoded(_normalised(password))


def is_password(password: str, hashed: str) -> bool:
    """True for the password that was hashed; takes as long where there is none."""
    if len(password) > MOST_CHARACTERS * 4:
        password = ""  # no password is that long; hashing it would be work for nothing
    with _TURNS.turn():
        try:
            Argon2id.verify_phc_encoded(_normalised(password), hashed or NOBODYS)
        except InvalidKey:
            return False
    return bool(hashed)


def why_refused(password: str, *, about: Iterable[str]) -> Problem | None:
    """Why the password cannot be taken; None if it can. `about`: address and names it must not consist of."""
    text = unicodedata.normalize("NFC", password)
    if len(text) < LEAST_CHARACTERS:
        return problem(
            "Nehmen Sie mindestens %(least)s Zeichen, zum Beispiel vier Wörter.",
            least=LEAST_CHARACTERS,
        )
    if len(text) > MOST_CHARACTERS:
        return problem("Nehmen Sie höchstens %(most)s Zeichen.", most=MOST_CHARACTERS)
    folded = text.casefold()
    if _is_pattern(folded):
        return problem("Das ist ein Muster, das sich leicht raten lässt. Nehmen Sie etwas anderes.")
    if _is_common(folded):
        return problem(
            "Das Passwort steht auf Listen, die Angreifer durchprobieren. Nehmen Sie etwas anderes."
        )
    if _is_made_of(folded, _words(about)):
        return problem(
            "Das Passwort besteht fast nur aus Ihrer Adresse, Ihrem Namen oder dem der Organisation. "
            "Nehmen Sie etwas anderes."
        )
    return None


@cache
def common_passwords() -> frozenset[str]:
    """What people choose often; the source stands in the file."""
    file = resources.files("survey.access") / "common_passwords.txt"
    lines = file.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _is_common(folded: str) -> bool:
    # "Passwort2024!!" and "--p4ssw0rt" are the word with a little before or after it.
    common, length = common_passwords(), len(folded)
    for text in (folded, folded.translate(_LOOKS_LIKE)):
        for before in range(_LEAST_BESIDE_A_WORD):
            for after in range(_LEAST_BESIDE_A_WORD - before):
                if text[before : length - after] in common:
                    return True
    return False


def _is_pattern(folded: str) -> bool:
    if len(set(folded)) < _LEAST_DIFFERENT:
        return True
    for length in range(1, _LONGEST_UNIT + 1):
        unit = folded[:length]
        repeated = unit * (len(folded) // length + 1)
        if len(folded) >= length * _LEAST_RUNS and repeated.startswith(folded):
            return True
    rows = [row + row for row in (*_ROWS, _DIGITS)]
    return any(folded in row or folded in row[::-1] for row in rows)


def _words(about: Iterable[str]) -> list[str]:
    found = {"nachklang"}
    for text in about:
        folded = text.casefold()
        found |= {folded, *re.split(r"[\W_]+", folded)}
    return sorted((w for w in found if len(w) >= _LEAST_OF_A_NAME), key=len, reverse=True)


def _is_made_of(folded: str, words: list[str]) -> bool:
    rest = folded
    for word in words:
        rest = rest.replace(word, "")
    return rest != folded and len(rest) < _LEAST_BESIDE_A_WORD


def _normalised(password: str) -> bytes:
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
