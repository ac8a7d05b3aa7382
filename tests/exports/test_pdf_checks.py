"""Each check can fail: one broken PDF per check."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from tests.exports.pdf_checks import assert_accessible, below, elements, problems
from tests.exports.printing import print_into

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from exports.accessible_pdf import PdfEngine

BODY = """
<p>Mehr <a href="#mehr">im Abschnitt Methode</a>.</p>
<table><caption>Bewertung</caption>
<thead><tr><th scope="col">Frage</th><th scope="col">Anzahl</th></tr></thead>
<tbody><tr><th scope="row">Inhalt</th><td>12</td></tr></tbody></table>
<svg width="90" height="60"><title>Eine Kurve, die steigt.</title><rect width="9" height="9"/></svg>
<h2 id="mehr">Methode</h2><h3>Umfang</h3><p>Text</p>
"""


@pytest.fixture
def printed(engine: PdfEngine, tmp_path: Path) -> Path:
    return print_into(tmp_path, engine, BODY)


def test_the_unbroken_pdf_is_accessible(printed: Path) -> None:
    assert_accessible(printed)


def first(pdf: pikepdf.Pdf, role: str) -> Any:
    return next(element for found, element in elements(pdf) if found == role)


def drop_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def unmark(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


def hide_title(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def drop_title(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Title"]


def drop_claim(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        del metadata["pdfuaid:part"]


def skip_heading_level(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/H2").S = pikepdf.Name.H3


def add_second_title(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/H2").S = pikepdf.Name.H1


def drop_scope(pdf: pikepdf.Pdf) -> None:
    del first(pdf, "/TH").A.Scope


def drop_index(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot.IDTree


def drop_headers(pdf: pikepdf.Pdf) -> None:
    for role, element in list(below(first(pdf, "/Table"))):
        if role == "/TH":
            element.S = pikepdf.Name.TD


def drop_alternative(pdf: pikepdf.Pdf) -> None:
    del first(pdf, "/Figure").Alt


def misplace_figure(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/Figure").A.BBox = pikepdf.Array([10, 900, 60, 950])


def untag_paragraph(pdf: pikepdf.Pdf) -> None:
    parent = first(pdf, "/P").P
    parent.K = pikepdf.Array([kid for kid in parent.K if kid.S != "/P"])


def draw_untagged(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"0 0 10 10 re f")


def forget_kind_of_artifact(pdf: pikepdf.Pdf) -> None:
    content = pdf.pages[0].Contents.read_bytes()
    pdf.pages[0].Contents = pdf.make_stream(content.replace(b"/Subtype /Footer", b""))


def label_link_with_target(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots[0].Contents = pikepdf.String("mehr")


def label_link_with_address(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots[0].Contents = pikepdf.String("https://example.org/")


def leave_link_out_of_print(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots[0].F = 0


def descriptor(pdf: pikepdf.Pdf) -> Any:
    return next(
        candidate
        for candidate in pdf.objects
        if isinstance(candidate, pikepdf.Dictionary) and candidate.get("/Type") == "/FontDescriptor"
    )


def do_not_embed(pdf: pikepdf.Pdf) -> None:
    del descriptor(pdf).FontFile2


def use_other_typeface(pdf: pikepdf.Pdf) -> None:
    descriptor(pdf).FontName = pikepdf.Name("/ABCDEF+DejaVu-Sans")


def embed_whole_font(pdf: pikepdf.Pdf) -> None:
    descriptor(pdf).FontName = pikepdf.Name("/Fira-Sans")


def leave_empty_element(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/P").K = pikepdf.Array([])


@pytest.mark.proves("P18")
@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (drop_language, "catalog: no language"),
        (unmark, "catalog: not marked as tagged"),
        (hide_title, "catalog: the title is not displayed"),
        (drop_title, "catalog: no title"),
        (drop_claim, "catalog: does not say that it is PDF/UA-1"),
        (skip_heading_level, "headings: level 3 follows level 1"),
        (add_second_title, "headings: 2 headings of the first level"),
        (drop_scope, "tables: header cell without scope"),
        (drop_index, "tables: 3 identified header cells, 0 in the index"),
        (drop_headers, "tables: table without header cells"),
        (drop_alternative, "figures: figure without alternative"),
        (misplace_figure, "figures: figure framed outside its page: 10.0 900.0 60.0 950.0"),
        (untag_paragraph, "content: p.1: content 1 belongs to no element"),
        (draw_untagged, "content: p.1: f outside tags and artifacts"),
        (forget_kind_of_artifact, "pagination: p.1: artifact that is neither header nor footer"),
        (label_link_with_target, "links: p.1: link labelled 'mehr'"),
        (label_link_with_address, "links: p.1: link labelled 'https://example.org/'"),
        (leave_link_out_of_print, "links: p.1: link 'im Abschnitt Methode' is left out in print"),
        (do_not_embed, "fonts: Fira-Sans-Semi-Bold is not embedded"),
        (use_other_typeface, "fonts: DejaVu-Sans is not the reports' typeface"),
        (embed_whole_font, "fonts: Fira-Sans is not a subset"),
        (leave_empty_element, "empty_elements: /P holds nothing"),
        (drop_language, "pdfua: UA-06-001"),
        (drop_alternative, "outloud: FIG-001"),
    ],
)
def test_a_damaged_pdf_is_refused(
    printed: Path, damage: Callable[[pikepdf.Pdf], None], complaint: str
) -> None:
    damaged = printed.with_name("damaged.pdf")
    with pikepdf.open(printed) as pdf:
        damage(pdf)
        pdf.save(damaged)

    assert [problem for problem in problems(damaged) if problem.startswith(complaint)]
    with pytest.raises(AssertionError):
        assert_accessible(damaged)


@pytest.mark.proves("P10", "P18")
def test_a_sign_without_a_glyph_is_refused(engine: PdfEngine, tmp_path: Path) -> None:
    printed = print_into(tmp_path, engine, "<p>Pfeil &#9650;</p>")

    assert problems(printed) == ["glyphs: U+25B2 is not in the typeface"]


@pytest.mark.proves("P15", "P18")
def test_a_damaged_file_structure_is_refused(printed: Path) -> None:
    content = printed.read_bytes()
    printed.write_bytes(content[: len(content) // 2] + b"\0" * 200 + content[len(content) // 2 :])

    assert [problem for problem in problems(printed) if problem.startswith("qpdf: ")]


@pytest.mark.proves("P14", "P18")
def test_a_missing_program_is_a_failure_not_a_skip(
    printed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.devnull)

    assert problems(printed) == [
        "qpdf: the program is missing (Debian package qpdf)",
        "signs: the program is missing (Debian package poppler-utils)",
    ]
