from __future__ import annotations

import gzip

from survey.web.kept_pages import KeptPages


def test_a_page_is_drawn_once_for_each_key() -> None:
    drawn: list[str] = []
    kept = KeptPages()

    def draw() -> str:
        drawn.append("page")
        return "<p>ä"

    pages = [kept.page(("form", 1), draw), kept.page(("form", 1), draw), kept.page("b", draw)]

    assert len(drawn) == 2
    assert pages[0] is pages[1]
    assert pages[0].plain == gzip.decompress(pages[0].packed) == "<p>ä".encode()


def test_the_page_used_longest_ago_goes_first() -> None:
    drawn: list[str] = []
    kept = KeptPages(most=2)

    def show(key: str) -> None:
        def draw() -> str:
            drawn.append(key)
            return key

        kept.page(key, draw)

    for key in ("a", "b", "a", "c", "a", "b"):
        show(key)

    assert (len(kept), drawn) == (2, ["a", "b", "c", "b"])
