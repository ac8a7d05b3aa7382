"""Canaries are seen in every dress, and nothing else is taken for one."""

from __future__ import annotations

import base64
import gzip
import html
import io
import zipfile
import zlib
from urllib.parse import quote

import pytest

from survey.auditing.canaries import canary, order_of_people, people_in, sightings

CANARY = canary(17, place="ganz", length=60)
BYTES = CANARY.encode()


def _zip(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", content)
    return out.getvalue()


DRESSES = {
    "plain": BYTES,
    "utf-16-le": CANARY.encode("utf-16-le"),
    "utf-16-be": CANARY.encode("utf-16-be"),
    "hex": BYTES.hex().encode(),
    "upper-hex": BYTES.hex().upper().encode(),
    "base64-0": base64.b64encode(BYTES),
    "base64-1": base64.b64encode(b"x" + BYTES),
    "base64-2": base64.b64encode(b"xy" + BYTES),
    "base64-3": base64.urlsafe_b64encode(b"xyz" + BYTES),
    "zlib": zlib.compress(BYTES),
    "zlib-best": zlib.compress(BYTES, 9),
    "gzip": gzip.compress(BYTES),
    "form": quote(CANARY).encode(),
    "percent": "".join(f"%{byte:02x}" for byte in BYTES).encode(),
    "upper-percent": "".join(f"%{byte:02X}" for byte in BYTES).encode(),
    "html": html.escape(CANARY).encode(),
    "html-decimal": "".join(f"&#{ord(c)};" for c in CANARY).encode(),
    "html-hex": "".join(f"&#x{ord(c):x};" for c in CANARY).encode(),
    "json": "".join(f"\\u{ord(c):04x}" for c in CANARY).encode(),
    "upper-json": "".join(f"\\u{ord(c):04X}" for c in CANARY).encode(),
}


@pytest.mark.parametrize("hidden", DRESSES.values(), ids=DRESSES.keys())
def test_a_canary_is_seen_in_every_dress(hidden: bytes) -> None:
    assert sightings(b"before " + hidden + b" after") == {(17, "ganz")}


def test_a_canary_is_seen_in_a_packed_file() -> None:
    assert people_in(_zip(BYTES)) == {17}


def test_bytes_without_canaries_name_nobody() -> None:
    assert sightings(bytes(range(256)) * 100) == frozenset()


def test_a_canary_has_the_length_that_was_asked_for() -> None:
    assert [len(canary(3, place="teil", length=length)) for length in (50, 51, 2000)] == [
        50,
        51,
        2000,
    ]


def test_people_are_found_in_the_order_of_their_bytes() -> None:
    content = "".join(canary(person, place="ganz", length=60) for person in (3, 1, 2, 1)).encode()

    assert order_of_people(content, place="ganz") == (3, 1, 2)
    assert order_of_people(_zip(content), place="ganz") == (3, 1, 2)
    assert order_of_people(content, place="teil") == ()
