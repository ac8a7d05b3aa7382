from __future__ import annotations

import gzip
import threading
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest

from survey.web.kept_pages import OFTEN, KeptPages, encoding_taken


def test_a_page_is_drawn_once_for_each_key() -> None:
    drawn: list[str] = []
    kept = KeptPages()

    def draw() -> str:
        drawn.append("page")
        return "<p>ä"

    pages = [kept.page(("form", 1), draw), kept.page(("form", 1), draw), kept.page("b", draw)]

    assert len(drawn) == 2
    assert pages[0] is pages[1] is kept.find(("form", 1))
    assert pages[0].plain == gzip.decompress(pages[0].gzip) == "<p>ä".encode()
    assert brotli.decompress(pages[0].brotli) == "<p>ä".encode()


def test_a_page_that_many_ask_for_at_once_is_drawn_once() -> None:
    drawn: list[str] = []
    kept = KeptPages()
    all_ask = threading.Barrier(8)

    def draw() -> str:
        drawn.append("page")
        return "page"

    def ask(_: int) -> bytes:
        all_ask.wait()
        return kept.page("form", draw).plain

    with ThreadPoolExecutor(8) as people:
        pages = set(people.map(ask, range(8)))

    assert (pages, drawn) == ({b"page"}, ["page"])


def test_who_waits_for_a_page_that_cannot_be_drawn_is_told_and_the_next_draws_anew() -> None:
    kept = KeptPages()
    begun, asked = threading.Event(), threading.Event()

    def fail() -> str:
        begun.set()
        asked.wait(10)
        raise LookupError

    def ask_too() -> str:
        begun.wait(10)
        asked.set()
        return kept.page("form", lambda: "drawn").plain.decode()

    with ThreadPoolExecutor(2) as people:
        first, second = people.submit(kept.page, "form", fail), people.submit(ask_too)

        with pytest.raises(LookupError):
            first.result(10)
        told = second.exception(10)

    assert told is None or isinstance(told, LookupError)
    assert kept.page("form", lambda: "drawn").plain == b"drawn"


def test_the_page_used_longest_ago_goes_first() -> None:
    drawn: list[str] = []
    size = KeptPages().page("a", lambda: "a").size
    kept = KeptPages(most=2 * size)

    def show(key: str) -> None:
        def draw() -> str:
            drawn.append(key)
            return key

        kept.page(key, draw)

    for key in ("a", "b", "a", "c", "a", "b"):
        show(key)

    assert (len(kept), drawn) == (2, ["a", "b", "c", "b"])


def test_looking_for_a_page_counts_as_using_it() -> None:
    size = KeptPages().page("a", lambda: "a").size
    kept = KeptPages(most=2 * size)
    for key in ("a", "b"):
        kept.page(key, lambda: "x")

    kept.find("a")
    kept.page("c", lambda: "x")

    assert [key for key in "abc" if kept.find(key)] == ["a", "c"]


def test_a_page_asked_for_often_is_made_as_small_as_can_be_by_one_who_may_wait() -> None:
    kept = KeptPages()
    html = "".join(f"<p>{number**9 % 9973} sehr gut, gut, mittel</p>" for number in range(200))
    first = kept.page("form", lambda: html)

    found = [kept.find("form") for _ in range(OFTEN)]
    small = kept.page("form", lambda: "not drawn again")

    assert found == [first] * (OFTEN - 1) + [None]
    assert len(small.brotli) < len(first.brotli)
    assert brotli.decompress(small.brotli) == small.plain == html.encode()
    assert [kept.find("form") for _ in range(OFTEN)] == [small] * OFTEN
    assert kept.page("form", lambda: "not drawn again") is small


def test_a_page_that_was_made_small_counts_with_its_new_size() -> None:
    kept = KeptPages(most=10_000)
    for number in range(100):
        html = "x" * number
        for _ in range(OFTEN + 1):
            kept.page("form", lambda html=html: html)  # type: ignore[misc]
            kept.find("form")
        kept.page(number, lambda html=html: html)  # type: ignore[misc]

    sizes = [page.size for page in kept._pages.values()]

    assert kept._size == sum(sizes) <= 10_000


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br; q=0.0", ""),
        ("br;q=0.001", "br"),
        ("deflate, zstd", ""),
        ("", ""),
        ("*", ""),
        ("brotli", ""),
        ("gzip;q=\xe4", "gzip"),
    ],
)
def test_the_best_encoding_that_is_taken_is_chosen(header: str, encoding: str) -> None:
    assert encoding_taken(header.encode("latin-1")) == encoding
