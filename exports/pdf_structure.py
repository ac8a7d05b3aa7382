"""A PDF on its way out of WeasyPrint: its structure tree, and the laid-out boxes it came from.

A structure element is a `pydyf.Dictionary`; its kids (`K`) are references (bytes like
``b"12 0 R"``), or whole numbers that name a piece of marked content on the page `Pg`. WeasyPrint
has no types, hence `Any` here and in `exports.pdf_finisher`, and nowhere else.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pydyf
from weasyprint.formatting_structure import boxes as formatting
from weasyprint.pdf import tags

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class BoxMemory:
    """Which laid-out box became which structure element, by the element's object number."""

    boxes: dict[int, Any] = field(default_factory=dict)
    margins: dict[int, str] = field(default_factory=dict)
    """Elements of running headers and footers, with the margin box they stand in."""
    contents: dict[int, dict[Any, int]] = field(default_factory=dict)
    """Per page, from 0: the number of the marked content that each text box became."""


@contextmanager
def remembered_boxes() -> Iterator[BoxMemory]:
    """Watch WeasyPrint build the structure tree, and remember which box each element comes from.

    The tree itself no longer knows the HTML: neither languages nor scopes, nor what is a page
    margin. WeasyPrint's own recursive function is replaced by one that calls it and takes notes.
    """
    memory = BoxMemory()
    build = tags._build_box_tree  # noqa: SLF001 -- the reason for pinning WeasyPrint

    def build_and_remember(box: Any, parent: Any, pdf: pydyf.PDF, *rest: Any) -> Iterator[Any]:
        before = len(pdf.objects)
        if isinstance(box, formatting.PageBox):
            page_number, *_, marked = rest
            memory.contents[page_number] = {text: mark["mcid"] for text, mark in marked.items()}
        for element in build(box, parent, pdf, *rest):
            # The innermost call yields first; outer ones only pass the element on.
            memory.boxes.setdefault(element.number, getattr(box, "_box", box))
            yield element
        if isinstance(box, formatting.MarginBox):
            for number in range(before, len(pdf.objects)):
                memory.margins[number] = box.at_keyword

    tags._build_box_tree = build_and_remember  # noqa: SLF001 -- see above
    try:
        yield memory
    finally:
        tags._build_box_tree = build  # noqa: SLF001 -- see above


@dataclass(frozen=True, slots=True)
class Rendering:
    """A document, the PDF objects it became, and the boxes in between."""

    document: Any
    pdf: pydyf.PDF
    memory: BoxMemory

    def resolve(self, reference: bytes) -> Any:
        """The object behind a reference."""
        return self.pdf.objects[int(reference.split()[0])]

    def elements(self) -> Iterator[tuple[Any, Any]]:
        """Every structure element still in use, with the box it came from (or None)."""
        for number, candidate in enumerate(self.pdf.objects):
            if isinstance(candidate, pydyf.Dictionary) and candidate.get("Type") == "/StructElem":
                yield candidate, self.memory.boxes.get(number)

    def is_element(self, kid: Any) -> bool:
        """Whether a kid is a structure element, not marked content or an annotation."""
        return isinstance(kid, bytes) and self.resolve(kid).get("Type") == "/StructElem"

    def stands_in(self, element: Any, role: str) -> bool:
        """Whether an ancestor of the element has this role."""
        while "P" in element:
            element = self.resolve(element["P"])
            if element.get("S") == role:
                return True
        return False

    def last_page(self, element: Any) -> bytes:
        """The page on which an element's last piece stands."""
        page: bytes = element["Pg"]
        for kid in element["K"]:
            if self.is_element(kid):
                page = self.last_page(self.resolve(kid))
        return page

    def page_number(self, element: Any) -> int:
        """The page on which an element begins, from 0."""
        number: int = self.pdf.page_references.index(element["Pg"])
        return number

    @property
    def root(self) -> Any:
        """The root of the structure tree."""
        return self.resolve(self.pdf.catalog["StructTreeRoot"])

    @property
    def top(self) -> Any:
        """The one element below the root: the document."""
        return self.resolve(self.root["K"][0])

    @property
    def owners(self) -> dict[int, Any]:
        """The parent tree: per page, the element that owns each piece of marked content."""
        numbers = self.resolve(self.root["ParentTree"])["Nums"]
        return dict(zip(numbers[::2], numbers[1::2], strict=True))

    @property
    def page_streams(self) -> list[Any]:
        """What is drawn on each page."""
        pages = (self.resolve(reference) for reference in self.pdf.page_references)
        return [self.resolve(page["Contents"]) for page in pages]
