from __future__ import annotations

import re
import subprocess
import time
import unicodedata
from typing import TYPE_CHECKING

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.clean_text import (
    CUT,
    LONGEST_ADDRESS,
    LONGEST_STRETCH,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_WORD,
    MOST_LINES,
    clean_text,
    in_typeface,
    printable_page,
)
from tests.exports.pdf_checks import problems
from tests.exports.printing import page

if TYPE_CHECKING:
    from pathlib import Path

    from exports.accessible_pdf import PdfEngine

UMLAUT_IN_TWO_PARTS = "Gru\u0308ße"
RIGHT_TO_LEFT = "\u202e"


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("Schön, „wirklich“ – 10 € für alle …", "Schön, „wirklich“ – 10 € für alle …"),
        (UMLAUT_IN_TWO_PARTS, "Grüße"),
        ("eins\r\nzwei\rdrei\u2028vier", "eins\nzwei\ndrei\nvier"),
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        (f"geheim{RIGHT_TO_LEFT}txet", "geheimtxet"),
        ("\u2066links\u2069 \u200frechts\u061c", "links rechts"),
        ("zwei\u2009Leer\u3000zeichen\tTab", "zwei Leer zeichen Tab"),
        ("10\u202f% und 5\u00a0Euro", "10\u00a0% und 5\u00a0Euro"),
        ("Super 👍!", "Super [thumbs up sign]!"),
        ("😀😀😀😀", "[grinning face]"),
        ("👩‍💻", "[woman][personal computer]"),
        ("❤️", "[heavy black heart]"),
        ("日本", "[cjk unified ideograph-65e5][cjk unified ideograph-672c]"),
        ("\ue000", "[U+E000]"),
        ("\ud800", "[U+D800]"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
        ("  außen  ", "außen"),
        ("Donau\u00addampf", "Donaudampf"),
        ("[[eckig]]", "[[eckig]]"),
    ],
    ids=[
        "german", "composed", "line-ends", "controls", "override", "isolates", "spaces",
        "narrow-spaces", "emoji", "repeated-emoji", "joined-emoji", "variant", "ideographs",
        "private", "half-a-pair", "markup-stays-text", "outer-space", "soft-hyphen", "brackets",
    ],
)  # fmt: skip
def test_text_is_cleaned(given_text: str, expected: str) -> None:
    assert clean_text(given_text) == expected


@pytest.mark.parametrize(
    ("length", "printed_length", "is_cut"),
    [
        (LONGEST_TEXT, LONGEST_TEXT, False),
        (LONGEST_TEXT + 1, LONGEST_TEXT, True),
        (LONGEST_TEXT * 100, LONGEST_TEXT, True),
    ],
)
def test_a_text_ends_at_the_limit_and_says_so(
    length: int, printed_length: int, *, is_cut: bool
) -> None:
    cleaned = clean_text("x" * length)

    assert len(without_breaks(cleaned)) == printed_length
    assert cleaned.endswith(CUT) == is_cut


def without_breaks(text: str) -> str:
    return text.replace("\u200b", "")


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("a\n\n \n\nb", "a\nb"),
        ("\n".join("a" * MOST_LINES), "\n".join("a" * MOST_LINES)),
        ("\n".join("a" * (MOST_LINES + 1)), "\n".join("a" * MOST_LINES) + " a"),
    ],
    ids=["empty-lines", "just-enough-lines", "one-line-too-many"],
)
def test_lines_are_bounded(given_text: str, expected: str) -> None:
    assert clean_text(given_text) == expected


def test_a_row_of_unknown_signs_cannot_outgrow_the_limit() -> None:
    assert len(without_breaks(clean_text("😀👍" * 4_000))) <= LONGEST_TEXT


@pytest.mark.parametrize("length", [LONGEST_WORD, LONGEST_WORD + 1, LONGEST_WORD * 10])
def test_a_long_word_can_break(length: int) -> None:
    cleaned = clean_text("x" * length)

    assert without_breaks(cleaned) == "x" * length
    assert max(len(part) for part in cleaned.split("\u200b")) <= LONGEST_WORD


@given(st.text(max_size=300))
def test_any_text_comes_out_composed_bounded_and_the_same_again(text: str) -> None:
    cleaned = clean_text(text)

    assert clean_text(without_breaks(cleaned)) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert len(without_breaks(cleaned)) <= LONGEST_TEXT
    kinds = {unicodedata.category(character) for character in without_breaks(cleaned)}
    assert kinds & {"Cf", "Co", "Cn", "Cs"} == set()


