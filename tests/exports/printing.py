"""Small pages for the tests of the PDF engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from exports.accessible_pdf import PdfEngine

RUNNING_LINES = """
@page { @top-left { content: "Kopfzeile" } @bottom-right { content: "Seite " counter(page) } }
html { font-family: "Fira Sans" }
"""


def page(body: str, *, style: str = "") -> str:
    """A whole page with running header and footer around a body."""
    return (
        '<!doctype html><html lang="de"><head><title>Auswertung</title>'
        '<meta name="dcterms.created" content="2020-10-01T12:00:00+02:00">'
        f"<style>{RUNNING_LINES}{style}</style></head><body><h1>Auswertung</h1>{body}</body></html>"
    )


def print_into(directory: Path, engine: PdfEngine, body: str, *, style: str = "") -> Path:
    """The file with the PDF of a body."""
    target = directory / "page.pdf"
    target.write_bytes(engine.print_html(page(body, style=style)))
    return target


# Laying this out takes minutes; nothing but the wall clock ends it.
ENDLESS = page(f"<table>{'<tr><td><span>x</span></td><td>y</td></tr>' * 60_000}</table>")
