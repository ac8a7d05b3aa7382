from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exports.clean_text import BREAK, printable_page
from exports.table_parts import lines_of, parts

HEIGHTS = st.lists(st.integers(1, 60), max_size=40)


@given(heights=HEIGHTS)
def test_parts_keep_every_row_in_its_order(heights: list[int]) -> None:
    found = parts(heights, lambda height: height)

    assert [row for part in found for row in part] == heights


@given(heights=HEIGHTS)
def test_a_part_fits_a_page_unless_a_single_row_does_not(heights: list[int]) -> None:
    found = parts(heights, lambda height: height, most_rows=7)

    assert [part for part in found if len(part) > 7] == []
    assert [part for part in found if sum(part) > 40 and len(part) > 1] == []


def test_a_short_text_takes_one_line_and_a_long_one_more_than_its_letters_say() -> None:
    texts = ("", "kurz", "x" * 20, "Wort " * 40)

    assert [lines_of(text, 20) for text in texts] == [1, 1, 2, 12]


def test_a_word_in_pieces_that_are_longer_than_a_line_takes_two_lines_for_each_piece() -> None:
    assert len(printable_page("x" * 240).split(BREAK)) == 10

    assert lines_of("x" * 240, 20) == 20


def test_lines_are_those_of_the_printed_text() -> None:
    signs = "\u05e9" * 12
    assert lines_of("x" * 12, 20) == 1

    assert lines_of(signs, 20) == lines_of("[hebrew letter shin]" * 12, 20) == 15
    assert lines_of("x" * 10_000, 20) == lines_of("x" * 240, 20)
