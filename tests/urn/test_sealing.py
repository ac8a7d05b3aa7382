"""Boxes of one length that open in their own place only."""

from __future__ import annotations

import os

import pytest
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from survey.urn import sealing
from survey.urn.sealing import (
    BOX_SIZES,
    BoxUnopenable,
    TooLargeForBox,
    capacity,
    draft_slot,
    open_box,
    open_draft_box,
    pad,
    seal,
    seal_draft,
    unpad,
)

EDITION = "0123456789abcdef"
SLOT = "a" * 64
PRIVATE = bytes(range(32))
PUBLIC = bytes.fromhex("8f40c5adb68f25624ae5b214ea767a6ec94d829d3d7b5e1ad1ba6f3e2138285f")
KNOWN_BOX = bytes.fromhex(
    "ed1c9961b1a7d1f082bfff78b35543817e4c9d5eac2c65cbab9436a2ba9f3105"
    "9bbc679a6c0bbde9ec7ad2a40eef8f1272b8476d1aceac177f6d0504c15f48ca"
    "eb86114f86f98713064339006aa65d27cd62ec6619c26678fd155cbb57bc8d3f"
)
KNOWN_DRAFT = bytes.fromhex(
    "00000000000000000000000070432757309b9c9e6bc1f9bf1ba1b8ae389b0726"
    "6224b530d15d2ce94cfa4fa984d9c070d98ad656383b3fa9d0627857d40e58af"
)


@pytest.mark.proves("U24")
def test_suite_opens_the_vector_of_the_standard() -> None:
    private = X25519PrivateKey.from_private_bytes(
        bytes.fromhex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb")
    )
    sealed = bytes.fromhex(  # RFC 9180, appendix A.2.1: the sender's key, then the first message
        "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"
        "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"
    )

    opened = openssl.hpke._decrypt_with_aad(
        sealing._SUITE, sealed, private, b"Ode on a Grecian Urn", b"Count-0"
    )

    assert opened == b"Beauty is truth, truth beauty"


def test_box_sealed_by_the_first_version_opens() -> None:
    assert open_box(PRIVATE, EDITION, SLOT, KNOWN_BOX) == b"Antwort"


def test_draft_sealed_by_the_first_version_opens() -> None:
    assert open_draft_box(EDITION, bytes(16), KNOWN_DRAFT) == b"Entwurf"


@pytest.mark.parametrize("size", BOX_SIZES)
@pytest.mark.parametrize("length", [0, 1, 700])
@pytest.mark.proves("U3")
def test_every_box_of_an_edition_has_the_same_length(size: int, length: int) -> None:
    assert len(seal(PUBLIC, EDITION, SLOT, b"x" * length, size)) == size


@pytest.mark.parametrize("size", BOX_SIZES)
def test_box_holds_exactly_its_capacity(size: int) -> None:
    largest = os.urandom(capacity(size))

    box = seal(PUBLIC, EDITION, SLOT, largest, size)

    assert len(box) == size
    assert open_box(PRIVATE, EDITION, SLOT, box) == largest
    with pytest.raises(TooLargeForBox):
        seal(PUBLIC, EDITION, SLOT, largest + b"x", size)


def test_same_answers_seal_to_boxes_that_share_nothing() -> None:
    first = seal(PUBLIC, EDITION, SLOT, b"Antwort", 4096)
    second = seal(PUBLIC, EDITION, SLOT, b"Antwort", 4096)

    assert sum(a == b for a, b in zip(first, second, strict=True)) < 60  # chance makes 16


def _flipped(place: int) -> bytes:
    return KNOWN_BOX[:place] + bytes([KNOWN_BOX[place] ^ 1]) + KNOWN_BOX[place + 1 :]


@pytest.mark.parametrize(
    ("private", "edition", "slot", "box"),
    [
        pytest.param(bytes(range(1, 33)), EDITION, SLOT, KNOWN_BOX, id="another key"),
        pytest.param(PRIVATE, "f" * 16, SLOT, KNOWN_BOX, id="another edition"),
        pytest.param(PRIVATE, EDITION, "b" * 64, KNOWN_BOX, id="another slot"),
        pytest.param(PRIVATE, EDITION, SLOT, KNOWN_BOX[:-1], id="shortened"),
        pytest.param(PRIVATE, EDITION, SLOT, KNOWN_BOX[:20], id="a stump"),
        pytest.param(PRIVATE, EDITION, SLOT, b"", id="empty"),
        pytest.param(PRIVATE, EDITION, SLOT, bytes(96), id="zeros"),
        pytest.param(PRIVATE, EDITION, SLOT, _flipped(0), id="first bit"),
        pytest.param(PRIVATE, EDITION, SLOT, _flipped(95), id="last byte"),
    ],
)
@pytest.mark.proves("U24")
def test_box_opens_with_its_key_in_its_place_only(
    private: bytes, edition: str, slot: str, box: bytes
) -> None:
    with pytest.raises(BoxUnopenable):
        open_box(private, edition, slot, box)


@given(st.binary(max_size=200), st.integers(min_value=0, max_value=40))
def test_padding_gives_back_what_it_was_given(plain: bytes, room: int) -> None:
    padded = pad(plain, len(plain) + 5 + room)

    assert len(padded) == len(plain) + 5 + room
    assert unpad(padded) == plain


@pytest.mark.parametrize(
    "padded",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\x02\x00\x00\x00\x01a", id="a version nobody wrote"),
        pytest.param(b"\x01\x00\x00\x00\x09a", id="a length beyond the end"),
        pytest.param(b"\x01\x00\x00\x00\x01a\x00b", id="words in the padding"),
    ],
)
def test_what_padding_did_not_make_is_refused(padded: bytes) -> None:
    with pytest.raises(BoxUnopenable):
        unpad(padded)


@pytest.mark.proves("U3", "U25")
def test_drafts_have_one_length_and_open_with_their_code_only() -> None:
    code = os.urandom(16)
    boxes = [
        seal_draft(EDITION, code, plain=plain, box_size=4096, random_bytes=os.urandom)
        for plain in (b"", b"x" * 3000)
    ]

    assert [len(box) for box in boxes] == [4096, 4096]
    assert [len(open_draft_box(EDITION, code, box)) for box in boxes] == [0, 3000]
    for edition, other in ((EDITION, os.urandom(16)), ("f" * 16, code)):
        with pytest.raises(BoxUnopenable):
            open_draft_box(edition, other, boxes[0])


def test_draft_slots_differ_by_code_and_edition() -> None:
    slots = {draft_slot(e, c) for e in (EDITION, "f" * 16) for c in (bytes(16), b"\1" * 16)}

    assert len(slots) == 4
