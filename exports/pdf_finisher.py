"""The last steps to a PDF that reads well, on the objects WeasyPrint is about to write.

WeasyPrint 70 writes PDF/UA-1 that passes a validator but not a careful reader. `finish_pdf` cures
what it leaves open, one step per gap. The steps read WeasyPrint's internals, therefore its version
is pinned, and each step has a test that fails without it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pydyf
from weasyprint.formatting_structure import boxes as formatting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exports.pdf_structure import Rendering

# An empty cell holds the place of its column.
_NEVER_PRUNED = frozenset({"/TR", "/TD", "/TH", "/Figure"})
# Parts of a table are not joined over a page break: each part repeats its own headings.
_NEVER_JOINED = frozenset({"/Table", "/THead", "/TBody", "/TR", "/TD", "/TH", "/Figure"})
_ENOUGH_TO_FIND = 40
"""Characters by which the end of a line is found in its paragraph."""
_IN_PRINT = 4
"""The annotation flag "print"; PDF/UA readers expect it on every visible annotation."""
_POINTS_PER_PIXEL = 0.75


def turn_page_margins_into_artifacts(rendering: Rendering) -> None:
    """Running headers and page numbers are pagination, not content read on every page.

    WeasyPrint tags them and leaves the tags outside the tree: content that belongs to nobody. Each
    piece of such content becomes an artifact; its entry in the parent tree and its element go.
    """
    streams, owners = rendering.page_streams, rendering.owners
    for number, margin in rendering.memory.margins.items():
        element = rendering.pdf.objects[number]
        for content in (kid for kid in element.get("K", ()) if isinstance(kid, int)):
            page = rendering.page_number(element)
            _mark_as_pagination(streams[page], content, margin)
            owners[page][content] = b"null"
        element.clear()


def _mark_as_pagination(stream: Any, content: int, margin: str) -> None:
    kind = "/Header" if margin.startswith("@top") else "/Footer"
    for place, item in enumerate(stream.stream):
        if isinstance(item, pydyf.Dictionary) and item.get("MCID") == content:
            stream.stream[place - 1] = "/Artifact"
            stream.stream[place] = pydyf.Dictionary({"Type": "/Pagination", "Subtype": kind})


def keep_words_apart_at_line_ends(rendering: Rendering) -> None:
    """The space at which a line was broken is still there for who reads on without looking.

    Layout drops it; a reader that follows the tags would run the last word of a line into the
    first of the next. Where a line ends inside a word, there was no space and none is added.
    """
    spaces = {font.hash: _space_in(font) for font in rendering.document.fonts.values()}
    for number, page in enumerate(rendering.document.pages):
        stream = rendering.page_streams[number].stream
        starts = {
            item["MCID"]: place
            for place, item in enumerate(stream)
            if isinstance(item, pydyf.Dictionary) and "MCID" in item
        }
        contents = rendering.memory.contents[number]
        for line in page._page_box.descendants():  # noqa: SLF001 -- WeasyPrint's own tree
            texts = _texts_before_a_space(line)
            if texts and texts[-1] in contents:
                _append_space(stream, starts[contents[texts[-1]]], spaces)


def _texts_before_a_space(line: Any) -> list[Any]:
    """The texts of a line that a space follows, if the box is such a line."""
    if not isinstance(line, formatting.LineBox) or line.element is None:
        return []
    boxes = list(line.descendants())
    texts = [box for box in boxes if isinstance(box, formatting.TextBox) and box.text.strip()]
    end = " ".join("".join(text.text for text in texts).split())[-_ENOUGH_TO_FIND:]
    whole = " ".join("".join(line.element.itertext()).split())
    is_broken = any(box.element_tag == "br" for box in boxes)
    return texts if is_broken or f"{end} " in whole else []


def _space_in(font: Any) -> str:
    return next((f"<{glyph:04x}>" for glyph, text in font.to_unicode.items() if text == " "), "")


def _append_space(stream: list[Any], start: int, spaces: dict[str, str]) -> None:
    """Add the space to the last piece of text of the marked content that begins here."""
    end = stream.index(b"EMC", start)
    space, last = "", 0
    for place in range(start, end):
        item = stream[place]
        if isinstance(item, bytes) and item.endswith(b" Tf"):
            space = spaces.get(item.split()[0].decode().removeprefix("/"), "")
        elif isinstance(item, bytes) and item.endswith(b"] TJ"):
            last = place
    if last and space:
        stream[last] = stream[last].removesuffix(b"] TJ") + space.encode() + b"] TJ"


def set_languages(rendering: Rendering) -> None:
    """A quotation in another language is spoken in that language."""
    for element, box in rendering.elements():
        if box is not None and box.element is not None:
            language = box.element.get("lang", "")
            if language not in {"", rendering.document.metadata.lang}:
                element["Lang"] = pydyf.String(language)


def turn_charts_into_figures(rendering: Rendering) -> None:
    """A chart made of boxes, marked `role="img"`, is one figure that says its `aria-label`.

    What stands in it is part of the picture: single numbers without their categories would be
    noise. WeasyPrint knows figures only as images and drawings.
    """
    owners = rendering.owners
    for element, box in list(rendering.elements()):
        if _begins_chart(rendering, element, box):
            contents = list(_marked_contents(rendering, element["K"]))
            for kid in element["K"]:
                _forget(rendering, kid)
            page = owners[rendering.page_number(element)]
            for content in contents:
                page[content] = element.reference
            element["S"] = "/Figure"
            element["Alt"] = pydyf.String(box.element.get("aria-label"))
            element["A"] = pydyf.Dictionary({"O": "/Layout"})
            element["K"] = pydyf.Array(contents)


def _begins_chart(rendering: Rendering, element: Any, box: Any) -> bool:
    """Whether this is the outermost element of a chart; boxes inside may share its HTML element."""
    if "Type" not in element or box is None or box.element is None:
        return False
    parent = rendering.memory.boxes.get(rendering.resolve(element["P"]).number)
    inside = parent is not None and parent.element is box.element
    return box.element.get("role") == "img" and not inside


def _marked_contents(rendering: Rendering, kids: Any) -> Iterator[int]:
    for kid in kids:
        if isinstance(kid, int):
            yield kid
        elif rendering.is_element(kid):
            yield from _marked_contents(rendering, rendering.resolve(kid)["K"])


def _forget(rendering: Rendering, kid: Any) -> None:
    if rendering.is_element(kid):
        element = rendering.resolve(kid)
        for grandchild in element["K"]:
            _forget(rendering, grandchild)
        element.clear()


def place_figures(rendering: Rendering) -> None:
    """A figure's frame is given in points from the page's lower left corner.

    WeasyPrint gives it in CSS pixels from the top, so that a reader highlights the wrong place.
    """
    for element, box in rendering.elements():
        if element["S"] == "/Figure":
            height = rendering.document.pages[rendering.page_number(element)].height
            left, top = box.content_box_x(), box.content_box_y()
            frame = (left, height - top - box.height, left + box.width, height - top)
            element["A"]["BBox"] = pydyf.Array(round(edge * _POINTS_PER_PIXEL, 3) for edge in frame)


def label_links(rendering: Rendering) -> None:
    """A link is announced by its words, not by its target, and is there in print as well."""
    for page in rendering.document.pages:
        for _, _, _, box in page.links:
            if box.link_annotation is None:
                continue  # The link leads nowhere; the engine refuses the page for it.
            words = " ".join("".join(box.element.itertext()).split())
            box.link_annotation["Contents"] = pydyf.String(box.element.get("title", words))
            box.link_annotation["F"] = _IN_PRINT


def join_elements_split_by_pages(rendering: Rendering) -> None:
    """A paragraph, list or section that runs over a page break stays one."""
    _join_kids(rendering, rendering.top)


def _join_kids(rendering: Rendering, parent: Any) -> None:
    joined: list[Any] = []
    for kid in parent["K"]:
        if joined and _is_continued(rendering, joined[-1], kid):
            first, second = rendering.resolve(joined[-1]), rendering.resolve(kid)
            for grandchild in second["K"]:
                rendering.resolve(grandchild)["P"] = first.reference
            first["K"].extend(second["K"])
            second.clear()
        else:
            joined.append(kid)
    parent["K"][:] = joined
    for kid in joined:
        if rendering.is_element(kid):
            _join_kids(rendering, rendering.resolve(kid))


def _is_continued(rendering: Rendering, first: Any, second: Any) -> bool:
    if not (rendering.is_element(first) and rendering.is_element(second)):
        return False
    one, two = rendering.resolve(first), rendering.resolve(second)
    box, rest = (rendering.memory.boxes.get(element.number) for element in (one, two))
    return (
        box is not None
        and rest is not None
        and box.element is not None
        and box.element is rest.element
        and one["S"] == two["S"]
        and one["S"] not in _NEVER_JOINED
        and rendering.last_page(one) != two["Pg"]
        # Marked content is counted per page: only whole elements can move to another page's tag.
        and all(rendering.is_element(kid) for kid in two["K"])
    )


def prune_empty_elements(rendering: Rendering) -> None:
    """Decoration leaves no tags behind: elements that hold nothing are dropped."""
    _prune_kids(rendering, rendering.top)


def _prune_kids(rendering: Rendering, parent: Any) -> None:
    kept = []
    for kid in parent["K"]:
        if rendering.is_element(kid):
            element = rendering.resolve(kid)
            _prune_kids(rendering, element)
            if not element["K"] and element["S"] not in _NEVER_PRUNED:
                element.clear()
                continue
        kept.append(kid)
    parent["K"][:] = kept


def set_table_header_scopes(rendering: Rendering) -> None:
    """Each header cell says whether it heads a column or a row; nobody names absent headers."""
    for element, box in rendering.elements():
        if element["S"] == "/TH":
            inside_head = rendering.stands_in(element, "/THead")
            scope = box.element.get("scope", "col" if inside_head else "row")
            element["A"]["Scope"] = "/Column" if scope.startswith("col") else "/Row"
        if element["S"] in {"/TH", "/TD"} and element["A"].get("Headers") == []:
            del element["A"]["Headers"]


def index_table_headers(rendering: Rendering) -> None:
    """The header cells that other cells name can be found by their identifiers."""
    found = sorted(
        (element["ID"].string, element.reference)
        for element, _ in rendering.elements()
        if "ID" in element
    )
    if found:
        names = pydyf.Array(
            part for name, reference in found for part in (pydyf.String(name), reference)
        )
        limits = pydyf.Array((pydyf.String(found[0][0]), pydyf.String(found[-1][0])))
        leaf = pydyf.Dictionary({"Names": names, "Limits": limits})
        rendering.pdf.add_object(leaf)
        index = pydyf.Dictionary({"Kids": pydyf.Array([leaf.reference])})
        rendering.pdf.add_object(index)
        rendering.root["IDTree"] = index.reference


def set_list_numbering(rendering: Rendering) -> None:
    """A list says whether it counts, so that steps and points sound different."""
    for element, box in rendering.elements():
        if element["S"] == "/L":
            numbering = {"ol": "/Decimal", "ul": "/Disc"}.get(box.element_tag, "/None")
            if box.style["list_style_type"] == "none":
                numbering = "/None"
            element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": numbering})


Step = Callable[["Rendering"], None]
# Margins first: what they hold must not be taken for content. Pruning after joining: what is left
# of a joined element is empty.
STEPS: tuple[Step, ...] = (
    turn_page_margins_into_artifacts,
    keep_words_apart_at_line_ends,
    set_languages,
    turn_charts_into_figures,
    place_figures,
    label_links,
    join_elements_split_by_pages,
    prune_empty_elements,
    set_table_header_scopes,
    index_table_headers,
    set_list_numbering,
)


def finish_pdf(rendering: Rendering, steps: tuple[Step, ...] = STEPS) -> None:
    """Cure, step by step, what stands between WeasyPrint's PDF and a careful reader."""
    for step in steps:
        step(rendering)
