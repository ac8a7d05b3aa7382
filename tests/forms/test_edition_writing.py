from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.edition_file import read_edition_file, write_edition_file
from survey.errors import FileRefused
from tests.forms.editions import editions

if TYPE_CHECKING:
    from survey.model.event import Edition

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@given(editions())
@settings(max_examples=30, deadline=None, suppress_health_check=SLOW)
def test_written_edition_reads_back_as_the_same_edition(edition: Edition) -> None:
    text = write_edition_file(edition)

    assert read_edition_file(text.encode(), "edition.toml") == edition


@given(editions(), st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=SLOW)
def test_damaged_edition_file_raises_nothing_but_file_refused(
    edition: Edition, data: st.DataObject
) -> None:
    lines = write_edition_file(edition).splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    key = lines[at].partition("=")[0]
    worse = (
        "",
        "x",
        f"{key} = 5",
        f"{key} = true",
        f"{key} = []",
        f"{key} = [1, {{}}]",
        f"{key} = {{ a = 1 }}",
        f'{key} = ""',
    )
    damaged = [*lines[:at], data.draw(st.sampled_from(worse)), *lines[at + 1 :]]

    with suppress(FileRefused):
        read_edition_file("\n".join(damaged).encode(), "edition.toml")


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(max_examples=200, deadline=None)
def test_arbitrary_bytes_raise_nothing_but_file_refused(data: bytes) -> None:
    with suppress(FileRefused):
        read_edition_file(data, "edition.toml")
