"""Printing fetches nothing: a server that everything on a page points at is never asked."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from survey.errors import ReportFailed
from tests.exports.printing import page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exports.pdf_process import PdfPrinter

REACHING_OUT = {
    "picture": '<img src="{at}/img" alt="x">',
    "set of pictures": '<img srcset="{at}/srcset 2x" src="{at}/src" alt="x">',
    "sheet": '<link rel="stylesheet" href="{at}/sheet">',
    "imported sheet": "<style>@import url({at}/import);</style>",
    "typeface": "<style>@font-face {{ font-family: x; src: url({at}/font) }} p {{ font-family: x }}</style><p>x</p>",
    "background": '<p style="background: url({at}/background)">x</p>',
    "list sign": '<ul style="list-style-image: url({at}/sign)"><li>x</li></ul>',
    "generated": "<style>p::before {{ content: url({at}/content) }}</style><p>x</p>",
    "object": '<object data="{at}/object">x</object>',
    "embedded": '<embed src="{at}/embed">',
    "attachment": '<link rel="attachment" href="{at}/attachment">',
    "drawing": '<svg width="9" height="9"><image href="{at}/svg" width="9" height="9"/></svg>',
    "drawing by reference": '<svg width="9" height="9"><use href="{at}/use#a"/></svg>',
    "base": '<base href="{at}/"><img src="base" alt="x">',
}


@contextmanager
def canary() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and what it was asked for."""
    asked: list[str] = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Nothing to say."""

    server = HTTPServer(("127.0.0.1", 0), Canary)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# In a process of its own, as the product prints: a typeface that is none has been seen to end the printing process.
PRINTING = """
import json, sys, weasyprint
for text in json.load(sys.stdin):
    weasyprint.HTML(string=text).render()
"""


def test_a_printer_without_our_fetcher_asks() -> None:
    with canary() as (at, asked):
        pages = [page(body.format(at=at)) for body in REACHING_OUT.values()]
        subprocess.run(
            [sys.executable, "-c", PRINTING],
            input=json.dumps(pages),
            text=True,
            check=True,
            capture_output=True,
        )

    assert len(set(asked)) >= 8


@pytest.mark.proves("S8")
def test_nobody_is_asked_whatever_a_page_points_at(printer: PdfPrinter) -> None:
    with canary() as (at, asked):
        for body in REACHING_OUT.values():
            with suppress(ReportFailed):
                printer.print_html(page(body.format(at=at)))

    assert asked == []
