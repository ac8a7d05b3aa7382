from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.collecting import submit
from survey.counting import count_edition
from survey.errors import NotAllowed, NotFound
from survey.model.items import Answer
from survey.model.response import Response
from survey.model.tally import KeptText, Mark, MarkKind
from survey.reporting.quotes import (
    is_quote,
    release_quote,
    texts_to_read,
    withdraw_quote,
    without_marks,
)
from tests.counting.ballots import be_silent, close, people_answer
from tests.people import add_person

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import StoppedClock

TEXT = "Herr Meier war gut. Das Essen kam spät. Danke!"


@pytest.fixture
def counted(inst: Installation, open_congress: EditionRecord, clock: StoppedClock) -> EditionRecord:
    people_answer(inst, open_congress, 24)
    close(clock)
    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)
    return open_congress


@pytest.mark.parametrize(
    "quote",
    [
        TEXT,
        "[…] Das Essen kam spät. […]",
        "[…] war gut. […] Danke!",
        "Herr Meier war gut. […]",
        "[…] gut […]",
    ],
)
def test_parts_of_the_text_are_a_quote(quote: str) -> None:
    assert is_quote(TEXT, quote)


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "[…]",
        "Das Essen kam spät.",
        "Das Essen kam spät. […]",
        "[…] Das Essen kam spät.",
        "[…] Das Essen kam nie. […]",
        "[…] Danke! […] Das Essen kam spät. […]",
        "Herr Meier war gut. Danke!",
        TEXT + " Danke!",
        TEXT + "[…]" + TEXT,
    ],
    ids=[
        "empty",
        "all left out",
        "both ends missing",
        "beginning missing",
        "end missing",
        "another word",
        "another order",
        "a sentence missing",
        "more than was said",
        "said twice",
    ],
)
def test_anything_else_is_no_quote(quote: str) -> None:
    assert not is_quote(TEXT, quote)


@pytest.mark.parametrize(
    ("marks", "left"),
    [
        ((), TEXT),
        (((0, 10),), "[…] war gut. Das Essen kam spät. Danke!"),
        (((0, 10), (5, 15)), "[…]gut. Das Essen kam spät. Danke!"),
        (((40, 46), (0, 10)), "[…] war gut. Das Essen kam spät. […]"),
        (((0, 4), (4, 10)), "[…] war gut. Das Essen kam spät. Danke!"),
    ],
    ids=["none", "one", "overlapping", "two ends", "side by side"],
)
def test_marks_are_left_out(marks: tuple[tuple[int, int], ...], left: str) -> None:
    text = KeptText("t", "", "change", TEXT, tuple(Mark(a, b, MarkKind.NAME) for a, b in marks))

    assert without_marks(text) == left
    assert is_quote(TEXT, left)


@pytest.mark.usefixtures("open_congress")
@pytest.mark.proves("U36")
def test_before_the_count_nobody_reads(inst: Installation) -> None:
    with pytest.raises(NotAllowed):
        texts_to_read(inst, "kk2020")


@pytest.mark.usefixtures("counted")
def test_a_marked_part_is_released_by_nobody(inst: Installation) -> None:
    text = next(t for t in texts_to_read(inst, "kk2020") if t.marks)

    with pytest.raises(NotAllowed):
        release_quote(inst, "kk2020", text.id, wording=text.text)

    assert release_quote(inst, "kk2020", text.id) == without_marks(text)


def test_a_name_that_begins_another_word_bars_no_quote(
    inst: Installation, open_congress: EditionRecord, clock: StoppedClock
) -> None:
    said = Response({"change": Answer(text="Lang sprach langsam.")})
    lang = add_person(inst, open_congress, "Ida Lang", address="lang@example.org")
    submit(inst, lang.token, said)
    people_answer(inst, open_congress, 12)
    close(clock)
    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)
    text = next(t for t in texts_to_read(inst, "kk2020") if t.text.endswith("langsam."))

    with pytest.raises(NotAllowed):
        release_quote(inst, "kk2020", text.id, wording=text.text)

    assert release_quote(inst, "kk2020", text.id) == "[…] sprach langsam."


@pytest.mark.usefixtures("counted")
def test_an_invented_quote_is_refused(inst: Installation) -> None:
    text = texts_to_read(inst, "kk2020")[0]

    with pytest.raises(NotAllowed):
        release_quote(inst, "kk2020", text.id, wording="Das hat niemand geschrieben.")

    assert {t.released for t in texts_to_read(inst, "kk2020")} == {None}


@pytest.mark.usefixtures("counted")
def test_a_quote_is_withdrawn(inst: Installation) -> None:
    text = next(t for t in texts_to_read(inst, "kk2020") if not t.marks)
    release_quote(inst, "kk2020", text.id)
    released = {t.released for t in texts_to_read(inst, "kk2020")}

    withdraw_quote(inst, "kk2020", text.id)

    assert released == {None, text.text}
    assert {t.released for t in texts_to_read(inst, "kk2020")} == {None}


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("act", [release_quote, withdraw_quote])
def test_an_unknown_text_is_not_found(inst: Installation, act: object) -> None:
    assert callable(act)

    with pytest.raises(NotFound):
        act(inst, "kk2020", "0" * 16)
