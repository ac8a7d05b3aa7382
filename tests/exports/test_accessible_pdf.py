from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from exports.accessible_pdf import OwnFilesFetcher, PageFaulty
from exports.report_typeface import ADDRESS, FACES, font_file
from tests.exports.printing import ENDLESS, page

if TYPE_CHECKING:
    from exports.accessible_pdf import PdfEngine
    from exports.report_typeface import FontFace


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.file_name)
def test_the_fetcher_serves_each_face_of_the_typeface(face: FontFace) -> None:
    served = OwnFilesFetcher().fetch(ADDRESS + face.file_name)

    assert served.read() == font_file(face).read_bytes()


@pytest.mark.proves("P20")
@pytest.mark.proves("S8")
@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "http://127.0.0.1:9/",
        "https://example.org/x.css",
        "ftp://example.org/x",
        f"{ADDRESS}FiraSans-Black.ttf",
        f"{ADDRESS}../metadata.json",
        f"{ADDRESS}{FACES[0].file_name}?x",
        FACES[0].file_name,
        "",
    ],
)
def test_the_fetcher_refuses_everything_else(address: str) -> None:
    with pytest.raises(ValueError, match=r"disallowed protocol|Not an absolute URI"):
        OwnFilesFetcher().fetch(address)


def test_the_fetcher_reads_what_an_address_itself_holds() -> None:
    assert OwnFilesFetcher().fetch("data:text/plain,Hallo").read() == b"Hallo"


@pytest.mark.proves("A84")
@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (
            '<p><img src="data:image/svg+xml,%3Csvg/%3E"></p>',
            'Image "data:image/svg+xml,%3Csvg/%3E"',
        ),
        ('<p><a href="#nirgends">Methode</a></p>', "No anchor #nirgends"),
    ],
    ids=["no-alternative", "dead-link"],
)
def test_a_faulty_page_is_refused_with_its_complaints(
    engine: PdfEngine, body: str, complaint: str
) -> None:
    with pytest.raises(PageFaulty) as refusal:
        engine.print_html(page(body))

    assert [told[: len(complaint)] for told in refusal.value.complaints] == [complaint]


@pytest.mark.proves("A84")
def test_a_page_without_language_is_refused(engine: PdfEngine) -> None:
    with pytest.raises(PageFaulty):
        engine.print_html(page("<p>Text</p>").replace(' lang="de"', ""))


@pytest.mark.proves("P19")
def test_a_forgotten_process_ends_itself_past_the_limit() -> None:
    html = ENDLESS.encode()
    command = [sys.executable, "-m", "exports.accessible_pdf", "3"]

    done = subprocess.run(
        command, input=len(html).to_bytes(8, "big") + html, capture_output=True, check=False
    )

    assert done.returncode == -signal.SIGALRM
    assert done.stdout == b""
