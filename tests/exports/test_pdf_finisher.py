"""Each step of the finisher: what is wrong without it, and that it is right with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import outloud.model
import pikepdf
import pytest

from exports.accessible_pdf import PdfEngine
from exports.pdf_finisher import STEPS
from tests.exports.pdf_checks import elements, instructions, problems
from tests.exports.printing import print_into

if TYPE_CHECKING:
    from pathlib import Path

TABLE = """<table><caption>Bewertung</caption>
<thead><tr><th scope="col">Frage</th><th scope="col">Anzahl</th></tr></thead>
<tbody><tr><th scope="row">Inhalt</th><td>12</td></tr></tbody></table>"""
LINK = '<p>Mehr <a href="#mehr">im Abschnitt Methode</a>.</p><h2 id="mehr">Methode</h2><p>Text</p>'
FIGURE = (
    '<p style="margin-top: 200mm">Bild:</p><svg width="90" height="60"><title>Kurve steigt.</title>'
    '<rect width="9" height="9"/></svg>'
)
DECORATION = (
    '<p>Balken <span style="display: inline-block; background: red; width: 9px"></span></p>'
)


def engine_without(name: str) -> PdfEngine:
    return PdfEngine(tuple(step for step in STEPS if step.__name__ != name))


@pytest.mark.parametrize(
    ("step", "body", "complaint"),
    [
        (
            "turn_page_margins_into_artifacts",
            "<p>Text</p>",
            "content: p.1: content 2 belongs to no element",
        ),
        ("place_figures", FIGURE, "figures: figure framed outside its page"),
        ("label_links", LINK, "links: p.1: link labelled 'mehr'"),
        ("label_links", LINK, "links: p.1: link 'mehr' is left out in print"),
        ("prune_empty_elements", DECORATION, "empty_elements: /Span holds nothing"),
        ("set_table_header_scopes", TABLE, "tables: header cell without scope"),
        ("index_table_headers", TABLE, "tables: 3 identified header cells, 0 in the index"),
    ],
)
def test_a_missing_step_is_noticed_and_the_step_cures_it(
    engine: PdfEngine, tmp_path: Path, step: str, body: str, complaint: str
) -> None:
    without = problems(print_into(tmp_path, engine_without(step), body))
    complete = problems(print_into(tmp_path, engine, body))

    assert [problem for problem in without if problem.startswith(complaint)]
    assert complete == []


def test_every_step_is_tested_here() -> None:
    assert [step.__name__ for step in STEPS] == [
        "turn_page_margins_into_artifacts",
        "keep_words_apart_at_line_ends",
        "set_languages",
        "turn_charts_into_figures",
        "place_figures",
        "label_links",
        "join_elements_split_by_pages",
        "prune_empty_elements",
        "set_table_header_scopes",
        "index_table_headers",
        "set_list_numbering",
    ]


def test_running_lines_are_header_and_footer_artifacts(engine: PdfEngine, tmp_path: Path) -> None:
    printed = print_into(tmp_path, engine, "<p>Text</p>")

    with pikepdf.open(printed) as pdf:
        artifacts = [
            (str(operands[1].Type), str(operands[1].Subtype))
            for operands, operator in instructions(pdf.pages[0])
            if operator == "BDC" and str(operands[0]) == "/Artifact"
        ]
    assert sorted(set(artifacts)) == [("/Pagination", "/Footer"), ("/Pagination", "/Header")]


@pytest.mark.parametrize(
    ("body", "spoken"),
    [
        ('<p lang="en">Well done.</p>', [("/P", "en")]),
        ('<p>Sie sagte <span lang="en">well done</span>.</p>', [("/Span", "en")]),
        ('<blockquote lang="en"><p>Well done.</p></blockquote>', [("/BlockQuote", "en")]),
        ('<p lang="de">Gut gemacht.</p>', []),
    ],
    ids=["paragraph", "words", "quotation", "the-document's-own"],
)
def test_a_quotation_is_spoken_in_its_language(
    engine: PdfEngine, tmp_path: Path, body: str, spoken: list[tuple[str, str]]
) -> None:
    assert languages(print_into(tmp_path, engine_without("set_languages"), body)) == []
    assert languages(print_into(tmp_path, engine, body)) == spoken


def languages(path: Path) -> list[tuple[str, str]]:
    with pikepdf.open(path) as pdf:
        return [(role, str(found.Lang)) for role, found in elements(pdf) if "/Lang" in found]


@pytest.mark.parametrize(
    ("body", "without", "with_step"),
    [
        ("<p>eins zwei drei</p>", ["eins", "zwei", "drei"], ["eins ", "zwei ", "drei"]),
        ("<p>eins <b>zwei</b> drei</p>", ["eins", "zwei", "drei"], ["eins ", "zwei ", "drei"]),
        ("<p>a<br>b c</p>", ["a", "b", "c"], ["a ", "b ", "c"]),
        ("<p>Rheinland-Pfalz am Rhein</p>", ["Rheinland-", "Pfalz", "am", "Rhein"],
         ["Rheinland-", "Pfalz ", "am ", "Rhein"]),
        ("<p>unter\u200bbrochen a b</p>", ["unter", "brochen", "a", "b"], ["unter", "brochen ", "a ", "b"]),
    ],
    ids=["words", "inside-another", "line-break", "hyphen", "long-word"],
)  # fmt: skip
def test_words_stay_apart_at_line_ends(
    engine: PdfEngine, tmp_path: Path, body: str, without: list[str], with_step: list[str]
) -> None:
    style = "p { width: 1px; overflow-wrap: normal } b { font-weight: 600 }"
    plain = engine_without("keep_words_apart_at_line_ends")

    assert lines(print_into(tmp_path, plain, f"<h2>Ein Wort</h2>{body}", style=style)) == without
    assert lines(print_into(tmp_path, engine, f"<h2>Ein Wort</h2>{body}", style=style)) == with_step


def lines(path: Path) -> list[str]:
    texts = [run.text for run in outloud.model.Document(str(path)).content(0).runs]
    return texts[texts.index("Ein Wort") + 1 : -2]


def test_what_runs_over_a_page_break_stays_one_element(engine: PdfEngine, tmp_path: Path) -> None:
    body = f"<section><p>{'Ein Satz. ' * 1500}</p></section>"

    split = roles(print_into(tmp_path, engine_without("join_elements_split_by_pages"), body))
    joined = roles(print_into(tmp_path, engine, body))

    assert split.count("/P") > 1
    assert split.count("/Sect") > 1
    assert (joined.count("/P"), joined.count("/Sect")) == (1, 1)
    assert joined.count("/Span") == split.count("/Span")


def test_parts_of_a_long_table_keep_their_own_headings(engine: PdfEngine, tmp_path: Path) -> None:
    rows = '<tr><th scope="row">Inhalt</th><td>12</td></tr>' * 100
    body = (
        f"<table><thead><tr><th>Frage</th><th>Zahl</th></tr></thead><tbody>{rows}</tbody></table>"
    )

    printed = roles(print_into(tmp_path, engine, body))

    assert printed.count("/THead") == printed.count("/Table") > 1


def roles(path: Path) -> list[str]:
    with pikepdf.open(path) as pdf:
        return [role for role, _ in elements(pdf)]


@pytest.mark.parametrize(
    ("cell", "row_scope"),
    [
        ('<th scope="col">Frage</th>', "/Column"),
        ("<th>Frage</th>", "/Column"),
        ('<th scope="colgroup">Frage</th>', "/Column"),
        ('<th scope="row">Frage</th>', "/Row"),
    ],
    ids=["column", "in-the-head", "column-group", "row"],
)
def test_a_header_cell_has_the_scope_of_its_markup(
    engine: PdfEngine, tmp_path: Path, cell: str, row_scope: str
) -> None:
    body = (
        f"<table><thead><tr>{cell}<td>Zahl</td></tr></thead><tr><td>1</td><td>2</td></tr></table>"
    )

    printed = print_into(tmp_path, engine, body)

    with pikepdf.open(printed) as pdf:
        assert [str(found.A.Scope) for role, found in elements(pdf) if role == "/TH"] == [row_scope]


def test_cells_find_their_headers_by_name(engine: PdfEngine, tmp_path: Path) -> None:
    printed = print_into(tmp_path, engine, TABLE)

    with pikepdf.open(printed) as pdf:
        names = pdf.Root.StructTreeRoot.IDTree.Kids[0].Names
        index = {bytes(names[place]): names[place + 1] for place in range(0, len(names), 2)}
        (cell,) = [found for role, found in elements(pdf) if role == "/TD"]
        heads = [role_of(index[bytes(name)]) for name in cell.A.Headers]
    assert heads == ["/TH", "/TH"]


def role_of(element: Any) -> str:
    return str(element.S)


@pytest.mark.parametrize(
    ("body", "numbering"),
    [
        ("<ol><li>Erstens</li></ol>", "/Decimal"),
        ("<ul><li>Punkt</li></ul>", "/Disc"),
        ('<ul style="list-style: none"><li>Punkt</li></ul>', "/None"),
        ("<dl><dt>Wort</dt><dd>Erklärung</dd></dl>", "/None"),
    ],
    ids=["steps", "points", "plain", "definitions"],
)
def test_a_list_says_whether_it_counts(
    engine: PdfEngine, tmp_path: Path, body: str, numbering: str
) -> None:
    printed = print_into(tmp_path, engine, body)

    with pikepdf.open(printed) as pdf:
        (found,) = [found for role, found in elements(pdf) if role == "/L"]
        assert str(found.A.ListNumbering) == numbering
    with pikepdf.open(print_into(tmp_path, engine_without("set_list_numbering"), body)) as pdf:
        assert "/A" not in next(found for role, found in elements(pdf) if role == "/L")


def test_a_chart_made_of_boxes_is_one_figure_that_says_its_message(
    engine: PdfEngine, tmp_path: Path
) -> None:
    body = (
        '<div role="img" aria-label="Viele fanden es gut (48 %), manche sehr gut (36 %)." style="height: 9mm">'
        '<span class="a">48</span><b></b><span>36</span></div><p>Text</p>'
    )

    boxes = print_into(tmp_path, engine_without("turn_charts_into_figures"), body)
    assert "/Figure" not in roles(boxes)

    figure = print_into(tmp_path, engine, body)
    assert problems(figure) == []
    with pikepdf.open(figure) as pdf:
        (found,) = [found for role, found in elements(pdf) if role == "/Figure"]
        assert str(found.Alt) == "Viele fanden es gut (48 %), manche sehr gut (36 %)."
        assert [int(kid) for kid in found.K] == [1, 2]
        owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
        assert [owners[content].objgen for content in (1, 2)] == [found.objgen] * 2


def test_a_link_with_a_title_is_announced_by_it(engine: PdfEngine, tmp_path: Path) -> None:
    body = '<p><a href="https://example.org/" title="Webseite der Beispielstadt">Beispiel</a></p>'

    printed = print_into(tmp_path, engine, body)

    with pikepdf.open(printed) as pdf:
        (annotation,) = pdf.pages[0].Annots
        assert str(annotation.Contents) == "Webseite der Beispielstadt"
