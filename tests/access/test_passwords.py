"""Passwords: what they cost, which are refused, and that nothing of them is lost or cut off."""

from __future__ import annotations

import resource
import threading

import pytest

from survey.access.passwords import (
    MOST_AT_ONCE,
    MOST_WAITING,
    NOBODYS,
    common_passwords,
    hash_password,
    is_password,
    why_refused,
)
from survey.errors import TooManyAttempts

SALT = b"0123456789abcdef"
ABOUT = ("olga.ohm@stadt-musterstadt.example", "Olga Ohm", "Stadt Musterstadt")


@pytest.mark.proves("S41")
def test_a_hash_names_its_costs() -> None:
    hashed = hash_password("vier Wörter nebeneinander", salt=SALT)

    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert is_password("vier Wörter nebeneinander", hashed)
    assert not is_password("vier Wörter nebeneinandeR", hashed)


@pytest.mark.proves("S1")
def test_composed_and_decomposed_letters_are_the_same_password() -> None:
    hashed = hash_password("m\u00fcde K\u00fche g\u00e4hnen", salt=SALT)

    assert is_password("mu\u0308de Ku\u0308he ga\u0308hnen", hashed)


@pytest.mark.proves("S32")
def test_nothing_is_cut_off_after_72_bytes() -> None:
    long = "ä" * 127
    hashed = hash_password(long + "1", salt=SALT)

    assert not is_password(long + "2", hashed)
    assert not is_password(long, hashed)
    assert is_password(long + "1", hashed)


def test_where_there_is_no_password_none_is_right() -> None:
    assert not is_password("", "")
    assert not is_password("irgendein Passwort", "")


def test_a_password_of_a_megabyte_is_no_work() -> None:
    assert not is_password("x" * 1_000_000, "")


@pytest.mark.proves("S32")
@pytest.mark.parametrize(
    "password",
    [
        "vier Wörter nebeneinander",
        "correct horse battery staple",
        "kuhglocke7zaunlatte",
        "Xk4$mLq9!vRt",
        "ツバメの旅は長いです、本当に",
        "a b c d e f g h i j x y",
        "müde Kühe gähnen im Sommer",
        "x7" * 6 + "Kuhglocke",
        "Zaunlatte" + "q8Z!" * 29 + "end",
    ],
)
def test_good_passwords_are_welcome(password: str) -> None:
    assert why_refused(password, about=ABOUT) is None


@pytest.mark.proves("S32")
@pytest.mark.parametrize(
    ("password", "key"),
    [
        ("elf Zeichen", "Nehmen Sie mindestens"),
        ("q8Z!" * 32 + "e", "Nehmen Sie höchstens"),
        ("aaaaaaaaaaaa", "Das ist ein Muster"),
        ("abcabcabcabc", "Das ist ein Muster"),
        ("123456789012", "Das ist ein Muster"),
        ("qwertzuiopüa", "Das ist ein Muster"),
        ("lkjhgfdsapoiuytrewq", "Das ist ein Muster"),
        ("abcdefghijklm", "Das ist ein Muster"),
        ("Sommer2024!!", "Das Passwort steht auf Listen"),
        ("Passwort1234!", "Das Passwort steht auf Listen"),
        ("p4ssw0rt2024!", "Das Passwort steht auf Listen"),
        ("1234password", "Das Passwort steht auf Listen"),
        ("Willkommen123", "Das Passwort steht auf Listen"),
        ("1q2w3e4r5t6y", "Das Passwort steht auf Listen"),
        ("Olga.Ohm2024", "Das Passwort besteht fast nur"),
        ("olga.ohm@stadt-musterstadt.example", "Das Passwort besteht fast nur"),
        ("Musterstadt2024", "Das Passwort besteht fast nur"),
        ("Nachklang2024!", "Das Passwort"),
    ],
)
def test_passwords_that_can_be_guessed_are_refused(password: str, key: str) -> None:
    problem = why_refused(password, about=ABOUT)

    assert problem is not None
    assert problem.key.startswith(key)


@pytest.mark.proves("S32")
@pytest.mark.parametrize(
    ("length", "is_good"), [(11, False), (12, True), (128, True), (129, False)]
)
def test_the_length_counts_characters_not_bytes(length: int, is_good: bool) -> None:  # noqa: FBT001 -- a table's column
    password = ("ä7€Kühx!" * 20)[: length - 1] + "Z"

    assert (why_refused(password, about=()) is None) is is_good


@pytest.mark.proves("S32")
def test_the_list_of_common_passwords_is_there_and_holds_no_comments() -> None:
    assert len(common_passwords()) > 9000
    assert not any(word.startswith("#") for word in common_passwords())


@pytest.mark.proves("S41")
def test_a_hundred_at_once_take_turns_and_the_rest_are_asked_to_come_again() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    barrier = threading.Barrier(100)

    def attempt() -> str:
        barrier.wait(timeout=60)
        try:
            return str(is_password("irgendein Passwort", ""))
        except TooManyAttempts as error:
            return f"wait {error.seconds}"

    results: list[str] = []
    # A pool may do with fewer threads than it was given: then the barrier would never fall.
    threads = [threading.Thread(target=lambda: results.append(attempt())) for _ in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    assert set(results) == {"False", "wait 5"}
    assert MOST_AT_ONCE + MOST_WAITING <= results.count("False") < 100
    assert grown < 64 * MOST_AT_ONCE + 150


@pytest.mark.proves("S35")
def test_where_there_is_no_account_hashing_costs_the_same() -> None:
    made = hash_password("vier Wörter nebeneinander", salt=b"0123456789abcdef")

    def costs(hashed: str) -> tuple[list[str], int, int]:
        *facts, salt, digest = hashed.split("$")
        return facts, len(salt), len(digest)

    assert costs(NOBODYS) == costs(made)
