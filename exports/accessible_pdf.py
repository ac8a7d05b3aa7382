"""HTML in, accessible PDF out: a process of its own, without database and settings.

`python -m exports.accessible_pdf` reads pages as frames from its standard input and answers each
with one frame; `exports.pdf_process` is its other end. This is the only module that imports
WeasyPrint, which costs half a second: hence a warm process instead of an import where it is needed.
"""

from __future__ import annotations

import logging
import os
import resource
import signal
import sys
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Self

from exports.clean_text import printable_page
from exports.pdf_finisher import STEPS, Step, finish_pdf
from exports.pdf_frames import FAILED, PRINTED, read_frame, write_frame
from exports.pdf_structure import Rendering, remembered_boxes
from exports.report_typeface import ADDRESS, FACES, font_face_rules, font_file

with warnings.catch_warnings():
    # It warns on a host without fonts. A report never uses the host's fonts.
    warnings.simplefilter("ignore", UserWarning)
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

if TYPE_CHECKING:
    from typing import IO

_NO_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{directory}</cachedir></fontconfig>
"""
# A usual report takes 300 MiB of address space and 90 of memory; this keeps a bad one under 700.
_COURTESY = 10
"""Whoever waits for a page comes before whoever waits for a report."""
_ADDRESS_SPACE = 850 * 1024 * 1024


class PageFaulty(Exception):
    """The page cannot become an accessible PDF as it stands; `complaints` say why."""

    def __init__(self, complaints: tuple[str, ...]) -> None:
        self.complaints = complaints
        super().__init__("; ".join(complaints))


class OwnFilesFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Fetches the product's own fonts and `data:` addresses; anything else stops the report."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
        self._files = {ADDRESS + face.file_name: font_file(face) for face in FACES}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The file behind an address of the product, or what a `data:` address holds."""
        if url in self._files:
            return URLFetcherResponse(
                url, self._files[url].read_bytes(), {"Content-Type": "font/ttf"}
            )
        return super().fetch(url, headers)


class PdfEngine:
    """A warm renderer whose fonts are loaded; it prints any number of pages."""

    def __init__(self, steps: tuple[Step, ...] = STEPS) -> None:
        self._steps = steps
        self._fetcher = OwnFilesFetcher()
        self._fonts = FontConfiguration()
        self._faces = weasyprint.CSS(
            string=font_face_rules(), font_config=self._fonts, url_fetcher=self._fetcher
        )

    def print_html(self, html: str) -> bytes:
        """The PDF/UA-1 file of a page; the same page gives the same bytes."""
        with _complaints() as complaints:
            page = weasyprint.HTML(
                string=printable_page(html), base_url=ADDRESS, url_fetcher=self._fetcher
            )
            document = page.render(
                font_config=self._fonts, stylesheets=[self._faces], pdf_variant="pdf/ua-1"
            )
            with remembered_boxes() as memory:
                pdf: bytes = document.write_pdf(
                    finisher=lambda document, pdf: finish_pdf(
                        Rendering(document, pdf, memory), self._steps
                    ),
                    pdf_variant="pdf/ua-1",
                )
        if complaints.errors:
            raise PageFaulty(tuple(complaints.errors))
        return pdf


class _complaints(logging.Handler):  # noqa: N801 -- used as a context, like suppress()
    """What WeasyPrint logs as an error (a missing alternative, a dead link) while it prints."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.errors.append(record.getMessage())

    def __enter__(self) -> Self:
        weasyprint.LOGGER.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        weasyprint.LOGGER.removeHandler(self)


def closed_environment(directory: Path) -> dict[str, str]:
    """Environment variables under which a page looks the same on every host and on every day."""
    configuration = directory / "fonts.conf"
    configuration.write_text(_NO_FONTS.format(directory=directory), encoding="utf-8")
    return {
        # A character missing in the typeface must not pull in whatever font this host has.
        "FONTCONFIG_FILE": str(configuration),
        # Subsetting stamps the time into each font.
        "SOURCE_DATE_EPOCH": "0",
    }


def answer_frames(
    engine: PdfEngine, requests: IO[bytes], replies: IO[bytes], *, limit: int
) -> None:
    """Print page after page until the other side closes; past `limit` seconds the process dies."""
    while (html := read_frame(requests)) is not None:
        # The parent kills this process in time. If the parent itself was killed, nobody would:
        # the alarm's default action ends the process even inside a C library.
        signal.alarm(limit)
        try:
            reply = PRINTED + engine.print_html(html.decode())
        except PageFaulty as fault:
            reply = FAILED + str(fault).encode()
        except (Exception, FatalURLFetchingError) as error:  # noqa: BLE001 -- told to the parent
            # The class alone: a message may quote what somebody has written.
            reply = FAILED + type(error).__name__.encode()
        signal.alarm(0)
        write_frame(replies, reply)


def main(arguments: list[str]) -> None:
    """Serve the process that started this one; the argument is the limit in seconds."""
    (limit,) = arguments
    os.nice(_COURTESY)
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    # Whatever a library prints must not end up between two frames.
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with tempfile.TemporaryDirectory(prefix="nachklang-pdf-") as directory:
        environment = closed_environment(Path(directory))
        os.environ.update(environment)  # noqa: TID251 -- written for C libraries, not read
        answer_frames(PdfEngine(), sys.stdin.buffer, replies, limit=int(limit))


if __name__ == "__main__":
    main(sys.argv[1:])
