"""The attacks see what there is to see."""

from __future__ import annotations

import base64
import gzip
import zlib

import pytest

from survey.auditing.attacks import (
    canary,
    chance_of_hits,
    columns_with_time,
    guesses_by_length,
    guesses_by_order,
    order_of_people,
    people_in,
)

CANARY = canary(17, place="change")


@pytest.mark.parametrize(
    "hidden",
    [
        CANARY.encode(),
        CANARY.encode("utf-16-le"),
        CANARY.encode("utf-16-be"),
        CANARY.encode().hex().encode(),
        CANARY.encode().hex().upper().encode(),
        base64.b64encode(CANARY.encode()),
        base64.b64encode(b"x" + CANARY.encode()),
        base64.b64encode(b"xy" + CANARY.encode()),
        base64.urlsafe_b64encode(b"xyz" + CANARY.encode()),
        zlib.compress(CANARY.encode()),
        zlib.compress(CANARY.encode(), 9),
        gzip.compress(CANARY.encode()),
    ],
    ids=[
        "plain",
        "utf-16-le",
        "utf-16-be",
        "hex",
        "upper-hex",
        "base64-0",
        "base64-1",
        "base64-2",
        "base64-3",
        "zlib",
        "zlib-best",
        "gzip",
    ],
)
def test_a_canary_is_found_in_every_dress(hidden: bytes) -> None:
    assert people_in(b"before " + hidden + b" after") == {17}


def test_bytes_without_canaries_name_nobody() -> None:
    assert people_in(bytes(range(256)) * 100) == frozenset()


def test_canaries_of_people_have_lengths_of_their_own() -> None:
    assert len({len(canary(person, place="x")) for person in range(200)}) == 200


def test_people_are_found_in_the_order_of_their_bytes() -> None:
    content = "".join(canary(person, place="change") for person in (3, 1, 2, 1)).encode()

    assert order_of_people(content, place="change") == (3, 1, 2)


_SHUFFLED = (11, 4, 19, 0, 13, 7, 16, 2, 9, 20, 5, 14, 1, 18, 8, 12, 3, 17, 6, 15, 10)


@pytest.mark.parametrize(
    ("order", "linked"),
    [
        (tuple(range(21)), frozenset(range(21))),
        (tuple(reversed(range(21))), frozenset(range(21))),
        ((*range(1, 21), 0), frozenset(range(21))),
        (_SHUFFLED, frozenset()),
        ((), frozenset()),
    ],
    ids=["in-order", "reversed", "moved-by-one", "shuffled", "empty"],
)
def test_an_order_that_follows_submission_links(
    order: tuple[int, ...], linked: frozenset[int]
) -> None:
    assert guesses_by_order(order, range(21)) == linked


def test_one_length_tells_nothing_and_many_tell_all() -> None:
    written = {0: 10, 1: 30, 2: 20}

    assert guesses_by_length({0: 4096, 1: 4096, 2: 4096}, written) == frozenset()
    assert guesses_by_length({0: 110, 1: 130, 2: 120}, written) == {0, 1, 2}


def test_hits_are_measured_against_chance() -> None:
    assert [round(chance_of_hits(hits), 3) for hits in (0, 1, 2, 5)] == [1.0, 0.632, 0.264, 0.004]


def test_columns_that_speak_of_time_are_told() -> None:
    tables = {"participant": ("id", "answered_time"), "edition": ("created",), "urn": ("slot",)}

    assert columns_with_time(tables, personal=("participant", "urn")) == (
        "participant.answered_time",
    )
