"""Whether a PDF can be read by everybody: outside checkers first, then our own questions.

`assert_accessible(path)` is what tests of reports call. `problems(path)` gives the list behind it,
one line per problem, each starting with the name of the check that found it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from typing import TYPE_CHECKING, Any
from unicodedata import category

import outloud
import pdfua
import pikepdf
from fontTools.ttLib import TTFont

from exports.report_typeface import FACES
from tests.unwatched import unwatched

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

EXPLAINED: dict[str, str] = {
    # rule of an outside checker: why a warning of it is no problem here
    "outloud TBL-012": (
        "interval rows draw their range in cells that hold no text; the numbers stand beside them"
    ),
}
SKIPPED: dict[str, str] = {
    # rule that cannot run: what checks the same instead
    "UA-14-001": (
        "its reader of kids asks an array whether it is a number, which pikepdf 10.17 answers with"
        " an error; heading order is checked by outloud's HDG rules and by _headings below"
    ),
}
ONE_ROW = re.compile(r"header cells look shredded: \d+ header cells against \d+ data cells")
"""TBL-010 of a table whose one row fills a page: it has more heads than data, and each head is one."""
MARGINS = (0, 26 * 72 / 25.4, 842 - 27 * 72 / 25.4, 842)
"""Where the running head and foot stand, in points from below."""
REPEATED = {
    "outloud PAG-001": (
        "the same long text stands in many places, and so at the head of pages; that running heads and feet are"
        " no content is checked by _pagination below"
    ),
    "outloud ORD-001": (
        "lists paint their numbers after their texts, which shows where little else is on a page; the tags, which are"
        " read, have them in order"
    ),
}
"""What is explained only of reports that are filled with one and the same text."""
_EMPTY = pikepdf.Dictionary()
TYPEFACE = frozenset(face.file_name.removesuffix(".ttf") for face in FACES)


def assert_accessible(pdf: Path, *, explained: Mapping[str, str] = EXPLAINED) -> None:
    """Fail with every problem found in a PDF."""
    found = problems(pdf, explained=explained)
    assert not found, "\n".join(found)


def problems(pdf: Path, *, explained: Mapping[str, str] = EXPLAINED) -> list[str]:
    """Every problem in a PDF, in reading order of the checks."""
    with unwatched(), pikepdf.open(pdf) as opened:
        found = [*_qpdf(pdf), *_pdfua(pdf), *_outloud(pdf, explained), *_signs(pdf)]
        for check in (
            _catalog,
            _headings,
            _tables,
            _figures,
            _content,
            _pagination,
            _links,
            _fonts,
            _glyphs,
            _empty_elements,
        ):
            found.extend(f"{check.__name__.strip('_')}: {problem}" for problem in check(opened))
    return found


def _qpdf(pdf: Path) -> Iterator[str]:
    tool = shutil.which("qpdf")
    if tool is None:
        yield "qpdf: the program is missing (Debian package qpdf)"
        return
    done = subprocess.run([tool, "--check", str(pdf)], capture_output=True, text=True, check=False)
    if done.returncode:
        yield f"qpdf: {done.stderr.strip() or done.stdout.strip()}"


def _pdfua(pdf: Path) -> Iterator[str]:
    try:
        report = pdfua.validate(str(pdf))
    except pdfua.PdfuaError as error:
        yield f"pdfua: {error}"
        return
    for finding in report.findings:
        yield f"pdfua: {finding.rule_id} {finding.message}"
    for skipped in report.skipped:
        if skipped.rule_id not in SKIPPED:
            yield f"pdfua: {skipped.rule_id} did not run: {skipped.skipped_reason}"


def _outloud(pdf: Path, explained: Mapping[str, str]) -> Iterator[str]:
    result = outloud.check(str(pdf))
    if result.error:
        yield f"outloud: {result.error}"
    for finding in result.findings:
        if finding.severity != "info" and not _is_explained(finding, explained):
            yield f"outloud: {finding.rule} p.{finding.page} {finding.message} {finding.evidence}"
    for run in result.runs:
        if run.status == "crashed":
            yield f"outloud: {run.rule} crashed: {run.reason}"
    for checkpoint in result.criteria["pdfua1"]:
        if checkpoint["status"] == "not-tested":
            yield f"outloud: checkpoint {checkpoint['id']} of the Matterhorn protocol was not tried"


def _is_explained(finding: outloud.Finding, explained: Mapping[str, str]) -> bool:
    match finding.rule:
        case "TAG-002":
            # It knows running heads by standing on every page of a short document; the first page has none.
            foot, head = MARGINS[1], MARGINS[2]
            return all(box["y0"] >= head or box["y1"] <= foot for box in finding.boxes)
        case "TBL-010":
            return ONE_ROW.fullmatch(finding.message) is not None
        case rule:
            return finding.severity != "error" and f"outloud {rule}" in explained


def _signs(pdf: Path) -> Iterator[str]:
    """Signs that steer instead of being read: directions, joiners, controls."""
    tool = shutil.which("pdftotext")
    if tool is None:
        yield "signs: the program is missing (Debian package poppler-utils)"
        return
    done = subprocess.run([tool, str(pdf), "-"], capture_output=True, text=True, check=False)
    if done.returncode:
        yield f"signs: {done.stderr.strip()}"
    for sign in sorted(set(done.stdout) - _READABLE):
        if category(sign) in {"Cc", "Cf", "Cn", "Co", "Cs"}:
            yield f"signs: U+{ord(sign):04X} is in the text"


_READABLE = frozenset("\n\f\u00ad\u200b")


def _catalog(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if not str(root.get("/Lang", "")):
        yield "no language"
    if not root.get("/MarkInfo", _EMPTY).get("/Marked"):
        yield "not marked as tagged"
    if not root.get("/ViewerPreferences", _EMPTY).get("/DisplayDocTitle"):
        yield "the title is not displayed"
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield "no title"
    with pdf.open_metadata() as metadata:
        if str(metadata.get("pdfuaid:part")) != "1":
            yield "does not say that it is PDF/UA-1"


def _headings(pdf: pikepdf.Pdf) -> Iterator[str]:
    level = 0
    levels = [int(role[2]) for role, _ in elements(pdf) if re.fullmatch(r"/H[1-6]", role)]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings of the first level"
    for next_level in levels:
        if next_level > level + 1:
            yield f"level {next_level} follows level {level}"
        level = next_level


def _tables(pdf: pikepdf.Pdf) -> Iterator[str]:
    identifiers = set()
    for role, element in elements(pdf):
        if role == "/TH":
            if str(_attribute(element, "/Scope")) not in {"/Column", "/Row"}:
                yield "header cell without scope"
            if "/ID" in element:
                identifiers.add(bytes(element.ID))
        if role == "/Table" and not any(kid_role == "/TH" for kid_role, _ in below(element)):
            yield "table without header cells"
    tree = pdf.Root.get("/StructTreeRoot", _EMPTY).get("/IDTree")
    indexed = set(_names(tree)) if tree is not None else set()
    if identifiers != indexed:
        yield f"{len(identifiers)} identified header cells, {len(indexed)} in the index"


def _figures(pdf: pikepdf.Pdf) -> Iterator[str]:
    for role, element in elements(pdf):
        if role == "/Figure":
            if not str(element.get("/Alt", "")).strip():
                yield "figure without alternative"
            left, bottom, right, top = (float(edge) for edge in _attribute(element, "/BBox"))
            width, height = (float(edge) for edge in element.Pg.MediaBox[2:])
            if not (0 <= left < right <= width and 0 <= bottom < top <= height):
                yield f"figure framed outside its page: {left} {bottom} {right} {top}"


def _content(pdf: pikepdf.Pdf) -> Iterator[str]:
    claimed = {
        (element.Pg.objgen, int(kid)) for _, element in elements(pdf) for kid in _contents(element)
    }
    for number, page in enumerate(pdf.pages, start=1):
        depth: list[str] = []
        for operands, operator in instructions(page):
            if operator in {"BDC", "BMC"}:
                depth.append(str(operands[0]))
                properties = operands[1] if operator == "BDC" else _EMPTY
                if "/MCID" in properties:
                    content = (page.objgen, int(properties["/MCID"]))
                    if content not in claimed:
                        yield f"p.{number}: content {content[1]} belongs to no element"
            elif operator == "EMC":
                depth.pop()
            elif operator in _PAINTING and not depth:
                yield f"p.{number}: {operator} outside tags and artifacts"


_PAINTING = frozenset({"Tj", "TJ", "'", '"', "Do", "sh", "f", "f*", "F", "S", "s", "B", "B*", "b"})


def _pagination(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, start=1):
        for operands, operator in instructions(page):
            if operator == "BDC" and str(operands[0]) == "/Artifact":
                properties = operands[1]
                if properties.get("/Type") != "/Pagination" or properties.get("/Subtype") not in {
                    "/Header",
                    "/Footer",
                }:
                    yield f"p.{number}: artifact that is neither header nor footer: {properties}"


def _links(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, start=1):
        for annotation in page.get("/Annots", ()):
            label = str(annotation.get("/Contents", ""))
            if (
                not label.strip()
                or re.match(r"[a-z]+:|#", label)
                or label == str(annotation.get("/Dest", ""))
            ):
                yield f"p.{number}: link labelled {label!r}"
            if not int(annotation.get("/F", 0)) & 4:
                yield f"p.{number}: link {label!r} is left out in print"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for candidate in pdf.objects:
        if (
            isinstance(candidate, pikepdf.Dictionary)
            and candidate.get("/Type") == "/FontDescriptor"
        ):
            subset, _, name = str(candidate.FontName).removeprefix("/").rpartition("+")
            if not re.fullmatch(r"[A-Z]{6}", subset):
                yield f"{name} is not a subset"
            if "/FontFile2" not in candidate:
                yield f"{name} is not embedded"
            if _plain(name) not in {_plain(face) for face in TYPEFACE}:
                yield f"{name} is not the reports' typeface"


def _glyphs(pdf: pikepdf.Pdf) -> Iterator[str]:
    for font in pdf.objects:
        if isinstance(font, pikepdf.Dictionary) and font.get("/Subtype") == "/Type0":
            file = font.DescendantFonts[0].FontDescriptor.get("/FontFile2")
            if file is not None:
                last = TTFont(BytesIO(file.read_bytes()), lazy=True)["maxp"].numGlyphs - 1
                text = font.ToUnicode.read_bytes().decode("ascii")
                for code, meaning in re.findall(r"^<(\w{4})> <(\w+)>$", text, re.MULTILINE):
                    if int(code, 16) > last:
                        yield f"U+{meaning.upper()} is not in the typeface"


def _plain(font_name: str) -> str:
    return re.sub(r"[^a-z]", "", font_name.lower()).removesuffix("regular")


def _empty_elements(pdf: pikepdf.Pdf) -> Iterator[str]:
    for role, element in elements(pdf):
        if role not in {"/TD", "/TH"} and not _kids(element):
            yield f"{role} holds nothing"


def elements(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Role and structure element, in reading order."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is not None:
        yield from below(root)


def below(element: Any) -> Iterator[tuple[str, Any]]:
    """Role and element of everything inside a structure element, in reading order."""
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield str(kid.S), kid
            yield from below(kid)


def instructions(page: pikepdf.Page) -> Iterator[tuple[Any, str]]:
    """Operands and operator of everything a page draws."""
    for instruction in pikepdf.parse_content_stream(page):
        yield instruction.operands, str(instruction.operator)


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _contents(element: Any) -> list[int]:
    return [kid for kid in _kids(element) if isinstance(kid, int)]


def _attribute(element: Any, name: str) -> Any:
    return element.get("/A", pikepdf.Dictionary()).get(name)


def _names(tree: Any) -> Iterator[bytes]:
    for kid in tree.get("/Kids", ()):
        yield from _names(kid)
    for name in list(tree.get("/Names", ()))[::2]:
        yield bytes(name)