@pytest.mark.proves("P19")
@pytest.mark.parametrize(
    "hostile",
    [
        "x" * 93_000,
        "ä̈" * 40_000,
        "😀" * 90_000,
        "a\u0300" * 40_000,
        "\u202e" * 90_000,
        "a\n" * 9_000,
    ],
    ids=["no-space", "marks", "emoji", "accents", "overrides", "lines"],
)
def test_hostile_text_prints_quickly_and_accessibly(
    engine: PdfEngine, tmp_path: Path, hostile: str
) -> None:
    began = time.monotonic()

    target = tmp_path / "hostile.pdf"
    target.write_bytes(engine.print_html(page(f"<p>Text: {clean_text(hostile)}</p>")))

    assert time.monotonic() - began < 20
    assert problems(target) == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>Grüße</h1>\n\t<p>–</p>", "<h1>Grüße</h1>\n\t<p>–</p>"),
        ("<h1>Fest 🎉</h1>", "<h1>Fest [party popper]</h1>"),
        ("10\u202f% am 3.\u2009Mai", "10\u00a0% am 3. Mai"),
        ("Ende\u2011zu\u2011Ende", "Ende-zu-Ende"),
        ("weich\u00adtrennen", "weich\u00adtrennen"),
    ],
    ids=["all-known", "emoji", "narrow-spaces", "hard-hyphen", "soft-hyphen"],
)
def test_signs_outside_the_typeface_are_named_on_a_whole_page(html: str, expected: str) -> None:
    assert in_typeface(html) == expected


def test_a_page_never_prints_a_hole(engine: PdfEngine, tmp_path: Path) -> None:
    target = tmp_path / "signs.pdf"

    target.write_bytes(engine.print_html(page("<p>Fest 🎉 ▲ 日本</p>")))

    assert problems(target) == []
    said = subprocess.run(
        ["pdftotext", str(target), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Fest [party popper] [black up-pointing triangle]" in said


def test_break_opportunities_are_not_printed(engine: PdfEngine, tmp_path: Path) -> None:
    target = tmp_path / "word.pdf"

    target.write_bytes(engine.print_html(page(f"<p>{clean_text('Donaudampfschiff' * 40)}</p>")))

    assert problems(target) == []
    with pikepdf.open(target) as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.proves("P11")
@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a\x00b\x1b\u202ec\x7f\u200dd</p>", "<p>abcd</p>"),
        (f"<h1>{UMLAUT_IN_TWO_PARTS}</h1>", "<h1>Grüße</h1>"),
        ("<p>\ufffe \ue000</p>", "<p>[U+FFFE] [U+E000]</p>"),
        ("<p>Donau\u00addampf\u200bschiff</p>", "<p>Donau\u00addampf\u200bschiff</p>"),
        ('<p class="x">&lt;b&gt; &amp;</p>', '<p class="x">&lt;b&gt; &amp;</p>'),
        ("<i>a</i>\u0338", "<i>a</i>[combining long solidus overlay]"),
    ],
    ids=["controls", "composed", "no-character", "breaks-stay", "markup-stays", "joins-no-tag"],
)
def test_every_text_of_a_page_is_cleaned(html: str, expected: str) -> None:
    assert printable_page(html) == expected


@pytest.mark.proves("P19")
def test_a_word_without_end_is_cut_and_can_break() -> None:
    word = "&lt;" * 5_000

    page_of_it = printable_page(f'<p title="{word}">{word}</p>')

    text = page_of_it.partition(">")[2].removesuffix("</p>")
    assert text.endswith(CUT)
    assert text.count("&lt;") == LONGEST_ADDRESS - len(CUT)
    assert [len(part) for part in text.removesuffix(CUT).split("\u200b")[:-1]] == [
        4 * LONGEST_WORD
    ] * (LONGEST_ADDRESS // LONGEST_WORD - 1)


def test_a_words_own_length_is_no_reason_to_break_it() -> None:
    word = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"

    assert printable_page(f"<p>{word}</p>") == f"<p>{word}</p>"


def test_texts_and_titles_of_a_page_end_at_their_limits() -> None:
    text = "Wort " * 2_000

    printed = printable_page(f"<title>{text}</title><svg><title>{text}</title></svg><p>{text}</p>")

    title, alternative, paragraph = re.findall(r"<(?:title|p)>([^<]*)<", printed)
    assert [len(part) - len(part) % 5 for part in (title, alternative, paragraph)] == [
        LONGEST_TITLE - LONGEST_TITLE % 5,
        LONGEST_STRETCH - LONGEST_STRETCH % 5,
        LONGEST_STRETCH - LONGEST_STRETCH % 5,
    ]
    assert all(part.endswith(CUT) for part in (title, alternative, paragraph))
