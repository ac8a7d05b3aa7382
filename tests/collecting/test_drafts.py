"""Drafts: only for who asked, only for who holds the code, and gone when they have served."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.closing import note_closings
from survey.collecting import (
    MOST_DRAFTS_PER_PERSON,
    delete_old_drafts,
    keep_draft,
    open_draft,
    submit,
)
from survey.errors import AlreadyClosed, AnswerRefused, LinkForged, StorageUnavailable
from survey.model.items import Answer
from survey.model.response import Response
from survey.storage import drafts
from tests.events import DEADLINE

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import Invited, StoppedClock

FIELDS = {"overall": ["good"], "heard": ["office", "home"], "change": ["Größere Räume"]}
KEPT = {"overall": ("good",), "heard": ("office", "home"), "change": ("Größere Räume",)}


def count(inst: Installation, record: EditionRecord) -> int:
    return drafts.count(inst.database.read(), record.id)


@pytest.mark.proves("U25")
def test_draft_is_opened_by_its_code(inst: Installation, anna: Invited) -> None:
    code = keep_draft(inst, anna.token, FIELDS)

    assert open_draft(inst, anna.token, code) == KEPT


def test_every_draft_has_a_code_of_its_own(
    inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    codes = {keep_draft(inst, anna.token, FIELDS) for _ in range(3)}

    assert len(codes) == 3
    assert count(inst, open_congress) == 3


def test_draft_kept_again_under_its_code_replaces_the_earlier_one(
    inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    code = keep_draft(inst, anna.token, {"overall": ["poor"]})

    again = keep_draft(inst, anna.token, FIELDS, resume_code=code)

    assert again == code
    assert open_draft(inst, anna.token, code) == KEPT
    assert count(inst, open_congress) == 1


@pytest.mark.proves("U25")
def test_link_without_the_code_opens_no_draft(inst: Installation, anna: Invited) -> None:
    code = keep_draft(inst, anna.token, FIELDS)

    for other in ("", "x", code[:-1], code + "A", code.swapcase(), "A" * 21 + "Q", "ä" * 22):
        assert open_draft(inst, anna.token, other) is None


@pytest.mark.proves("U25")
def test_draft_is_sealed_and_of_one_length(
    inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    keep_draft(inst, anna.token, {})
    keep_draft(inst, anna.token, FIELDS | {"remark": [os.urandom(900).hex()]})

    stored = [
        bytes(row["box"])
        for row in inst.database.read().execute("SELECT box FROM draft").fetchall()
    ]

    assert [len(box) for box in stored] == [open_congress.edition.box_size] * 2
    assert all(b"overall" not in box for box in stored)


@pytest.mark.proves("U25")
def test_draft_is_gone_on_submission(
    inst: Installation, open_congress: EditionRecord, anna: Invited, bernd: Invited
) -> None:
    others = keep_draft(inst, bernd.token, FIELDS)
    code = keep_draft(inst, anna.token, FIELDS)

    submit(inst, anna.token, Response({"overall": Answer(("good",))}), resume_code=code)

    assert open_draft(inst, anna.token, code) is None
    assert open_draft(inst, bernd.token, others) == KEPT
    assert count(inst, open_congress) == 1


def test_submission_with_a_damaged_code_stores_nothing(
    inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    with pytest.raises(LinkForged):
        submit(inst, anna.token, Response({"overall": Answer(("good",))}), resume_code="x")

    row = inst.database.read().execute("SELECT COUNT(*) AS n FROM urn").fetchone()
    assert row["n"] == 0
    assert open_congress.opens is not None


@pytest.mark.proves("U25")
def test_old_drafts_go_when_answers_are_no_longer_taken(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord, anna: Invited
) -> None:
    keep_draft(inst, anna.token, FIELDS)
    clock.set(DEADLINE + timedelta(minutes=59))
    note_closings(inst)
    too_early = delete_old_drafts(inst)
    clock.set(DEADLINE + timedelta(minutes=60))
    note_closings(inst)

    deleted = delete_old_drafts(inst)

    assert (too_early, deleted, count(inst, open_congress)) == (0, 1, 0)
    with pytest.raises(AlreadyClosed):
        keep_draft(inst, anna.token, FIELDS)


def test_draft_too_long_for_its_box_is_refused(inst: Installation, anna: Invited) -> None:
    with pytest.raises(AnswerRefused):
        keep_draft(inst, anna.token, {"change": [os.urandom(50_000).hex()]})


def test_nobody_fills_the_disk_with_drafts(
    inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    codes = [keep_draft(inst, anna.token, FIELDS) for _ in range(MOST_DRAFTS_PER_PERSON)]

    with pytest.raises(StorageUnavailable):
        keep_draft(inst, anna.token, FIELDS)

    assert keep_draft(inst, anna.token, {}, resume_code=codes[0]) == codes[0]
    assert count(inst, open_congress) == MOST_DRAFTS_PER_PERSON
