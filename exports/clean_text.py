"""Free text on its way into a report: nothing in it can stall, garble or turn the page around.

The typeface decides what can be printed; what it lacks is named in brackets instead of leaving a
hole. A word as long as a page (a pasted address, a key held down) gets places where it may break:
laying out 93,000 characters without one took three minutes. People's texts are cleaned one by one;
what organisers wrote (titles, names, questions) is cleaned where a whole page is printed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from fontTools.ttLib import TTFont

from exports.report_typeface import FACES, font_file

LONGEST_TEXT = 4_000
"""Characters of one free text that a report prints."""
LONGEST_WORD = 24
"""Characters without a place to break; the narrowest column holds about as many."""
MOST_LINES = 40
"""Lines of one free text; what follows runs on in the last one."""
LONGEST_TITLE = 180
"""Characters of a document's title; viewers show it in a line."""
LONGEST_STRETCH = 4_500
"""Characters between two tags of a page: a free text with its places to break."""
LONGEST_ADDRESS = 240
"""Characters of a word that no language has: the address of a page, a key held down."""
CUT = " […]"
BREAK = "\u200b"
"""A place in a word where a line may end; nothing is seen of it."""
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\x0b\x0c\x85]")
_EMPTY_LINES = re.compile(r"\n\s*\n")
_SOFT_HYPHEN = "\u00ad"
_LONG_WORD = re.compile(rf"[^\s{BREAK}]{{{LONGEST_WORD + 1},}}")
_TITLE = re.compile(r"(?<=<title>)[^<]*")
_STRETCH = re.compile(r"(<style\b.*?</style>|<!--.*?-->|<[^<>]*>)", re.DOTALL)
_SIGN = re.compile(r"&#?\w+;|.", re.DOTALL)
_ENDLESS_WORD = re.compile(rf"[^\s{BREAK}{_SOFT_HYPHEN}]{{80,}}")
"""Longer than any word of a language. Shorter ones break by the rules of the style."""


def clean_text(text: str) -> str:
    """The text as a report can print it: composed, printable in the typeface, breakable, bounded."""
    # Bounded first, roughly: composing costs time too, and never makes one of more than four.
    beginning = _LINE_ENDS.sub("\n", text[: LONGEST_TEXT * 4])
    composed = unicodedata.normalize("NFC", "".join(filter(_is_kept, beginning)))
    printed, is_complete = _print_within_limit(composed)
    lines = _EMPTY_LINES.sub("\n", printed.strip()).split("\n")
    cleaned = "\n".join([*lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :])]).strip()
    if not is_complete or len(text) > LONGEST_TEXT * 4:
        cleaned = cleaned[: LONGEST_TEXT - len(CUT)].rstrip() + CUT
    return _LONG_WORD.sub(_with_breaks, cleaned)


def in_typeface(text: str) -> str:
    """The text with every sign that the typeface lacks named in brackets; markup stays markup."""
    unknown = {sign for sign in set(text) if ord(sign) not in _glyphs() and _is_seen(sign)}
    spaces = {sign for sign in set(text) if unicodedata.category(sign) == "Zs"}
    return text.translate({ord(sign): _printed(sign) for sign in unknown | spaces})


def printable_page(html: str) -> str:
    """The page with every text on it composed, printable, breakable and bounded; its markup stays as it is."""
    kept = "".join(filter(_is_kept_on_a_page, _LINE_ENDS.sub("\n", html)))
    # A sign that joins the one before it must not join the end of a tag: stretches are composed one by one.
    stretches = _STRETCH.split(kept)
    stretches[::2] = map(_printable_stretch, stretches[::2])
    page = in_typeface("".join(stretches))
    return _TITLE.sub(lambda title: _cut(title.group(), LONGEST_TITLE), page, count=1)


def _printable_stretch(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    breakable = _ENDLESS_WORD.sub(_as_address, composed)
    return _cut(breakable, LONGEST_STRETCH)


def _as_address(word: re.Match[str]) -> str:
    return _broken(_cut(word.group(), LONGEST_ADDRESS))


def _cut(text: str, limit: int) -> str:
    signs = _SIGN.findall(text) if len(text) > limit else ()
    return "".join(signs[: limit - len(CUT)]).rstrip() + CUT if len(signs) > limit else text


def _is_seen(sign: str) -> bool:
    """Neither a space nor an invisible help for breaking lines."""
    return sign.isprintable() or unicodedata.category(sign) in {"Cn", "Co", "Cs"}


def _is_kept_on_a_page(character: str) -> bool:
    """What templates write on purpose is no control character."""
    return character in {BREAK, _SOFT_HYPHEN} or _is_kept(character)


def _is_kept(character: str) -> bool:
    """Neither a control character nor one that only steers: directions, joiners, variants, tags."""
    if character in "\n\t":
        return True
    is_variant = "\ufe00" <= character <= "\ufe0f" or "\U000e0000" <= character <= "\U000e01ef"
    return not is_variant and unicodedata.category(character) not in {"Cc", "Cf"}


def _print_within_limit(text: str) -> tuple[str, bool]:
    """The printed text, and whether all of it is there."""
    pieces: list[str] = []
    length = 0
    previous = ""
    for character in text:
        piece = _printed(character)
        # A row of the same unknown sign is that sign, said once.
        if len(piece) > 1 and character == previous:
            continue
        previous = character
        if length + len(piece) > LONGEST_TEXT:
            return "".join(pieces), False
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces), True


def _printed(character: str) -> str:
    """What stands for one character on paper."""
    if character == "\n":
        return character
    if character in "\u2010\u2011":
        return "-"
    if unicodedata.category(character) == "Zs" or character == "\t":
        return "\u00a0" if character in "\u00a0\u202f\u2007" else " "
    if ord(character) in _glyphs():
        return character
    name = unicodedata.name(character, "")
    return f"[{name.lower()}]" if name else f"[U+{ord(character):04X}]"


def _with_breaks(word: re.Match[str]) -> str:
    return _broken(word.group())


def _broken(word: str) -> str:
    signs = _SIGN.findall(word)
    return BREAK.join(
        "".join(signs[start : start + LONGEST_WORD]) for start in range(0, len(signs), LONGEST_WORD)
    )


@cache
def _glyphs() -> frozenset[int]:
    """Code points that every face of the typeface can draw."""
    known: set[int] | None = None
    for face in FACES:
        with font_file(face).open("rb") as opened:
            mapped = set(TTFont(opened, lazy=True).getBestCmap())
        known = mapped if known is None else known & mapped
    return frozenset(known or ())
