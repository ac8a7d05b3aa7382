"""Pictures are taken apart and put together without what pages do not need; another library still reads them."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from forms.logo_file import LONGEST_SIDE, MOST_BYTES, SHORTEST_SIDE, read_logo
from survey.errors import FileRefused

SECRET = b"GPS 50.1 8.6"


def picture(mode: str = "RGB", *, width: int = 64, height: int = 32) -> Image.Image:
    grey = Image.linear_gradient("L").resize((width, height))
    if mode == "P":
        return grey.convert("RGB").quantize(16)
    return grey.convert(mode)


def written(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_keeps_its_pixels(mode: str) -> None:
    image = picture() if mode == "I;16" else picture(mode)
    image = image.convert("I;16") if mode == "I;16" else image

    read = read_logo("logo.png", written(image, "PNG"))

    assert (read.kind, read.width, read.height) == ("png", 64, 32)
    assert Image.open(io.BytesIO(read.content)).tobytes() == image.tobytes()


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("is_progressive", [True, False])
def test_a_jpeg_keeps_its_pixels(mode: str, *, is_progressive: bool) -> None:
    content = written(picture(mode), "JPEG", progressive=is_progressive, quality=90)

    read = read_logo("logo.jpg", content)

    assert (read.kind, read.width, read.height) == ("jpg", 64, 32)
    assert (
        Image.open(io.BytesIO(read.content)).tobytes() == Image.open(io.BytesIO(content)).tobytes()
    )


def test_descriptions_of_a_png_stay_behind() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SECRET.decode())
    content = written(picture(), "PNG", pnginfo=notes) + b"<script>" + SECRET
    assert SECRET in content

    read = read_logo("logo.png", content)

    assert SECRET not in read.content
    assert b"script" not in read.content


def test_descriptions_of_a_jpeg_stay_behind() -> None:
    places = Image.Exif()
    places[0x010E] = SECRET.decode()
    content = written(picture(), "JPEG", exif=places, comment=SECRET) + b"<script>" + SECRET
    assert content.count(SECRET) == 3

    read = read_logo("logo.jpg", content)

    assert SECRET not in read.content
    assert b"script" not in read.content


def test_a_moving_picture_stands_still() -> None:
    frames = [picture(), picture().transpose(Image.Transpose.FLIP_LEFT_RIGHT)]
    content = written(frames[0], "PNG", save_all=True, append_images=frames[1:])
    assert b"acTL" in content

    read = read_logo("logo.png", content)

    assert b"acTL" not in read.content
    assert b"fdAT" not in read.content
    assert Image.open(io.BytesIO(read.content)).tobytes() == frames[0].tobytes()


@pytest.mark.parametrize("side", [SHORTEST_SIDE, LONGEST_SIDE])
def test_a_picture_of_the_smallest_and_largest_size_is_taken(side: int) -> None:
    content = written(Image.new("1", (side, side)), "PNG")

    assert read_logo("logo.png", content).width == side


@pytest.mark.parametrize(
    ("width", "height"), [(SHORTEST_SIDE - 1, 100), (100, LONGEST_SIDE + 1), (60_000, 60_000)]
)
def test_other_sizes_are_refused(width: int, height: int) -> None:
    small = written(picture("L"), "PNG")
    header = struct.pack(">II", width, height) + small[24:29]
    changed = small[:16] + header + struct.pack(">I", zlib.crc32(b"IHDR" + header)) + small[33:]

    with pytest.raises(FileRefused) as refused:
        read_logo("logo.png", changed)

    assert refused.value.problems[0].key in {
        "Das Bild ist beschädigt.",
        "Das Bild hat %(width)d × %(height)d Bildpunkte. Jede Seite darf %(least)d bis %(most)d haben.",
    }


def test_a_bomb_is_refused_before_it_bursts() -> None:
    header = struct.pack(">IIBBBBB", 64, 32, 8, 2, 0, 0, 0)
    bomb = zlib.compress(b"\0" * 150_000_000, 9)
    assert len(bomb) < MOST_BYTES

    def chunk(name: bytes, body: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + checksum

    content = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", bomb) + chunk(b"IEND", b"")
    )

    with pytest.raises(FileRefused):
        read_logo("logo.png", content)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("part", [0.05, 0.3, 0.6, 0.95])
def test_what_is_cut_off_is_refused(kind: str, part: float) -> None:
    content = written(picture(), kind)

    with pytest.raises(FileRefused):
        read_logo("logo", content[: int(len(content) * part)])


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_changed_bytes_never_make_anything_but_a_picture_or_a_refusal(kind: str) -> None:
    content = bytearray(written(picture(), kind))
    for place in range(0, len(content), 7):
        changed = bytes(content[:place]) + bytes([content[place] ^ 0xFF]) + content[place + 1 :]
        try:
            read = read_logo("logo", changed)
        except FileRefused:
            continue
        assert read.content[:2] in {b"\x89P", b"\xff\xd8"}


@pytest.mark.proves("S7")
@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", b"<svg/>", b"<?xml version='1.0'?><SVG>", b"\xff\xd8\xff", b"RIFF....WEBP"],
)
def test_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(FileRefused):
        read_logo("logo.png", content)
