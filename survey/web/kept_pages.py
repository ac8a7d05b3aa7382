"""Pages that are alike for many people, drawn once and kept compressed."""

from __future__ import annotations

import gzip
import re
import threading
from collections import OrderedDict
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import brotli

from survey.memory import give_back

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from starlette.types import Message, Scope

MOST_BYTES = 8 * 1024 * 1024
"""A congress with twelve workshops in three languages needs about one."""
OFTEN = 4
"""Asked for so many times, a page is compressed as well as can be, which takes longer than drawing it."""
_SOON, _BEST = 5, 11
_BETWEEN_BLOCKS = re.compile(
    r">\s*\n\s*<(?=/?(?:body|details|div|dl|dt|dd|fieldset|footer|form|h[123]|head|header|html|label|legend|li|link|"
    r"main|meta|nav|p|script|section|style|summary|title|ul)\b)"
)
_WINDOW = 16
"""Pages are shorter than 64 KiB, and a window as large as usual would take megabytes while a page is compressed."""


@dataclass(slots=True)
class KeptPage:
    """One page, compressed twice; whoever takes neither gets it unpacked."""

    brotli: bytes
    gzip: bytes
    uses: int = 0
    is_small: bool = False
    """True once it is compressed as well as can be."""
    replies: dict[str, tuple[Message, Message]] = field(default_factory=dict)
    """What goes out, by encoding, where it is always the same."""

    @property
    def plain(self) -> bytes:
        """The page as it was drawn."""
        return gzip.decompress(self.gzip)

    @property
    def size(self) -> int:
        """Bytes that keeping it takes."""
        return len(self.brotli) + len(self.gzip)

    def encoded(self, encoding: str) -> bytes:
        """The page in one of the encodings of `encoding_taken`."""
        match encoding:
            case "br":
                return self.brotli
            case "gzip":
                return self.gzip
            case _:
                return self.plain


class KeptPages:
    """The pages used last, by what they show; safe to share between threads."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._size = 0
        self._pages: OrderedDict[Hashable, KeptPage] = OrderedDict()
        self._being_drawn: dict[Hashable, Future[KeptPage]] = {}
        self._lock = threading.Lock()
        self._drawing = threading.Lock()
        self._making_small = threading.Lock()

    def find(self, key: Hashable) -> KeptPage | None:
        """The page kept under the key, at once; None also for the one who shall ask `page` to make it small."""
        page = self._pages.get(key)
        if page is None:
            return None
        page.uses += 1
        if page.uses == OFTEN:
            return None
        try:
            self._pages.move_to_end(key)
        except KeyError:
            return page  # somebody else's page has just pushed it out
        return page

    def page(self, key: Hashable, draw: Callable[[], str]) -> KeptPage:
        """The page kept under the key; if there is none, drawn now, once for everybody who asks meanwhile."""
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
                found.uses += 1
                if found.uses < OFTEN or found.is_small:
                    return found
            under_way = self._being_drawn.get(key)
            mine: Future[KeptPage] = Future()
            if under_way is None and found is None:
                self._being_drawn[key] = mine
        if found is not None:
            return self._smaller(key, found) if under_way is None else found
        if under_way is not None:
            return under_way.result()
        try:
            # One at a time: drawing keeps Python's lock anyway, and what each page takes meanwhile would add up.
            with self._drawing:
                page = _packed(draw().encode())
                give_back()
        except BaseException as error:
            mine.set_exception(error)
            with self._lock:
                del self._being_drawn[key]
            raise
        self._keep(key, page)
        mine.set_result(page)
        return page

    def _smaller(self, key: Hashable, found: KeptPage) -> KeptPage:
        # One at a time: it takes megabytes and a tenth of a second. Whoever comes meanwhile gets what is there.
        if not self._making_small.acquire(blocking=False):
            found.uses = 0
            return found
        try:
            page = _small(found)
            give_back()
        finally:
            self._making_small.release()
        self._keep(key, page)
        return page

    def _keep(self, key: Hashable, page: KeptPage) -> None:
        with self._lock:
            self._being_drawn.pop(key, None)
            before = self._pages.pop(key, None)
            self._size += page.size - (before.size if before else 0)
            self._pages[key] = page
            while self._size > self._most:
                self._size -= self._pages.popitem(last=False)[1].size

    def __len__(self) -> int:
        return len(self._pages)


def packed(plain: bytes, encoding: str) -> bytes:
    """The page in one of the encodings of `encoding_taken`, as well as is quick."""
    match encoding:
        case "br":
            content: bytes = brotli.compress(plain, quality=_SOON, lgwin=_WINDOW)
            return content
        case "gzip":
            # No time stamp, so that equal pages are equal bytes.
            return gzip.compress(plain, 9, mtime=0)
        case _:
            return plain


def _packed(plain: bytes) -> KeptPage:
    return KeptPage(packed(plain, "br"), packed(plain, "gzip"))


def _small(page: KeptPage) -> KeptPage:
    packed = brotli.compress(page.plain, quality=_BEST, lgwin=_WINDOW)
    return KeptPage(packed, page.gzip, page.uses, is_small=True)


def encoding_asked(scope: Scope) -> str:
    """The best of our encodings that the request takes: ``br``, ``gzip``, or empty for none."""
    for name, value in scope["headers"]:
        if name == b"accept-encoding":
            return encoding_taken(value)
    return ""


def without_blank_lines(html: str) -> str:
    """The page without the ends of lines that nobody sees: those before what begins or ends a block."""
    return _BETWEEN_BLOCKS.sub("><", html)


@lru_cache(maxsize=64)
def encoding_taken(header: bytes) -> str:
    """The best of our encodings that such a header takes."""
    taken = set()
    for part in header.decode("latin-1").lower().split(","):
        name, _, parameter = part.partition(";")
        quality = parameter.replace(" ", "").removeprefix("q=")
        if not quality or quality.strip("0."):
            taken.add(name.strip())
    return next((encoding for encoding in ("br", "gzip") if encoding in taken), "")
