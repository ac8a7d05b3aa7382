"""What planners decide from one edition, and where it appears."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from survey.errors import NotAllowed, NotFound
from survey.language.wording import Wording
from survey.model.planning import Course, PlannedDecision
from survey.planning.decisions import (
    decidable_subjects,
    decide,
    decided_from,
    decision_about,
    decisions_of,
    preparation_of,
    public_decisions,
    take_back,
)
from survey.preparing import find_edition
from survey.storage import deeds
from tests.events import congress
from tests.people import store_edition
from tests.workplace import COUNTED

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord

FORMAT = PlannedDecision(
    subject="next_format",
    course=Course.CHANGE,
    text=Wording("Wir treffen uns wieder vor Ort.", en="We meet on site again."),
    responsible="Frau Fröhlich",
    until=date(2021, 3, 1),
    is_public=True,
)
INTERNAL = PlannedDecision(
    subject="session:ws01",
    course=Course.KEEP,
    text=Wording("Diesen Workshop bieten wir wieder an."),
    responsible="",
    until=None,
    is_public=False,
)


def test_a_decision_comes_back_as_it_was_made(inst: Installation, last_year: EditionRecord) -> None:
    decide(inst, last_year, FORMAT)

    assert decisions_of(inst, last_year) == (FORMAT,)


def test_a_second_decision_about_the_same_replaces_the_first(
    inst: Installation, last_year: EditionRecord
) -> None:
    decide(inst, last_year, FORMAT)
    second = replace(FORMAT, course=Course.KEEP, until=None, is_public=False)

    decide(inst, last_year, second)

    assert decisions_of(inst, last_year) == (second,)


def test_decisions_stand_in_the_order_of_the_questionnaire_with_what_they_are_about(
    inst: Installation, last_year: EditionRecord
) -> None:
    decide(inst, last_year, INTERNAL)
    own = decide(inst, last_year, replace(INTERNAL, subject="own:"))
    decide(inst, last_year, FORMAT)

    assert [(d.decision.subject, d.label.de) for d in decided_from(inst, last_year)] == [
        ("next_format", "Wie soll der nächste Kongress stattfinden?"),
        ("session:ws01", "Digitale Stadt"),
        (own.subject, ""),
    ]


def test_only_public_decisions_are_told(inst: Installation, last_year: EditionRecord) -> None:
    decide(inst, last_year, FORMAT)
    decide(inst, last_year, INTERNAL)

    assert [d.decision for d in public_decisions(inst, last_year)] == [FORMAT]


def test_each_decision_of_the_planners_own_has_a_subject_of_its_own(
    inst: Installation, last_year: EditionRecord
) -> None:
    first = decide(inst, last_year, replace(INTERNAL, subject="own:"))
    second = decide(inst, last_year, replace(INTERNAL, subject="own:"))

    changed = decide(inst, last_year, replace(first, course=Course.DROP))

    assert first.subject != second.subject
    assert set(decisions_of(inst, last_year)) == {changed, second}


@pytest.mark.parametrize("subject", ["nothing", "theme:pausen", "session:ws99", "own:unknown", ""])
def test_nothing_is_decided_about_what_the_edition_does_not_know(
    inst: Installation, last_year: EditionRecord, subject: str
) -> None:
    with pytest.raises(NotFound):
        decide(inst, last_year, replace(FORMAT, subject=subject))

    assert decisions_of(inst, last_year) == ()


@pytest.mark.usefixtures("last_year")
def test_nothing_is_decided_before_the_count(inst: Installation) -> None:
    with pytest.raises(NotAllowed):
        decide(inst, find_edition(inst, "kk2020"), FORMAT)


def test_texts_are_nothing_to_decide_about(inst: Installation, last_year: EditionRecord) -> None:
    subjects = decidable_subjects(inst, last_year)

    assert "change" not in subjects
    assert subjects["session:keynote"] == Wording("Chancen der Digitalisierung")


def test_a_decision_can_be_taken_back_once(inst: Installation, last_year: EditionRecord) -> None:
    decide(inst, last_year, FORMAT)

    take_back(inst, last_year, "next_format")

    assert decision_about(inst, last_year, "next_format") is None
    with pytest.raises(NotFound):
        take_back(inst, last_year, "next_format")


def test_the_log_tells_each_step_without_its_words(
    inst: Installation, last_year: EditionRecord
) -> None:
    decide(inst, last_year, FORMAT)
    decide(inst, last_year, INTERNAL)
    take_back(inst, last_year, INTERNAL.subject)

    assert [(d.deed, d.facts) for d in deeds.all_deeds(inst.database.read())[-3:]] == [
        ("public decision planned", '{"course": "change", "subject": "next_format"}'),
        ("decision planned", '{"course": "keep", "subject": "session:ws01"}'),
        ("decision taken back", '{"course": "keep", "subject": "session:ws01"}'),
    ]


def test_the_next_edition_is_prepared_with_what_was_decided_from_the_last_counted_one(
    inst: Installation, last_year: EditionRecord
) -> None:
    decide(inst, last_year, FORMAT)

    found = preparation_of(inst, find_edition(inst, "kk2020"))

    assert found is not None
    assert (found.record.name, [d.decision for d in found.decided]) == (COUNTED, [FORMAT])


def test_nothing_is_prepared_with_without_decisions_or_before_the_first_edition(
    inst: Installation, last_year: EditionRecord
) -> None:
    before = preparation_of(inst, find_edition(inst, "kk2020"))
    decide(inst, last_year, FORMAT)

    assert before is None
    assert preparation_of(inst, last_year) is None


def test_decisions_of_another_series_or_organisation_prepare_nothing(
    inst: Installation, last_year: EditionRecord
) -> None:
    decide(inst, last_year, FORMAT)
    other = store_edition(inst, replace(congress("fremd"), series="Eine andere Reihe"))

    assert preparation_of(inst, other) is None
    assert preparation_of(inst, find_edition(inst, "ikone2")) is None
    assert preparation_of(inst, replace(find_edition(inst, "kk2020"), owner="fern")) is None
