"""What may change, and when."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.errors import NotAllowed, NotFound
from survey.language.wording import Wording
from survey.model.event import Breakdown, EditionFormat, EditionState, Pair
from survey.model.programme import Session, SessionKind
from survey.preparing import (
    change_edition,
    close_now,
    create_edition,
    extend_deadline,
    find_edition,
    list_editions,
    reopen,
)
from survey.storage import editions
from survey.storage.deeds import all_deeds
from tests.events import DEADLINE, congress, network_call
from tests.people import START, add_person, open_edition, stored_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.installation import Installation
    from survey.model.event import Edition, EditionRecord
    from tests.people import Invited, StoppedClock

HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
Change = "Callable[[Edition], Edition]"


def session(edition: Edition, code: str, **changes: object) -> Edition:
    sessions = tuple(
        replace(s, **changes) if s.code == code else s  # type: ignore[arg-type]  # a test's table
        for s in edition.programme.sessions
    )
    return replace(edition, programme=replace(edition.programme, sessions=sessions))


def item(edition: Edition, code: str, **changes: object) -> Edition:
    sections = tuple(
        replace(
            section,
            items=tuple(
                replace(i, **changes) if i.code == code else i  # type: ignore[arg-type]  # a test's table
                for i in section.items
            ),
        )
        for section in edition.questionnaire.sections
    )
    return replace(edition, questionnaire=replace(edition.questionnaire, sections=sections))


def heading(edition: Edition) -> Edition:
    first, *rest = edition.questionnaire.sections
    sections = (replace(first, heading=Wording("Anders")), *rest)
    return replace(edition, questionnaire=replace(edition.questionnaire, sections=sections))


def one_session_more(edition: Edition) -> Edition:
    new = Session("ws05", Wording("Neu"), SessionKind.WORKSHOP, round="round2")
    sessions = (*edition.programme.sessions, new)
    return replace(edition, programme=replace(edition.programme, sessions=sessions))


def backwards(edition: Edition) -> Edition:
    sessions = edition.programme.sessions[::-1]
    return replace(edition, programme=replace(edition.programme, sessions=sessions))


def round_title(edition: Edition) -> Edition:
    first, second = edition.programme.rounds
    rounds = (replace(first, title=Wording("Vormittag")), second)
    return replace(edition, programme=replace(edition.programme, rounds=rounds))


FREE: list[tuple[Callable[[Edition], Edition], str]] = [
    (lambda e: replace(e, title="Neuer Titel"), "title"),
    (lambda e: replace(e, contact="neu@example.org"), "contact"),
    (lambda e: replace(e, deadline=DEADLINE + WEEK), "deadline"),
    (lambda e: replace(e, retention_days=7), "retention_days"),
    (lambda e: session(e, "ws01", title=Wording("Neu")), "programme.sessions.ws01.title"),
    (lambda e: session(e, "ws01", speakers=("Frau Neu",)), "programme.sessions.ws01.speakers"),
    (
        lambda e: session(e, "ws01", recording="https://example.org/1"),
        "programme.sessions.ws01.recording",
    ),
    (lambda e: session(e, "ws01", is_cancelled=True), "programme.sessions.ws01.is_cancelled"),
    (round_title, "programme.rounds.round1.title"),
]
FROZEN: list[tuple[Callable[[Edition], Edition], str]] = [
    (lambda e: item(e, "overall", wording=Wording("Anders?")), "questionnaire.overall"),
    (lambda e: item(e, "next_format", choices=()), "questionnaire.next_format"),
    (lambda e: item(e, "change", limit=200), "questionnaire.change"),
    (heading, "questionnaire.sections"),
    (lambda e: replace(e, breakdown=Breakdown("next_format")), "breakdown"),
    (lambda e: replace(e, pairs=(Pair("overall", "size"),)), "pairs"),
    (lambda e: replace(e, disclosure_threshold=6), "disclosure_threshold"),
    (lambda e: replace(e, cell_threshold=9), "cell_threshold"),
    (lambda e: replace(e, box_size=16384), "box_size"),
    (lambda e: replace(e, format=EditionFormat.HYBRID), "format"),
    (lambda e: replace(e, text_readers="alle"), "text_readers"),
    (lambda e: replace(e, retention_days=30), "retention_days"),
    (lambda e: session(e, "ws01", round="round2"), "programme.sessions.ws01.round"),
    (lambda e: session(e, "ws01", is_rated=False), "programme.sessions.ws01.is_rated"),
    (lambda e: session(e, "ws01", kind=SessionKind.KEYNOTE), "programme.sessions.ws01.kind"),
    (one_session_more, "programme.sessions.ws05"),
    (backwards, "programme.sessions"),
]


def _ids(rows: list[tuple[Callable[[Edition], Edition], str]]) -> list[str]:
    return [f"{n}-{path}" for n, (_, path) in enumerate(rows)]


@pytest.mark.parametrize(("change", "path"), FREE, ids=_ids(FREE))
def test_what_was_not_asked_may_change_after_the_first_mail(
    inst: Installation,
    open_congress: EditionRecord,
    change: Callable[[Edition], Edition],
    path: str,
) -> None:
    changed = change(open_congress.edition)

    parts = change_edition(inst, "kk2020", changed)

    stored = stored_record(inst, "kk2020")
    assert parts == (path,)
    assert stored.edition == changed
    assert stored.revision == open_congress.revision + 1
    assert stored.closes == changed.deadline


@pytest.mark.parametrize(("change", "path"), FROZEN, ids=_ids(FROZEN))
def test_what_was_asked_or_promised_is_frozen_after_the_first_mail(
    inst: Installation,
    open_congress: EditionRecord,
    change: Callable[[Edition], Edition],
    path: str,
) -> None:
    with pytest.raises(NotAllowed) as refusal:
        change_edition(inst, "kk2020", change(replace(open_congress.edition, title="Neu")))

    assert refusal.value.why.values() == {"parts": path}
    assert stored_record(inst, "kk2020") == open_congress


@pytest.mark.parametrize(
    ("change", "path"),
    [row for row in FROZEN if row[1] != "box_size"],
    ids=_ids([row for row in FROZEN if row[1] != "box_size"]),
)
def test_everything_may_change_before_the_first_mail(
    inst: Installation, change: Callable[[Edition], Edition], path: str
) -> None:
    create_edition(inst, congress())

    assert path in change_edition(inst, "kk2020", change(congress()))


def test_every_frozen_part_is_named(inst: Installation, open_congress: EditionRecord) -> None:
    changed = session(
        replace(item(open_congress.edition, "overall", hint=Wording("Neu")), pairs=()),
        "ws02",
        is_rated=False,
    )

    with pytest.raises(NotAllowed) as refusal:
        change_edition(inst, "kk2020", changed)

    assert str(refusal.value.why.values()["parts"]).split(", ") == [
        "questionnaire.overall",
        "programme.sessions.ws02.is_rated",
        "pairs",
    ]


def test_cancelled_session_stays_cancelled(
    inst: Installation, open_congress: EditionRecord
) -> None:
    cancelled = session(open_congress.edition, "ws01", is_cancelled=True)
    change_edition(inst, "kk2020", cancelled)

    with pytest.raises(NotAllowed):
        change_edition(inst, "kk2020", session(cancelled, "ws01", is_cancelled=False))


def test_same_edition_changes_nothing(inst: Installation, open_congress: EditionRecord) -> None:
    as_in_its_file = replace(open_congress.edition, box_size=0)

    assert change_edition(inst, "kk2020", as_in_its_file) == ()
    assert stored_record(inst, "kk2020") == open_congress


def test_short_name_never_changes(inst: Installation) -> None:
    create_edition(inst, congress())

    with pytest.raises(NotAllowed):
        change_edition(inst, "kk2020", congress("kk2021"))


def test_session_that_people_booked_cannot_be_taken_out(inst: Installation) -> None:
    record = create_edition(inst, congress())
    add_person(inst, record, "Anna Albrecht", sessions=("ws01",))
    sessions = tuple(s for s in record.edition.programme.sessions if s.code not in {"ws01", "ws02"})
    changed = replace(
        record.edition, programme=replace(record.edition.programme, sessions=sessions)
    )

    with pytest.raises(NotAllowed) as refusal:
        change_edition(inst, "kk2020", changed)

    assert refusal.value.why.values() == {"parts": "programme.sessions.ws01"}


def test_name_that_is_taken_is_refused_and_leaves_no_key(inst: Installation) -> None:
    create_edition(inst, congress())
    keys = sorted(inst.keys.keys_directory.iterdir())

    with pytest.raises(NotAllowed):
        create_edition(inst, congress())

    assert sorted(inst.keys.keys_directory.iterdir()) == keys


def test_editions_are_found_and_listed(inst: Installation) -> None:
    kongress = create_edition(inst, congress())
    call = create_edition(inst, network_call())

    assert find_edition(inst, "kk2020") == kongress
    assert list_editions(inst) == (kongress, call)
    for act in (find_edition, close_now):
        with pytest.raises(NotFound):
            act(inst, "kk1999")


@pytest.mark.parametrize(("invited", "size"), [(29, "small"), (30, "large")])
def test_first_mail_opens_and_fixes_the_size_class(
    inst: Installation, clock: StoppedClock, invited: int, size: str
) -> None:
    record = create_edition(inst, congress())

    first = open_edition(inst, record, invited=invited)
    clock.pass_by(HOUR)
    second = open_edition(inst, record, invited=500)

    assert (first.opens, first.closes, first.size_class) == (START, DEADLINE, size)
    assert second == first


def test_edition_whose_deadline_has_passed_does_not_open(
    inst: Installation, clock: StoppedClock
) -> None:
    record = create_edition(inst, congress())
    clock.set(DEADLINE)

    with pytest.raises(NotAllowed):
        open_edition(inst, record, invited=40)


def test_deadline_moves_later_only(
    inst: Installation, open_congress: EditionRecord, clock: StoppedClock
) -> None:
    for deadline in (DEADLINE, DEADLINE - HOUR):
        with pytest.raises(NotAllowed):
            extend_deadline(inst, "kk2020", deadline)

    extended = extend_deadline(inst, "kk2020", DEADLINE + WEEK)

    assert open_congress.closes == DEADLINE
    assert (extended.closes, extended.edition.deadline) == (DEADLINE + WEEK, DEADLINE + WEEK)
    clock.set(DEADLINE + HOUR)
    assert extended.state(clock()) is EditionState.OPEN


def test_deadline_of_a_planned_edition_is_extended_too(inst: Installation) -> None:
    create_edition(inst, congress())

    extended = extend_deadline(inst, "kk2020", DEADLINE + WEEK)

    assert (extended.closes, extended.edition.deadline) == (None, DEADLINE + WEEK)


def test_edition_is_closed_and_reopened_until_its_count_starts(
    inst: Installation, open_congress: EditionRecord, clock: StoppedClock
) -> None:
    closed = close_now(inst, "kk2020")
    with pytest.raises(NotAllowed):
        close_now(inst, "kk2020")
    with pytest.raises(NotAllowed):
        extend_deadline(inst, "kk2020", DEADLINE + WEEK)
    reopened = reopen(inst, "kk2020", DEADLINE)
    with pytest.raises(NotAllowed):
        reopen(inst, "kk2020", DEADLINE)
    clock.set(DEADLINE)
    with pytest.raises(NotAllowed):
        reopen(inst, "kk2020", DEADLINE)
    inst.database.write(lambda c: editions.start_count(c, open_congress.id, clock()))
    with pytest.raises(NotAllowed):
        reopen(inst, "kk2020", DEADLINE + WEEK)

    assert closed.state(START) is EditionState.CLOSED
    assert (reopened.state(START), reopened.closes) == (EditionState.OPEN, DEADLINE)


def test_acts_are_written_down_without_any_participant(
    inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    change_edition(inst, "kk2020", replace(open_congress.edition, title="Neu"))
    close_now(inst, "kk2020")
    reopen(inst, "kk2020", DEADLINE + WEEK)

    deeds = all_deeds(inst.database.read())

    assert [d.deed for d in deeds] == [
        "edition created",
        "edition opened",
        "edition changed",
        "edition closed",
        "edition reopened",
    ]
    assert json.loads(deeds[2].facts) == {"parts": "title"}
    assert anna.id not in str(deeds)
